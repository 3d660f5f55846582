// What arrays mean: layers and biases by their names, readings by the shapes, moments.
#include <doctest/doctest.h>

#include <rankscape/error.hpp>

#include "near/arrays.hpp"
#include "near/inputs.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

// Entries that no transposition keeps.
NamedMatrix named_matrix(const std::string& name, Index rows, Index cols) {
  NamedMatrix array{name, RationalMatrix(rows, cols), false};
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j)
      array.value(i, j) = Rational(static_cast<long>(1 + 2 * i + i * i + 5 * j * j));
  return array;
}

NamedMatrix vector(const std::string& name, Index size) {
  NamedMatrix array = named_matrix(name, size, 1);
  array.vector = true;
  return array;
}

Inputs read(const std::vector<NamedMatrix>& weights, const std::vector<NamedMatrix>& data, const Naming& naming = {}) {
  return read_inputs(weights, "weights.npz", data, "data.npz", naming);
}

std::string refusal(const std::vector<NamedMatrix>& weights, const std::vector<NamedMatrix>& data,
                    const Naming& naming = {}) {
  try {
    static_cast<void>(read(weights, data, naming));
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

bool has(const std::string& text, const std::string& part) {
  CAPTURE(text);
  CAPTURE(part);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("readings follow from the shapes where they leave one, and are asked for where they leave more") {
    const std::vector<NamedMatrix> columns{named_matrix("X", 4, 9), named_matrix("Y", 2, 9)};
    const std::vector<NamedMatrix> rows{named_matrix("X", 9, 4), named_matrix("Y", 9, 2)};
    const std::vector<NamedMatrix> out_in{named_matrix("W1", 3, 4), named_matrix("W2", 2, 3)};
    const std::vector<NamedMatrix> in_out{named_matrix("W1", 4, 3), named_matrix("W2", 3, 2)};
    for (const auto* weights : {&out_in, &in_out})
      for (const auto* data : {&columns, &rows}) {
        const Inputs inputs = read(*weights, *data);
        CHECK(inputs.layers[0].W.cols() == 4);
        CHECK(inputs.layers[1].W.rows() == 2);
        CHECK(inputs.samples.X.cols() == 9);
        CHECK(inputs.notes.empty());
        CHECK(inputs.reading.find(weights == &out_in ? "out x in" : "in x out") != std::string::npos);
        CHECK(inputs.reading.find(data == &rows ? "row" : "column") != std::string::npos);
      }
    const std::vector<NamedMatrix> square{named_matrix("W1", 4, 4), named_matrix("W2", 4, 4)};
    const std::vector<NamedMatrix> square_data{named_matrix("X", 9, 4), named_matrix("Y", 9, 4)};
    has(refusal(square, square_data), "more than one reading");
    CHECK(read(square, square_data, {"torch", {}}).layers[0].W == square[0].value);
    CHECK(read(square, square_data, {"keras", {}}).layers[0].W == square[0].value.transpose());
    has(refusal(square, square_data, {"columns", {}}), "--convention columns");
    // as many samples as inputs and outputs: the data are ambiguous too
    const std::vector<NamedMatrix> all_square{named_matrix("X", 4, 4), named_matrix("Y", 4, 4)};
    has(refusal(square, all_square), "more than one reading");
    CHECK(read(square, all_square, {"torch", {}}).samples.X == all_square[0].value.transpose());
    // nothing is ambiguous where all readings are the same matrices
    std::vector<NamedMatrix> symmetric = square;
    for (NamedMatrix& w : symmetric)
      w.value = w.value + RationalMatrix(w.value.transpose());
    CHECK(refusal(symmetric, square_data).empty());
    has(refusal(out_in, {named_matrix("X", 5, 9), named_matrix("Y", 2, 9)}), "fit in no way");
    has(refusal(out_in, columns, {"sideways", {}}), "--convention sideways");
    // one output: a vector of targets is one number a sample in every convention
    const std::vector<NamedMatrix> one_output{named_matrix("W1", 3, 4), named_matrix("W2", 1, 3)};
    CHECK(read(one_output, {named_matrix("X", 9, 4), vector("Y", 9)}).samples.Y.cols() == 9);
    CHECK(read(one_output, {named_matrix("X", 4, 9), vector("Y", 9)}).samples.Y.cols() == 9);
  }

  TEST_CASE("layers and biases by their names") {
    const std::vector<NamedMatrix> data{named_matrix("X", 4, 9), named_matrix("Y", 2, 9)};
    const auto biased = [&](const std::vector<NamedMatrix>& weights, const std::vector<std::string>& names = {}) {
      const Inputs inputs = read(weights, data, {"", names});
      std::string text;
      for (const Layer& layer : inputs.layers)
        text += layer.name + (layer.b ? "+" : "-") + (layer.b ? std::to_string(layer.b->rows()) : "") + " ";
      return text;
    };
    CHECK(biased({vector("net.0.bias", 3), named_matrix("net.0.weight", 3, 4), vector("net.2.bias", 2),
                  named_matrix("net.2.weight", 2, 3)}) == "net.0.weight+3 net.2.weight+2 ");
    CHECK(biased({named_matrix("W1", 3, 4), named_matrix("W2", 2, 3), vector("b1", 3), vector("b2", 2)}) ==
          "W1+3 W2+2 ");
    CHECK(biased({named_matrix("W1", 3, 4), named_matrix("W2", 2, 3), vector("b2", 2)}) == "W1- W2+2 ");
    CHECK(biased({named_matrix("arr_0", 3, 4), vector("arr_1", 3), named_matrix("arr_2", 2, 3), vector("arr_3", 2)}) ==
          "arr_0+3 arr_2+2 ");
    CHECK(biased({vector("dense/bias", 3), named_matrix("dense/kernel", 4, 3), vector("dense_1/bias", 2),
                  named_matrix("dense_1/kernel", 3, 2)}) == "dense/kernel+3 dense_1/kernel+2 ");
    const std::vector<NamedMatrix> odd{named_matrix("a", 2, 3), named_matrix("b", 3, 4), vector("c", 2),
                                       named_matrix("extra", 7, 7)};
    CHECK(biased(odd, {"b", "a", "c"}) == "b- a+2 ");
    const Inputs named = read(odd, data, {"", {"b", "a"}});
    REQUIRE(named.notes.size() == 1);
    CHECK(named.notes[0] == "weights.npz: not used: c, extra");
    has(refusal(odd, data, {"", {"b", "z"}}), "no array z");
    has(refusal(odd, data, {"", {"b", "b"}}), "stands twice");
    has(refusal(odd, data, {"", {"c", "b", "a"}}), "before any matrix");
    has(refusal({named_matrix("0.weight", 3, 4), vector("1.weight", 3), named_matrix("2.weight", 2, 3)}, data),
        "no bias by its name");
    has(refusal({named_matrix("a0", 3, 4), vector("a1", 3), vector("a2", 3), named_matrix("a3", 2, 3)}, data),
        "both vectors");
    has(refusal({named_matrix("W1", 3, 4), named_matrix("W2", 2, 3), vector("b1", 2)}, data), "fit in no way");
    has(refusal({named_matrix("W1", 2, 4)}, data), "at least two layers");
    has(refusal({}, data), "at least two layers");
  }

  TEST_CASE("data: samples, weights of samples, moments; the rest is named") {
    const std::vector<NamedMatrix> weights{named_matrix("W1", 3, 4), named_matrix("W2", 2, 3)};
    const std::vector<NamedMatrix> samples{named_matrix("X", 4, 9), named_matrix("Y", 2, 9)};
    const Inputs plain = read(weights, samples);
    const RationalMatrix& x = plain.samples.X;
    const RationalMatrix& y = plain.samples.Y;
    for (Index i = 0; i < 4; ++i)
      for (Index j = 0; j < 2; ++j) {
        Rational sum = 0;
        for (Index k = 0; k < 9; ++k)
          sum += x(i, k) * y(j, k);
        CHECK(plain.samples.Sxy(i, j) == sum);
      }
    // a weight of 2 is a sample twice, a weight of 0 none
    std::vector<NamedMatrix> weighted = samples;
    NamedMatrix w = vector("sample_weight", 9);
    for (Index k = 0; k < 9; ++k)
      w.value(k, 0) = Rational(static_cast<long>(k % 3));
    weighted.push_back(w);
    std::vector<NamedMatrix> repeated{named_matrix("X", 4, 9), named_matrix("Y", 2, 9)};
    for (NamedMatrix& array : repeated) {
      RationalMatrix copy(array.value.rows(), 0);
      for (Index k = 0; k < 9; ++k)
        for (Index times = 0; times < k % 3; ++times) {
          copy.conservativeResize(Eigen::NoChange, copy.cols() + 1);
          copy.col(copy.cols() - 1) = array.value.col(k);
        }
      array.value = copy;
    }
    const Samples one = read(weights, weighted).samples;
    const Samples other = read(weights, repeated).samples;
    CHECK(one.Sxx == other.Sxx);
    CHECK(one.Sxy == other.Sxy);
    CHECK(*one.Syy == *other.Syy);
    weighted.back().value(4, 0) = -1;
    has(refusal(weights, weighted), "negative number, the 5-th");
    weighted.back() = vector("sample_weight", 8);
    has(refusal(weights, weighted), "expected a number for each of 9 samples");

    std::vector<NamedMatrix> moments{{"Sxx", one.Sxx}, {"Sxy", one.Sxy}, {"Syy", *one.Syy}, named_matrix("Z", 1, 1)};
    const Inputs given = read(weights, moments);
    CHECK(given.samples.Sxx == one.Sxx);
    CHECK(*given.samples.Syy == *one.Syy);
    REQUIRE(given.notes.size() == 1);
    CHECK(given.notes[0] == "data.npz: not used: Z");
    // a number of samples is a number
    std::vector<NamedMatrix> sums = arrays_of(R"({"S1": 9})", "sums.json");
    for (const auto& [name, sum] : {std::pair("Sx", one.sums->x), std::pair("Sy", one.sums->y)})
      sums.push_back({name, sum, true});
    sums.insert(sums.end(), moments.begin(), moments.begin() + 2);
    REQUIRE(sums.front().scalar);
    CHECK(read(weights, sums).samples.sums->weight == 9);
    std::vector<NamedMatrix> scalar = weights;
    scalar.push_back(sums.front());
    has(refusal(scalar, samples), "weights.npz: S1 is one number, expected a matrix or a vector");
    moments[2].value(0, 1) += 1;
    has(refusal(weights, moments), "Syy is 2 x 2, expected a symmetric");
    moments[0].value(0, 0) = -1;
    has(refusal(weights, moments), "negative eigenvalue");
    moments[0].value(0, 1) += 1;
    has(refusal(weights, moments), "Sxx is not symmetric");
    moments.push_back(samples[0]);
    has(refusal(weights, moments), "only one of the two");
    has(refusal(weights, {named_matrix("x", 4, 9), named_matrix("y", 2, 9)}), "there are x, y");
    has(refusal(weights, {named_matrix("X", 4, 9)}), "expected arrays X and Y");
  }
}
