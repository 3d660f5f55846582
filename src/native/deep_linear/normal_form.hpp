#pragma once
// The Hessian's inertia on a whole stratum of critical points, proved for all parameter values at once.
//
// For one (S, stratum) the general critical point is written down with every parameter a symbol, the quadratic form q
// of the second-order expansion is derived from the loss, and q is shown to be, identically in all coordinates and
// parameters,
//
//     sum of squares with coefficients 1 and lambda_s - lambda_q   +   P(F)   -   2 delta sum_k F_k G_k
//
// where all squared forms, F_k and G_k together are linearly independent, P is a quadratic form in the F_k alone, and
// delta does not vanish. Replacing G_k by a combination of F and G_k turns the rest into one hyperbolic plane for each
// k, so the inertia can be read off; it depends on nothing but the order of the lambda_i.
//
// What is general, and the changes of variables that make it so (each loses no generality; those marked * are verified
// as polynomial identities by prove_normal_form itself):
//
//  - Data. X = A G, Y = U [diag(sigma) 0] V^T G + N with G of orthonormal rows and N G^T = 0 is the general form under
//  the
//    hypotheses H1-H4 of [AMG24]. W_1 <- W_1 A V and W_H <- U^T W_H make it X = I, Y = [diag(sigma) 0] up to a
//    constant: invertible, linear, so inertia is kept. sigma_1 > ... > sigma_dy > 0 stay symbols.
//  - Hidden layers. W_h = D_h W'_h D_{h-1}^{-1}, V_h = D_h V'_h D_{h-1}^{-1} give L(W + tV) = L(W' + tV') for all t,
//  because
//    D_h^{-1} D_h = I inside the product (*: adjugate times matrix for symbolic matrices of every hidden width). So D_h
//    = I. This includes the choice of string bases at the hidden nodes and the scale of Z_1: a string through Z_1 never
//    reaches node H afterwards (it would have more than H nodes), so the factor is absorbed by hidden bases.
//  - Z_1 on the directions of S. With Z_1 = [N B_S, Z_1|T] the point is the one with N = 0 conjugated by
//    D_h = [I 0; Z_h...Z_2 N I] (*, N symbolic; uses Z_H...Z_2 = 0).
//  - Input and output node. Output string vectors are the columns of g, invertible and symbolic; M forces input string
//    vectors M g, and the remaining ones are any complement. K denotes delta times the inverse of that input basis:
//    K = [adj(g) adj(Sigma_Q), k_12; 0, k_22] with k_12 and k_22 symbolic, k_22 invertible, delta = det(g) prod sigma_Q
//    (*: K M g = delta [I; 0]). Then Z_H = g Z'_H, Z_1 = Z'_1 K, and Z'_h are the 0-1 matrices of the strings.
//  - Direction. e_1 = e'_1 K, e_H = g e'_H, c_1 = c'_1 B_S in the blocks V_h = [a_h b_h; c_h e_h]: invertible, linear.

#include <rankscape/exact/inertia.hpp>

#include <string>
#include <vector>

#include "native/deep_linear/strata.hpp"

namespace rankscape::deep_linear {

struct NormalFormProof {
  bool proved = false;
  /// When not proved: the first step that failed, in one line.
  std::string failure;
  /// What the normal form implies; meaningful only when proved.
  Inertia inertia;
  long inversions = 0;         ///< pairs s in S, q outside S with lambda_q > lambda_s
  long hyperbolic_planes = 0;  ///< h
};

/// Proves the normal form on one stratum, for all critical points in it and all data under H1-H4. A result that is not
/// `proved` says nothing about the inertia. Uses GiNaC: calls exclude each other, but nothing else may use GiNaC
/// meanwhile. Cost grows steeply with the widths: milliseconds when all are at most 2, see
/// tests/symbolic/normal_form_test.cpp. \param S  1-based, sorted \throws InputError             widths that
/// check_widths refuses \throws std::invalid_argument  S or the stratum does not fit the widths
[[nodiscard]] NormalFormProof prove_normal_form(const Widths& widths, const std::vector<int>& S,
                                                const Stratum& stratum);

}  // namespace rankscape::deep_linear
