// The proof described in normal_form.hpp: general_point writes the critical point and the direction down, derived_form
// gets q from the loss, normal_form builds the other side from the strings alone, and each step is an identity of
// polynomials or a count.

#include "native/deep_linear/normal_form.hpp"

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "symbolic/jet.hpp"
#include "symbolic/matrix.hpp"

namespace rankscape::deep_linear {
namespace {

using symbolic::Expression;
using symbolic::ExpressionMatrix;
using Symbols = std::vector<GiNaC::symbol>;

std::size_t at(long i) {
  return static_cast<std::size_t>(i);
}

struct NotProved : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool holds, const std::string& step) {
  if (!holds) throw NotProved(step);
}

/// One copy of a string, with its coordinate at each node it passes (-1 elsewhere).
struct Copy {
  long first = 0;
  long last = 0;
  bool outer = false;  ///< passes through M
  std::vector<long> coordinate;
};

/// The general critical point of a stratum and a general direction, in adapted coordinates.
struct GeneralPoint {
  Widths widths;
  long layers = 0;
  long rank = 0;
  std::vector<long> S, Q, T;  ///< 0-based: outputs in and outside S, inputs outside S (Q first)
  std::vector<Copy> copies;
  Symbols sigma;
  Symbols coordinates;                       ///< of the direction
  Expression delta;                          ///< det(g) prod sigma_Q
  ExpressionMatrix g, K, input;              ///< input: B_Q^T, the matrix of M, |T| x |Q|
  ExpressionMatrix b_s;                      ///< diag(sigma_S)
  std::vector<ExpressionMatrix> strings;     ///< Z'_1 .. Z'_H
  std::vector<ExpressionMatrix> a, b, c, e;  ///< blocks of the direction: a_h, b_h, c_h (c'_1 first), e'_h
  std::vector<ExpressionMatrix> weights, direction;

  [[nodiscard]] long excess(long node) const { return widths[at(node)] - rank; }
  [[nodiscard]] const ExpressionMatrix& Z(long h) const { return strings[at(h - 1)]; }
  /// Z'_to ... Z'_{from+1}
  [[nodiscard]] ExpressionMatrix path(long from, long to) const {
    ExpressionMatrix result = symbolic::identity_matrix(excess(from));
    for (long h = from + 1; h <= to; ++h)
      result = symbolic::expanded(Z(h) * result);
    return result;
  }
};

/// Coordinates at the nodes: at H and 0 the strings through M come first, in the same order, so that M is [I; 0].
std::vector<Copy> number_copies(const Stratum& stratum) {
  const long nodes = stratum.layers + 1;
  std::vector<Copy> copies;
  for (const auto& [string, multiplicity] : stratum.multiplicity) {
    Copy copy;
    copy.first = string.start;
    copy.last = last_node(string, stratum.layers);
    copy.outer = is_outer(string, stratum.layers);
    copies.insert(copies.end(), at(multiplicity), copy);
  }
  std::stable_partition(copies.begin(), copies.end(), [](const Copy& copy) { return copy.outer; });
  std::vector<long> next(at(nodes), 0);
  for (Copy& copy : copies) {
    copy.coordinate.assign(at(nodes), -1);
    for (long node = copy.first;; node = (node + 1) % nodes) {
      copy.coordinate[at(node)] = next[at(node)]++;
      if (node == copy.last) break;
    }
  }
  return copies;
}

ExpressionMatrix diagonal(const Symbols& sigma, const std::vector<long>& indices) {
  const Index size = static_cast<Index>(indices.size());
  ExpressionMatrix result = symbolic::zero_matrix(size, size);
  for (Index k = 0; k < size; ++k)
    result(k, k) = sigma[at(indices[at(k)])];
  return result;
}

/// Writes a matrix given in blocks (product directions first) with rows and columns at their places.
ExpressionMatrix assembled(const ExpressionMatrix& top_left, const ExpressionMatrix& top_right,
                           const ExpressionMatrix& bottom_left, const ExpressionMatrix& bottom_right,
                           const std::vector<long>& rows, const std::vector<long>& cols) {
  ExpressionMatrix blocks(top_left.rows() + bottom_left.rows(), top_left.cols() + top_right.cols());
  blocks.topLeftCorner(top_left.rows(), top_left.cols()) = top_left;
  blocks.topRightCorner(top_right.rows(), top_right.cols()) = top_right;
  blocks.bottomLeftCorner(bottom_left.rows(), bottom_left.cols()) = bottom_left;
  blocks.bottomRightCorner(bottom_right.rows(), bottom_right.cols()) = bottom_right;
  ExpressionMatrix result(blocks.rows(), blocks.cols());
  for (Index j = 0; j < blocks.cols(); ++j) {
    for (Index i = 0; i < blocks.rows(); ++i)
      result(rows[at(i)], cols[at(j)]) = blocks(i, j);
  }
  return result;
}

/// Places of the blocks' rows at a node: outputs S then Q, inputs S then T, hidden nodes in order.
std::vector<long> places(const GeneralPoint& p, long node) {
  std::vector<long> order;
  if (node == 0 || node == p.layers) {
    order = p.S;
    const std::vector<long>& rest = node == 0 ? p.T : p.Q;
    order.insert(order.end(), rest.begin(), rest.end());
  } else {
    for (long i = 0; i < p.widths[at(node)]; ++i)
      order.push_back(i);
  }
  return order;
}

GeneralPoint general_point(const Widths& widths, const std::vector<int>& S, const Stratum& stratum) {
  GeneralPoint p;
  p.widths = widths;
  p.layers = static_cast<long>(widths.size()) - 1;
  p.rank = static_cast<long>(S.size());
  for (const int s : S)
    p.S.push_back(s - 1);
  for (long i = 0; i < widths.front(); ++i) {
    if (std::find(p.S.begin(), p.S.end(), i) != p.S.end()) continue;
    if (i < widths.back()) p.Q.push_back(i);
    p.T.push_back(i);
  }
  p.copies = number_copies(stratum);
  for (long i = 0; i < widths.back(); ++i)
    p.sigma.emplace_back("sigma_" + std::to_string(i + 1));

  Symbols position;
  const Index outside = static_cast<Index>(p.Q.size());
  const Index beyond = static_cast<Index>(p.T.size()) - outside;
  p.g = symbolic::symbol_matrix("g", outside, outside, position);
  const ExpressionMatrix sigma_q = diagonal(p.sigma, p.Q);
  p.delta = (symbolic::determinant(p.g) * symbolic::determinant(sigma_q)).expand();
  p.input = symbolic::zero_matrix(outside + beyond, outside);
  p.input.topRows(outside) = sigma_q;
  p.K = symbolic::zero_matrix(outside + beyond, outside + beyond);
  p.K.topLeftCorner(outside, outside) = symbolic::adjugate(p.g) * symbolic::adjugate(sigma_q);
  p.K.topRightCorner(outside, beyond) = symbolic::symbol_matrix("k12", outside, beyond, position);
  p.K.bottomRightCorner(beyond, beyond) = symbolic::symbol_matrix("k22", beyond, beyond, position);
  p.b_s = diagonal(p.sigma, p.S);

  for (long h = 1; h <= p.layers; ++h) {
    ExpressionMatrix z = symbolic::zero_matrix(p.excess(h), p.excess(h - 1));
    for (const Copy& copy : p.copies) {
      const long from = copy.coordinate[at(h - 1)];
      const long to = copy.coordinate[at(h)];
      if (from >= 0 && to >= 0) z(to, from) = 1;
    }
    p.strings.push_back(z);
  }
  const ExpressionMatrix identity = symbolic::identity_matrix(p.rank);
  for (long h = 1; h <= p.layers; ++h) {
    const std::string index = std::to_string(h);
    p.a.push_back(symbolic::symbol_matrix("a" + index, p.rank, p.rank, p.coordinates));
    p.b.push_back(symbolic::symbol_matrix("b" + index, p.rank, p.excess(h - 1), p.coordinates));
    p.c.push_back(symbolic::symbol_matrix("c" + index, p.excess(h), p.rank, p.coordinates));
    p.e.push_back(symbolic::symbol_matrix("e" + index, p.excess(h), p.excess(h - 1), p.coordinates));
    ExpressionMatrix z = p.Z(h);
    ExpressionMatrix c = p.c.back();
    ExpressionMatrix e = p.e.back();
    if (h == 1) {
      z = (z * p.K).eval();
      c = (c * p.b_s).eval();
      e = (e * p.K).eval();
    }
    if (h == p.layers) {
      z = (p.g * z).eval();
      e = (p.g * e).eval();
    }
    const std::vector<long> rows = places(p, h);
    const std::vector<long> cols = places(p, h - 1);
    p.weights.push_back(assembled(h == 1 ? p.b_s : identity, symbolic::zero_matrix(p.rank, z.cols()),
                                  symbolic::zero_matrix(z.rows(), p.rank), z, rows, cols));
    p.direction.push_back(assembled(p.a.back(), p.b.back(), c, e, rows, cols));
  }
  return p;
}

/// The steps marked * in the header.
void check_changes_of_variables(const GeneralPoint& p) {
  const Index outside = static_cast<Index>(p.Q.size());
  ExpressionMatrix image = symbolic::zero_matrix(p.input.rows(), outside);
  image.topRows(outside) = symbolic::identity_matrix(outside) * p.delta;
  require(symbolic::is_identically_zero(ExpressionMatrix(p.K * p.input * p.g - image)), "K M g = delta [I; 0]");

  for (long h = 1; h < p.layers; ++h) {
    Symbols fresh;
    const ExpressionMatrix d = symbolic::symbol_matrix("d", p.widths[at(h)], p.widths[at(h)], fresh);
    const ExpressionMatrix scaled = symbolic::identity_matrix(d.rows()) * symbolic::determinant(d);
    require(symbolic::is_identically_zero(ExpressionMatrix(symbolic::adjugate(d) * d - scaled)), "adj(D) D = det(D) I");
  }

  // W_1 with Z_1 = [N B_S, Z_1|T] is D_1 W_1, and W_h D_{h-1} = D_h W_h with D_H = I.
  Symbols fresh;
  const ExpressionMatrix n = symbolic::symbol_matrix("n", p.excess(1), p.rank, fresh);
  const auto conjugator = [&](long h) {
    ExpressionMatrix d = symbolic::identity_matrix(p.widths[at(h)]);
    if (h < p.layers) d.bottomLeftCorner(p.excess(h), p.rank) = p.path(1, h) * n;
    return d;
  };
  ExpressionMatrix first = p.weights.front();
  for (Index k = 0; k < p.rank; ++k) {
    first.col(p.S[at(k)]).tail(p.excess(1)) = n.col(k) * Expression(p.sigma[at(p.S[at(k)])]);
  }
  require(symbolic::is_identically_zero(ExpressionMatrix(first - conjugator(1) * p.weights.front())),
          "W_1(N) = D_1 W_1");
  for (long h = 2; h <= p.layers; ++h) {
    const ExpressionMatrix& w = p.weights[at(h - 1)];
    require(symbolic::is_identically_zero(ExpressionMatrix(w * conjugator(h - 1) - conjugator(h) * w)),
            "W_h D_{h-1} = D_h W_h");
  }
}

using JetMatrix = std::vector<std::vector<symbolic::Jet>>;  // rows

/// a + t b
JetMatrix line_of(const ExpressionMatrix& a, const ExpressionMatrix& b) {
  JetMatrix result(at(a.rows()));
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      result[at(i)].push_back({{a(i, j).expand(), b(i, j).expand(), 0}});
  }
  return result;
}

JetMatrix multiplied(const JetMatrix& a, const JetMatrix& b) {
  JetMatrix result(a.size(), std::vector<symbolic::Jet>(b.front().size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.front().size(); ++j) {
      for (std::size_t k = 0; k < b.size(); ++k)
        result[i][j] = result[i][j] + a[i][k] * b[k][j];
    }
  }
  return result;
}

/// q, the coefficient of t^2 in L(W + tV), from the loss itself: multiply, subtract, square. Requires that the
/// coefficient of t vanishes.
Expression derived_form(const GeneralPoint& p) {
  // X = I: the image is the product
  JetMatrix image = line_of(p.weights.front(), p.direction.front());
  for (std::size_t h = 1; h < p.weights.size(); ++h)
    image = multiplied(line_of(p.weights[h], p.direction[h]), image);
  symbolic::Jet loss;
  for (std::size_t i = 0; i < image.size(); ++i) {
    for (std::size_t j = 0; j < image[i].size(); ++j) {
      symbolic::Jet residual = image[i][j];
      if (i == j) residual.value[0] -= p.sigma[i];  // Y = [diag(sigma) 0]
      loss = loss + residual * residual;
    }
  }
  require(loss.value[1].expand().is_zero(), "the point is critical");
  return loss.value[2];
}

/// The other side, with everything the count needs.
struct NormalForm {
  std::vector<Expression> forms;  ///< all linear forms; to be shown independent
  Expression sum = 0;
  Inertia signs;  ///< positive and negative only
  long inversions = 0;
  long planes = 0;
};

/// The squares that involve the product directions.
void add_squares(const GeneralPoint& p, NormalForm& normal) {
  ExpressionMatrix alpha = p.a.front();
  ExpressionMatrix beta = p.b.front();
  ExpressionMatrix gamma = p.c.back();
  for (long h = 2; h <= p.layers; ++h) {
    alpha += p.a[at(h - 1)] * p.b_s;
    beta += p.b[at(h - 1)] * p.path(0, h - 1) * p.K;
  }
  for (long h = 1; h < p.layers; ++h)
    gamma += p.g * p.path(h, p.layers) * p.c[at(h - 1)];
  for (const Expression& form : alpha.reshaped()) {
    normal.forms.push_back(form);
    normal.sum += form * form;
    ++normal.signs.positive;
  }
  const Index outside = static_cast<Index>(p.Q.size());
  for (Index s = 0; s < p.rank; ++s) {
    for (Index t = 0; t < beta.cols(); ++t) {
      normal.forms.push_back(beta(s, t));
      ++normal.signs.positive;
      if (t >= outside) {
        normal.sum += beta(s, t) * beta(s, t);
        continue;
      }
      // beta^2 + lambda_s gamma^2 - 2 sigma_q beta gamma, completed to two squares
      const Expression sigma_q = p.sigma[at(p.Q[at(t)])];
      const Expression sigma_s = p.sigma[at(p.S[at(s)])];
      normal.forms.push_back(gamma(t, s));
      normal.sum += GiNaC::pow(beta(s, t) - sigma_q * gamma(t, s), 2) +
                    (sigma_s * sigma_s - sigma_q * sigma_q) * gamma(t, s) * gamma(t, s);
      if (p.Q[at(t)] < p.S[at(s)]) {  // lambda is decreasing
        ++normal.inversions;
        ++normal.signs.negative;
      } else {
        ++normal.signs.positive;
      }
    }
  }
}

/// sum of e'_h[to, from] for h = first..last
Expression entry_sum(const GeneralPoint& p, const Copy& to, const Copy& from, long first, long last) {
  Expression sum = 0;
  for (long h = first; h <= last; ++h) {
    const long row = to.coordinate[at(h)];
    const long col = from.coordinate[at(h - 1)];
    if (row < 0 || col < 0) throw std::logic_error("normal form: a string does not pass where it should");
    sum += p.e[at(h - 1)](row, col);
  }
  return sum;
}

/// The hyperbolic planes: for an outer string v and another string u, F_vu from the entries of e from u to v and G_uv
/// from those back. The square of the product's second-order part involves only F's of strings through the input node.
void add_planes(const GeneralPoint& p, NormalForm& normal) {
  ExpressionMatrix phi = symbolic::zero_matrix(p.excess(p.layers), p.excess(0));
  for (const Copy& v : p.copies) {
    if (!v.outer) continue;
    for (const Copy& u : p.copies) {
      if (v.first > u.last + 1 || (!u.outer && u.first > v.last + 1)) continue;
      const Expression f = entry_sum(p, v, u, v.first, u.last + 1);
      const Expression back = u.outer ? entry_sum(p, u, v, 1, v.last + 1) + entry_sum(p, u, v, u.first, p.layers)
                                      : entry_sum(p, u, v, std::max(u.first, 1L), v.last + 1);
      normal.forms.push_back(f);
      normal.forms.push_back(back);
      normal.sum -= 2 * p.delta * f * back;
      if (u.coordinate.front() >= 0) phi(v.coordinate.back(), u.coordinate.front()) = f;
      ++normal.planes;
    }
  }
  normal.sum += ExpressionMatrix(p.g * phi * p.K).squaredNorm();
  normal.signs.positive += normal.planes;
  normal.signs.negative += normal.planes;
}

/// Each form is linear in the direction and has a coordinate of its own, with a number other than 0 as coefficient:
/// then they are independent whatever values the parameters take.
void check_independent(const GeneralPoint& p, const std::vector<Expression>& forms) {
  std::vector<std::vector<Expression>> coefficients;
  for (const Expression& unexpanded : forms) {
    const Expression form = unexpanded.expand();
    std::vector<Expression> row;
    Expression linear = 0;
    for (const GiNaC::symbol& v : p.coordinates) {
      row.push_back(form.coeff(v, 1));
      require(std::none_of(p.coordinates.begin(), p.coordinates.end(),
                           [&](const GiNaC::symbol& w) { return row.back().has(w); }),
              "the forms are linear");
      linear += row.back() * v;
    }
    require(symbolic::is_identically_zero(form - linear), "the forms are linear");
    coefficients.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < forms.size(); ++i) {
    bool own = false;
    for (std::size_t v = 0; v < p.coordinates.size() && !own; ++v) {
      if (!GiNaC::is_a<GiNaC::numeric>(coefficients[i][v]) || coefficients[i][v].is_zero()) continue;
      own = true;
      for (std::size_t other = 0; other < forms.size() && own; ++other) {
        own = other == i || coefficients[other][v].is_zero();
      }
    }
    require(own, "the forms are independent");
  }
}

void check_arguments(const Widths& widths, const std::vector<int>& S, const Stratum& stratum) {
  check_widths(widths);
  const bool sorted = std::adjacent_find(S.begin(), S.end(), std::greater_equal<>()) == S.end();
  if (!sorted || (!S.empty() && (S.front() < 1 || S.back() > widths.back()))) {
    throw std::invalid_argument("prove_normal_form: S is not a sorted subset of 1..dy");
  }
  std::vector<long> dimensions = widths;
  for (long& dimension : dimensions)
    dimension -= static_cast<long>(S.size());
  const std::vector<String> admissible = admissible_strings(static_cast<int>(widths.size()) - 1);
  const bool fits = stratum.layers + 1 == static_cast<int>(widths.size()) &&
                    std::all_of(stratum.multiplicity.begin(), stratum.multiplicity.end(),
                                [&](const auto& entry) {
                                  return entry.second > 0 && std::find(admissible.begin(), admissible.end(),
                                                                       entry.first) != admissible.end();
                                }) &&
                    stratum.node_dimensions() == dimensions;
  if (!fits) throw std::invalid_argument("prove_normal_form: the stratum does not fit the widths and S");
}

}  // namespace

NormalFormProof prove_normal_form(const Widths& widths, const std::vector<int>& S, const Stratum& stratum) {
  check_arguments(widths, S, stratum);
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  NormalFormProof proof;
  try {
    const GeneralPoint p = general_point(widths, S, stratum);
    check_changes_of_variables(p);
    NormalForm normal;
    add_squares(p, normal);
    add_planes(p, normal);
    check_independent(p, normal.forms);
    require(symbolic::is_identically_zero(derived_form(p) - normal.sum), "q equals its normal form");
    proof.inertia = normal.signs;
    proof.inertia.zero = static_cast<Index>(p.coordinates.size()) - normal.signs.positive - normal.signs.negative;
    proof.inversions = normal.inversions;
    proof.hyperbolic_planes = normal.planes;
    proof.proved = true;
  } catch (const NotProved& step) {
    proof.failure = step.what();
  }
  return proof;
}

}  // namespace rankscape::deep_linear
