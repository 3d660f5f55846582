#pragma once
// The bordered system of Theorem 1 (nearby.hpp) for one choice of the border: how it is chosen, solved and enclosed.

#include <vector>

#include "numeric/krawczyk.hpp"
#include "program/enclosure_ring.hpp"
#include "symmetry/field.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::near {

/// A loss with its derivatives at points and over boxes in the coordinates of all weights.
class LossOverBoxes {
 public:
  explicit LossOverBoxes(const symmetry::Loss& loss) : loss_(loss), over_(loss.program()) {}
  [[nodiscard]] const symmetry::Loss& loss() const { return loss_; }
  // \param box  one interval for each coordinate; what follows them is not read. \throws std::domain_error  1/0
  [[nodiscard]] EnclosedMatrix hessian(const Box& box) const { return over_.hessian(inputs(box)); }
  [[nodiscard]] Enclosure value(const Box& box) const { return over_.value(inputs(box)); }

 private:
  [[nodiscard]] std::vector<EnclosedMatrix> inputs(const Box& box) const;

  const symmetry::Loss& loss_;
  program::EnclosedLoss over_;
};

/// N = T(x0) C, exactly, with columns that are about orthonormal.
struct Border {
  RationalMatrix C;
  RationalMatrix N;
  double quality = 0;  ///< least over largest singular value of B at x0, about
};

/// The borders that the numerical rank of T(x0) leaves possible, the best first.
[[nodiscard]] std::vector<Border> borders(const symmetry::Loss& loss, const RationalVector& x0,
                                          const std::vector<symmetry::Field>& fields);

class Bordered {
 public:
  /// Everything must outlive it.
  Bordered(const LossOverBoxes& loss, const RationalVector& x0, const Border& border,
           const std::vector<symmetry::Field>& fields);
  [[nodiscard]] const SquareSystem& system() const { return system_; }
  /// x near a zero (x, 0), by Newton's iteration from x0. Nothing when it does not converge.
  [[nodiscard]] std::optional<RationalVector> solution() const;
  /// Is N^T T(x) C invertible at every x of the box?
  [[nodiscard]] bool crosses_orbits(const Box& box) const;
  /// B(x), exactly.
  [[nodiscard]] RationalMatrix matrix(const RationalVector& x) const;

 private:
  [[nodiscard]] std::vector<Rational> value(const std::vector<Rational>& y) const;
  [[nodiscard]] EnclosedMatrix jacobian(const Box& box) const;

  const LossOverBoxes& loss_;
  const RationalVector& x0_;
  const Border& border_;
  const std::vector<symmetry::Field>& fields_;
  SquareSystem system_;
};

/// The least power of two that is at least 1 and the largest entry.
[[nodiscard]] Rational scale_of(const RationalVector& x);

}  // namespace rankscape::near
