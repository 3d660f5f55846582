#pragma once
// Random well-typed formulas, written with parentheses around everything, so that their structure does not depend on
// which operator binds more tightly.

#include <random>
#include <rankscape/value.hpp>
#include <string>
#include <vector>

namespace rankscape::toy {

class RandomFormula {
 public:
  explicit RandomFormula(std::uint64_t seed) : random_(seed) {}

  // All numbers are small, so that nothing takes long to evaluate.
  std::string of(Kind kind, int depth);

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  std::string pick(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }
  std::string truth(int depth);
  std::string integer(int depth);
  std::string real(int depth);
  std::string set(int depth);
  std::string sequence(int depth);
  std::string matrix(int depth);
  // "(i7 in {..}, j8 in 1..i7 where (..) : " with the variables in scope until they are popped.
  std::string binders(int depth, std::size_t& count);

  std::mt19937_64 random_;
  std::vector<std::string> variables_;
};

}  // namespace rankscape::toy
