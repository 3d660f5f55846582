#pragma once
// What is proved of all critical points within a radius: that they have this S, or that there is none; and lower bounds
// of the distance to one stratum.
//
// phi_A(rho) >= ||A(W + d) - A(W)||_F for |d| <= rho bounds how far a partial product A can move (sums over the layers
// that move, by Cauchy-Schwarz and Maclaurin's inequality). Ranks that survive on the ball are lower bounds of numbers
// of strings: a linear program over the multiplicities, whose infeasibility an exact Farkas vector proves.

#include <optional>
#include <vector>

#include "near/network.hpp"

namespace rankscape::near {

/// Partial products along the cycle of nodes 0..H (the arrow H -> 0 is Sxy), their singular values and how they move.
class Products {
 public:
  explicit Products(const Network& network);
  /// The rank that the product through the nodes a, ..., a + length - 1 keeps on the ball of radius rho.
  [[nodiscard]] long surviving_rank(int a, int length, const Rational& rho) const;
  /// phi of the whole product W_H ... W_1.
  [[nodiscard]] Rational whole_product_moves(const Rational& rho) const { return moves(0, layers_ + 1, rho); }
  /// c_0 = 0, .., c_H with phi = sum_q c_q rho^q of that product.
  [[nodiscard]] const std::vector<Rational>& whole_product_coefficients() const {
    return coefficients_[index(0, layers_ + 1)];
  }
  [[nodiscard]] const std::vector<Rational>& layer_squares(int h) const;
  /// Of the smaller Gram matrix of that product, length >= 2.
  [[nodiscard]] const Spectrum& spectrum(int a, int length) const { return spectra_[index(a, length)]; }
  [[nodiscard]] Rational norm_above(int a, int length) const;
  /// sum over q-subsets of the layers of the product of the squared norms of the pieces between, along the path.
  [[nodiscard]] std::vector<Rational> piece_sums(int a, int length) const;

 private:
  [[nodiscard]] Rational moves(int a, int length, const Rational& rho) const;
  [[nodiscard]] std::size_t index(int a, int length) const;

  int layers_;
  std::vector<Spectrum> spectra_;
  std::vector<SingularBounds> bounds_;
  std::vector<std::vector<Rational>> coefficients_;  // phi = sum_q c_q rho^q, per path
};

/// y with y >= 0 on the inequalities, proving that no multiplicities exist for this r.
struct Farkas {
  long r = 0;
  struct Term {
    int start = 0;
    int length = 1;     ///< 1: the count of strings through the node is d - r; else a number of strings passing
    Rational required;  ///< the right-hand side
    Rational weight;
  };
  std::vector<Term> terms;
};

/// Nothing when the linear program has a solution. The vector is checked exactly before it is returned.
[[nodiscard]] std::optional<Farkas> no_strings(const Network& network, const Products& products, long r,
                                               const Rational& rho);

/// What balls say of the sets S of the critical points in them. References must outlive it.
class SelectionBounds {
 public:
  SelectionBounds(const Network& network, const Products& products);
  /// The largest radius found within which every critical point has W_H...W_1 = Pi_S P_*; 0 if none.
  [[nodiscard]] Rational radius(const Selection& S) const;
  /// Is it proved that no critical point within rho has this S?
  [[nodiscard]] bool excludes(const Selection& S, const Rational& rho) const;

 private:
  /// Eigenvalues of Sigma that no gap separates, and what of the product belongs to them.
  struct Cluster {
    Index first, size;
    Rational trace;  ///< of the product at the weights, known up to `doubt`
    Rational doubt;
    Rational least;  ///< of the eigenvalues
    Rational sum;    ///< of the eigenvalues, and how far it is off
    Rational sum_doubt;
    Rational norm;  ///< a product that moves by 1 moves the trace by this
  };
  const Network& network_;
  const Products& products_;
  std::vector<Cluster> clusters_;
  bool separated_ = true;  ///< is every cluster proved apart from the others?
};

/// The largest radius found in which the gradient stays away from zero.
[[nodiscard]] Rational gradient_radius(const Network& network, const Products& products);

/// The largest radius found with a Farkas vector for every r that is possible there; the vectors.
struct EmptyRadius {
  Rational radius = 0;
  std::vector<Farkas> proofs;
};
/// \param only_r  within `only_radius` the product has this rank at every critical point
[[nodiscard]] EmptyRadius strings_radius(const Network& network, const Products& products, const Rational& only_radius,
                                         long only_r);

/// No point of this S and stratum is nearer: ranks and Eckart-Young.
[[nodiscard]] Rational distance_below(const Network& network, const Products& products, long r, const Stratum& stratum);

}  // namespace rankscape::near
