// Names of verdicts, and which classes of critical points a verdict or a statement's word leaves open.

#include <rankscape/verdict.hpp>

#include <array>
#include <utility>

namespace rankscape {
namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 8> names = {{
    {Verdict::global_minimizer, "global_minimizer"},
    {Verdict::local_minimizer, "local_minimizer"},
    {Verdict::non_strict_saddle, "non_strict_saddle"},
    {Verdict::strict_saddle, "strict_saddle"},
    {Verdict::local_maximizer, "local_maximizer"},
    {Verdict::second_order, "second_order"},
    {Verdict::undecided, "undecided"},
    {Verdict::not_critical, "not_critical"},
}};

constexpr VerdictSet strict = {Verdict::strict_saddle, Verdict::local_maximizer};
constexpr VerdictSet non_strict = VerdictSet{Verdict::non_strict_saddle} | VerdictSet::flat_maximizer();
constexpr VerdictSet semidefinite = VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer} | non_strict;

}  // namespace

std::string_view to_string(Verdict verdict) {
  return names.at(static_cast<std::size_t>(verdict)).second;
}

std::optional<Verdict> parse_verdict(std::string_view name) {
  for (const auto& [verdict, text] : names) {
    if (text == name) return verdict;
  }
  return std::nullopt;
}

VerdictSet classes_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::global_minimizer:
    case Verdict::local_minimizer:
    case Verdict::local_maximizer:
      return {verdict};
    case Verdict::strict_saddle:
      return strict;
    case Verdict::non_strict_saddle:
      return non_strict;
    case Verdict::second_order:
      return semidefinite;
    case Verdict::undecided:
      return VerdictSet::all();
    case Verdict::not_critical:
      return {};  // the classes are those of critical points
  }
  return VerdictSet::all();
}

std::optional<VerdictSet> classes_named(std::string_view name) {
  if (name == "saddle") return VerdictSet{Verdict::non_strict_saddle, Verdict::strict_saddle};
  if (name == "local_minimum") return VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer};
  const auto verdict = parse_verdict(name);
  if (!verdict || *verdict == Verdict::undecided || *verdict == Verdict::not_critical) return std::nullopt;
  if (*verdict == Verdict::local_maximizer) return VerdictSet{*verdict} | VerdictSet::flat_maximizer();
  return classes_of(*verdict);
}

}  // namespace rankscape
