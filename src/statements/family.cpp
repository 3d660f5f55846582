#include "statements/family.hpp"

#include <algorithm>

#include "language/tree.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::statements {

using namespace language;  // NOLINT: the whole file walks over trees

namespace {

class Walk {
 public:
  Walk(const std::vector<Definition>& definitions, const ConstantFeature& constant)
      : definitions_(definitions), constant_(constant) {}

  [[nodiscard]] bool constant(const Expr& expr) const {
    if (expr.is<Feature>()) {
      return expr.kind != Kind::matrix && expr.kind != Kind::sequence && constant_feature(expr);
    }
    if ((expr.is(Function::rank) || expr.is(Function::distinct)) && expr.child(0).is<Feature>()) {
      return constant_feature(expr.child(0));
    }
    if (expr.is<Comparison>() && compares_entries(expr)) return true;
    if (expr.is<EntryOf>()) return false;  // by itself; in a comparison it was seen above
    if (const auto* definition = expr.as<DefinitionCall>()) {
      return constant(*definitions_[definition->position].body.tree) && children_constant(expr);
    }
    return children_constant(expr);
  }

 private:
  [[nodiscard]] bool children_constant(const Expr& expr) const {
    return std::all_of(expr.children.begin(), expr.children.end(),
                       [&](const ExprPtr& child) { return constant(*child); });
  }

  [[nodiscard]] bool constant_feature(const Expr& expr) const {
    return constant_(std::get<Feature>(expr.node).position) && children_constant(expr);
  }

  /// s(i) < s(j) <= ..: entries of one sequence, at constant positions
  [[nodiscard]] bool compares_entries(const Expr& expr) const {
    const auto sequence = [](const ExprPtr& operand) -> const Expr* {
      const bool entry = operand->is<EntryOf>() && operand->child(0).is<Feature>();
      return entry ? operand->children.front().get() : nullptr;
    };
    const Expr* first = sequence(expr.children.front());
    return first != nullptr && constant_feature(*first) &&
           std::all_of(expr.children.begin(), expr.children.end(), [&](const ExprPtr& operand) {
             const Expr* other = sequence(operand);
             return other != nullptr && equal_trees(*other, *first) && constant(*operand->children.back());
           });
  }

  const std::vector<Definition>& definitions_;
  const ConstantFeature& constant_;
};

}  // namespace

bool constant_on_family(const Statement& statement, const ConstantFeature& constant) {
  const Walk walk(statement.definitions(), constant);
  const auto holds = [&](const std::optional<Expression>& formula) {
    return !formula || walk.constant(*formula->tree);
  };
  return std::all_of(statement.cases().begin(), statement.cases().end(),
                     [&](const StatementCase& one) { return holds(one.when); }) &&
         std::all_of(statement.claims().begin(), statement.claims().end(),
                     [&](const Claim& claim) { return holds(claim.when) && holds(claim.holds); });
}

}  // namespace rankscape::statements
