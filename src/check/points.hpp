#pragma once
// Statements at points of one's own: examined, judged and reported like the cases of a scope.

#include <rankscape/check/run.hpp>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rankscape {

struct GivenPoint {
  std::string name;                                ///< stands for the key of a case
  Json file;                                       ///< a rankscape-point/1
  std::shared_ptr<const Recipe> recipe = nullptr;  ///< that built it and says what it is, if any
};

/// What was found at one point, for one statement.
struct JudgedPoint {
  const Statement& statement;
  const std::string& name;
  const Evidence& evidence;  ///< undecided when the time limit came first; then the judgement is empty
  const Judgement& judgement;
};

/// As run(), with the points for cases, one after the other. Statements speak of critical points: one that is not lies
/// outside of all of them.
/// \param judged  called for each point and statement, before the row reaches the listeners
/// \throws InputError  a point that is none of its statement's landscape: names the point
std::vector<Summary> run_points(const std::vector<Statement>& statements, const std::vector<GivenPoint>& points,
                                const RunOptions& options, const std::vector<RunListener*>& listeners,
                                const std::function<void(const JudgedPoint&)>& judged);

}  // namespace rankscape
