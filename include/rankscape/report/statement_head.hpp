#pragma once
// What a report says of a statement before the first row: everything that the writers print of it, as text. The writers
// know statements only through this, so they can be fed by hand.

#include <cstdint>
#include <optional>
#include <rankscape/check/run.hpp>
#include <string>
#include <vector>

namespace rankscape {

/// A formula in the two forms in which reports print it.
struct PrintedFormula {
  std::string latex;  ///< for mathematics mode
  std::string text;   ///< as in the statement file
};

struct StatementHead {
  struct Named {
    std::string name;
    PrintedFormula holds;
    PrintedFormula when;           ///< claims: demanded only there; empty: everywhere
    std::optional<Status> status;  ///< claims whose status is not the statement's
  };
  struct Case {
    std::string name;
    PrintedFormula when;  ///< empty for "otherwise"
    std::string then;     ///< "global_minimizer or strict_saddle"
  };

  std::string id;
  std::string title;
  std::string source;
  std::string note;
  Status status = Status::theorem;
  std::string model;
  std::string shape_key;             ///< what the landscape calls its shapes: "widths"
  std::vector<TableColumn> columns;  ///< of the case tables
  std::string input_sha256;          ///< of the statement file's bytes
  std::string file;                  ///< as it was given, for commands; empty where there is none
  std::vector<Named> hypotheses;
  std::vector<PrintedFormula> definitions;
  std::vector<Case> cases;
  std::vector<Named> claims;
};

/// The head of a statement; columns and the name of the shapes come from its landscape (and its adviser).
[[nodiscard]] StatementHead head_of(const Statement& statement, const Landscape& landscape);

/// SHA-256 as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// What the reports need to know of a run before its first row.
struct ReportPlan {
  std::vector<StatementHead> statements;
  std::uint64_t seed = 1;
  std::vector<const Landscape*> landscapes;  ///< of the statements, or none; they outlive the run
};

/// A listener that needs heads only. Its events come in the order of RunListener's.
class ReportListener : public RunListener {
 public:
  void begin(const RunPlan& plan) final;
  virtual void start(const ReportPlan& plan) = 0;
};

}  // namespace rankscape
