#pragma once
// Deep linear networks ||W_H...W_1 X - Y||^2 and weights in floating point: exact critical points within a distance (of
// which nothing but two spectral bases is irrational), and what holds of all critical points within a radius. The file
// brings approximate inverses and eigenbases; they are multiplied out, and norms of what is left over bound the errors.

#include "verifier/point.hpp"
#include "verifier/verify.hpp"

namespace verifier {

/// The square root, at least or (up false) at most, to 160 bits.
inline Q root(const Q& square, bool up = true) {
  if (square <= 0) return 0;
  const auto bits = [](const Z& a) { return static_cast<long>(mpz_sizeinbase(a.get_mpz_t(), 2)); };
  const long shift = 160 - (bits(square.get_num()) - bits(square.get_den())) / 2;
  const auto power = [](long exponent) -> Z { return Z(1) << static_cast<mp_bitcnt_t>(std::max(exponent, 0L)); };
  const Z scaled = square.get_num() * power(2 * shift) / (square.get_den() * power(-2 * shift));
  Q result(Z(sqrt(scaled) + (up ? 1 : 0)) * power(-shift), power(shift));
  result.canonicalize();
  return result;
}
inline Q square_norm(const Matrix<Z>& a) { return dot(a, a).at(0, 0); }
inline Q norm(const Matrix<Z>& a) { return root(square_norm(a)); }
/// An operation with two numbers and the greatest common divisor after it.
inline void spend_on(const Q& a, const Q& b) {
  const std::size_t words = mpz_size(a.get_num_mpz_t()) + mpz_size(a.get_den_mpz_t()) + mpz_size(b.get_num_mpz_t()) +
                            mpz_size(b.get_den_mpz_t());
  budget.spend(1 + words * words);
}
inline Q power(const Q& base, std::size_t exponent) {
  Q product = 1;
  while (exponent-- > 0) {
    spend_on(product, base);
    product *= base;
  }
  return product;
}
inline Q binomial(std::size_t n, std::size_t k) {
  Q value = 1;
  for (std::size_t i = 0; i < k; ++i) value *= Q(Z(n - i), Z(i + 1));
  return value;
}
inline Matrix<Z> block(const Matrix<Z>& a, std::size_t row, std::size_t rows, std::size_t col, std::size_t cols) {
  Matrix<Z> b(rows, cols, a.denominator);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < cols; ++j) b(i, j) = a(row + i, col + j);
  return b;
}
inline Matrix<Z> columns(const Matrix<Z>& a, std::size_t col, std::size_t cols) {
  return block(a, 0, a.rows, col, cols);
}
inline Matrix<Z> rows(const Matrix<Z>& a, std::size_t row, std::size_t count) {
  return block(a, row, count, 0, a.cols);
}
/// a above b; a beside b is its transpose.
inline Matrix<Z> stacked(const Matrix<Z>& a, const Matrix<Z>& b) {
  require_fit(a.cols == b.cols);
  const Z common = common_multiple(a.denominator, b.denominator);
  Matrix<Z> c(a.rows + b.rows, a.cols, common);
  for (std::size_t k = 0; k < c.entries.size(); ++k) {
    const bool first = k < a.entries.size();
    add_product(c.entries[k], first ? a.entries[k] : b.entries[k - a.entries.size()],
                common / (first ? a.denominator : b.denominator));
  }
  return c;
}
inline Matrix<Z> beside(const Matrix<Z>& a, const Matrix<Z>& b) {
  return transposed(stacked(transposed(a), transposed(b)));
}
inline Matrix<Z> of_shape(const Field& field, std::size_t rows, std::size_t cols) {
  Matrix<Z> a = read_matrix(field);
  field.require(a.rows == rows && a.cols == cols, "not of the right shape");
  return a;
}

/// An approximate eigenbasis of a symmetric matrix: eigenvalue i (decreasing) is within f of d_i, and the spectral
/// spaces of a part and its complement have orthonormal bases within error(part) of the columns (docs/certificates.md).
struct Eigenbasis {
  Matrix<Z> q;
  std::vector<Q> d;
  Q e;
  Q f;
  /// \param a  within `off` of the matrix
  Eigenbasis(const Field& field, const Matrix<Z>& a, const Q& off = 0) {
    Object claim(field);
    q = of_shape(claim.take("basis"), a.rows, a.rows);
    const Field values = claim.take("values");
    for (const Field& value : values.list()) d.push_back(value.number());
    values.require(d.size() == a.rows && std::is_sorted(d.rbegin(), d.rend()), "not one for each column, decreasing");
    const Matrix<Z> t = transposed(q);
    e = norm(t * q - identity(a.rows));
    field.require(2 * e < 1, "not nearly orthonormal");
    const Q eb = e / (1 - e);
    const Matrix<Z> diagonal = matrix_of(a.rows, a.rows, [&](auto i, auto j) { return i == j ? d[i] : Q(0); });
    f = std::max(abs(d.front()), abs(d.back())) * eb * (2 + eb) +
        (norm(t * a * q - diagonal) + off * (1 + e)) * (1 + eb) * (1 + eb);
  }
  [[nodiscard]] Q least(std::size_t i) const { return d[i] - f; }
  [[nodiscard]] Q error(const Field& field, const std::set<std::size_t>& part) const {
    Q gap = -1;  // none
    for (const std::size_t s : part)
      for (std::size_t k = 0; k < d.size(); ++k) {
        spend_on(d[s], d[k]);
        if (!part.contains(k) && (gap < 0 || abs(d[s] - d[k]) < gap)) gap = abs(d[s] - d[k]);
      }
    if (gap < 0) return e;
    field.require(gap > 2 * f, "no gap between the eigenvalues in S and the others is shown");
    const Q th = f / (gap - f);
    return th + th * th + e;
  }
};

/// A string of a stratum: basis vectors at `length` nodes from `start` on, modulo H + 1.
struct String {
  std::size_t start;
  std::size_t length;
  [[nodiscard]] bool passes(std::size_t a, std::size_t count, std::size_t nodes) const {
    return (a + nodes - start) % nodes + count <= length;
  }
  [[nodiscard]] bool admissible(std::size_t nodes) const {
    return start < nodes && length >= 1 && length < nodes && (start + length) % nodes != 0;
  }
  auto operator<=>(const String&) const = default;  // NOLINT: clang-tidy 14 takes it for a null pointer
};

/// Data and weights, under hypotheses that are checked: X X^T and Sigma = Syx Sxx^-1 Sxy positive definite, dy <= dx.
class Network {
 public:
  std::vector<Matrix<Z>> w;
  std::vector<std::size_t> widths;
  Matrix<Z> sxx;
  Matrix<Z> sxy;
  Matrix<Z> p;  // about P_* = Syx Sxx^-1
  Q p_error;
  Q sxx_norm;
  std::string identity_text;

  explicit Network(Object& root) {
    for (const Field& field : root.take("weights").list()) {
      w.push_back(read_matrix(field));
      if (widths.empty()) widths.push_back(w.back().cols);
      field.require(w.back().cols == widths.back(), "does not fit the layer before");
      widths.push_back(w.back().rows);
    }
    root.take("weights").require(w.size() >= 2 && w.size() <= 64, "not 2 to 64 layers");
    if (const auto given = root.find("biases")) read_biases(*given);
    read_data(root.take("data"));
    root.take("weights").require(*std::min_element(widths.begin(), widths.end()) > 0, "a width is 0");
    for (const Matrix<Z>& a : w) identity_text += matrix_text(a);
    identity_text += matrix_text(sxx) + matrix_text(sxy);
    first = w.front();
    if (const auto given = root.find("span")) read_span(*given, root.take("span_inverse"));
    root.take("data").require(dy() <= dx(), "more outputs than inputs that the data span");
    const Field field = root.take("approximate");
    Object given(field);
    const Eigenbasis inputs(given.take("Sxx"), sxx);
    field.require(inputs.least(dx() - 1) > 0, "X X^T is not shown to be positive definite");
    sxx_norm = inputs.d.front() + inputs.f;
    p = of_shape(given.take("P"), dy(), dx());
    p_error = norm(transposed(sxy) - p * sxx) / inputs.least(dx() - 1);
    sigma_.emplace(given.take("Sigma"), symmetric_part(p * sxy), p_error * norm(sxy));
    field.require(sigma().least(dy() - 1) > 0, "Sigma is not shown to be positive definite");
    if (const auto more = given.find("P_plus")) read_first_layer(*more, given.take("null_rows"));
  }
  [[nodiscard]] std::size_t layers() const { return w.size(); }
  [[nodiscard]] std::size_t dx() const { return widths.front(); }
  [[nodiscard]] std::size_t dy() const { return widths.back(); }
  [[nodiscard]] std::size_t rmax() const { return *std::min_element(widths.begin(), widths.end()); }
  [[nodiscard]] const Eigenbasis& sigma() const { return *sigma_; }
  [[nodiscard]] bool has_first_layer() const { return first_layer_; }
  [[nodiscard]] Matrix<Z> product() const {
    Matrix<Z> all = w.front();
    for (std::size_t h = 1; h < layers(); ++h) all = w[h] * all;
    return all;
  }
  /// Positions of S, from 1 in the file.
  [[nodiscard]] std::set<std::size_t> selection(const Field& field) const {
    std::set<std::size_t> part;
    for (const Field& item : field.list())
      item.require(part.insert(item.count(1, dy()) - 1).second, "an index stands twice");
    field.require(part.size() <= rmax(), "more indices than the product can have");
    return part;
  }

  std::map<std::size_t, Matrix<Z>> biases;  // by layers, from 1
  bool centred = false;                     // the last layer has one
  Matrix<Z> x_mean;
  Matrix<Z> y_mean;
  Matrix<Z> first;         // the user's first layer; w.front() is first * span
  Matrix<Z> span;          // B with X = B X', where the data do not span the inputs; else without entries
  Matrix<Z> span_inverse;  // L with L B = I
  Q stretch = 1;           // weights that move by rho move by stretch * rho in the network of X'
  Matrix<Z> p_plus;        // about Sigma^-1 P_*
  Q p_plus_error;
  Matrix<Z> null_rows;  // about a basis of the left kernel of Sxy
  Q null_error;

 private:
  // Those of layers, counted from 1. Where the first layer alone has one it is the column of one more input, which is
  // 1; one of the last layer is what centring the data takes away (docs/near.md), and then the others are free.
  void read_biases(const Field& field) {
    identity_text = "biases\n";
    for (const Field& item : field.list()) {
      const auto parts = item.list();
      item.require(parts.size() == 2, "not [layer, bias]");
      const std::size_t h = parts[0].count(1, layers());
      item.require(biases.empty() || h > biases.rbegin()->first, "not in the order of the layers");
      biases[h] = of_shape(parts[1], widths[h], 1);
      identity_text += std::to_string(h) + " " + matrix_text(biases[h]);
    }
    centred = biases.contains(layers());
    field.require(centred || (biases.size() == 1 && biases.contains(1)),
                  "neither one of the last layer nor one of the first alone");
  }
  void use_biases(const Field& field, const Matrix<Z>& x_sum, const Matrix<Z>& y_sum, const Q& total) {
    field.require(total > 0, "the weights of the samples do not add up to a positive number");
    x_mean = matrix_of(x_sum.rows, 1, [&](std::size_t i, std::size_t) { return Q(x_sum.at(i, 0) / total); });
    y_mean = matrix_of(y_sum.rows, 1, [&](std::size_t i, std::size_t) { return Q(y_sum.at(i, 0) / total); });
    if (centred) {
      sxx = sxx - x_sum * transposed(x_mean);
      sxy = sxy - x_sum * transposed(y_mean);
    } else {
      const Matrix<Z> corner = matrix_of(1, 1, [&](std::size_t, std::size_t) { return total; });
      sxx = stacked(beside(sxx, x_sum), beside(transposed(x_sum), corner));
      sxy = stacked(sxy, transposed(y_sum));
      w.front() = beside(w.front(), biases.at(1));
      ++widths.front();
    }
  }
  void read_data(const Field& field) {
    Object data(field);
    if (const auto samples = data.find("X")) {
      const Matrix<Z> x = read_matrix(*samples);
      const Matrix<Z> y = read_matrix(data.take("Y"));
      Matrix<Z> weighted = x;
      Matrix<Z> shares = matrix_of(x.cols, 1, [](std::size_t, std::size_t) { return 1; });
      if (const auto given = data.find("sample_weight")) {
        const Matrix<Z> s = of_shape(*given, x.cols, 1);
        for (std::size_t j = 0; j < x.cols; ++j) {
          given->require(s(j, 0) >= 0, "is negative");
          for (std::size_t i = 0; i < x.rows; ++i) weighted(i, j) = product_of(x(i, j), s(j, 0));
        }
        weighted.denominator *= s.denominator;
        shares = s;
      }
      sxx = weighted * transposed(x);
      sxy = weighted * transposed(y);
      if (!biases.empty()) {
        Q total = 0;
        for (std::size_t j = 0; j < x.cols; ++j) total += shares.at(j, 0);
        use_biases(field, x * shares, y * shares, total);
      }
    } else {
      sxx = read_matrix(data.take("Sxx"));
      sxy = read_matrix(data.take("Sxy"));
      if (!biases.empty())
        use_biases(field, of_shape(data.take("Sx"), sxx.rows, 1), of_shape(data.take("Sy"), sxy.cols, 1),
                   of_shape(data.take("S1"), 1, 1).at(0, 0));
      field.require(equal(sxx, transposed(sxx)), "Sxx is not symmetric");
    }
    field.require(sxx.rows == dx() && sxx.cols == dx() && sxy.rows == dx() && sxy.cols == dy(),
                  "not of the network's sizes");
  }
  // The loss depends on W_1 B alone: Sxx = B Sxx' B^T and Sxy = B Sxy', whatever B is. That B has no more columns than
  // the data have rank is what the basis of Sxx' shows.
  void read_span(const Field& field, const Field& inverse) {
    span = read_matrix(field);
    field.require(span.rows == dx(), "not of the right shape");
    span_inverse = of_shape(inverse, span.cols, dx());
    inverse.require(equal(span_inverse * span, identity(span.cols)), "not a left inverse of the span");
    const Matrix<Z> inner = span_inverse * sxx * transposed(span_inverse);
    field.require(equal(span * inner * transposed(span), sxx), "does not span the inputs");
    const Matrix<Z> across = span_inverse * sxy;
    field.require(equal(span * across, sxy), "Sxy is not in the span");
    sxx = inner;
    sxy = across;
    w.front() = first * span;
    widths.front() = span.cols;
    // |B|^2 = |B^T B| in the spectral norm
    stretch = root(1 + norm(transposed(span) * span - identity(span.cols)));
  }
  static Z product_of(const Z& a, const Z& b) {
    Z sum = 0;
    add_product(sum, a, b);
    return sum;
  }
  // P_+ Sxy = I; N = N~ (I - Sxy P_+) has N Sxy = 0, and full rank when N N~^T is regular.
  void read_first_layer(const Field& plus, const Field& null) {
    p_plus = of_shape(plus, dy(), dx());
    const Q sigma_error = p_error * norm(sxy);
    p_plus_error = (norm(p - p * sxy * p_plus) + p_error + sigma_error * norm(p_plus)) / sigma().least(dy() - 1);
    null_rows = of_shape(null, dx() - dy(), dx());
    null_error = norm(null_rows * sxy) * (norm(p_plus) + p_plus_error);
    null.require(norm(null_rows * transposed(null_rows) - identity(dx() - dy())) + null_error * norm(null_rows) < 1,
                 "not shown to span the left kernel of Sxy");
    first_layer_ = true;
  }
  std::optional<Eigenbasis> sigma_;
  bool first_layer_ = false;
};

/// Partial products along the cycle of nodes 0..H, the step H -> 0 being Sxy: their singular values, and how far they
/// move when the weights move by rho: phi = sum_q rho^q sqrt(C(k,q)/k^q sums_q), k layers.
class Pieces {
 public:
  Pieces(const Network& network, const Field& field) : h_(network.layers()), nodes_(h_ + 1) {
    const auto starts = field.list();
    field.require(starts.size() == nodes_, "not one list for each node");
    for (std::size_t a = 0; a < nodes_; ++a) {
      const auto ends = starts[a].list();
      starts[a].require(ends.size() == h_, "not one basis for each length");
      Matrix<Z> product = identity(network.widths[a]);
      auto& from = pieces_.emplace_back();
      from.push_back({{}, 1});
      for (std::size_t k = 0; k < h_; ++k) {
        const std::size_t step = (a + k) % nodes_;
        product = (step == h_ ? network.sxy : network.w[step]) * product;
        const Matrix<Z> t = transposed(product);
        const Eigenbasis basis(ends[k], product.rows < product.cols ? product * t : t * product);
        Piece piece{{}, root(std::max(Q(0), Q(basis.d.front() + basis.f)))};
        for (std::size_t i = 0; i < basis.d.size(); ++i) piece.squares.push_back(std::max(Q(0), basis.least(i)));
        from.push_back(std::move(piece));
      }
    }
    for (std::size_t a = 0; a < nodes_; ++a) {
      auto& from = phi_.emplace_back(nodes_);
      for (std::size_t steps = 1; steps <= h_; ++steps) {
        const std::vector<Q> all = sums(a, steps);
        const std::size_t k = all.size() - 1;
        for (std::size_t q = 1; q <= k; ++q) from[steps].push_back(root(binomial(k, q) / power(Q(Z(k)), q) * all[q]));
      }
    }
  }
  /// sums_q: over q-subsets of the layers among the steps from node a on, the product of the squared norms of the
  /// pieces between.
  [[nodiscard]] std::vector<Q> sums(std::size_t a, std::size_t steps) const {
    const auto between = [&](std::size_t i, std::size_t j) { return power(pieces_[(a + i) % nodes_][j - i].norm, 2); };
    std::vector<Q> result;
    std::vector<Q> last(steps + 1, Q(0));  // by the place behind the last layer taken out
    last[0] = 1;
    const std::size_t layers = a + steps > h_ ? steps - 1 : steps;
    for (std::size_t q = 0; q <= layers; ++q) {
      result.emplace_back(0);
      std::vector<Q> next(steps + 1, Q(0));
      for (std::size_t j = 0; j <= steps; ++j) {
        spend_on(last[j], result.back());
        result.back() += last[j] * between(j, steps);
        for (std::size_t k = j; k < steps; ++k)
          if ((a + k) % nodes_ != h_) next[k + 1] += last[j] * between(j, k);
      }
      last = std::move(next);
    }
    return result;
  }
  [[nodiscard]] Q moves(std::size_t a, std::size_t steps, const Q& rho) const {
    Q sum = 0;
    Q scale = rho;
    for (const Q& c : phi_[a][steps]) {
      spend_on(scale, rho);
      spend_on(sum, scale);
      sum += c * scale;
      scale *= rho;
    }
    return sum;
  }
  /// The rank that the product of these steps keeps within rho.
  [[nodiscard]] std::size_t surviving(std::size_t a, std::size_t steps, const Q& rho) const {
    const Q moved = power(moves(a, steps, rho), 2);
    const auto& squares = pieces_[a][steps].squares;
    return static_cast<std::size_t>(std::count_if(squares.begin(), squares.end(), [&](auto& s) { return s > moved; }));
  }
  /// Sum of the squared singular values of W_h beyond the first `rank`.
  [[nodiscard]] Q tail(std::size_t h, std::size_t rank) const {
    Q sum = 0;
    const auto& squares = pieces_[h - 1][1].squares;
    for (std::size_t k = rank; k < squares.size(); ++k) sum += squares[k];
    return sum;
  }

 private:
  struct Piece {
    std::vector<Q> squares;  // of the singular values, at least
    Q norm;
  };
  std::size_t h_;
  std::size_t nodes_;
  std::vector<std::vector<Piece>> pieces_;        // [node][steps]
  std::vector<std::vector<std::vector<Q>>> phi_;  // [node][steps]: c_1, c_2, ..
};

/// rankscape-near/1, or rankscape-free/1 without points.
void check_near(const Json& json, bool has_points, Report& report);
/// rankscape-orbit/1.
void check_orbit(const Json& json, Report& report);

}  // namespace verifier
