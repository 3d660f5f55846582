#pragma once
// The functions of the language, one table: types, meaning, printing and documentation of a function stand together.

#include "language/tree.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace rankscape::language {

// A function with the kinds that it takes; one of several kinds has several signatures, the widest last.
struct Signature {
  Function function;
  std::string_view name;
  std::vector<Kind> parameters;
  bool variadic;  // the last parameter may be repeated
  Kind result;
  std::string_view latex;  // #1, #2 for arguments, #* for all of them separated by commas
  Level level;             // how tightly the printed formula binds
  std::string_view form;   // for the reference; empty for a further overload of the one before
  std::string_view description;
  Value (*apply)(std::span<const Value>);  // throws Undefined
};

[[nodiscard]] std::vector<Signature> signatures_of_matrices();
// All of them. Call::overload is a position here.
[[nodiscard]] const std::vector<Signature>& signatures();
[[nodiscard]] const Signature& signature_of(const Call& call);
[[nodiscard]] bool is_function(std::string_view name);

// Conversions that the types allow.
[[nodiscard]] Real as_real(const Value& value);
[[nodiscard]] bool accepts(Kind wanted, Kind given);

// Throws Undefined.
[[noreturn]] void integer_overflow();

// Results whose exact form would fill the memory are refused. Throws Undefined.
[[nodiscard]] Real bounded(Real value);

[[nodiscard]] Real smaller(const Real& a, const Real& b);
[[nodiscard]] Real larger(const Real& a, const Real& b);
[[nodiscard]] Value power(const Value& base, long exponent, Kind result);
[[nodiscard]] IndexSet combine(const IndexSet& a, const IndexSet& b, Operator op);
[[nodiscard]] long combine(long a, long b, Operator op);
[[nodiscard]] Real combine(const Real& a, const Real& b, Operator op);
[[nodiscard]] RationalMatrix combine(const RationalMatrix& a, const RationalMatrix& b, Operator op);

// Entries of matrices are rational.
[[nodiscard]] Rational rational_entry(const Value& value);
[[nodiscard]] RationalMatrix side_by_side(const std::vector<RationalMatrix>& blocks);
[[nodiscard]] RationalMatrix stacked(const std::vector<RationalMatrix>& blocks);

}  // namespace rankscape::language
