#include "verifier/claims_oracle.hpp"

#include <algorithm>
#include <random>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/real_roots.hpp>

#include "program/compiled_loss.hpp"
#include "program/evaluate.hpp"

namespace samples {

using namespace rankscape;
namespace rp = rankscape::program;

namespace {

Rational number(const Json& json) {
  return parse_rational(json.is_string() ? json.get<std::string>() : json.dump());
}

RationalMatrix read(const Json& json) {
  const Json& rows = json.at("entries");
  RationalMatrix a(static_cast<Index>(rows.size()),
                   static_cast<Index>(rows.empty() ? json.at("cols").get<std::size_t>() : rows.front().size()));
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j)
      a(i, j) =
          number(rows.at(static_cast<std::size_t>(i)).at(static_cast<std::size_t>(j))) / number(json.at("denominator"));
  return a;
}

// The program as the library has it; shapes come from the values.
class Loss {
 public:
  explicit Loss(const Json& json) {
    for (const char* list : {"data", "weights"}) {
      for (const Json& item : json.at(list)) {
        inputs_.push_back(read(item.at("value")));
        program_.inputs.push_back({std::to_string(inputs_.size()), inputs_.back().rows(), inputs_.back().cols(),
                                   std::string_view(list) == "weights"});
      }
    }
    append(json);
    loss_ = static_cast<rp::Node>(program_.instructions.size() - 1);
    program_.outputs = {{"loss", loss_}};
    compiled_.emplace(program_);
  }
  void append(const Json& json) {
    for (const Json& item : json.at("constants"))
      program_.constants.push_back(read(item));
    for (const Json& item : json.at("program"))
      append_instruction(item);
  }
  [[nodiscard]] const RationalMatrix& node(const Json& position) const {
    return values_.at(position.get<std::size_t>());
  }
  [[nodiscard]] const rp::CompiledLoss& compiled() const { return *compiled_; }
  [[nodiscard]] const std::vector<RationalMatrix>& inputs() const { return inputs_; }
  [[nodiscard]] Index parameters() const { return compiled_->parameters(); }

  // weights + direction (a vector of parameters), or the direction alone
  [[nodiscard]] std::vector<RationalMatrix> split(const RationalVector& direction) const {
    std::vector<RationalMatrix> parts;
    Index next = 0;
    for (const std::size_t k : program_.weights()) {
      parts.emplace_back(inputs_[k].rows(), inputs_[k].cols());
      for (Index i = 0; i < inputs_[k].size(); ++i)
        parts.back()(i) = direction(next++);
    }
    return parts;
  }
  [[nodiscard]] Rational at(const RationalVector& x, bool relative) const {
    std::vector<RationalMatrix> moved = inputs_;
    const auto parts = split(x);
    std::size_t next = 0;
    for (const std::size_t k : program_.weights())
      moved[k] = relative ? RationalMatrix(inputs_[k] + parts[next++]) : parts[next++];
    return compiled_->value(moved);
  }

 private:
  void append_instruction(const Json& item) {
    const std::string name = item.at(0).get<std::string>();
    rp::Instruction step;
    bool found = false;
    for (int k = 0; k <= static_cast<int>(rp::Operation::reciprocal) && !found; ++k) {
      step.operation = static_cast<rp::Operation>(k);
      found = name == rp::name_of(step.operation);
    }
    if (!found) throw std::invalid_argument("unknown instruction");
    if (step.operation == rp::Operation::scale) {
      step.b = static_cast<std::uint32_t>(program_.factors.size());
      program_.factors.push_back(number(item.at(1)));
      step.a = item.at(2).get<std::uint32_t>();
    } else {
      step.a = item.at(1).get<std::uint32_t>();
      if (rp::operands_of(step.operation) == 2) step.b = item.at(2).get<std::uint32_t>();
    }
    program_.instructions.push_back(step);
    const auto ring = rp::matrix_ring<Rational>([](const Rational& x) { return x; });
    values_.push_back(rp::apply(
        program_, step, ring, [&](std::uint32_t k) -> const RationalMatrix& { return inputs_.at(k); },
        [&](rp::Node k) -> const RationalMatrix& { return values_.at(k); }));
    program_.instructions.back().rows = values_.back().rows();
    program_.instructions.back().cols = values_.back().cols();
  }

  rp::Program program_;
  rp::Node loss_ = 0;
  std::vector<RationalMatrix> inputs_;
  std::vector<RationalMatrix> values_;
  std::optional<rp::CompiledLoss> compiled_;
};

// Is the value at some random point below (sign 1) or above it?
bool beaten(const Loss& loss, const Rational& value, const Rational& radius, int sign) {
  std::mt19937 random(11);
  for (int k = 0; k < 40; ++k) {
    RationalVector step(loss.parameters());
    for (Index i = 0; i < step.size(); ++i)
      step(i) = radius * Rational(static_cast<long>(random() % 21) - 10, 10);
    try {
      const Rational there = loss.at(step, true);
      if (sign > 0 ? there < value : there > value) return true;
    } catch (const std::domain_error&) {  // a pole
    }
  }
  return false;
}

bool curve_is_true(const Loss& loss, const Json& claim, int sign) {
  const RationalMatrix rows = read(claim.at("curve"));
  std::vector<std::vector<RationalMatrix>> curve;
  for (Index k = 0; k < rows.rows(); ++k)
    curve.push_back(loss.split(rows.row(k).transpose()));
  const Json& claimed = claim.at("coefficients");
  auto is = loss.compiled().along(loss.inputs(), curve, static_cast<Index>(claimed.size()) - 1);
  is.resize(claimed.size());
  is[0] = 0;
  std::size_t order = 0;
  for (std::size_t k = 0; k < is.size(); ++k) {
    if (number(claimed[k]) != is[k]) return false;
    if (order == 0 && is[k] != 0) order = k;
  }
  return claim.at("order") == order && (sign < 0 ? is[order] < 0 : is[order] > 0);
}

std::optional<std::string> false_feature(Loss& loss, const Json& claim) {
  loss.append(claim);
  std::map<std::string, std::pair<Index, RationalMatrix>> ranks;
  for (const Json& item : claim.at("vanish"))
    if (!is_zero(loss.node(item))) return "vanish";
  for (const Json& item : claim.at("ranks")) {
    const RationalMatrix& a = loss.node(item.at("node"));
    if (item.at("rank") != rank(a)) return "rank";
    ranks[item.at("name").get<std::string>()] = {rank(a), a};
  }
  for (const Json& item : claim.at("selections")) {
    const RationalMatrix& a = loss.node(item.at("node"));
    const auto spectrum = real_eigenvalues(a);
    const RationalMatrix basis = column_basis(ranks.at(item.at("range").get<std::string>()).second);
    const auto restricted = solve(basis, multiply(a, basis));
    if (!restricted) return "selection";
    const auto selected = real_eigenvalues(*restricted);
    const Json& indices = item.at("indices");
    if (indices.size() != selected.size()) return "selection";
    for (std::size_t k = 0; k < selected.size(); ++k)
      if (!(spectrum.at(indices[k].get<std::size_t>() - 1) == selected[k])) return "selection";
  }
  for (const Json& item : claim.at("lists")) {
    const Index r = ranks.at(item.at("rank").get<std::string>()).first;
    bool all = true;
    for (const Json& pair : item.at("pairs"))
      all = all &&
            (ranks.at(pair.at(0).get<std::string>()).first == r || ranks.at(pair.at(1).get<std::string>()).first == r);
    if (item.at("holds") != all) return "list";
  }
  return std::nullopt;
}

std::optional<std::string> checked(const Json& certificate) {
  Loss loss(certificate);
  const Json& claims = certificate.at("claims");
  const Rational value = loss.compiled().value(loss.inputs());
  const bool critical = is_zero(loss.compiled().gradient(loss.inputs()));
  const RationalMatrix hessian = loss.compiled().hessian(loss.inputs());
  const Inertia is = inertia(hessian);
  if (claims.at("critical") != critical) return "critical";
  if (number(claims.at("value")) != value) return "value";
  if (claims.contains("inertia")) {
    const Json& claim = claims["inertia"];
    if (claim.at("neg") != is.negative || claim.at("zero") != is.zero || claim.at("pos") != is.positive)
      return "inertia";
  }
  for (const char* name : {"lambda_min", "lambda_max"}) {
    if (!claims.contains(name)) continue;
    const auto shifted = [&](const char* end) {
      return inertia(RationalMatrix(hessian - number(claims[name].at(end)) *
                                                  RationalMatrix::Identity(hessian.rows(), hessian.rows())));
    };
    const bool least = std::string_view(name) == "lambda_min";
    if (least && (shifted("lo").negative > 0 || shifted("hi").positive == hessian.rows())) return name;
    if (!least && (shifted("hi").positive > 0 || shifted("lo").negative == hessian.rows())) return name;
  }
  if (claims.contains("descent") && !curve_is_true(loss, claims["descent"], -1)) return "descent";
  if (claims.contains("ascent") && !curve_is_true(loss, claims["ascent"], 1)) return "ascent";
  if (claims.contains("better") && loss.at(read(claims["better"]).row(0).transpose(), false) >= value) return "better";
  if (claims.contains("local")) {
    if (!critical || (is.negative > 0 && is.positive > 0)) return "local";
    // so near that no number of a corrupted file (up to 300 digits) makes the neighbourhood smaller
    const Rational radius(Integer(1), pow(Integer(10), 400));
    if (beaten(loss, value, radius, is.negative == 0 ? 1 : -1)) return "local";
  }
  if (claims.contains("global"))
    for (const Rational& radius : {Rational(1, 100), Rational(1), Rational(20)})
      if (beaten(loss, value, radius, 1)) return "global";
  const std::string verdict = claims.at("verdict").get<std::string>();
  if ((verdict == "not_critical") == critical) return "verdict";
  if ((verdict == "strict_saddle" || verdict == "local_maximizer") && is.negative == 0) return "verdict";
  if ((verdict == "second_order" || verdict == "local_minimizer" || verdict == "non_strict_saddle" ||
       verdict == "global_minimizer") &&
      is.negative > 0)
    return "verdict";
  if (verdict == "local_minimizer" && !claims.contains("better")) return "verdict";
  if (verdict == "non_strict_saddle" && !claims.contains("descent")) return "verdict";
  if (verdict == "global_minimizer" && !claims.contains("global")) return "verdict";
  if (claims.contains("features")) return false_feature(loss, claims["features"]);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> false_claim(const Json& certificate) {
  try {
    return checked(certificate);
  } catch (const std::exception& error) {
    return std::string("no sense: ") + error.what();
  }
}

}  // namespace samples
