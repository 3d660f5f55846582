#pragma once
// The loss of a landscape at a shape, as matrix programs; compiled once for each shape where the data do not change it.

#include "landscapes/constraints.hpp"
#include "landscapes/data.hpp"
#include "landscapes/locate.hpp"

#include "program/compiled_loss.hpp"
#include "program/lower.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace rankscape {

/// The loss, `in` of every bound, and the constraints (constraints.hpp), over data that they reach and weights. \param
/// values  the sizes at least; the data where the loss depends on their values. \throws InputError  a shape does not
/// fit here, with its place in the file
[[nodiscard]] program::Program program_of(const Landscape::Data& data, const Environment& values);
/// The same at a shape alone. \param free  sizes that no shape says, by name; those that are not named are 2
/// \throws InputError  no shape of this landscape; the loss needs values of data
[[nodiscard]] program::Program program_at(const Landscape& landscape, const Shape& shape,
                                          const std::map<std::string, long>& free = {});
/// What the landscape's words mean to programs there. Keeps references.
[[nodiscard]] std::unique_ptr<program::Meanings> meanings_at(const Landscape::Data& data, const Environment& values);
/// A matrix formula over the same inputs. \throws Undefined  it has no derivative
[[nodiscard]] program::Program program_of_feature(const Landscape::Data& data, const Environment& values,
                                                  std::size_t position, const Indices& indices);

struct Compiled {
  explicit Compiled(program::Program program);
  program::Program program;  ///< with bounds and constraints
  program::CompiledLoss loss;
  std::shared_ptr<const CompiledConstraints> constraints;  ///< or nullptr
};

/// Safe for concurrent use.
class CompiledLosses {
 public:
  [[nodiscard]] std::shared_ptr<const Compiled> at(const Landscape::Data& data, const Environment& values);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Compiled>> by_sizes_;
};

/// The data that a program takes, then the weights, in its order. \throws Undefined  a default is not defined
[[nodiscard]] std::vector<RationalMatrix> inputs_of(const Landscape::Data& data, const program::Program& program,
                                                    const Found& found);

/// Names of the inputs that a declaration has at these sizes: "W(1)", "W(2)".
[[nodiscard]] std::vector<std::pair<Indices, std::string>> input_names(const Declaration& array,
                                                                       const Environment& values);

}  // namespace rankscape
