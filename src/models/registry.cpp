// The one place where models are registered.
#include <algorithm>

#include "models/asymmetric_factorization/model.hpp"
#include "models/deep_linear/model.hpp"
#include "models/matrix_sensing/model.hpp"
#include "models/phase_retrieval/model.hpp"
#include "models/symmetric_factorization/model.hpp"

namespace rankscape {

const std::vector<const Model*>& models() {
  static const deep_linear::DeepLinear deep_linear_model;
  static const symmetric_factorization::SymmetricFactorization symmetric_factorization_model;
  static const matrix_sensing::MatrixSensing matrix_sensing_model;
  static const asymmetric_factorization::AsymmetricFactorization asymmetric_factorization_model;
  static const phase_retrieval::PhaseRetrieval phase_retrieval_model;
  static const std::vector<const Model*> all{&deep_linear_model, &symmetric_factorization_model,
                                             &asymmetric_factorization_model, &matrix_sensing_model,
                                             &phase_retrieval_model};
  return all;
}

const Model* find_model(std::string_view name) {
  const auto found =
      std::find_if(models().begin(), models().end(), [&](const Model* model) { return model->name() == name; });
  return found == models().end() ? nullptr : *found;
}

}  // namespace rankscape
