#pragma once
// What is known of a critical point, and what a statement says of it.

#include <rankscape/truth.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace rankscape {

/// What was certified of a point; the names are those of the report. In this order from "lowest" to "weakest".
enum class Verdict : unsigned char {
  global_minimizer,
  local_minimizer,    ///< certified and not global: spurious
  non_strict_saddle,  ///< positive semidefinite Hessian and a certified descent
  strict_saddle,      ///< the Hessian has a negative eigenvalue
  local_maximizer,    ///< negative definite Hessian
  second_order,       ///< positive semidefinite Hessian, nothing more certified
  undecided,
  not_critical,
};

[[nodiscard]] std::string_view to_string(Verdict verdict);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view name);

/// A set of *classes*, which exclude each other and cover all critical points of a smooth function. Five are named like
/// verdicts: global_minimizer, local_minimizer (not global), non_strict_saddle (positive semidefinite Hessian, lower
/// and higher values nearby), strict_saddle (the Hessian has a negative eigenvalue, and higher values are nearby),
/// local_maximizer (a Hessian that is not zero and nothing higher nearby). The sixth has no verdict of its own:
/// flat_maximizer, a local maximizer and no minimizer whose Hessian is zero, like 0 for -x^4. The verdict
/// non_strict_saddle may mean it; the word `saddle` of a statement never does.
class VerdictSet {
 public:
  constexpr VerdictSet() = default;
  constexpr VerdictSet(std::initializer_list<Verdict> verdicts) {
    for (const Verdict v : verdicts)
      bits_ |= bit(v);
  }
  [[nodiscard]] static constexpr VerdictSet all() {
    return VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer, Verdict::non_strict_saddle,
                      Verdict::strict_saddle, Verdict::local_maximizer} |
           flat_maximizer();
  }
  [[nodiscard]] static constexpr VerdictSet flat_maximizer() { return VerdictSet(1U << 31U); }
  [[nodiscard]] constexpr bool contains(Verdict v) const { return (bits_ & bit(v)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool subset_of(VerdictSet other) const { return (bits_ & ~other.bits_) == 0; }
  [[nodiscard]] constexpr VerdictSet operator|(VerdictSet other) const { return VerdictSet(bits_ | other.bits_); }
  [[nodiscard]] constexpr VerdictSet operator&(VerdictSet other) const { return VerdictSet(bits_ & other.bits_); }
  [[nodiscard]] constexpr bool operator==(const VerdictSet&) const = default;

 private:
  explicit constexpr VerdictSet(unsigned bits) : bits_(bits) {}
  static constexpr unsigned bit(Verdict v) { return 1U << static_cast<unsigned>(v); }
  unsigned bits_ = 0;
};

/// The classes that are still possible once `verdict` is certified and nothing else is known: one class, and for
/// verdicts that say nothing of higher values nearby the maximizers too (callers that know more intersect: a positive
/// eigenvalue or a certified ascent excludes those, a better point the global minimizer). All for `undecided`.
[[nodiscard]] VerdictSet classes_of(Verdict verdict);

/// The classes without local maximizers: what remains once there is a positive eigenvalue or a certified ascent.
[[nodiscard]] constexpr VerdictSet not_maximizers() {
  return {Verdict::global_minimizer, Verdict::local_minimizer, Verdict::non_strict_saddle, Verdict::strict_saddle};
}

[[nodiscard]] constexpr VerdictSet not_global_minimizers() {
  return VerdictSet{Verdict::local_minimizer, Verdict::non_strict_saddle, Verdict::strict_saddle,
                    Verdict::local_maximizer} |
         VerdictSet::flat_maximizer();
}

/// The classes that satisfy a statement which says `name`: a class of that name; `strict_saddle` speaks of the Hessian
/// and also admits local_maximizer, `non_strict_saddle` flat_maximizer, `local_maximizer` both maximizers; `saddle` is
/// neither a local minimum nor a local maximum: strict_saddle or non_strict_saddle; `local_minimum` is global_minimizer
/// or local_minimizer; `second_order` any class with positive semidefinite Hessian.
/// \return nothing for an unknown name
[[nodiscard]] std::optional<VerdictSet> classes_named(std::string_view name);

/// yes: every possible class is predicted; no: none is; unknown otherwise.
[[nodiscard]] constexpr Truth agrees(VerdictSet possible, VerdictSet predicted) {
  if (possible.empty()) return Truth::unknown;
  if (possible.subset_of(predicted)) return Truth::yes;
  return (possible & predicted).empty() ? Truth::no : Truth::unknown;
}

}  // namespace rankscape
