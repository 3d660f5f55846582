#include "native/deep_linear/data.hpp"

#include <rankscape/error.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace rankscape::deep_linear {

namespace {

constexpr std::array<std::pair<std::string_view, Defect>, 5> defects{{{"deficient", Defect::deficient},
                                                                      {"repeated", Defect::repeated},
                                                                      {"singular", Defect::singular},
                                                                      {"few-samples", Defect::few_samples},
                                                                      {"wide-output", Defect::wide_output}}};

std::vector<Rational> singular_values(const DataKind& kind, Index dx, Index dy, Random& random) {
  std::vector<Rational> sigma(static_cast<std::size_t>(dy));
  const auto positive = static_cast<std::size_t>(positive_values(kind.defect, dx, dy));
  // distinct: consecutive differences are positive
  Rational current = 0;
  for (std::size_t i = positive; i-- > 0;) {
    current += kind.base == "canonical" ? Rational(1) : Rational(random.integer(1, 4), 2);
    sigma[i] = current;
  }
  if (kind.defect == Defect::repeated) {
    const auto first = static_cast<std::size_t>(random.integer(0, dy - 2));
    const auto last = static_cast<std::size_t>(random.integer(static_cast<long>(first) + 1, dy - 1));
    for (std::size_t i = first; i < last; ++i)
      sigma[i] = sigma[last];
  }
  return sigma;
}

}  // namespace

const std::vector<std::string>& data_kinds() {
  static const std::vector<std::string> kinds{"canonical", "square", "general"};
  return kinds;
}

DataKind parse_data_kind(std::string_view text) {
  const std::size_t plus = text.find('+');
  DataKind kind{std::string(text.substr(0, plus)), Defect::none};
  const auto& bases = data_kinds();
  bool known = std::find(bases.begin(), bases.end(), kind.base) != bases.end();
  if (known && plus != std::string_view::npos) {
    const auto found = std::find_if(defects.begin(), defects.end(),
                                    [&](const auto& defect) { return defect.first == text.substr(plus + 1); });
    known = found != defects.end();
    if (known) kind.defect = found->second;
  }
  if (!known) {
    throw InputError("data '" + std::string(text) +
                     "' is unknown; deep-linear knows canonical, square, general, and each of them with +deficient, "
                     "+repeated, +singular, +few-samples or +wide-output");
  }
  return kind;
}

std::string to_string(const DataKind& kind) {
  for (const auto& [name, defect] : defects) {
    if (defect == kind.defect) return kind.base + "+" + std::string(name);
  }
  return kind.base;
}

std::optional<std::string> obstacle(Defect defect, Index dx, Index dy) {
  if (defect == Defect::wide_output) {
    return dy > dx ? std::nullopt : std::optional<std::string>("an output wider than the input needs dy > dx");
  }
  if (dy > dx) {
    return "the output is wider than the input, dy > dx, which the hypothesis H1 (dy <= dx <= m) excludes";
  }
  if (defect == Defect::repeated && dy < 2) return "two equal eigenvalues need dy >= 2";
  if ((defect == Defect::singular || defect == Defect::few_samples) && dx == dy) {
    return "a singular Sxx with rank(Sxy) = dy needs dx > dy";
  }
  return std::nullopt;
}

Index positive_values(Defect defect, Index dx, Index dy) {
  if (defect == Defect::wide_output) return dx;
  return defect == Defect::deficient ? dy - 1 : dy;
}

Index input_rank(Defect defect, Index dx) {
  return defect == Defect::singular || defect == Defect::few_samples ? dx - 1 : dx;
}

ExactData make_data(std::string_view text, Index dx, Index dy, Random& random) {
  const DataKind kind = parse_data_kind(text);
  if (const auto reason = obstacle(kind.defect, dx, dy))
    throw InputError("data '" + std::string(text) + "': " + *reason);
  ExactData data;
  data.inputs = input_rank(kind.defect, dx);
  data.sigma = singular_values(kind, dx, dy, random);
  RationalMatrix values = RationalMatrix::Zero(dy, data.inputs);
  for (Index i = 0; i < std::min(dy, data.inputs); ++i)
    values(i, i) = data.sigma[static_cast<std::size_t>(i)];
  const bool repeats_inputs = kind.defect == Defect::singular;  // more samples than the rank of X

  if (kind.base == "canonical") {
    const Index m = repeats_inputs ? dx : data.inputs;
    data.X = RationalMatrix::Identity(dx, m);
    data.Y = RationalMatrix::Zero(dy, m);
    data.Y.leftCols(data.inputs) = values;
    if (repeats_inputs) data.X(dx - 1, m - 1) = 0;
    data.output_rotation = RationalMatrix::Identity(dy, dy);
    data.whitening = RationalMatrix::Identity(dx, dx);
    return data;
  }
  const bool more_samples = kind.base == "general" && kind.defect != Defect::few_samples;
  const Index m = (repeats_inputs ? dx : data.inputs) + (more_samples ? 2 : 0);
  data.output_rotation = random_orthogonal(dy, random);
  const RationalMatrix input_rotation = random_orthogonal(data.inputs, random);
  const RationalMatrix samples = random_orthogonal(m, random);
  const RationalMatrix orthonormal_rows = samples.topRows(data.inputs);
  const RationalMatrix mixing = random_unimodular(dx, random);
  RationalMatrix inputs = RationalMatrix::Zero(dx, m);
  inputs.topRows(data.inputs) = orthonormal_rows;
  data.X = multiply(mixing, inputs);
  data.Y = multiply({data.output_rotation, values, input_rotation.transpose(), orthonormal_rows});
  if (m > data.inputs) {
    RationalMatrix noise(dy, m - data.inputs);
    for (Index j = 0; j < noise.cols(); ++j) {
      for (Index i = 0; i < noise.rows(); ++i)
        noise(i, j) = Rational(random.integer(-2, 2));
    }
    data.Y += multiply(noise, samples.bottomRows(m - data.inputs));
  }
  RationalMatrix to_canonical = RationalMatrix::Identity(dx, dx);
  to_canonical.topLeftCorner(data.inputs, data.inputs) = input_rotation.transpose();
  data.whitening = multiply(to_canonical, inverse(mixing).value());
  return data;
}

}  // namespace rankscape::deep_linear
