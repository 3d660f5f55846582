#pragma once
// The functions of the language, one table: types, meaning, printing and documentation of a function stand together.

#include "statements/expression.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace rankscape::statements {

struct Function {
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

[[nodiscard]] const std::vector<Function>& functions();
[[nodiscard]] bool is_function(std::string_view name);
[[nodiscard]] bool is_quantifier(std::string_view name);

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
[[nodiscard]] RationalMatrix combine(const RationalMatrix& a, const RationalMatrix& b, Op op);

}  // namespace rankscape::statements
