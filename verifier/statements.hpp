#pragma once
// What statements say of a certified point: the classes that they predict, compared with those that its evidence leaves
// possible (docs/certificates.md).

#include "verifier/point.hpp"
#include "verifier/verify.hpp"

namespace verifier {

/// The six classes of critical points, as sets.
enum Classes : unsigned {
  no_class = 0,
  global_minimizer = 1,
  local_minimizer = 2,
  strict_saddle = 4,
  local_maximizer = 8,
  non_strict_saddle = 16,
  flat_maximizer = 32,
  all_classes = 63
};

/// What a statement's word admits.
inline const std::map<std::string, unsigned, std::less<>> classes_named = {
    {"global_minimizer", global_minimizer},
    {"local_minimizer", local_minimizer},
    {"local_minimum", global_minimizer | local_minimizer},
    {"strict_saddle", strict_saddle | local_maximizer},
    {"non_strict_saddle", non_strict_saddle | flat_maximizer},
    {"saddle", strict_saddle | non_strict_saddle},
    {"local_maximizer", local_maximizer | flat_maximizer},
    {"second_order", all_classes & ~(strict_saddle | local_maximizer)}};

/// Checks `agrees` of each statement. \param possible  classes
inline void check_statements(Object& root, unsigned possible, Report& report) {
  const auto statements = root.find("statements");
  if (!statements) return;
  std::set<std::string> ids;
  for (const Field& field : statements->list()) {
    Object statement(field);
    const auto cases = statement.take("cases").list();
    bool all = !cases.empty();
    bool none = false;
    for (const Field& item : cases) {
      Object matched(item);
      const Field then = matched.take("then");
      unsigned predicted = no_class;
      std::string_view rest = then.text();
      for (bool more = true; more;) {
        budget.spend(1000);
        const std::size_t end = rest.find(" or ");
        more = end != rest.npos;
        const auto found = classes_named.find(rest.substr(0, end));
        then.require(found != classes_named.end(), "not names of classes, joined by \" or \"");
        predicted |= found->second;
        rest.remove_prefix(more ? end + 4 : rest.size());
      }
      all = all && possible != no_class && (possible & ~predicted) == no_class;
      none = none || (possible != no_class && (possible & predicted) == no_class);
    }
    const std::string agrees = none ? "no" : all ? "yes" : "unknown";
    const Field claim = statement.take("agrees");
    if (claim.text() != agrees) claim.reject("verdict and predictions give \"" + agrees + "\"");
    const std::string id = statement.take("id").text();
    field.require(ids.insert(id).second, "the statement stands twice");
    report.statements.push_back({id, statement.take("sha256").text(), agrees});
    report.not_verified.push_back(field.place + "/id, /sha256 (only against a manifest)");
  }
}

}  // namespace verifier
