// The one place where models are registered.
#include <algorithm>

#include "models/deep_linear/model.hpp"

namespace rankscape {

const std::vector<const Model*>& models() {
  static const deep_linear::DeepLinear deep_linear_model;
  static const std::vector<const Model*> all{&deep_linear_model};
  return all;
}

const Model* find_model(std::string_view name) {
  const auto found =
      std::find_if(models().begin(), models().end(), [&](const Model* model) { return model->name() == name; });
  return found == models().end() ? nullptr : *found;
}

}  // namespace rankscape
