#pragma once
// The road of a family walked with symbols. Choices and sizes have values; lets and sets become a matrix program whose
// inputs are the draws, and it is evaluated over GiNaC's expressions. Rotations are cosines and sines, or unit
// quaternions.

#include "landscapes/family.hpp"

#include "program/program.hpp"
#include "symbolic/normal_ring.hpp"
#include "symbolic/signs.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

class FamilySymbols {
 public:
  /// A family that is not walked with symbols: too many, or draws that no symbols stand for.
  class NotPossible : public Undefined {
   public:
    using Undefined::Undefined;
  };

  /// Keeps references. \param seed  the numbers of the recipe's point stand for the symbols, so that what is
  /// shown is so at that point, and more is possible \throws NotPossible; Undefined  a draw is compared, or an
  /// operation that programs do not have; std::domain_error division by zero
  FamilySymbols(const Landscape& landscape, const FamilyRecipe& recipe, std::optional<std::uint64_t> seed = {});

  /// A point of the family, for shapes and what holds almost everywhere.
  [[nodiscard]] const Instance& instance() const { return *instance_; }
  /// Data and weights as the inputs of a program, in normal form; what is no array: from `others`, by name.
  /// \throws NotPossible  one is not set
  [[nodiscard]] std::vector<symbolic::ExpressionMatrix> inputs_of(
      const program::Program& program, const std::map<std::string, symbolic::ExpressionMatrix>& others) const;
  /// What the symbols are at the point of a recipe of this family. \throws Undefined
  [[nodiscard]] GiNaC::exmap values_at(const FamilyRecipe& recipe, std::uint64_t seed) const;
  /// What the draws satisfy.
  [[nodiscard]] const symbolic::SignConditions& conditions() const { return conditions_; }
  [[nodiscard]] const symbolic::NormalForm& normal() const { return normal_; }

  /// The family's adapted basis: for each coordinate a direction, one matrix for each weight of the point; and the
  /// form in these coordinates as a symmetric matrix, where it is stated.
  struct Basis {
    std::vector<std::vector<symbolic::ExpressionMatrix>> directions;
    std::optional<symbolic::ExpressionMatrix> form;
  };
  /// \throws NotPossible; Undefined  a move is not linear in the coordinates, or the form no quadratic form in them
  [[nodiscard]] Basis basis();

 private:
  // One draw, at its indices.
  struct Drawn {
    const Draw* draw = nullptr;
    Indices indices;
    symbolic::ExpressionMatrix matrix;
    std::vector<GiNaC::symbol> symbols;  // column by column; of a rotation the first column
  };
  const symbolic::ExpressionMatrix& drawn(const std::string& name, Index rows, Index cols);
  void put_symbols(const std::string& name, Index rows, Index cols, Drawn& drawn);
  void note_scalars(const Draw& draw, const std::vector<long>& variables, const std::vector<GiNaC::symbol>& symbols);

  const Landscape::Data& data_;
  const FamilyRecipe& recipe_;
  std::unique_ptr<Instance> instance_;
  std::unique_ptr<FamilyRecipe::Drawn> values_;
  std::unique_ptr<FamilyRecipe::Drawn> numbers_;  // of the draws at a point, or nullptr
  std::map<std::string, Drawn> draws_;
  std::map<std::string, symbolic::ExpressionMatrix> arrays_;
  symbolic::SignConditions conditions_;
  symbolic::NormalForm normal_;
  std::size_t count_ = 0;
};

}  // namespace rankscape
