#pragma once
// The meaning of a typed tree at one point.

#include "language/enclosed_source.hpp"
#include "language/tree.hpp"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rankscape {

struct PointCache::Table {
  std::unordered_map<std::string, Value> functions;  // by key and values of the variables
  std::unordered_map<std::size_t, Value> constants;  // features without parameters, by position
};

namespace language {

// Evaluates formulas of one statement at one point. Undefined quantities and undecided comparisons make the atomic
// condition in which they stand unknown, and leave a reason; and, or, not, implies and the quantifiers are Kleene's.
class Evaluator {
 public:
  Evaluator(const FeatureSource& point, const std::vector<Definition>& definitions, PointCache::Table& cache)
      : point_(point),
        enclosed_(dynamic_cast<const EnclosedSource*>(&point)),
        definitions_(definitions),
        cache_(cache) {}

  // A closed condition. Reasons are appended when it is unknown, and only then.
  [[nodiscard]] Truth condition(const Expr& expr, std::vector<std::string>& reasons);
  // A formula of any kind, with the values of its variables by slot (none: it is closed). Throws Undefined.
  [[nodiscard]] Value closed_value(const Expr& expr, std::vector<long> variables = {});
  // Rows and columns that a matrix formula has by its declared shapes, without its value; nothing where only that
  // tells. Throws Undefined.
  [[nodiscard]] std::optional<std::pair<long, long>> declared_shape(const Expr& expr, std::vector<long> variables = {});

 private:
  class Shapes;  // ShapeRules with numbers
  struct Remembered {
    Value value;
    std::vector<std::string> reasons;
  };

  Truth truth(const Expr& expr);
  Value value(const Expr& expr);
  const Value& constant_feature(std::size_t position);

  Truth comparison(const Expr& expr, const Comparison& node);
  Truth related(const Value& left, Relation relation, const Value& right) const;
  Truth connective(const Expr& expr, Logical op);
  Truth conditional(const Expr& expr);
  Truth truth_quantifier(const Expr& expr, const Quantified& node, std::size_t binder);
  template <class Visit>
  void for_each_point(const Expr& expr, const Quantified& node, std::size_t binder, const Visit& visit);
  template <class Visit>
  void for_each_element(const Expr& domain, const Visit& visit);  // until visit returns false
  Value collected(const Expr& expr, const Quantified& node);      // a quantifier that is no condition
  Value matrix_by_entries(const Expr& expr, const Quantified& node);
  Value collected_integers(const Expr& expr, const Quantified& node);
  Value collected_reals(const Expr& expr, const Quantified& node);
  Value collected_matrices(const Expr& expr, const Quantified& node);
  Value of_no_matrices(const Expr& expr, const Quantified& node);
  Value arithmetic(const Expr& expr, Operator op);
  Value negated(const Expr& expr);
  Value indexed(const Expr& expr);
  Value set(const Expr& expr);
  Value blocks(const Expr& expr, const Blocks& node);
  Value function(const Expr& expr, const Call& call);
  Value definition(const Expr& expr, const DefinitionCall& node);
  Value feature(const Expr& expr, const Feature& node);
  std::vector<Value> values(const Expr& expr);
  // At a point that is known through enclosures; nothing where these say nothing. Throw Undefined.
  [[nodiscard]] std::optional<EnclosedFormula> enclosure(const Expr& expr) const;
  [[nodiscard]] std::optional<Value> of_enclosures(const Expr& expr, Function function) const;
  [[nodiscard]] std::optional<Truth> compared_by_enclosures(const Expr& left, Relation relation,
                                                            const Expr& right) const;
  long integer(const Expr& expr) { return std::get<long>(value(expr)); }

  void step();
  void step(std::size_t count);
  // What an operation on matrices costs, in steps: longer numbers cost more.
  void step_for(const RationalMatrix& a, std::size_t times);
  void note(const Expr& atom, std::string_view why);

  const FeatureSource& point_;
  const EnclosedSource* enclosed_;  // the point, where it is one
  const std::vector<Definition>& definitions_;
  PointCache::Table& cache_;
  std::unordered_map<std::string, Value> functions_;  // those whose key depends on definitions
  std::map<std::pair<std::size_t, std::vector<long>>, Remembered> remembered_;
  std::vector<long> variables_;  // by slot
  std::vector<std::string> reasons_;
  std::size_t steps_ = 0;
};

}  // namespace language
}  // namespace rankscape
