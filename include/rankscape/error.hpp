#pragma once
// Errors that a user can cause. Everything else that is thrown is a defect of rankscape and is reported as one.

#include <stdexcept>
#include <string>

namespace rankscape {

/// Input that cannot be used: a file, a statement, a point, an argument. The message is one line that names the place
/// (file, line, column or JSON pointer) and the reason. The commands turn it into exit code 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Two independent derivations of the same fact disagree (for instance exact inertia and enclosed eigenvalues). Never
/// caught on the way to a verdict: it means that the program, not the statement, is wrong. The message names both
/// sides.
class InternalDisagreement : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace rankscape
