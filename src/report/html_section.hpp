#pragma once
// One statement of the HTML report: its formulas with what each excludes, its case table, the cases that disagree or
// are undecided in full, spectra of chosen cases.

#include <rankscape/report/statement_head.hpp>

#include <iosfwd>
#include <memory>
#include <string>

namespace rankscape::report {

class HtmlSection {
 public:
  /// \param id  of the section, unique in the page \param given  as HtmlReport's
  HtmlSection(StatementHead head, std::string id, const Landscape* landscape, std::uint64_t seed, std::string given);
  HtmlSection(HtmlSection&&) noexcept;
  HtmlSection& operator=(HtmlSection&&) noexcept;
  HtmlSection(const HtmlSection&) = delete;
  HtmlSection& operator=(const HtmlSection&) = delete;
  ~HtmlSection();

  void add(const Row& row);
  void write(std::ostream& out, const Summary& summary) const;
  [[nodiscard]] const StatementHead& head() const;
  [[nodiscard]] const std::string& id() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape::report
