#include <rankscape/native.hpp>

#include "native/deep_linear/adviser.hpp"
#include "native/matrix_sensing/adviser.hpp"

namespace rankscape {

const Adviser* find_adviser(std::string_view name) {
  static const deep_linear::DeepLinearAdviser deep_linear_adviser;
  static const matrix_sensing::MatrixSensingAdviser matrix_sensing_adviser;
  for (const Adviser* adviser :
       {static_cast<const Adviser*>(&deep_linear_adviser), static_cast<const Adviser*>(&matrix_sensing_adviser)}) {
    if (adviser->name() == name) return adviser;
  }
  return nullptr;
}

}  // namespace rankscape
