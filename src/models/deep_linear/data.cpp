#include "models/deep_linear/data.hpp"

#include <rankscape/error.hpp>

namespace rankscape::deep_linear {

const std::vector<std::string>& data_kinds() {
  static const std::vector<std::string> kinds{"canonical", "square", "general"};
  return kinds;
}

ExactData make_data(std::string_view kind, Index dx, Index dy, Random& random) {
  ExactData data;
  // distinct: consecutive differences are positive
  data.sigma.resize(static_cast<std::size_t>(dy));
  Rational current = 0;
  for (std::size_t i = data.sigma.size(); i-- > 0;) {
    current += kind == "canonical" ? Rational(1) : Rational(random.integer(1, 4), 2);
    data.sigma[i] = current;
  }
  RationalMatrix singular_values = RationalMatrix::Zero(dy, dx);
  for (Index i = 0; i < dy; ++i)
    singular_values(i, i) = data.sigma[static_cast<std::size_t>(i)];

  if (kind == "canonical") {
    data.X = RationalMatrix::Identity(dx, dx);
    data.Y = singular_values;
    data.output_rotation = RationalMatrix::Identity(dy, dy);
    data.whitening = RationalMatrix::Identity(dx, dx);
    return data;
  }
  if (kind != "square" && kind != "general") {
    throw InputError("data '" + std::string(kind) + "' is unknown; deep-linear knows canonical, square, general");
  }
  const Index m = kind == "square" ? dx : dx + 2;
  data.output_rotation = random_orthogonal(dy, random);
  const RationalMatrix input_rotation = random_orthogonal(dx, random);
  const RationalMatrix samples = random_orthogonal(m, random);
  const RationalMatrix orthonormal_rows = samples.topRows(dx);
  const RationalMatrix mixing = random_unimodular(dx, random);
  data.X = multiply(mixing, orthonormal_rows);
  data.Y = multiply({data.output_rotation, singular_values, input_rotation.transpose(), orthonormal_rows});
  if (m > dx) {
    RationalMatrix noise(dy, m - dx);
    for (Index j = 0; j < noise.cols(); ++j) {
      for (Index i = 0; i < noise.rows(); ++i)
        noise(i, j) = Rational(random.integer(-2, 2));
    }
    data.Y += multiply(noise, samples.bottomRows(m - dx));
  }
  data.whitening = multiply(input_rotation.transpose(), inverse(mixing).value());
  return data;
}

}  // namespace rankscape::deep_linear
