#pragma once
// Matrix programs as formulas that people write: products are flattened, transposes stand at the leaves, residuals that
// occur several times have a name. The text is of the language of statements.

#include "program/program.hpp"

#include <functional>
#include <string>
#include <vector>

namespace rankscape::program {

struct Formula {
  std::string name;  ///< of what it is: "d/dW(1)", "R"
  std::string name_latex;
  std::string text;
  std::string latex;
};

struct PrintedProgram {
  std::vector<Formula> outputs;
  std::vector<Formula> where;  ///< the names that the outputs and later ones of these use
};

struct PrintingOptions {
  /// LaTeX of the names of inputs and outputs; "W(1)" is W_{1} where this is left out.
  std::function<std::string(const std::string& name)> latex;
  /// Is this column a sequence? Then its entries are written s(i).
  std::function<bool(const std::string& name)> is_sequence;
};
[[nodiscard]] PrintedProgram to_formulas(const Program& program, const PrintingOptions& options = {});

/// "W(1)" to W_{1}, "decay" to \mathrm{decay}.
[[nodiscard]] std::string latex_of_name(const std::string& name);

/// The loss, its gradient ("d/dW(1)", ..) and its second differential q = 1/2 d^2/dt^2 L(W + t dW) in the directions
/// "dW(1)", .., as one program to be printed. \param loss  its first output is the loss
[[nodiscard]] Program derivation(const Program& loss);

}  // namespace rankscape::program
