// rankscape-orbit/1 (docs/certificates.md): near the weights of a polynomial loss lies a critical point, whose Hessian
// is zero along the symmetries given and regular across them. The loss is expanded about the middle of a box, exactly:
// absolute values of its higher coefficients bound how far the Hessian moves on the box.
#include "verifier/near.hpp"
#include "verifier/statements.hpp"

namespace verifier {

namespace {

Polynomial variable(std::size_t i, const Z& times = 1) {
  Polynomial x;
  x.add(Monomial(1, static_cast<char16_t>(i)), times);
  return x;
}

Q largest_row_sum(const Matrix<Z>& a) {
  Z largest = 0;
  for (std::size_t i = 0; i < a.rows; ++i) {
    Z sum = 0;
    for (std::size_t j = 0; j < a.cols; ++j) sum += abs(a(i, j));
    largest = std::max(largest, sum);
  }
  return Q(largest) / Q(a.denominator);
}

Matrix<Z> absolute(Matrix<Z> a) {
  for (Z& entry : a.entries) entry = abs(entry);
  return a;
}

class OrbitChecker {
 public:
  OrbitChecker(const Json& json, Report& report)
      : report_(report), root_({&json, "", &report.not_verified}), point_(labelled()), n_(point_.parameters) {
    report.point = sha256(root_.take("format").text() + "\n" + point_.identity);
    if (n_ > 65535) throw Unreadable("limits: too many parameters for polynomials");
    most_degree = any_degree;
  }

  void run() {
    const Matrix<Z> start = point_.row();
    const Field middle_field = root_.take("middle");
    const Matrix<Z> middle = of_shape(middle_field, 1, n_);
    const Q radius = root_.take("radius").number();
    middle_field.require(radius > 0, "the box has no width");
    const Field border = root_.take("border");
    const Matrix<Z> c = read_matrix(border);
    read_fields(root_.take("fields"), c.rows, border);
    const std::size_t p = c.cols;
    border.require(p <= n_, "too many columns");
    const Matrix<Z> n = values_at(start) * c;

    // the bordered matrix and the bordered gradient at the middle, and how far the Hessian moves
    std::vector<Q> gradient(n_ + p);
    expand(middle, gradient);
    const Matrix<Z> off = (middle - start) * n;
    for (std::size_t k = 0; k < p; ++k) gradient[n_ + k] = off.at(0, k);
    const Entries hessian = second_derivatives(2, [](const Q& size, std::size_t) { return size; });
    const Matrix<Z> bordered = matrix_of(n_ + p, n_ + p, [&](std::size_t i, std::size_t j) {
      if (i < n_ && j < n_) return entry(hessian, i, j);
      if (i < n_) return n.at(i, j - n_);
      return j < n_ ? n.at(j, i - n_) : Q(0);
    });

    const Field inverse_field = root_.take("inverse");
    const Matrix<Z> inverse = of_shape(inverse_field, n_ + p, n_ + p);
    // |I - M B| on the box of that half width
    const auto contraction_on = [&](const Q& width) {
      const Entries moves =
          second_derivatives(3, [&](const Q& size, std::size_t d) { return Q(abs(size) * power(width, d - 2)); });
      const Matrix<Z> deviation = matrix_of(
          n_ + p, n_ + p, [&](std::size_t i, std::size_t j) { return i < n_ && j < n_ ? entry(moves, i, j) : Q(0); });
      return largest_row_sum(absolute(identity(n_ + p) - inverse * bordered) + absolute(inverse) * deviation);
    };
    const Q contraction = contraction_on(radius);
    inverse_field.require(contraction < 1, "the bordered matrix is not shown to be regular on the box");
    const Matrix<Z> value = matrix_of(n_ + p, 1, [&](std::size_t i, std::size_t) { return gradient[i]; });
    inverse_field.require(largest_row_sum(inverse * value) + contraction * radius < radius,
                          "no zero is shown to be in the box");
    if (p > 0) check_crossing(root_.take("crossing"), n, c, middle, radius);
    check_class(bordered, p);

    const Field distance = root_.take("distance");
    Object ends(distance);
    const Matrix<Z> step = middle - start;
    const Q square = square_norm(step);
    const Q slack = radius * verifier::root(Q(Z(n_)));
    const Field hi = ends.take("hi");
    hi.require(verifier::root(square) + slack <= hi.number(), "the critical point is not shown to be so near");
    const Field lo = ends.take("lo");
    lo.require(lo.number() <= std::max(Q(0), Q(verifier::root(square, false) - slack)), "the point may be nearer");
    report_.verified.emplace_back("a critical point within a distance, its inertia and verdict");
    if (const auto field = root_.find("value")) check_value(*field, radius);
    if (const auto better = root_.find("better")) check_better(*better);
    check_statements(root_, possible_, report_);
    if (const auto given = root_.find("alone")) {
      Object alone(*given);
      const Field box_field = alone.take("box");
      const Q box = box_field.number();
      box_field.require(box >= radius && contraction_on(box) < 1, "not shown to hold one critical point alone");
      given->require(p == 0 || all_rotate(), "a field is no infinitesimal isometry");
      Q largest = 0;
      for (std::size_t i = 0; i < n_; ++i) largest = std::max(largest, Q(abs(step.at(0, i))));
      const Field within = alone.take("within");
      within.require(within.number() > 0 && within.number() <= box - largest, "reaches beyond the box");
      report_.verified.emplace_back(
          p == 0 ? "every critical point within a radius is that one"
                 : "every critical point within a radius is that one or its image under isometries of the loss");
    }
  }

 private:
  Object& labelled() {
    root_.take("format");
    root_.take_label("key", report_.key);
    root_.take_label("landscape", report_.landscape);
    root_.take_label("shape", report_.shape);
    return root_;
  }

  // Affine fields t with <t, grad L> = 0 identically: lists of [i, j, INTEGER], entry j of x (j = n: the constant).
  void read_fields(const Field& list, std::size_t count, const Field& border) {
    const Values<Polynomial> values(
        point_.program, point_.leaves_with(point_.split<Polynomial>(1, [](std::size_t i) { return variable(i); })));
    for (const Field& field : list.list()) {
      std::vector<Polynomial> velocity(n_);
      auto& entries = fields_.emplace_back();
      for (const Field& item : field.list()) {
        const auto parts = item.list();
        item.require(parts.size() == 3, "not [i, j, INTEGER]");
        entries.push_back({parts[0].position(n_), parts[1].count(0, n_), parts[2].integer()});
        const auto& [i, j, factor] = entries.back();
        add_product(velocity[i], j < n_ ? variable(j) : Polynomial(1), Polynomial(factor));
      }
      const auto moved = point_.moved(point_.split<Polynomial>(1, [&](std::size_t i) { return velocity[i]; }));
      field.require(!values.derivatives(moved).back(), "the loss is not constant along the field");
    }
    border.require(fields_.size() == count, "not one row for each field");
  }

  /// The values of the fields at a point, as columns.
  [[nodiscard]] Matrix<Z> values_at(const Matrix<Z>& x) const {
    Matrix<Z> columns(n_, fields_.size(), x.denominator);
    for (std::size_t k = 0; k < fields_.size(); ++k)
      for (const auto& [i, j, factor] : fields_[k])
        add_product(columns(i, k), factor, j < n_ ? x(0, j) : x.denominator);
    return columns;
  }

  // L(middle + t) as a polynomial in t.
  void expand(const Matrix<Z>& middle, std::vector<Q>& gradient) {
    const auto weights = point_.split<Polynomial>(middle.denominator, [&](std::size_t i) {
      Polynomial x = variable(i, middle.denominator);
      x.add({}, middle(0, i));
      return x;
    });
    const Values<Polynomial> values(point_.program, point_.leaves_with(weights));
    const Matrix<Polynomial>& loss = values[point_.program.size() - 1];
    const Z below = loss.denominator[{}];
    if (!(loss.denominator == Polynomial(below))) throw Rejected("/program: not a polynomial in the weights");
    for (const auto& [monomial, coefficient] : loss.entries[0].terms) {
      terms_.emplace_back(monomial, Q(coefficient) / Q(below));
      if (monomial.size() == 1) gradient[monomial[0]] = terms_.back().second;
    }
  }

  using Entries = std::map<std::pair<std::size_t, std::size_t>, Q>;
  static Q entry(const Entries& of, std::size_t i, std::size_t j) {
    const auto found = of.find(std::minmax(i, j));
    return found == of.end() ? Q(0) : found->second;
  }
  // Of the terms of degree 2, or of all higher ones, each with size(coefficient, degree) for its coefficient.
  template <class Size>
  [[nodiscard]] Entries second_derivatives(std::size_t degree, const Size& size_of) const {
    Entries target;
    for (const auto& [monomial, coefficient] : terms_) {
      if (degree == 2 ? monomial.size() != 2 : monomial.size() < degree) continue;
      const Q size = size_of(coefficient, monomial.size());
      budget.spend(monomial.size() * monomial.size() *
                   (1 + mpz_size(size.get_num_mpz_t()) + mpz_size(size.get_den_mpz_t())));
      for (std::size_t a = 0; a < monomial.size(); ++a)  // pairs of factors: a_i a_j, or a_i (a_i - 1) once per order
        for (std::size_t b = a + 1; b < monomial.size(); ++b)
          target[{monomial[a], monomial[b]}] += monomial[a] == monomial[b] ? Q(2 * size) : size;
    }
    return target;
  }

  // |L - L(middle)| on the box is at most the sum of the sizes of all other terms.
  void check_value(const Field& field, const Q& radius) {
    Q middle = 0;
    Q moves = 0;
    for (const auto& [monomial, coefficient] : terms_) {
      if (monomial.empty()) {
        middle = coefficient;
      } else {
        moves += abs(coefficient) * power(radius, monomial.size());
      }
    }
    Object ends(field);
    least_value_ = ends.take("lo").number();
    field.require(*least_value_ <= middle - moves && middle + moves <= ends.take("hi").number(),
                  "the value is not shown to lie between these ends");
    report_.verified.emplace_back("the value of the loss there");
  }

  void check_better(const Field& field) {
    field.require(least_value_.has_value(), "needs the value");
    const Matrix<Z> row = of_shape(field, 1, n_);
    const auto w = point_.split<Z>(row.denominator, [&](std::size_t i) { return row(0, i); });
    const Values<Z> there(point_.program, point_.leaves_with(w));
    field.require(there[point_.program.size() - 1].at(0, 0) < *least_value_, "the loss there is not smaller");
    possible_ &= ~global_minimizer;
    report_.verified.emplace_back("not a global minimizer");
  }

  // A + A^T = 0 for each field A x + b: they generate isometries.
  [[nodiscard]] bool all_rotate() const {
    for (const auto& field : fields_) {
      std::map<std::pair<std::size_t, std::size_t>, Z> sums;
      for (const auto& [i, j, factor] : field)
        if (j < n_) sums[std::minmax(i, j)] += i == j ? Z(2 * factor) : factor;
      for (const auto& [at, sum] : sums)
        if (sum != 0) return false;
    }
    return true;
  }

  // |I - K N^T T(x) C| < 1 on the box: N^T T(x) C is regular there.
  void check_crossing(const Field& field, const Matrix<Z>& n, const Matrix<Z>& c, const Matrix<Z>& middle,
                      const Q& radius) const {
    const Matrix<Z> left = of_shape(field, c.cols, c.cols) * transposed(n);
    Matrix<Z> moves(n_, fields_.size());
    for (std::size_t k = 0; k < fields_.size(); ++k)
      for (const auto& [i, j, factor] : fields_[k])
        if (j < n_) moves(i, k) += abs(factor);
    const Matrix<Z> off = absolute(identity(c.cols) - left * values_at(middle) * c) +
                          scaled(radius, absolute(left) * moves * absolute(c));
    field.require(largest_row_sum(off) < 1, "the border is not shown to cross the orbits");
  }

  void check_class(const Matrix<Z>& bordered, std::size_t p) {
    const Field evidence = root_.take("bordered");
    const Spectrum whole = read_inertia(evidence, n_ + p, symmetric(bordered));
    evidence.require(whole.zero == 0 && whole.neg >= p && whole.pos >= p, "not that of a regular bordered matrix");
    const Field field = root_.take("inertia");
    Object inertia(field);
    field.require(inertia.take("neg").count(0, n_) == whole.neg - p && inertia.take("zero").count(0, n_) == p &&
                      inertia.take("pos").count(0, n_) == whole.pos - p,
                  "not that of the bordered matrix");
    const std::string verdict = whole.neg == p   ? "local_minimizer"
                                : whole.pos == p ? "local_maximizer"
                                                 : "strict_saddle";
    possible_ = whole.neg == p ? global_minimizer | local_minimizer : whole.pos == p ? local_maximizer : strict_saddle;
    const Field given = root_.take("verdict");
    if (given.text() != verdict) given.reject("the inertia gives " + verdict);
    report_.verdict = verdict;
  }

  struct Entry {
    std::size_t i;
    std::size_t j;
    Z factor;
  };
  Report& report_;
  Object root_;
  Point point_;
  std::size_t n_;
  unsigned possible_ = all_classes;  // classes of the point
  std::optional<Q> least_value_;
  std::vector<std::vector<Entry>> fields_;
  std::vector<std::pair<Monomial, Q>> terms_;  // of the loss about the middle
};

}  // namespace

void check_orbit(const Json& json, Report& report) { OrbitChecker(json, report).run(); }

}  // namespace verifier
