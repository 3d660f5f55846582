#include "certificate/coq_frames.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/matrix.hpp>

#include "certificate/coq_terms.hpp"
#include "certificate/numbers.hpp"
#include "text/matrix_file.hpp"

namespace rankscape::certificate::coq {

namespace {

// With small integers below the diagonal, others in each attempt, none in the first: they bring pivots that are zero to
// life.
RationalMatrix lower_triangle(Index n, int attempt) {
  RationalMatrix result = RationalMatrix::Identity(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j)
      result(i, j) = (attempt * (i + 2) * (3 * j + 1)) % (attempt + 1);
  }
  return result;
}

// Columns are eliminated from left to right; false where a pivot is zero.
bool eliminate(RationalMatrix& reduced, RationalMatrix& upper) {
  const Index n = reduced.rows();
  for (Index i = 0; i < n; ++i) {
    if (reduced(i, i) == 0) return false;
    for (Index j = i + 1; j < n; ++j) {
      const Rational factor = reduced(i, j) / reduced(i, i);
      reduced.col(j) -= factor * reduced.col(i);
      upper.col(j) -= factor * upper.col(i);
    }
  }
  return true;
}

}  // namespace

std::string orthonormal(const Json& evidence) {
  const Json& parts = evidence.at("psd");
  std::string reflection = "None";
  if (evidence.contains("reflection")) {
    const Json& given = evidence.at("reflection");
    reflection = fmt::format("Some ({}, {})", number(given.at("scale")), list(given.at("vector").at(0), integer));
  }
  return fmt::format(
      "{{| relations := {};\n     multipliers_of := {};\n     whole_psd := {};\n     multipliers_psd := {};\n"
      "     reflection := {} |}}",
      matrix(evidence.at("combine")), matrix(evidence.at("multipliers")), psd(parts.at(0)),
      parts.size() > 1 ? "Some (" + psd(parts.at(1)) + ")" : "None", reflection);
}

std::string orientation(const Json& value) {
  constexpr int attempts = 20;
  const RationalMatrix x = text::matrix_of(value);
  const Index n = x.rows();
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const RationalMatrix lower = lower_triangle(n, attempt);
    RationalMatrix upper = RationalMatrix::Identity(n, n);
    RationalMatrix reduced = x * lower;
    if (!eliminate(reduced, upper)) continue;
    return fmt::format("Orientation ({}) ({})", matrix(certificate::matrix(lower)), matrix(certificate::matrix(upper)));
  }
  throw InputError("no elimination was found that shows a determinant positive");
}

Json squared(const Json& row, std::size_t rows) {
  const Json& entries = row.at("entries").at(0);
  Json result;
  result["denominator"] = row.at("denominator");
  result["entries"] = Json::array();
  for (std::size_t i = 0; i < rows; ++i) {
    Json line = Json::array();
    for (std::size_t j = 0; j < rows; ++j)
      line.push_back(entries.at(j * rows + i));
    result["entries"].push_back(std::move(line));
  }
  return result;
}

}  // namespace rankscape::certificate::coq
