// What a certificate says of matrix sensing beyond loss and derivatives: a better point.
#include "certificate/claims.hpp"
#include "native/matrix_sensing/advice.hpp"

namespace rankscape::matrix_sensing {

void MatrixSensingAdvice::certify(certificate::Claims& claims) const {
  if (claims.better || claims.global) return;
  if (global_comparison().is_minimum != Truth::no) return;
  const bool worthwhile = attainable() || (claims.inertia && claims.inertia->inertia.negative == 0);
  if (worthwhile && better()) claims.better = better()->reshaped();
}

}  // namespace rankscape::matrix_sensing
