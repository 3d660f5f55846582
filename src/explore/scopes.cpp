#include "explore/scopes.hpp"

#include <rankscape/check/run.hpp>
#include <stdexcept>

namespace rankscape::explore {

const Landscape& landscape_of(const Statement& statement, const ExploreOptions& options) {
  if (options.library == nullptr) throw std::invalid_argument("explore: no library of landscapes");
  return rankscape::landscape_of(statement, *options.library);
}

Scope scope_of(const Statement& statement, const ExploreOptions& options) {
  Scope scope = statement.scope();
  if (!options.shapes.empty()) scope.shapes = options.shapes;
  if (options.samples) scope.samples = *options.samples;
  return landscape_of(statement, options).with_defaults(std::move(scope));
}

std::vector<Scope> scopes_around(const Statement& statement, const ExploreOptions& options) {
  std::vector<Scope> scopes = landscape_of(statement, options).excursions(options.shapes);
  for (Scope& scope : scopes) {
    if (options.samples) scope.samples = *options.samples;
  }
  scopes.insert(scopes.begin(), scope_of(statement, options));
  return scopes;
}

}  // namespace rankscape::explore
