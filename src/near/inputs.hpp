#pragma once
// What arrays mean: which are the layers and their biases, how they lie (weights out x in or in x out, a sample a
// column or a row), and what of the data the loss needs. Frameworks differ, and square shapes do not tell: then nothing
// is guessed.

#include <optional>
#include <string>
#include <vector>

#include "near/arrays.hpp"

namespace rankscape::near {

struct Layer {
  std::string name;
  RationalMatrix W;                 ///< out x in
  std::optional<RationalMatrix> b;  ///< a column
};

/// The data as they enter sum_i w_i |P x_i - y_i|^2: X and Y with a column for each sample, or their moments.
struct Samples {
  RationalMatrix X;  ///< empty where only moments are given
  RationalMatrix Y;
  RationalMatrix w;  ///< a column of weights; empty: all one
  RationalMatrix Sxx;
  RationalMatrix Sxy;
  std::optional<RationalMatrix> Syy;
  struct Sums {
    RationalMatrix x;  ///< sum_i w_i x_i
    RationalMatrix y;
    Rational weight;
  };
  std::optional<Sums> sums;  ///< which biases need; nothing where only second moments are given
};

struct Inputs {
  std::vector<Layer> layers;
  Samples samples;
  std::string reading;             ///< how the arrays lie, in words
  std::vector<std::string> notes;  ///< a line each: arrays that are not used
};

/// How arrays lie, as the user says it; what is left out follows from the shapes or is refused.
struct Naming {
  std::string convention;           ///< columns, torch, keras, or empty
  std::vector<std::string> layers;  ///< names in order, a bias behind its matrix; empty: all, in natural order
};

/// \param weights, data  the arrays of two files, whose names stand in messages
/// \throws InputError  one line: no layers, shapes that do not fit, that leave several readings, moments that no data
/// have
[[nodiscard]] Inputs read_inputs(const std::vector<NamedMatrix>& weights, const std::string& weights_file,
                                 const std::vector<NamedMatrix>& data, const std::string& data_file,
                                 const Naming& naming);

}  // namespace rankscape::near
