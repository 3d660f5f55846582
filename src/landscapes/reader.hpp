#pragma once
// From what was written to a landscape that makes sense at every shape.

#include "landscapes/data.hpp"
#include "landscapes/draft.hpp"
#include "landscapes/typist.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rankscape {

/// \throws InputError  with the place of the fault
[[nodiscard]] std::unique_ptr<Landscape::Data> read_landscape(const Draft& draft, AdviserLookup advisers);

/// family_reader.cpp: adds the family to those read before.
void read_family(const Draft& draft, const DraftFamily& family, Landscape::Data& data);

/// Entries of the table `set` and its like, for data and weights or weights alone.
[[nodiscard]] std::vector<Assignment> read_assignments(const std::vector<DraftEntry>& entries, const Typist& typist,
                                                       const Landscape::Data& data, bool weights_only,
                                                       const std::string& table);
/// Arrays that are free: generators of a symmetry, coordinates of a basis. They are added to the typist's words.
/// \param hide  called with each name before it is added
[[nodiscard]] std::vector<Declaration> read_generators(
    const std::vector<DraftEntry>& entries, Typist& typist,
    const std::function<void(const std::string& name, const PlacedText& text)>& hide);
/// A named condition for every index of its key.
[[nodiscard]] std::vector<Condition> read_conditions(const std::vector<DraftEntry>& entries, const Typist& typist,
                                                     const std::string& table);

/// How a name prints in TeX: single letters and Greek ones as they are, the rest upright, indices below.
[[nodiscard]] std::string latex_of(const std::string& name, std::size_t parameters);

/// derivatives.cpp: which data the loss and the bounds reach; every weight is in the loss; nothing without derivative
/// is on a path from a weight to it.
void check_derivatives(const Draft& draft, Landscape::Data& data);

}  // namespace rankscape
