#include "near/arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>

#include "text/matrix_file.hpp"
#include "text/npy.hpp"
#include "text/read_file.hpp"
#include "text/safetensors.hpp"
#include "text/zip.hpp"

namespace rankscape::near {

namespace {

constexpr std::size_t most_file_bytes = std::size_t{256} << 20U;
constexpr std::uint64_t most_entries = std::uint64_t{1} << 24U;
constexpr std::size_t most_files = 10000;

NamedMatrix from_npy(std::string name, std::string_view bytes) {
  text::NpyArray array =
      text::array_of_npy(bytes, {.rows = most_entries, .entries = most_entries, .vectors = true, .halves = true});
  return {std::move(name), std::move(array.value), array.vector, array.scalar};
}

std::vector<NamedMatrix> from_npz(std::string_view bytes) {
  std::vector<NamedMatrix> arrays;
  for (text::ZipMember& member : text::members_of_zip(bytes, most_file_bytes)) {
    try {
      std::string name = member.name;
      if (name.ends_with(".npy")) name.resize(name.size() - 4);
      arrays.push_back(from_npy(std::move(name), member.bytes));
    } catch (const InputError& error) {
      throw InputError(member.name + ": " + error.what());
    }
  }
  return arrays;
}

std::vector<NamedMatrix> from_safetensors(std::string_view bytes, const std::string& name) {
  std::vector<NamedMatrix> arrays;
  for (text::NamedTensor& tensor : text::tensors_of_safetensors(bytes, name))
    arrays.push_back({std::move(tensor.name), std::move(tensor.value), tensor.vector, tensor.scalar});
  return arrays;
}

// A number, as a list of one.
bool is_one_number(const Json& json) {
  return json.is_number() || json.is_string();
}

// A list of numbers is a column.
RationalMatrix from_rows(const Json& rows) {
  if (is_one_number(rows)) return text::matrix_of(Json::array({Json::array({rows})}));
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
      const Json& rows = item.value();
      arrays.push_back({item.key(), from_rows(rows), rows.is_array() && !rows.empty() && !rows.front().is_array(),
                        is_one_number(rows)});
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
  return a.size() - i != b.size() - j ? a.size() - i < b.size() - j : a < b;
}

std::vector<NamedMatrix> arrays_of(std::string_view bytes, const std::string& name) {
  std::vector<NamedMatrix> arrays;
  try {
    if (name.ends_with(".json")) {
      arrays = from_json(parse_exact_json(bytes, name));
    } else if (name.ends_with(".npz")) {
      arrays = from_npz(bytes);
    } else if (name.ends_with(".safetensors")) {
      arrays = from_safetensors(bytes, name);
    } else if (name.ends_with(".npy")) {
      arrays.push_back(from_npy("", bytes));
    } else {
      arrays.push_back({"", text::matrix_of_csv(std::string(bytes))});
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw InputError(message.starts_with(name) ? message : name + ": " + message);
  }
  std::sort(arrays.begin(), arrays.end(),
            [](const NamedMatrix& a, const NamedMatrix& b) { return natural_less(a.name, b.name); });
  for (std::size_t k = 1; k < arrays.size(); ++k)
    if (arrays[k].name == arrays[k - 1].name)
      throw InputError(fmt::format("{}: two arrays are called {}", name, arrays[k].name));
  return arrays;
}

namespace {

bool has_ending(const std::string& path, std::initializer_list<const char*> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

std::vector<NamedMatrix> from_folder(const std::string& path) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;
    if (!has_ending(name, {".npy", ".csv"}))
      throw InputError(fmt::format("{}/{}: expected .npy or .csv: a folder holds a file for each matrix", path, name));
    files.push_back(std::move(name));
    if (files.size() > most_files) throw InputError(fmt::format("{}: more than {} files", path, most_files));
  }
  if (files.empty()) throw InputError(path + ": an empty folder, expected a .npy or .csv for each matrix");
  std::sort(files.begin(), files.end(), natural_less);
  std::vector<NamedMatrix> arrays;
  arrays.reserve(files.size());
  for (const std::string& file : files) {
    arrays.push_back(std::move(read_arrays(fmt::format("{}/{}", path, file)).front()));
    arrays.back().name = file.substr(0, file.size() - 4);
    if (arrays.size() > 1 && arrays.back().name == arrays[arrays.size() - 2].name)
      throw InputError(fmt::format("{}: two files are called {}", path, arrays.back().name));
  }
  return arrays;
}

}  // namespace

std::vector<NamedMatrix> read_arrays(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return from_folder(path);
  if (has_ending(path, {".pt", ".pth"}))
    throw InputError(fmt::format(
        "{0}: pickled; convert it: python3 -c \"import torch, safetensors.torch as s; s.save_file({{k: v.contiguous() "
        "for k, v in torch.load('{0}', map_location='cpu', weights_only=True).items()}}, '{0}.safetensors')\"",
        path));
  if (has_ending(path, {".pkl", ".pickle", ".joblib", ".ckpt"}))
    throw InputError(path + ": pickled; write plain arrays: numpy.savez('weights.npz', W1=.., W2=..)");
  if (has_ending(path, {".h5", ".hdf5", ".keras"}))
    throw InputError(path + ": HDF5 is not read; write plain arrays: numpy.savez('weights.npz', *model.get_weights())");
  if (!has_ending(path, {".npz", ".npy", ".safetensors", ".json", ".csv"}))
    throw InputError(path + ": expected a name that ends in .npz, .npy, .safetensors, .json or .csv, or a folder");
  return arrays_of(text::read_file(path, most_file_bytes), path);
}

}  // namespace rankscape::near
