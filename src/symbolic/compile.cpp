// Compilation by value numbering: a slot for each distinct subexpression (GiNaC's canonical order decides what is
// equal) and for each distinct operation on slots.

#include <symbolic/compile.hpp>

#include <array>
#include <map>
#include <set>
#include <sstream>

namespace rankscape::symbolic {
namespace {

class Compiler {
 public:
  explicit Compiler(const std::vector<GiNaC::symbol>& inputs) {
    for (const GiNaC::symbol& input : inputs) {
      if (!slot_of_.emplace(input, next_++).second) throw std::invalid_argument("compile: the same input twice");
    }
  }

  Program compile(const std::vector<Expression>& expressions) {
    const std::uint32_t inputs = next_;
    for (const Expression& e : expressions)
      collect_constants(e);
    std::vector<std::uint32_t> outputs;
    for (const Expression& e : expressions)
      outputs.push_back(slot(e));
    return {inputs, std::move(constants_), std::move(instructions_), std::move(outputs)};
  }

 private:
  // Constants have their slots before the first instruction, so they are numbered in a pass of their own. The pass also
  // rejects what is not a polynomial.
  void collect_constants(const Expression& e) {
    if (slot_of_.contains(e) || !visited_.insert(e).second) return;
    if (GiNaC::is_a<GiNaC::numeric>(e)) {
      constants_.push_back(to_rational(e));
      slot_of_.emplace(e, next_++);
    } else if (GiNaC::is_a<GiNaC::power>(e) && e.op(1).info(GiNaC::info_flags::posint)) {
      collect_constants(e.op(0));
    } else if (GiNaC::is_a<GiNaC::add>(e) || GiNaC::is_a<GiNaC::mul>(e)) {
      for (const Expression& operand : e)
        collect_constants(operand);
    } else {
      std::ostringstream text;
      text << e;
      throw std::invalid_argument("compile: not a polynomial in the inputs: " + text.str());
    }
  }

  std::uint32_t slot(const Expression& e) {
    if (const auto found = slot_of_.find(e); found != slot_of_.end()) return found->second;
    std::uint32_t result = 0;
    if (GiNaC::is_a<GiNaC::power>(e)) {
      const auto exponent = static_cast<std::uint32_t>(GiNaC::ex_to<GiNaC::numeric>(e.op(1)).to_int());
      result = emit(Program::Operation::power, slot(e.op(0)), exponent);
    } else {
      const auto operation = GiNaC::is_a<GiNaC::add>(e) ? Program::Operation::add : Program::Operation::multiply;
      result = slot(e.op(0));
      for (std::size_t i = 1; i < e.nops(); ++i)
        result = emit(operation, result, slot(e.op(i)));
    }
    slot_of_.emplace(e, result);
    return result;
  }

  std::uint32_t emit(Program::Operation operation, std::uint32_t a, std::uint32_t b) {
    if (operation != Program::Operation::power && b < a) std::swap(a, b);
    const std::array<std::uint32_t, 3> key{static_cast<std::uint32_t>(operation), a, b};
    const auto [found, is_new] = number_of_.emplace(key, next_);
    if (is_new) {
      instructions_.push_back({operation, a, b});
      ++next_;
    }
    return found->second;
  }

  std::map<Expression, std::uint32_t, GiNaC::ex_is_less> slot_of_;
  std::set<Expression, GiNaC::ex_is_less> visited_;
  std::map<std::array<std::uint32_t, 3>, std::uint32_t> number_of_;
  std::vector<Rational> constants_;
  std::vector<Program::Instruction> instructions_;
  std::uint32_t next_ = 0;
};

}  // namespace

Program compile(const std::vector<Expression>& expressions, const std::vector<GiNaC::symbol>& inputs) {
  return Compiler(inputs).compile(expressions);
}

}  // namespace rankscape::symbolic
