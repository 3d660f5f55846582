#pragma once
// A symmetric matrix that depends affinely on parameters: where it is as positive definite as it can be. Floating point
// that only proposes.

#include <Eigen/Core>

#include <vector>

namespace rankscape::numeric {

/// F(t) = constant + sum of t_i slopes[i], all symmetric and of one size.
struct Pencil {
  Eigen::MatrixXd constant;
  std::vector<Eigen::MatrixXd> slopes;

  [[nodiscard]] Eigen::MatrixXd at(const Eigen::VectorXd& t) const;
};

/// Points on the central path of: maximize s such that all F(t) - s I are positive semidefinite. The last one is near
/// the maximum; those before it may be easier to round. Of a supremum that is not reached, what was come to.
/// \param blocks  in the same parameters; not empty
[[nodiscard]] std::vector<Eigen::VectorXd> central_path(const std::vector<Pencil>& blocks);

}  // namespace rankscape::numeric
