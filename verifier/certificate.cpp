// One certificate, claim by claim. The verdict is derived from the claims that were proved, then compared.
#include "verifier/bounds.hpp"
#include "verifier/features.hpp"
#include "verifier/local.hpp"
#include "verifier/verify.hpp"

namespace verifier {

namespace {

using Classes = std::set<std::string>;

// What a statement's word admits.
const std::map<std::string, Classes, std::less<>> classes_named = {
    {"global_minimizer", {"global_minimizer"}},
    {"local_minimizer", {"local_minimizer"}},
    {"local_minimum", {"global_minimizer", "local_minimizer"}},
    {"strict_saddle", {"strict_saddle", "local_maximizer"}},
    {"non_strict_saddle", {"non_strict_saddle", "flat_maximizer"}},
    {"saddle", {"strict_saddle", "non_strict_saddle"}},
    {"local_maximizer", {"local_maximizer", "flat_maximizer"}},
    {"second_order", {"global_minimizer", "local_minimizer", "non_strict_saddle", "flat_maximizer"}}};

class Checker {
 public:
  Checker(const Json& json, Report& report) : report_(report), root_({&json, ""}, report.not_verified) {
    static_cast<void>(root_.take("format"));
    for (const auto& [name, text] : {std::pair("landscape", &report.landscape), std::pair("shape", &report.shape),
                                     std::pair("key", &report.key)}) {
      if (!root_.has(name)) continue;
      *text = root_.take(name).text();
      report_.not_verified.push_back(std::string("/") + name + " (only against a manifest)");
    }
    std::string identity;
    point_ = read_point(root_, report.not_verified, identity);
    report.point = sha256(identity);
  }

  void run() {
    Object claims(root_.take("claims"), report_.not_verified);
    const auto slopes = point_.slopes(point_.values);
    critical_ = std::all_of(slopes.begin(), slopes.end(), [](const Matrix<Z>& g) { return g.is_zero(); });
    value_ = entry(point_.values.back(), 0, 0);
    const Field critical = claims.take("critical");
    critical.require(critical.boolean() == critical_, critical_ ? "the gradient is zero" : "the gradient is not zero");
    const Field value = claims.take("value");
    value.require(value.number() == value_, "the loss has another value at the point");
    report_.verified = {"critical", "value"};
    if (claims.has("inertia")) {
      const Field inertia = claims.take("inertia");
      const bool flat = inertia.json->is_object() && inertia.json->contains("flat");
      inertia_ = flat ? read_flat(inertia)
                      : read_inertia(
                            inertia, point_.parameters, [&](const auto& v) { return point_.hessian_times(v); },
                            report_.not_verified);
      report_.verified.emplace_back("inertia");
    }
    for (const auto& [name, side] : {std::pair("lambda_min", -1), std::pair("lambda_max", 1)}) {
      if (!claims.has(name)) continue;
      const Field claim = claims.take(name);
      claim.require(inertia_.has_value(), "needs the inertia and its frame");
      check_extreme(claim, side, *inertia_, report_.not_verified);
      report_.verified.emplace_back(name);
    }
    if (claims.has("descent")) check_curve(claims.take("descent"), -1);
    if (claims.has("ascent")) check_curve(claims.take("ascent"), 1);
    if (inertia_ && critical_ && inertia_->pos > 0) higher_ = true;
    if (claims.has("local")) check_local(claims.take("local"));
    if (claims.has("better")) check_better(claims.take("better"));
    if (claims.has("global")) check_global(claims.take("global"));
    if (claims.has("features")) Features(point_, report_.not_verified, report_.verified).check(claims.take("features"));
    const Field verdict = claims.take("verdict");
    report_.verdict = derived_verdict();
    if (verdict.text() != report_.verdict) verdict.reject("the evidence gives " + report_.verdict);
    report_.verified.emplace_back("verdict");
    if (!root_.has("statements")) return;
    for (const Field& statement : root_.take("statements").list()) check_statement(statement);
  }

 private:
  // The Hessian is zero.
  Spectrum read_flat(const Field& field) {
    Object claim(field, report_.not_verified);
    Spectrum s;
    s.zero = claim.take("zero").count(0, point_.parameters);
    const bool only = claim.take("neg").count(0, 0) + claim.take("pos").count(0, 0) == 0;
    field.require(only && s.zero == point_.parameters, "does not add up to the size of the matrix");
    claim.take("flat").require(claim.take("flat").boolean() && point_.flat(), "not evidently flat to second order");
    s.frame = Matrix<Z>(0, point_.parameters);
    return s;
  }

  // L(W + t V_1 + t^2 V_2 + ..) - L(W) = c_0 + c_1 t + .. as far as there are coefficients
  void check_curve(const Field& field, int sign) {
    Object claim(field, report_.not_verified);
    const Field list = claim.take("coefficients");
    const auto coefficients = list.list();
    list.require(!coefficients.empty() && coefficients.size() <= 129, "not 1 to 129 coefficients");
    const Truncation truncation(coefficients.size() - 1);
    const Matrix<Z> curve = read_directions(claim.take("curve"), point_.parameters, report_.not_verified);
    std::vector<Monomial> powers;
    while (powers.size() < curve.rows) powers.emplace_back(powers.size() + 1, u'\0');
    Matrix<Polynomial> claimed(1, 1);
    std::size_t order = 0;
    Z common = 1;
    std::vector<Q> numbers;
    for (const Field& item : coefficients) {
      numbers.push_back(item.number());
      common = lcm(common, numbers.back().get_den());
      if (order == 0 && numbers.back() != 0) order = numbers.size() - 1;
    }
    for (std::size_t k = 0; k < numbers.size(); ++k)
      if (numbers[k] != 0)
        claimed.entries[0].add(Monomial(k, u'\0'), numbers[k].get_num() * (common / numbers[k].get_den()));
    claimed.denominator = Polynomial(common);
    list.require(equal(point_.rise(point_.along(curve, powers)), claimed), "not the loss along the curve");
    field.require(claim.take("order").count(1, 128) == order, "not the order of the lowest term");
    list.require(numbers[0] == 0 && sgn(numbers[order]) == sign,
                 sign < 0 ? "the loss does not fall along the curve" : "the loss does not rise along the curve");
    if (sign < 0) descends_ = true;
    if (sign > 0 || order % 2 == 1) higher_ = true;
    report_.verified.push_back((sign < 0 ? "descent of order " : "ascent of order ") + std::to_string(order));
  }

  void check_local(const Field& field) {
    field.require(critical_ && inertia_, "needs a critical point and its inertia");
    field.require(inertia_->neg == 0 || inertia_->pos == 0, "the Hessian is indefinite");
    const int sign = inertia_->neg == 0 ? 1 : -1;
    Local(point_, inertia_->zero, sign, report_.not_verified).check(field);
    local_ = true;
    report_.verified.emplace_back(sign > 0 ? "local minimizer" : "local maximizer");
  }

  void check_better(const Field& field) {
    const Matrix<Z> step = read_directions(field, point_.parameters, report_.not_verified);
    field.require(step.rows == 1, "not one point");
    std::vector<Matrix<Z>> w;
    for (const Matrix<Z>& a : point_.weights) w.emplace_back(a.rows, a.cols), w.back().denominator = step.denominator;
    point_.each_parameter(
        [&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) { w[h](row, col) = step(0, i); });
    const Matrix<Z> there = evaluate(point_.program, point_.inputs(w)).back();
    field.require(entry(there, 0, 0) < value_, "the loss there is not smaller");
    better_ = true;
    report_.verified.emplace_back("not a global minimizer");
  }

  void check_global(const Field& field) {
    Object claim(field, report_.not_verified);
    const Field bounds = claim.take("bounds");
    const auto bound = Bounds(point_.program, point_.values, point_.data.size(), report_.not_verified).of_loss(bounds);
    bounds.require(bound.has_value(), "no lower bound of the loss follows");
    bounds.require(*bound == value_, "the bound is not the value");
    global_ = true;
    report_.verified.emplace_back("global minimizer");
  }

  [[nodiscard]] std::string derived_verdict() const {
    if (!critical_) return "not_critical";
    if (global_) return "global_minimizer";
    if (!inertia_) return "undecided";
    const bool extremum = local_ || inertia_->zero == 0;
    if (inertia_->neg > 0) return inertia_->pos == 0 && extremum ? "local_maximizer" : "strict_saddle";
    if (better_ && extremum) return "local_minimizer";
    return descends_ ? "non_strict_saddle" : "second_order";
  }

  // The classes of critical points that the claims leave possible.
  [[nodiscard]] Classes possible_classes() const {
    const std::string& verdict = report_.verdict;
    if (verdict == "not_critical") return {};
    Classes classes = {verdict};
    if (verdict == "strict_saddle") classes.insert("local_maximizer");
    if (verdict == "non_strict_saddle") classes.insert("flat_maximizer");
    if (verdict == "undecided") classes = {"strict_saddle", "non_strict_saddle", "local_maximizer", "flat_maximizer"};
    if (verdict == "second_order" && !local_ && inertia_->zero > 0)
      classes = {"non_strict_saddle", "flat_maximizer"};
    else if (verdict == "second_order")
      classes.clear();
    if (verdict == "second_order" || (verdict == "undecided" && !descends_)) {
      classes.insert("local_minimizer");
      if (!better_) classes.insert("global_minimizer");
    }
    if (higher_ && classes.size() > 1) {
      classes.erase("local_maximizer");
      classes.erase("flat_maximizer");
    }
    return classes;
  }

  void check_statement(const Field& field) {
    Object statement(field, report_.not_verified);
    const Classes possible = possible_classes();
    const auto cases = statement.take("cases").list();
    bool all = !cases.empty();
    bool none = false;
    for (const Field& item : cases) {
      Object matched(item, report_.not_verified);
      const Field then = matched.take("then");
      Classes predicted;
      std::string_view rest = then.text();
      for (bool more = true; more;) {
        budget.spend(1000);
        const std::size_t end = rest.find(" or ");
        more = end != rest.npos;
        const auto found = classes_named.find(rest.substr(0, end));
        then.require(found != classes_named.end(), "not names of classes, joined by \" or \"");
        predicted.insert(found->second.begin(), found->second.end());
        rest.remove_prefix(more ? end + 4 : rest.size());
      }
      std::size_t hits = 0;
      for (const std::string& name : possible) hits += predicted.contains(name) ? 1U : 0U;
      all = all && hits == possible.size() && hits > 0;
      none = none || (hits == 0 && !possible.empty());
    }
    const std::string agrees = none ? "no" : all ? "yes" : "unknown";
    const Field claim = statement.take("agrees");
    if (claim.text() != agrees) claim.reject("verdict and predictions give \"" + agrees + "\"");
    const std::string id = statement.take("id").text();
    field.require(ids_.insert(id).second, "the statement stands twice");
    report_.statements.push_back({id, statement.take("sha256").text(), agrees});
    report_.not_verified.push_back(field.place + "/id, /sha256 (only against a manifest)");
  }

  Report& report_;
  Object root_;
  Point point_;
  Q value_;
  bool critical_ = false;
  bool descends_ = false;
  bool higher_ = false;  // there are higher values nearby
  bool local_ = false;   // minimizer or maximizer, by the sign of the Hessian
  bool better_ = false;
  bool global_ = false;
  std::optional<Spectrum> inertia_;
  std::set<std::string> ids_;
};

// The inertia of a symmetric matrix.
void check_matrix(const Json& json, Report& report) {
  Object root({&json, ""}, report.not_verified);
  static_cast<void>(root.take("format"));
  const Field field = root.take("matrix");
  const Matrix<Z> a = read_matrix(field, report.not_verified);
  field.require(a.rows == a.cols && equal(a, transposed(a)), "not symmetric");
  const Spectrum spectrum = read_inertia(root.take("inertia"), a.rows, symmetric(a), report.not_verified);
  report.verified = {"inertia"};
  report.point = sha256(matrix_text(a));
  for (const auto& [name, side] : {std::pair("lambda_min", -1), std::pair("lambda_max", 1)}) {
    if (!root.has(name)) continue;
    check_extreme(root.take(name), side, spectrum, report.not_verified);
    report.verified.emplace_back(name);
  }
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
      Checker(json, report).run();
    } else {
      throw Unreadable("not a rankscape-certificate/2 or rankscape-inertia/1");
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
