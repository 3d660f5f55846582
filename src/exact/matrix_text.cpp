#include "exact/matrix_text.hpp"

namespace rankscape {

std::string to_text(const RationalMatrix& a) {
  std::string text = "[";
  for (Index i = 0; i < a.rows(); ++i) {
    text += i == 0 ? "[" : ", [";
    for (Index j = 0; j < a.cols(); ++j)
      text += (j == 0 ? "" : ", ") + to_string(a(i, j));
    text += "]";
  }
  return text + "]";
}

}  // namespace rankscape
