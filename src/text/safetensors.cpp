#include "text/safetensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>

#include "text/binary_number.hpp"

namespace rankscape::text {

namespace {

constexpr std::size_t most_header = std::size_t{16} << 20U;
constexpr std::uint64_t most_tensor_entries = std::uint64_t{1} << 24U;

struct Tensor {
  std::string name;
  BinaryNumber type;
  std::vector<std::uint64_t> shape;
  std::uint64_t begin;
  std::uint64_t end;
};

BinaryNumber tensor_type(const std::string& name) {
  using Kind = BinaryNumber::Kind;
  static const std::map<std::string, BinaryNumber> types{
      {"F64", float64},
      {"F32", float32},
      {"F16", float16},
      {"BF16", bfloat16},
      {"I8", {Kind::signed_integer, 1}},
      {"I16", {Kind::signed_integer, 2}},
      {"I32", {Kind::signed_integer, 4}},
      {"I64", {Kind::signed_integer, 8}},
      {"U8", {Kind::unsigned_integer, 1}},
      {"U16", {Kind::unsigned_integer, 2}},
      {"U32", {Kind::unsigned_integer, 4}},
      {"U64", {Kind::unsigned_integer, 8}},
  };
  const auto found = types.find(name);
  if (found == types.end())
    throw InputError("its entries are of type " + name.substr(0, 20) + ", expected F64, F32, F16, BF16 or integers");
  return found->second;
}

std::vector<std::uint64_t> naturals(const Json& json, const std::string& key) {
  if (!json.contains(key) || !json.at(key).is_array()) throw InputError("its header has no list \"" + key + "\"");
  std::vector<std::uint64_t> list;
  list.reserve(json.at(key).size());
  for (const Json& item : json.at(key)) {
    if (!item.is_number_unsigned()) throw InputError("\"" + key + "\" is not a list of natural numbers");
    list.push_back(item.get<std::uint64_t>());
  }
  return list;
}

Tensor described_tensor(const std::string& name, const Json& json) {
  if (!json.is_object() || !json.contains("dtype") || !json.at("dtype").is_string())
    throw InputError("its header has no \"dtype\"");
  const std::vector<std::uint64_t> offsets = naturals(json, "data_offsets");
  if (offsets.size() != 2 || offsets[0] > offsets[1]) throw InputError("\"data_offsets\" are no beginning and end");
  return {name, tensor_type(json.at("dtype").get<std::string>()), naturals(json, "shape"), offsets[0], offsets[1]};
}

NamedTensor read_tensor(const Tensor& tensor, std::string_view body) {
  if (tensor.shape.size() > 2)
    throw InputError(fmt::format("it has {} dimensions, expected at most two", tensor.shape.size()));
  const std::uint64_t rows = tensor.shape.empty() ? 1 : tensor.shape.front();
  const std::uint64_t cols = tensor.shape.size() == 2 ? tensor.shape[1] : 1;
  if (rows > most_tensor_entries || cols > most_tensor_entries || rows * cols > most_tensor_entries)
    throw InputError("its shape is too large");
  if (rows * cols * tensor.type.size != tensor.end - tensor.begin)
    throw InputError("it has not as many bytes as its shape needs");
  NamedTensor read{tensor.name, RationalMatrix(static_cast<Index>(rows), static_cast<Index>(cols)),
                   tensor.shape.size() == 1, tensor.shape.empty()};
  std::size_t at = tensor.begin;
  for (Index i = 0; i < read.value.rows(); ++i) {
    for (Index j = 0; j < read.value.cols(); ++j, at += tensor.type.size) {
      try {
        read.value(i, j) = value_of(tensor.type, unsigned_at(body, at, tensor.type.size));
      } catch (const InputError& error) {
        throw InputError(fmt::format("entry ({}, {}) is {}, expected a number", i + 1, j + 1, error.what()));
      }
    }
  }
  return read;
}

}  // namespace

std::vector<NamedTensor> tensors_of_safetensors(std::string_view bytes, const std::string& name) {
  if (bytes.size() < 8) throw InputError("not a file of the format safetensors");
  const std::uint64_t length = unsigned_at(bytes, 0, 8);
  if (length > most_header || length > bytes.size() - 8 || length < 2 || bytes[8] != '{')
    throw InputError("not a file of the format safetensors, or cut off: its header is not where its length says");
  const Json header = parse_exact_json(bytes.substr(8, length), name);
  const std::string_view body = bytes.substr(8 + length);
  std::vector<Tensor> tensors;
  const auto of_tensor = [](const std::string& tensor, const auto& act) {
    try {
      return act();
    } catch (const InputError& error) {
      throw InputError(tensor + ": " + error.what());
    }
  };
  for (const auto& item : header.items())
    if (item.key() != "__metadata__")
      tensors.push_back(of_tensor(item.key(), [&] { return described_tensor(item.key(), item.value()); }));
  std::sort(tensors.begin(), tensors.end(),
            [](const Tensor& a, const Tensor& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  std::uint64_t at = 0;
  for (const Tensor& tensor : tensors) {
    if (tensor.begin != at || tensor.end > body.size())
      throw InputError(tensor.name + ": its bytes overlap others, leave a hole or end behind the file");
    at = tensor.end;
  }
  if (at != body.size()) throw InputError("bytes that belong to no tensor");
  std::vector<NamedTensor> read;
  read.reserve(tensors.size());
  for (const Tensor& tensor : tensors)
    read.push_back(of_tensor(tensor.name, [&] { return read_tensor(tensor, body); }));
  return read;
}

}  // namespace rankscape::text
