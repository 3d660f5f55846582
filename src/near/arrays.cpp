#include "near/arrays.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>

#include "text/matrix_file.hpp"
#include "text/npy.hpp"
#include "text/read_file.hpp"

namespace rankscape::near {

namespace {

constexpr std::size_t most_file_bytes = std::size_t{256} << 20U;
constexpr std::uint64_t most_entries = std::uint64_t{1} << 24U;

RationalMatrix from_npy(std::string_view bytes) {
  return text::matrix_of_npy(bytes, {.rows = most_entries, .entries = most_entries, .vectors = true, .halves = true});
}

// The members of a zip archive by its central directory, whose end record closes the file.
std::vector<NamedMatrix> from_npz(std::string_view bytes) {
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string_view::npos) throw InputError("not a zip archive, as .npz files are");
  const std::uint64_t count = text::unsigned_at(bytes, end + 10, 2);
  std::size_t at = text::unsigned_at(bytes, end + 16, 4);
  std::vector<NamedMatrix> arrays;
  for (std::uint64_t k = 0; k < count; ++k) {
    if (text::unsigned_at(bytes, at, 4) != 0x02014b50) throw InputError("the directory of the archive is damaged");
    const std::uint64_t method = text::unsigned_at(bytes, at + 10, 2);
    const std::size_t size = text::unsigned_at(bytes, at + 24, 4);
    const std::size_t name_length = text::unsigned_at(bytes, at + 28, 2);
    const std::size_t further = text::unsigned_at(bytes, at + 30, 2) + text::unsigned_at(bytes, at + 32, 2);
    const std::size_t local = text::unsigned_at(bytes, at + 42, 4);
    if (at + 46 + name_length > bytes.size()) throw InputError("the directory of the archive is damaged");
    std::string name(bytes.substr(at + 46, name_length));
    at += 46 + name_length + further;
    try {
      if (method != 0) throw InputError("it is compressed; write it with numpy.savez, not savez_compressed");
      if (text::unsigned_at(bytes, local, 4) != 0x04034b50) throw InputError("the archive is damaged");
      const std::size_t body =
          local + 30 + text::unsigned_at(bytes, local + 26, 2) + text::unsigned_at(bytes, local + 28, 2);
      if (body > bytes.size() || size > bytes.size() - body) throw InputError("it ends too early");
      if (name.ends_with(".npy")) name.resize(name.size() - 4);
      arrays.push_back({name, from_npy(bytes.substr(body, size))});
    } catch (const InputError& error) {
      throw InputError(name + ": " + error.what());
    }
  }
  return arrays;
}

// A list of numbers is a column.
RationalMatrix from_rows(const Json& rows) {
  if (!rows.is_array() || rows.empty()) throw InputError("expected an array of rows");
  Json list = Json::array();
  for (const Json& row : rows)
    list.push_back(row.is_array() ? row : Json::array({row}));
  return text::matrix_of(list);
}

std::vector<NamedMatrix> from_json(const Json& json) {
  if (!json.is_object()) throw InputError("expected an object from names to arrays of rows");
  std::vector<NamedMatrix> arrays;
  for (const auto& item : json.items()) {
    try {
      arrays.push_back({item.key(), from_rows(item.value())});
    } catch (const InputError& error) {
      throw InputError(item.key() + ": " + error.what());
    }
  }
  return arrays;
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      const auto run = [&](const std::string& text, std::size_t& at) {
        while (at + 1 < text.size() && text[at] == '0' && digit(text[at + 1]))
          ++at;
        const std::size_t from = at;
        while (at < text.size() && digit(text[at]))
          ++at;
        return text.substr(from, at - from);
      };
      const std::string of_a = run(a, i);
      const std::string of_b = run(b, j);
      if (of_a.size() != of_b.size()) return of_a.size() < of_b.size();
      if (of_a != of_b) return of_a < of_b;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

std::vector<NamedMatrix> read_arrays(const std::string& path) {
  std::vector<NamedMatrix> arrays;
  try {
    if (path.ends_with(".json")) {
      arrays = from_json(read_exact_json(path));
    } else if (path.ends_with(".npz")) {
      arrays = from_npz(text::read_file(path, most_file_bytes));
    } else if (path.ends_with(".npy")) {
      arrays.push_back({"", from_npy(text::read_file(path, most_file_bytes))});
    } else if (path.ends_with(".pt") || path.ends_with(".pth")) {
      throw InputError("pickled; write plain arrays: numpy.savez(file, *[w.numpy() for w in state.values()])");
    } else {
      throw InputError("expected a name that ends in .npz, .npy or .json");
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw InputError(message.starts_with(path) ? message : path + ": " + message);
  }
  std::sort(arrays.begin(), arrays.end(),
            [](const NamedMatrix& a, const NamedMatrix& b) { return natural_less(a.name, b.name); });
  return arrays;
}

}  // namespace rankscape::near
