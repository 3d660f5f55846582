#pragma once
// What a Statement consists of. Copies share the trees and the vocabulary.

#include <rankscape/statements/statement.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

struct Statement::Data {
  std::string filename;
  std::string input;
  std::string id;
  std::string title;
  std::string source;
  std::string note;
  Status status = Status::theorem;
  std::shared_ptr<const Language> language;
  std::vector<Hypothesis> hypotheses;
  std::vector<Definition> definitions;  // DefinitionCall refers to them by position
  std::vector<StatementCase> cases;
  std::vector<Claim> claims;
  Scope scope;
  std::optional<bool> partial;
};

namespace statements {

// The hypotheses of a statement and nothing else: judging it costs what they cost.
[[nodiscard]] Statement hypotheses_of(const Statement& statement);
// Makes an expression from a tree that was not written by anyone.
[[nodiscard]] Expression expression_of(language::ExprPtr tree);
[[nodiscard]] Prediction prediction_of(std::vector<std::string> names, Place place);
// The names of a prediction, in its order.
[[nodiscard]] std::vector<std::string> names_in(const Prediction& prediction);

}  // namespace statements
}  // namespace rankscape
