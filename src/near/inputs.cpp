#include "near/inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <rankscape/error.hpp>
#include <rankscape/exact/inertia.hpp>
#include <set>
#include <string_view>

namespace rankscape::near {

namespace {

// A way for arrays to lie. The three conventions have names; the fourth occurs too.
struct Reading {
  bool in_out = false;  // weights in x out
  bool rows = false;    // a sample a row
};

std::string in_words(const Reading& reading) {
  return fmt::format("weights {}, a sample a {}", reading.in_out ? "in x out" : "out x in",
                     reading.rows ? "row" : "column");
}

Reading named_reading(const std::string& name) {
  if (name == "columns") return {false, false};
  if (name == "torch") return {false, true};
  if (name == "keras") return {true, true};
  throw InputError(fmt::format(
      "--convention {}: expected columns (weights out x in, a column a sample), torch (out x in, a row a sample) or "
      "keras (in x out, a row a sample)",
      name));
}

std::string shape(const RationalMatrix& a) {
  return fmt::format("{} x {}", a.rows(), a.cols());
}

bool symmetric(const RationalMatrix& a) {
  return a.rows() == a.cols() && is_symmetric(a);
}

std::vector<std::string> names_of(const std::vector<NamedMatrix>& arrays) {
  std::vector<std::string> names;
  names.reserve(arrays.size());
  for (const NamedMatrix& array : arrays)
    names.push_back(array.name);
  return names;
}

const NamedMatrix* find(const std::vector<NamedMatrix>& arrays, std::string_view name) {
  const auto found = std::find_if(arrays.begin(), arrays.end(), [&](const auto& array) { return array.name == name; });
  return found == arrays.end() ? nullptr : &*found;
}

// The numbers in a name: those of net.2.weight and net.2.bias agree.
std::vector<std::string> numbers_in(const std::string& name) {
  std::vector<std::string> numbers;
  bool inside = false;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside) numbers.emplace_back();
    if (digit) numbers.back() += c;
    inside = digit;
  }
  return numbers;
}

// An array as it stands in the file: a layer's matrix, perhaps with the vector that is its bias.
struct Stored {
  const NamedMatrix* matrix;
  const NamedMatrix* bias = nullptr;
};

void attach(Stored& layer, const NamedMatrix& bias) {
  if (layer.bias != nullptr)
    throw InputError(fmt::format("{} and {} are both vectors behind {}: --layers says which array is what",
                                 layer.bias->name, bias.name, layer.matrix->name));
  layer.bias = &bias;
}

// Each vector belongs to the matrix with the same numbers in its name, or, where that is not one for each, to the
// matrix before it.
std::vector<Stored> stored_layers(const std::vector<const NamedMatrix*>& arrays, bool by_order) {
  std::vector<Stored> layers;
  std::map<std::vector<std::string>, std::size_t> by_numbers;
  std::set<std::vector<std::string>> repeated;
  for (const NamedMatrix* array : arrays) {
    if (array->vector) continue;
    layers.push_back({array});
    if (!by_numbers.emplace(numbers_in(array->name), layers.size() - 1).second)
      repeated.insert(numbers_in(array->name));
  }
  const bool numbered =
      !by_order && repeated.empty() && std::all_of(arrays.begin(), arrays.end(), [&](const NamedMatrix* array) {
        return !array->vector || by_numbers.contains(numbers_in(array->name));
      });
  std::size_t before = 0;
  for (const NamedMatrix* array : arrays) {
    if (!array->vector) {
      ++before;
      continue;
    }
    for (const char* word : {"weight", "scale", "gamma", "running"})
      if (!by_order && array->name.find(word) != std::string::npos)
        throw InputError(
            fmt::format("{} is a vector, and no bias by its name: --layers says which arrays are layers", array->name));
    if (!numbered && before == 0)
      throw InputError(fmt::format("{} is a vector before any matrix: --layers says which array is what", array->name));
    attach(layers[numbered ? by_numbers.at(numbers_in(array->name)) : before - 1], *array);
  }
  return layers;
}

// One number is a moment, but neither a layer, nor samples, nor their weights.
void refuse_scalar(const NamedMatrix& array) {
  if (array.scalar) throw InputError(fmt::format("{} is one number, expected a matrix or a vector", array.name));
}

std::vector<const NamedMatrix*> chosen_arrays(const std::vector<NamedMatrix>& arrays,
                                              const std::vector<std::string>& names) {
  std::vector<const NamedMatrix*> chosen;
  if (names.empty()) {
    for (const NamedMatrix& array : arrays) {
      refuse_scalar(array);
      chosen.push_back(&array);
    }
    return chosen;
  }
  chosen.reserve(names.size());
  for (const std::string& name : names) {
    const NamedMatrix* array = find(arrays, name);
    if (array == nullptr)
      throw InputError(fmt::format("--layers: no array {}; there are {}", name, fmt::join(names_of(arrays), ", ")));
    if (std::find(chosen.begin(), chosen.end(), array) != chosen.end())
      throw InputError(fmt::format("--layers: {} stands twice", name));
    refuse_scalar(*array);
    chosen.push_back(array);
  }
  return chosen;
}

struct StoredData {
  const NamedMatrix* X = nullptr;
  const NamedMatrix* Y = nullptr;
  const NamedMatrix* w = nullptr;
  const NamedMatrix* Sxx = nullptr;
  const NamedMatrix* Sxy = nullptr;
  const NamedMatrix* Syy = nullptr;
  const NamedMatrix* Sx = nullptr;
  const NamedMatrix* Sy = nullptr;
  const NamedMatrix* S1 = nullptr;
};

StoredData stored_data(const std::vector<NamedMatrix>& arrays) {
  const StoredData data{find(arrays, "X"),   find(arrays, "Y"),   find(arrays, "sample_weight"),
                        find(arrays, "Sxx"), find(arrays, "Sxy"), find(arrays, "Syy"),
                        find(arrays, "Sx"),  find(arrays, "Sy"),  find(arrays, "S1")};
  const bool samples = data.X != nullptr && data.Y != nullptr;
  const bool moments = data.Sxx != nullptr && data.Sxy != nullptr;
  if (!samples && !moments)
    throw InputError(fmt::format("expected arrays X and Y, or Sxx and Sxy; there are {}",
                                 arrays.empty() ? "none" : fmt::format("{}", fmt::join(names_of(arrays), ", "))));
  if ((data.X != nullptr || data.Y != nullptr || data.w != nullptr) &&
      (data.Sxx != nullptr || data.Sxy != nullptr || data.Syy != nullptr || data.Sx != nullptr || data.Sy != nullptr ||
       data.S1 != nullptr))
    throw InputError(
        "samples (X, Y, sample_weight) and moments (Sxx, Sxy, Syy, Sx, Sy, S1): expected only one of the two");
  const int sums = (data.Sx == nullptr ? 0 : 1) + (data.Sy == nullptr ? 0 : 1) + (data.S1 == nullptr ? 0 : 1);
  if (sums != 0 && sums != 3)
    throw InputError("Sx, Sy (the sums of the samples) and S1 (their number, or weight): expected all or none");
  for (const NamedMatrix* array : {data.X, data.Y, data.w})
    if (array != nullptr) refuse_scalar(*array);
  return data;
}

// With a column for each sample. A vector is one number for each sample, however samples lie.
RationalMatrix sample_columns(const NamedMatrix& array, const Reading& reading) {
  return array.vector || reading.rows ? RationalMatrix(array.value.transpose()) : array.value;
}

bool fits(const std::vector<Stored>& layers, const StoredData& data, const Reading& reading) {
  const auto in = [&](const RationalMatrix& w) { return reading.in_out ? w.rows() : w.cols(); };
  const auto out = [&](const RationalMatrix& w) { return reading.in_out ? w.cols() : w.rows(); };
  for (std::size_t h = 0; h < layers.size(); ++h) {
    const RationalMatrix& w = layers[h].matrix->value;
    if (h > 0 && in(w) != out(layers[h - 1].matrix->value)) return false;
    if (layers[h].bias != nullptr && layers[h].bias->value.rows() != out(w)) return false;
  }
  const Index dx = in(layers.front().matrix->value);
  const Index dy = out(layers.back().matrix->value);
  if (data.X == nullptr) {
    return data.Sxx->value.rows() == dx && data.Sxx->value.cols() == dx && data.Sxy->value.rows() == dx &&
           data.Sxy->value.cols() == dy;
  }
  const RationalMatrix x = sample_columns(*data.X, reading);
  const RationalMatrix y = sample_columns(*data.Y, reading);
  return x.rows() == dx && y.rows() == dy && x.cols() == y.cols();
}

// Do two readings give the same matrices?
bool alike(const std::vector<Stored>& layers, const StoredData& data, const Reading& a, const Reading& b) {
  if (a.in_out != b.in_out)
    for (const Stored& layer : layers)
      if (!symmetric(layer.matrix->value)) return false;
  const auto same = [](const NamedMatrix& array) { return array.vector || symmetric(array.value); };
  return a.rows == b.rows || data.X == nullptr || (same(*data.X) && same(*data.Y));
}

std::string shapes(const std::vector<Stored>& layers, const StoredData& data) {
  std::string text;
  for (const Stored& layer : layers) {
    text += fmt::format("{} {}, ", layer.matrix->name, shape(layer.matrix->value));
    if (layer.bias != nullptr) text += fmt::format("{} {}, ", layer.bias->name, layer.bias->value.rows());
  }
  for (const NamedMatrix* array : {data.X, data.Y, data.Sxx, data.Sxy})
    if (array != nullptr) text += fmt::format("{} {}, ", array->name, shape(array->value));
  return text.substr(0, text.size() - 2);
}

Reading reading_of(const std::vector<Stored>& layers, const StoredData& data, const std::string& convention) {
  if (!convention.empty()) {
    const Reading said = named_reading(convention);
    if (!fits(layers, data, said))
      throw InputError(fmt::format("--convention {} ({}) does not fit the shapes: {}", convention, in_words(said),
                                   shapes(layers, data)));
    return said;
  }
  std::vector<Reading> possible;
  for (const Reading& reading :
       {Reading{false, false}, Reading{false, true}, Reading{true, true}, Reading{true, false}})
    if (fits(layers, data, reading) &&
        (possible.empty() || std::none_of(possible.begin(), possible.end(),
                                          [&](const Reading& other) { return alike(layers, data, other, reading); })))
      possible.push_back(reading);
  if (possible.empty()) throw InputError(fmt::format("the shapes fit in no way: {}", shapes(layers, data)));
  if (possible.size() > 1)
    throw InputError(
        fmt::format("the shapes leave more than one reading ({}; or {}): say --convention columns, torch or keras",
                    in_words(possible[0]), in_words(possible[1])));
  return possible.front();
}

// The sums beside the second moments.
Samples::Sums sums_of(const StoredData& data, const RationalMatrix& Sxx, Index outputs) {
  const auto column = [](const NamedMatrix& array, Index rows, const char* name) {
    RationalMatrix sum = array.value.rows() == 1 ? RationalMatrix(array.value.transpose()) : array.value;
    if (sum.rows() != rows || sum.cols() != 1)
      throw InputError(fmt::format("{} is {}, expected {} numbers", name, shape(array.value), rows));
    return sum;
  };
  Samples::Sums sums{column(*data.Sx, Sxx.rows(), "Sx"), column(*data.Sy, outputs, "Sy"),
                     column(*data.S1, 1, "S1")(0, 0)};
  if (sums.weight <= 0) throw InputError("S1 is not positive: no data have these moments");
  const RationalMatrix row = sums.x.transpose();
  if (inertia(RationalMatrix(Sxx - multiply(sums.x, row) / sums.weight)).negative > 0)
    throw InputError("Sxx - Sx Sx^T / S1 has a negative eigenvalue: no data have these moments");
  return sums;
}

Samples samples_of(const StoredData& data, const Reading& reading) {
  Samples samples;
  if (data.X == nullptr) {
    samples.Sxx = data.Sxx->value;
    samples.Sxy = data.Sxy->value;
    if (!is_symmetric(samples.Sxx)) throw InputError("Sxx is not symmetric");
    if (inertia(samples.Sxx).negative > 0)
      throw InputError("Sxx has a negative eigenvalue: no data have these moments");
    if (data.Syy != nullptr) {
      if (data.Syy->value.rows() != samples.Sxy.cols() || !symmetric(data.Syy->value))
        throw InputError(fmt::format("Syy is {}, expected a symmetric matrix of {} rows", shape(data.Syy->value),
                                     samples.Sxy.cols()));
      samples.Syy = data.Syy->value;
    }
    if (data.Sx != nullptr) samples.sums = sums_of(data, samples.Sxx, samples.Sxy.cols());
    return samples;
  }
  samples.X = sample_columns(*data.X, reading);
  samples.Y = sample_columns(*data.Y, reading);
  RationalMatrix weighted = samples.X.transpose();
  RationalMatrix targets = samples.Y.transpose();
  if (data.w != nullptr) {
    samples.w = data.w->value.rows() == 1 ? RationalMatrix(data.w->value.transpose()) : data.w->value;
    if (samples.w.cols() != 1 || samples.w.rows() != samples.X.cols())
      throw InputError(fmt::format("sample_weight is {}, expected a number for each of {} samples",
                                   shape(data.w->value), samples.X.cols()));
    for (Index i = 0; i < samples.w.rows(); ++i) {
      if (samples.w(i, 0) < 0) throw InputError(fmt::format("sample_weight has a negative number, the {}-th", i + 1));
      weighted.row(i) *= samples.w(i, 0);
      targets.row(i) *= samples.w(i, 0);
    }
  }
  samples.Sxx = multiply(samples.X, weighted);
  samples.Sxy = multiply(samples.X, targets);
  samples.Syy = multiply(samples.Y, targets);
  const Rational weight = data.w == nullptr ? Rational(static_cast<long>(samples.X.cols())) : Rational(samples.w.sum());
  samples.sums = Samples::Sums{weighted.colwise().sum().transpose(), targets.colwise().sum().transpose(), weight};
  return samples;
}

std::optional<std::string> not_used(const std::vector<NamedMatrix>& arrays, const std::string& file,
                                    const std::vector<const NamedMatrix*>& used) {
  std::vector<std::string> left;
  for (const NamedMatrix& array : arrays)
    if (std::find(used.begin(), used.end(), &array) == used.end()) left.push_back(array.name);
  if (left.empty()) return std::nullopt;
  return fmt::format("{}: not used: {}", file, fmt::join(left, ", "));
}

template <class Act>
auto naming_file(const std::string& file, const Act& act) {
  try {
    return act();
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", file, error.what()));
  }
}

}  // namespace

Inputs read_inputs(const std::vector<NamedMatrix>& weights, const std::string& weights_file,
                   const std::vector<NamedMatrix>& data, const std::string& data_file, const Naming& naming) {
  if (!naming.convention.empty()) static_cast<void>(named_reading(naming.convention));  // before any file is blamed
  Inputs inputs;
  std::vector<const NamedMatrix*> used;
  const StoredData stored = naming_file(data_file, [&] { return stored_data(data); });
  const std::vector<Stored> layers = naming_file(weights_file, [&] {
    used = chosen_arrays(weights, naming.layers);
    std::vector<Stored> found = stored_layers(used, !naming.layers.empty());
    if (found.size() < 2) throw InputError(fmt::format("{} matrices, expected at least two layers", found.size()));
    return found;
  });
  if (auto note = not_used(weights, weights_file, used)) inputs.notes.push_back(std::move(*note));
  if (auto note =
          not_used(data, data_file,
                   {stored.X, stored.Y, stored.w, stored.Sxx, stored.Sxy, stored.Syy, stored.Sx, stored.Sy, stored.S1}))
    inputs.notes.push_back(std::move(*note));
  const Reading reading = naming_file(weights_file, [&] { return reading_of(layers, stored, naming.convention); });
  inputs.reading = in_words(reading);
  inputs.samples = naming_file(data_file, [&] { return samples_of(stored, reading); });
  inputs.layers.reserve(layers.size());
  for (const Stored& layer : layers) {
    const RationalMatrix& w = layer.matrix->value;
    inputs.layers.push_back({layer.matrix->name, reading.in_out ? RationalMatrix(w.transpose()) : w,
                             layer.bias == nullptr ? std::nullopt : std::optional(layer.bias->value)});
  }
  return inputs;
}

}  // namespace rankscape::near
