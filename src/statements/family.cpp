#include "statements/family.hpp"

#include <algorithm>

#include "statements/functions.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::statements {

namespace {

class Walk {
 public:
  Walk(const std::vector<Definition>& definitions, const ConstantFeature& constant)
      : definitions_(definitions), constant_(constant) {}

  [[nodiscard]] bool constant(const Expr& expr) const {
    switch (expr.op) {
      case Op::feature:
        return expr.kind != Kind::matrix && expr.kind != Kind::sequence && constant_feature(expr);
      case Op::function: {
        const std::string_view name = functions()[expr.slot].name;
        if ((name == "rank" || name == "distinct") && expr.children.front()->op == Op::feature) {
          return constant_feature(*expr.children.front());
        }
        return children_constant(expr);
      }
      case Op::comparison:
        return compares_entries(expr) || children_constant(expr);
      case Op::index:
        return false;  // an entry by itself; in a comparison it was seen above
      case Op::definition:
        return constant(*definitions_[expr.slot].body.tree) && children_constant(expr);
      default:
        return children_constant(expr);
    }
  }

 private:
  [[nodiscard]] bool children_constant(const Expr& expr) const {
    return std::all_of(expr.children.begin(), expr.children.end(),
                       [&](const ExprPtr& child) { return constant(*child); });
  }

  [[nodiscard]] bool constant_feature(const Expr& expr) const {
    return constant_(expr.slot) && children_constant(expr);
  }

  /// s(i) < s(j) <= ..: entries of one sequence, at constant positions
  [[nodiscard]] bool compares_entries(const Expr& expr) const {
    const auto sequence = [](const ExprPtr& operand) -> const Expr* {
      const bool entry = operand->op == Op::index && operand->children.front()->op == Op::feature;
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
