#pragma once
// Data of factorization problems with a spectrum of a given kind, cut into blocks that critical points select as a
// whole.
//
// A block is a small symmetric matrix D_b; where it is positive definite it comes with a rational factor F_b, F_b F_b^T
// = D_b. The data are M = V diag(D_1, D_2, ..) V^T, and the columns V F_b of the selected blocks, rotated, are a
// critical point. Blocks are 1 x 1 with a square of a rational, except for the kind `irrational`, whose first block
// [[1, 1], [1, 2]] has the eigenvalues (3 +- sqrt 5)/2 although its factor is rational. Which blocks there are depends
// on kind and size only; the numbers in them are random.

#include <rankscape/model.hpp>

#include <functional>

#include "exact/random.hpp"
#include "exact/selection.hpp"

namespace rankscape {

struct BlockShape {
  Index size = 1;
  bool selectable = false;     ///< positive definite, with a factor
  int group = 0;               ///< blocks of one group are equal, and stand next to each other
  std::vector<int> positions;  ///< of its eigenvalues in the decreasing spectrum, from 1
};

struct SpectralBlock {
  RationalMatrix matrix;
  RationalMatrix factor;  ///< empty when not selectable
};

/// distinct (all > 0), repeated (pairs), indefinite, singular (half of them zero), negative (none > 0), irrational.
[[nodiscard]] const std::vector<std::string>& spectrum_kinds();
/// The sizes add up to `size`; empty when the kind needs a larger one.
[[nodiscard]] std::vector<BlockShape> block_shapes(std::string_view kind, Index size);
/// As many as block_shapes, in the same order.
[[nodiscard]] std::vector<SpectralBlock> make_blocks(std::string_view kind, Index size, Random& random);

/// A case of a factorization problem: which blocks are selected.
struct SpectralRecipe : CaseRecipe {
  std::string data;
  std::string position;
  std::vector<std::size_t> chosen;  ///< blocks, increasing
  std::vector<int> S;               ///< their positions in the spectrum, sorted
  Index q = 0;                      ///< number of eigenvalues selected
};

/// Visits every choice of selectable blocks with at most `most` eigenvalues in all; of the blocks of one group the
/// first ones, as others give the same points up to rotation. Fixed order.
void for_each_choice(const std::vector<BlockShape>& shapes, Index most,
                     const std::function<void(const std::vector<std::size_t>& chosen)>& visit);
/// choices[q] of them have q eigenvalues, 0 <= q <= most; each count is capped at 2^40. No listing.
[[nodiscard]] std::vector<std::uint64_t> count_choices(const std::vector<BlockShape>& shapes, Index most);

/// Fills the recipe. \param detail  what the model adds to the key
void plan(SpectralRecipe& recipe, const Shape& shape, const std::string& data, const std::string& position,
          const std::vector<BlockShape>& shapes, const std::vector<std::size_t>& chosen, int sample,
          const std::string& detail = {});
/// Are the values selected those of the spectrum at the positions that the recipe names?
/// \return an empty string, or one line that names both sides
[[nodiscard]] std::string selection_mismatch(const SpectralRecipe& recipe, const std::vector<RealRoot>& spectrum,
                                             const Selection& found);

/// diag of the blocks' matrices in the upper left corner of a rows x cols matrix of zeros.
[[nodiscard]] RationalMatrix place_blocks(const std::vector<SpectralBlock>& blocks, Index rows, Index cols);
/// The factors of the chosen blocks as columns, in the rows where place_blocks has them: rows x q.
[[nodiscard]] RationalMatrix place_factors(const std::vector<SpectralBlock>& blocks,
                                           const std::vector<std::size_t>& chosen, Index rows);

/// The lists of a scope with a model's defaults where they are empty. \throws InputError  an unknown name; samples not
/// in 1..10^6
struct Places {
  std::vector<std::string> positions;
  std::vector<std::string> data;
  int samples = 1;
};
[[nodiscard]] Places checked_places(const Scope& scope, std::string_view model,
                                    const std::vector<std::string>& all_positions, const Places& defaults,
                                    const std::vector<std::string>& all_data);

/// "3,2" of a shape or an index list.
[[nodiscard]] std::string joined(const std::vector<long>& numbers);
[[nodiscard]] std::string joined(const std::vector<int>& numbers);

/// a + b, at most 2^62.
[[nodiscard]] std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b);
[[nodiscard]] std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b);

}  // namespace rankscape
