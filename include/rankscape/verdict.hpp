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

/// A set of *classes*, the five verdicts that exclude each other and cover all critical points of a smooth function:
/// global_minimizer, local_minimizer (not global), non_strict_saddle (here: any other point with positive semidefinite
/// Hessian), strict_saddle (a negative and no negative definite Hessian), local_maximizer (negative definite Hessian).
class VerdictSet {
 public:
  constexpr VerdictSet() = default;
  constexpr VerdictSet(std::initializer_list<Verdict> verdicts) {
    for (const Verdict v : verdicts)
      bits_ |= bit(v);
  }
  [[nodiscard]] static constexpr VerdictSet all() {
    return {Verdict::global_minimizer, Verdict::local_minimizer, Verdict::non_strict_saddle, Verdict::strict_saddle,
            Verdict::local_maximizer};
  }
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

/// The classes that are still possible once `verdict` is certified: one class, or for `second_order` the three with a
/// positive semidefinite Hessian (callers that know more, for instance "not global", intersect), or all for
/// `undecided`.
[[nodiscard]] VerdictSet classes_of(Verdict verdict);

/// The classes that satisfy a statement which says `name`: a class of that name; `strict_saddle` also admits
/// local_maximizer (its Hessian has a negative eigenvalue); `saddle` is strict_saddle or non_strict_saddle or
/// local_maximizer as in the literature on these landscapes ("every critical point that is not a minimizer");
/// `local_minimum` is global_minimizer or local_minimizer; `second_order` any class with positive semidefinite Hessian.
/// \return nothing for an unknown name
[[nodiscard]] std::optional<VerdictSet> classes_named(std::string_view name);

/// yes: every possible class is predicted; no: none is; unknown otherwise.
[[nodiscard]] constexpr Truth agrees(VerdictSet possible, VerdictSet predicted) {
  if (possible.empty()) return Truth::unknown;
  if (possible.subset_of(predicted)) return Truth::yes;
  return (possible & predicted).empty() ? Truth::no : Truth::unknown;
}

}  // namespace rankscape
