#include "answers/solve.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <rankscape/cases.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <set>

#include "answers/arguments.hpp"
#include "landscapes/openness.hpp"
#include "language/syntax.hpp"

namespace rankscape::answers {

namespace {

constexpr Index most_unknowns = 40;

// Before anything is made of a large point.
Index checked_unknowns(const Weights& weights) {
  const Index n = parameters_of(weights);
  if (n > most_unknowns)
    throw InputError(
        fmt::format("solve: {} unknowns, expected at most {}; it is meant for {}", n, most_unknowns, usual_unknowns));
  return n;
}

void collect_names(const language::Syntax& syntax, std::set<std::string> bound, std::set<std::string>& names) {
  using language::Construct;
  if (syntax.construct == Construct::bound) {
    for (const language::Syntax& child : syntax.children) {
      if (child.construct == Construct::binder) bound.insert(child.children.front().text);
    }
  }
  if (syntax.construct == Construct::name && bound.count(syntax.text) == 0) names.insert(syntax.text);
  for (std::size_t k = syntax.construct == Construct::call ? 1 : 0; k < syntax.children.size(); ++k)
    collect_names(syntax.children[k], bound, names);
}

// A loss with its data; what is in neither --at nor --data is a number that is sought.
Library::Located own_loss(const SolveQuestion& question, const Library& library) {
  Json json = point_file_of(question.loss, question.at, question.data);
  try {
    std::set<std::string> names;
    collect_names(language::parse_syntax(question.loss), {}, names);
    for (const std::string& name : names) {
      if (!json["data"].contains(name) && !json["weights"].contains(name)) json["weights"][name] = 0;
    }
  } catch (const language::SyntaxError& error) {
    throw InputError(fmt::format("--loss: at character {}: {}", error.offset + 1, error.what()));
  }
  if (json["weights"].empty())
    throw InputError("--loss: found no unknown, expected a name that --data does not define");
  return library.point(json);
}

// A shape of a landscape, with data that are given or those of its first case.
Library::Located of_landscape(const SolveQuestion& question, const Library& library) {
  const Landscape& landscape = library.at(question.landscape);
  landscape.check_unconstrained();
  check_domain_of_data(landscape);  // before a case is looked at, whose weights may lie outside
  if (question.size.empty()) throw InputError("solve: --size is missing, expected one as in --size 2,2,2");
  const Shape shape = parse_shapes({question.size}, "--size").front();
  landscape.check_shape(shape);
  const bool given = question.data.find('=') != std::string::npos;
  Scope scope;
  scope.shapes = {shape};
  if (!given && !question.data.empty()) scope.data = {question.data};
  const auto first = ScopeCases(landscape, scope).first([](const Recipe&) { return true; });
  if (first == nullptr) throw InputError("solve: no case of this shape to take data from");
  const Point point = first->build(question.seed);
  checked_unknowns(point.weights);
  Json json = landscape.to_json(point);
  json["model"] = question.landscape;  // a file of one's own need not be the one that its id names
  if (given) {
    const Json values = point_file_of("0", "", question.data).at("data");
    for (const auto& [name, value] : values.items())
      json["data"][name] = value;
  }
  return library.point(json);
}

// Within the limit of a question to Singular.
void count_instead(Solved& solved, std::chrono::duration<double> seconds) {
  const DeadlineScope scope(seconds);
  try {
    solved.counted = critical_set::count_critical_points(*solved.instance);
  } catch (const DeadlineExceeded& late) {
    if (solved.undecided.empty()) solved.undecided = late.what();
    return;
  }
  if (solved.counted) solved.solution.reset();
}

}  // namespace

Solved solve(const Library& library, const SolveQuestion& question, const std::function<void(Index)>& large) {
  if (question.landscape.empty() == question.loss.empty())
    throw InputError("solve: expected a landscape with --size, or a loss of your own with --loss");
  if (!question.landscape.empty() && !question.at.empty()) throw InputError("--at goes with --loss");
  if (!question.loss.empty() && !question.size.empty()) throw InputError("--size goes with a landscape");
  Library::Located located = question.loss.empty() ? of_landscape(question, library) : own_loss(question, library);
  const Index n = checked_unknowns(located.point.weights);
  Solved solved{located.inline_landscape, located.landscape->instance(std::move(located.point)), {}, {}, {}};
  if (n > usual_unknowns && !question.gauge) large(n);
  critical_set::SolveOptions options;
  options.gauge = question.gauge;
  options.real = question.real;
  options.limits.seconds = question.seconds;
  if (question.count && question.gauge) throw InputError("solve: --count goes without --gauge");
  std::string missing;
  try {
    if (!question.count) solved.solution = critical_set::solve(*solved.instance, options);
  } catch (const critical_set::NoSingular& reason) {
    missing = reason.what();
  } catch (const critical_set::NoProposal& reason) {
    solved.undecided = reason.what();
  } catch (const DeadlineExceeded& late) {
    solved.undecided = late.what();
  }
  if (!solved.decided() && !question.gauge) count_instead(solved, question.seconds);
  if (!solved.answered() && !missing.empty()) throw InputError(missing);
  if (!solved.answered() && solved.undecided.empty())
    solved.undecided =
        "fewer simple critical points were found than the product of the derivatives' degrees (at most 729): "
        "some may be multiple, or at infinity";
  return solved;
}

}  // namespace rankscape::answers
