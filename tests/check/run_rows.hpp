#pragma once
// The rows of a run, as a report would get them.

#include <doctest/doctest.h>

#include <rankscape/check/run.hpp>

#include <vector>

#include "landscapes.hpp"

namespace rankscape::test {

class Rows final : public RunListener {
 public:
  void row(std::size_t, const Row& one) override { rows.push_back(one); }
  std::vector<Row> rows;
};

/// At least one. Without witnesses and eigenvalues. \param shapes  none: those of the statement's scope
inline std::vector<Row> rows_of(const Statement& statement, const std::vector<Shape>& shapes,
                                const Library& landscapes = library(), unsigned jobs = 2) {
  RunOptions options;
  options.jobs = jobs;
  options.shapes = shapes;
  options.examine = {.form_hessian = false, .eigenvalues = false};
  options.library = &landscapes;
  Rows rows;
  static_cast<void>(run({statement}, options, {&rows}));
  REQUIRE(!rows.rows.empty());
  return rows.rows;
}

}  // namespace rankscape::test
