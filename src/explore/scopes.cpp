#include "explore/scopes.hpp"

#include <rankscape/error.hpp>

namespace rankscape::explore {

const Model& model_of(const Statement& statement) {
  const Model* model = find_model(statement.model());
  if (model == nullptr) throw InputError(statement.filename() + ": no model " + statement.model());
  return *model;
}

Scope scope_of(const Statement& statement, const ExploreOptions& options) {
  Scope scope = statement.scope();
  if (!options.shapes.empty()) scope.shapes = options.shapes;
  if (options.samples) scope.samples = *options.samples;
  return scope;
}

std::vector<Scope> scopes_around(const Statement& statement, const ExploreOptions& options) {
  const Model& model = model_of(statement);
  std::vector<Scope> scopes = model.excursions(options.shapes);
  for (Scope& scope : scopes) {
    if (options.samples) scope.samples = *options.samples;
  }
  scopes.insert(scopes.begin(), scope_of(statement, options));
  return scopes;
}

}  // namespace rankscape::explore
