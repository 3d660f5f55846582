// One certificate, claim by claim. The verdict is derived from the claims that were proved, then compared.
#include <optional>

#include "verifier/deep_linear.hpp"
#include "verifier/factorization.hpp"
#include "verifier/verify.hpp"

namespace verifier {

namespace {

const std::map<std::string, std::set<std::string>> classes_named = {
    {"global_minimizer", {"global_minimizer"}},
    {"local_minimizer", {"local_minimizer"}},
    {"non_strict_saddle", {"non_strict_saddle", "flat_maximizer"}},
    {"strict_saddle", {"strict_saddle", "local_maximizer"}},
    {"local_maximizer", {"local_maximizer", "flat_maximizer"}},
    {"saddle", {"strict_saddle", "non_strict_saddle"}},
    {"local_minimum", {"global_minimizer", "local_minimizer"}},
    {"second_order", {"global_minimizer", "local_minimizer", "non_strict_saddle", "flat_maximizer"}}};

class Checker {
 public:
  Checker(const Json& root, Report& report)
      : report_(report),
        root_({&root, ""}, report.not_verified),
        landscape_(read_landscape(root_.take("point"), report.not_verified)),
        at_(derivatives(landscape_)) {
    report.model = landscape_.name;
  }

  void run() {
    static_cast<void>(root_.take("format"));
    if (root_.has("key")) {
      report_.key = root_.take("key").text();
      report_.not_verified.emplace_back("/key (only against a manifest)");
    }
    Object claims(root_.take("claims"), report_.not_verified);
    critical_ = std::all_of(at_.gradient.begin(), at_.gradient.end(), [](const Q& g) { return g == 0; });
    const Field critical = claims.take("critical");
    critical.require(critical.boolean() == critical_, critical_ ? "the gradient is zero" : "the gradient is not zero");
    const Field value = claims.take("value");
    value.require(value.number() == at_.value, "the loss has another value at the point");
    report_.verified = {"critical", "value"};
    if (claims.has("inertia")) check_inertia(claims.take("inertia"));
    if (claims.has("lambda_min")) check_extreme(claims.take("lambda_min"), -1);
    if (claims.has("lambda_max")) check_extreme(claims.take("lambda_max"), 1);
    if (claims.has("descent")) check_curve(claims.take("descent"), -1);
    if (claims.has("ascent")) check_curve(claims.take("ascent"), 1);
    if (claims.has("global")) check_global(claims.take("global"));
    if (const auto* model = std::get_if<DeepLinear>(&landscape_.model); model != nullptr && claims.has("features")) {
      Object features(claims.take("features"), report_.not_verified);
      DeepLinearFacts(*model, landscape_.point)
          .check_features(critical_, features, report_.not_verified, report_.verified);
    }
    const Field verdict = claims.take("verdict");
    report_.verdict = derived_verdict();
    if (verdict.text() != report_.verdict) verdict.reject("the evidence gives " + report_.verdict);
    report_.verified.emplace_back("verdict");
    if (!root_.has("statements")) return;
    for (const Field& statement : root_.take("statements").list()) check_statement(statement);
  }

 private:
  static Matrix<Z> integer_vectors(const Field& list, std::size_t n) {
    Z scale;
    const Matrix<Z> rows = integral(list.matrix(list.list().size(), n), scale);
    list.require(scale == 1, "vectors must be integer");
    return rows;
  }

  // A frame of integer vectors, first `neg` on whose span the quadratic form of the Hessian is negative definite, then
  // `pos` on whose span it is positive definite, and `zero` independent null vectors: so there are at least as many
  // eigenvalues of each sign, and the three numbers add up to n.
  void check_inertia(const Field& field) {
    field.require(critical_, "has a meaning at critical points only");
    const std::size_t n = landscape_.parameters;
    Object claim(field, report_.not_verified);
    inertia_ =
        Inertia{claim.take("neg").integer(0, n), claim.take("zero").integer(0, n), claim.take("pos").integer(0, n)};
    const auto [neg, zero, pos] = *inertia_;
    field.require(neg + zero + pos == n, "does not add up to the number of parameters");
    const Matrix<Z> h = integral(at_.hessian, scale_);
    const Matrix<Z> frame = integer_vectors(claim.take("frame"), n);
    field.require(frame.rows >= neg + pos, "the frame has too few vectors");
    forms_ = frame * h * transposed(frame);
    lengths_ = frame * transposed(frame);
    field.require(dominant(forms_, 0, neg, -1), "the first vectors are not shown to span a negative definite space");
    field.require(dominant(forms_, neg, neg + pos, 1), "the next are not shown to span a positive definite space");
    const Field null = claim.take("null");
    const Matrix<Z> kernel = integer_vectors(null, n);
    null.require(kernel.rows == zero, "not as many vectors as zero eigenvalues");
    null.require(kernel * h == Matrix<Z>(zero, n), "a vector is not in the null space");
    const auto columns = claim.take("null_columns").positions(zero, n);
    for (std::size_t i = 0; i < zero; ++i)
      for (std::size_t k = 0; k < zero; ++k)
        null.require((kernel(i, columns[k]) != 0) == (i == k), "the vectors are not shown to be independent");
    report_.verified.emplace_back("inertia");
  }

  // side -1: lambda_min, 1: lambda_max. The outer bound b: side (b I - H) is positive definite, by dominance in a frame
  // of n vectors (or b = 0, and the inertia says it). The inner bound: a Rayleigh quotient in the frame (or the
  // inertia).
  void check_extreme(const Field& field, int side) {
    field.require(inertia_.has_value(), "needs the inertia and its frame");
    Object claim(field, report_.not_verified);
    const Q lo = claim.take("lo").number();
    const Q hi = claim.take("hi").number();
    const Q& outer = side < 0 ? lo : hi;
    const Q& inner = side < 0 ? hi : lo;
    const std::size_t n = landscape_.parameters;
    const auto shifted = [&](const Q& b) {  // side (b I - H) in the frame, times a positive number
      Matrix<Z> a = lengths_;
      for (std::size_t k = 0; k < a.entries.size(); ++k)
        a.entries[k] = side * (scale_ * b.get_num() * lengths_.entries[k] - b.get_den() * forms_.entries[k]);
      return a;
    };
    if (outer != 0 || (side < 0 ? inertia_->neg : inertia_->pos) > 0) {
      field.require(forms_.rows == n, "the frame does not span the space");
      field.require(dominant(shifted(outer), 0, n, 1), "the outer bound is not shown");
    }
    bool reached = inner == 0 && (side < 0 ? inertia_->pos : inertia_->neg) < n;
    const Matrix<Z> a = shifted(inner);
    for (std::size_t i = 0; i < a.rows; ++i) reached = reached || (lengths_(i, i) > 0 && a(i, i) <= 0);
    field.require(reached, "the inner bound is not shown");
    report_.verified.emplace_back(side < 0 ? "lambda_min" : "lambda_max");
  }

  // The claimed coefficients are those of L(W + tV) - L(W), or L(W + tV + t^2 B) - L(W) with a bend: the polynomials
  // agree at more points than their degree.
  void check_curve(const Field& field, int way) {
    Object claim(field, report_.not_verified);
    std::vector<Weights<Q>> curve = {landscape_.weights(claim.take("direction"))};
    if (claim.has("bend")) curve.push_back(landscape_.weights(claim.take("bend")));
    const std::size_t degree = landscape_.degree() * curve.size();
    const Field coefficients = claim.take("coefficients");
    const auto claimed = coefficients.numbers();
    coefficients.require(claimed.size() <= degree + 1, "more coefficients than the loss has");
    for (std::size_t t = 0; t <= degree; ++t) {
      Weights<Q> moved = landscape_.point;
      Q power = 1;
      for (const Weights<Q>& direction : curve) {
        power *= Q(Z(t));
        for (std::size_t h = 0; h < moved.size(); ++h) moved[h] = plus(moved[h], power, direction[h]);
      }
      Q polynomial = 0;
      for (std::size_t k = claimed.size(); k-- > 0;) polynomial = polynomial * Q(Z(t)) + claimed[k];
      coefficients.require(landscape_.loss(moved) - at_.value == polynomial, "not the loss along the line or curve");
    }
    std::size_t order = 0;
    while (order < claimed.size() && claimed[order] == 0) ++order;
    coefficients.require(order < claimed.size() && sgn(claimed[order]) == way,
                         way < 0 ? "the loss does not fall along the line" : "the loss does not rise along the line");
    field.require(claim.take("order").integer(0, most_parameters) == order, "not the order of the lowest term");
    (way < 0 ? descends_ : rises_) = true;
    report_.verified.push_back((way < 0 ? "descent of order " : "ascent of order ") + std::to_string(order));
  }

  void check_global(const Field& field) {
    Object claim(field, report_.not_verified);
    global_ = claim.take("minimizer").boolean();
    report_.verified.emplace_back(*global_ ? "global minimizer" : "not a global minimizer");
    if (!*global_) {
      const Field better = claim.take("better");
      better.require(landscape_.loss(landscape_.weights(better)) < at_.value, "the loss there is not smaller");
      return;
    }
    const std::string by = claim.take("by").text();
    const auto* deep_linear = std::get_if<DeepLinear>(&landscape_.model);
    if (by == "trace_bound" && deep_linear != nullptr) {
      DeepLinearFacts(*deep_linear, landscape_.point).check_trace_bound(at_.value, claim);
    } else if (by == "trace_bound" && check_rank_bound(landscape_, at_.value, claim)) {
      // all of it is checked
    } else if (const auto* sensing = std::get_if<MatrixSensing>(&landscape_.model);
               by == "convex" && sensing != nullptr) {
      // X -> ||A(X) - b||^2 is convex, and its slope G at U U^T has G U = 0: so L(V) >= L(U) + 2 <G, V V^T>
      field.require(critical_, "the point is not critical");
      field.require(inertia(sensing->slope(landscape_.point[0])).neg == 0, "the slope is not positive semidefinite");
    } else {
      field.require(by == "zero", "unknown kind of evidence");
      field.require(at_.value == 0 && landscape_.nonnegative(), "the loss is not zero, or can be negative");
    }
  }

  [[nodiscard]] std::string derived_verdict() const {
    if (!critical_) return "not_critical";
    if (global_ == true) return "global_minimizer";
    if (!inertia_) return "undecided";
    if (inertia_->neg == landscape_.parameters) return "local_maximizer";
    if (inertia_->neg > 0) return "strict_saddle";
    if (inertia_->zero == 0 && global_ == false) return "local_minimizer";
    return descends_ ? "non_strict_saddle" : "second_order";
  }

  // The classes of critical points that the verdict leaves possible; local maximizers (flat ones have a zero Hessian
  // and are no minimizers) unless the Hessian or a curve rises.
  [[nodiscard]] std::set<std::string> possible_classes() const {
    const std::string& verdict = report_.verdict;
    if (verdict == "not_critical") return {};
    std::set<std::string> classes = {verdict};
    if (verdict == "strict_saddle") classes.insert("local_maximizer");
    if (verdict == "non_strict_saddle") classes.insert("flat_maximizer");
    if (verdict == "second_order" || verdict == "undecided") {
      classes = {"local_minimizer"};
      if (!global_) classes.insert("global_minimizer");
      if (verdict == "undecided" || inertia_->zero > 0) classes.insert({"non_strict_saddle", "flat_maximizer"});
      if (verdict == "undecided") classes.insert({"strict_saddle", "local_maximizer"});
    }
    if (verdict != "local_maximizer" && (rises_ || (inertia_ && inertia_->pos > 0))) {
      classes.erase("local_maximizer");
      classes.erase("flat_maximizer");
    }
    return classes;
  }

  void check_statement(const Field& field) {
    Object statement(field, report_.not_verified);
    const std::set<std::string> possible = possible_classes();
    const auto cases = statement.take("cases").list();
    bool all = !cases.empty();
    bool none = false;
    for (const Field& item : cases) {
      Object matched(item, report_.not_verified);
      const Field then = matched.take("then");
      std::set<std::string> predicted;
      for (std::string rest = then.text() + " or "; !rest.empty(); rest.erase(0, rest.find(" or ") + 4)) {
        const auto found = classes_named.find(rest.substr(0, rest.find(" or ")));
        then.require(found != classes_named.end(), "not names of classes, joined by \" or \"");
        predicted.insert(found->second.begin(), found->second.end());
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
    for (const auto& other : report_.statements) field.require(other.id != id, "the statement stands twice");
    report_.statements.push_back({id, statement.take("sha256").text(), agrees});
    report_.not_verified.push_back(field.place + "/id, /sha256 (only against a manifest)");
  }

  Report& report_;
  Object root_;
  Landscape landscape_;
  Derivatives at_;
  bool critical_ = false;
  bool descends_ = false;
  bool rises_ = false;
  std::optional<bool> global_;
  std::optional<Inertia> inertia_;
  Z scale_;  // forms_ is the quadratic form of the Hessian in the frame, times scale_ > 0
  Matrix<Z> forms_;
  Matrix<Z> lengths_;  // inner products of the frame
};

}  // namespace

Report verify_certificate(std::string_view text) {
  Report report;
  budget = Budget();
  try {
    if (text.size() > most_bytes) throw Unreadable("limits: the file is too large");
    const Json json = parse(text, "rankscape-certificate/1");
    Checker(json, report).run();
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
