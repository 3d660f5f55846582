// One certificate, claim by claim. The verdict is derived from the claims that were proved, then compared.
#include "verifier/benign.hpp"
#include "verifier/bounds.hpp"
#include "verifier/complete.hpp"
#include "verifier/constraints.hpp"
#include "verifier/features.hpp"
#include "verifier/local.hpp"
#include "verifier/near.hpp"
#include "verifier/statements.hpp"
#include "verifier/verify.hpp"

namespace verifier {

namespace {

void check_extremes(Object& claims, const std::optional<Spectrum>& spectrum, Report& report) {
  for (const auto& [name, side] : {std::pair("lambda_min", -1), std::pair("lambda_max", 1)}) {
    const auto claim = claims.find(name);
    if (!claim) continue;
    claim->require(spectrum.has_value(), "needs the inertia and its frame");
    check_extreme(*claim, side, *spectrum);
    report.verified.emplace_back(name);
  }
}

class Checker {
 public:
  /// \param constrained  format 3: the loss is a Lagrangian
  Checker(const Json& json, bool constrained, Report& report)
      : report_(report), root_({&json, "", &report.not_verified}), constrained_(constrained), point_(labelled()) {
    report.point = sha256(point_.identity);
  }

  void run() {
    Object claims(root_.take("claims"));
    critical_ = point_.is_critical(point_.at);
    value_ = point_.value();
    if (constrained_) constraints_.emplace(point_, claims.take("constraints"));
    const Field critical = claims.take("critical");
    critical.require(critical.boolean() == critical_, critical_ ? "the gradient is zero" : "the gradient is not zero");
    const Field value = claims.take("value");
    value.require(value.number() == value_, "the loss has another value at the point");
    report_.verified = {"critical", "value"};
    if (constraints_) {
      report_.verified.emplace_back(constraints_->rotations() ? "feasible, of positive determinant" : "feasible");
      if (constraints_->regular()) report_.verified.emplace_back("regular");
      if (!critical_) constraints_->check_slope(claims.take("slope"));
      if (const auto benign = claims.find("benign")) {
        const Benign proof(*constraints_, *benign);
        report_.verified.emplace_back("all second-order points are global minimizers");
      }
    }
    if (const auto inertia = claims.find("inertia")) {
      const auto flat = [&] { return !constraints_ && point_.is_flat(); };
      inertia_ = read_inertia(
          *inertia, point_.parameters, [&](const Matrix<Z>& v) { return point_.hessian_times(v); }, flat);
      if (constraints_) constraints_->restrict_to_tangent_space(*inertia_, *inertia);
      report_.verified.emplace_back("inertia");
    }
    check_extremes(claims, constraints_ ? std::nullopt : inertia_, report_);
    if (const auto descent = claims.find("descent")) check_curve(*descent, -1);
    if (const auto ascent = claims.find("ascent")) check_curve(*ascent, 1);
    if (inertia_ && critical_ && inertia_->pos > 0) higher_ = true;
    if (const auto local = claims.find("local")) check_local(*local);
    if (const auto better = claims.find("better")) check_better(*better);
    if (const auto global = claims.find("global")) check_global(*global);
    if (const auto features = claims.find("features")) Features(point_, report_.verified).check(*features);
    const Field verdict = claims.take("verdict");
    report_.verdict = derived_verdict();
    if (verdict.text() != report_.verdict) verdict.reject("the evidence gives " + report_.verdict);
    report_.verified.emplace_back("verdict");
    check_statements(root_, possible_classes(), report_);
  }

 private:
  Object& labelled() {
    root_.take("format");
    root_.take_label("landscape", report_.landscape);
    root_.take_label("shape", report_.shape);
    root_.take_label("key", report_.key);
    return root_;
  }

  // L(W + t V_1 + t^2 V_2 + ..) - L(W) = c_0 + c_1 t + .. as far as there are coefficients
  void check_curve(const Field& field, int sign) {
    Object claim(field);
    const Field list = claim.take("coefficients");
    const Matrix<Z> numbers = read_numbers(list);
    list.require(numbers.cols > 0 && numbers.cols <= 129, "not 1 to 129 coefficients");
    most_degree = numbers.cols - 1;
    const Matrix<Z> curve = read_rows(claim.take("curve"), point_.parameters);
    std::vector<Monomial> powers;
    while (powers.size() < curve.rows) powers.emplace_back(powers.size() + 1, u'\0');
    Matrix<Polynomial> claimed(1, 1, numbers.denominator);
    for (std::size_t k = 0; k < numbers.cols; ++k) claimed.entries[0].add(Monomial(k, u'\0'), numbers(0, k));
    const Values<Polynomial> there = point_.along(curve, powers);
    list.require(equal(point_.rise(there), claimed), "not the loss along the curve");
    std::size_t order = 0;
    while (order < numbers.cols && numbers(0, order) == 0) ++order;
    list.require(order < numbers.cols, "not the order of the lowest term: there is none");
    field.require(claim.take("order").count(1, 128) == order, "not the order of the lowest term");
    if (constraints_) constraints_->check_order(there, order, field);
    list.require(sgn(numbers(0, order)) == sign,
                 sign < 0 ? "the loss does not fall along the curve" : "the loss does not rise along the curve");
    if (sign < 0) descends_ = true;
    if (sign > 0 || order % 2 == 1) higher_ = true;
    report_.verified.push_back((sign < 0 ? "descent of order " : "ascent of order ") + std::to_string(order));
  }

  void check_local(const Field& field) {
    field.require(critical_ && inertia_, "needs a critical point and its inertia");
    field.require(inertia_->neg == 0 || inertia_->pos == 0, "the Hessian is indefinite");
    const int sign = inertia_->neg == 0 ? 1 : -1;
    Local(point_, inertia_->zero, sign).check(field);
    local_ = true;
    report_.verified.emplace_back(sign > 0 ? "local minimizer" : "local maximizer");
  }

  void check_better(const Field& field) {
    const Matrix<Z> row = read_rows(field, point_.parameters);
    field.require(row.rows == 1, "not one point");
    const auto w = point_.split<Z>(row.denominator, [&](std::size_t i) { return row(0, i); });
    const Values<Z> there(point_.program, point_.leaves_with(w));
    if (constraints_) field.require(there[constraints_->node()].is_zero(), "not feasible");
    if (constraints_ && constraints_->rotations())
      field.require(Constraints::has_positive_determinant(w.front()), "not feasible");
    field.require(there[point_.program.size() - 1].at(0, 0) < value_, "the loss there is not smaller");
    better_ = true;
    report_.verified.emplace_back("not a global minimizer");
  }

  void check_global(const Field& field) {
    Object claim(field);
    if (constraints_) {
      field.require(critical_, "needs a critical point");
      if (const auto orthonormal = claim.find("orthonormal")) {
        constraints_->check_orthonormal(*orthonormal);
      } else {
        constraints_->check_convex_quadratic(claim.take("quadratic"));
      }
      global_ = true;
      report_.verified.emplace_back("global minimizer");
      return;
    }
    const Field bounds = claim.take("bounds");
    const auto bound = Bounds(point_).of_loss(bounds);
    bounds.require(bound.has_value(), "no lower bound of the loss follows");
    bounds.require(*bound == value_, "the bound is not the value");
    global_ = true;
    report_.verified.emplace_back("global minimizer");
  }

  // A local minimizer or maximizer, by the Hessian and what is known along its null space.
  [[nodiscard]] bool is_extremum() const {
    return local_ || (inertia_->zero == 0 && (inertia_->neg == 0 || inertia_->pos == 0));
  }

  [[nodiscard]] std::string derived_verdict() const {
    if (!critical_) return "not_critical";
    if (global_) return "global_minimizer";
    if (!inertia_) return "undecided";  // as it is where constraints are not shown to be regular
    if (inertia_->neg > 0) return is_extremum() ? "local_maximizer" : "strict_saddle";
    if (better_ && is_extremum()) return "local_minimizer";
    return descends_ ? "non_strict_saddle" : "second_order";
  }

  // The classes that the claims leave possible.
  [[nodiscard]] unsigned possible_classes() const {
    if (!critical_) return no_class;
    if (global_) return global_minimizer;
    unsigned classes = all_classes;
    const auto exclude = [&](bool proved, unsigned what) { classes &= proved ? ~what : all_classes; };
    exclude(better_, global_minimizer);
    exclude(descends_, global_minimizer | local_minimizer);
    exclude(higher_, local_maximizer | flat_maximizer);
    if (!inertia_) return classes;
    exclude(inertia_->neg > 0, all_classes & ~(strict_saddle | local_maximizer));
    exclude(inertia_->neg == 0, strict_saddle | local_maximizer);
    exclude(is_extremum(), inertia_->neg == 0 ? non_strict_saddle | flat_maximizer : strict_saddle);
    return classes;
  }

  Report& report_;
  Object root_;
  bool constrained_;
  Point point_;
  std::optional<Constraints> constraints_;
  Q value_;
  bool critical_ = false;
  bool descends_ = false;
  bool higher_ = false;  // there are higher values nearby
  bool local_ = false;   // minimizer or maximizer, by the sign of the Hessian
  bool better_ = false;
  bool global_ = false;
  std::optional<Spectrum> inertia_;
};

// The inertia of a symmetric matrix.
void check_matrix(const Json& json, Report& report) {
  Object root({&json, "", &report.not_verified});
  root.take("format");
  const Field field = root.take("matrix");
  const Matrix<Z> a = read_matrix(field);
  field.require(equal(a, transposed(a)), "not symmetric");
  const Spectrum spectrum = read_inertia(root.take("inertia"), a.rows, symmetric(a));
  report.verified = {"inertia"};
  report.point = sha256(matrix_text(a));
  check_extremes(root, spectrum, report);
}

// The list of critical points.
void check_complete(const Json& json, Report& report) {
  Object root({&json, "", &report.not_verified});
  root.take("format");
  // for the reader: the program counts
  for (const auto& [name, text] : {std::pair<const char*, std::string*>("landscape", &report.landscape),
                                   {"shape", &report.shape},
                                   {"loss", nullptr}}) {
    const auto label = root.find(name);
    if (!label) continue;
    std::string said(label->text());
    if (text != nullptr) *text = std::move(said);
    report.not_verified.push_back(label->place);
  }
  if (const auto names = root.find("unknowns")) {
    for (const Field& name : names->list()) static_cast<void>(name.text());
    report.not_verified.push_back(names->place);
  }
  root.take_label("key", report.key);
  const Completeness complete(root);
  report.verified = complete.verified();
  report.point = sha256(complete.identity());
}

}  // namespace

Report verify_certificate(std::string_view text) {
  Report report;
  budget = Budget();
  try {
    if (text.size() > most_bytes) throw Unreadable("limits: the file is too large");
    const Json json = parse(text);
    if (is_format(json, "rankscape-inertia/1")) {
      check_matrix(json, report);
    } else if (is_format(json, "rankscape-certificate/2")) {
      Checker(json, false, report).run();
    } else if (is_format(json, "rankscape-certificate/3")) {
      Checker(json, true, report).run();
    } else if (is_format(json, "rankscape-near/1") || is_format(json, "rankscape-free/1")) {
      check_near(json, is_format(json, "rankscape-near/1"), report);
    } else if (is_format(json, "rankscape-orbit/1")) {
      check_orbit(json, report);
    } else if (is_format(json, "rankscape-complete/1")) {
      check_complete(json, report);
    } else {
      throw Unreadable("not a rankscape-certificate/2 or /3, -inertia/1, -near/1, -free/1, -orbit/1 or -complete/1");
    }
    report.outcome = Outcome::verified;
  } catch (const Rejected& error) {
    report.outcome = Outcome::rejected;
    report.reason = error.what();
  } catch (const Unreadable& error) {
    report.reason = error.what();
  } catch (const std::bad_alloc&) {
    report.reason = "limits: out of memory";
  }
  return report;
}

}  // namespace verifier
