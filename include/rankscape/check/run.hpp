#pragma once
// The runner: every case of every statement's scope, examined once, judged by every statement that asks for it, and
// handed to the listeners as rows. Output order is the order of the scopes, whatever the number of threads.

#include <rankscape/check/evidence.hpp>
#include <rankscape/interface.hpp>
#include <rankscape/label.hpp>
#include <rankscape/statements/statement.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rankscape {

/// One case under one statement: what the report says of it (contract: rankscape-report/1, "cases").
struct Row {
  std::string key;  ///< the recipe's key
  Shape shape;
  // Of a recipe that names them: the family of the file, its choices in order.
  std::string family;
  std::vector<std::pair<std::string, std::string>> choices;
  std::string position;
  int sample = 0;
  Truth family_critical = Truth::unknown;  ///< is every point of the family with these choices critical?
  bool family_inertia = false;  ///< is it proved that all of them have this inertia, as far as these conditions hold?
  std::vector<std::string> family_where;
  Labels labels;
  std::vector<std::string> matched;    ///< names of the statement's cases whose `when` holds
  std::vector<std::string> predicted;  ///< the matched cases' `then`, each once; empty when uncovered
  Verdict found = Verdict::undecided;
  Truth inside = Truth::unknown;      ///< the hypotheses
  std::vector<std::string> violated;  ///< names of those that do not hold
  bool covered = false;               ///< some case matched (always true for a statement without cases)
  Truth agrees = Truth::unknown;      ///< cases and claims together; meaningful only inside
  std::vector<std::pair<std::string, Truth>> claims;
  std::vector<std::string> idle;  ///< claims whose condition or premise does not hold: true, but nothing was asked
  std::optional<Rational> value;  ///< not of a point that was left undecided before it was examined
  std::optional<Enclosure> value_within;  ///< instead, of a point that is proved beside floats
  std::optional<Inertia> inertia;         ///< of critical points whose Hessian was reached
  std::optional<int> escape_order;
  std::optional<Enclosure> lambda_min;
  std::string certificate;  ///< relative path, or empty
  std::string validity;     ///< "samples" or "all parameters"
  std::string reason;       ///< why undecided, else empty
  /// Builds the point; nullptr for a row that comes from a file.
  std::shared_ptr<const Recipe> recipe;
};

/// Names and predictions of the cases at some positions; what several of them say stands once.
[[nodiscard]] std::vector<std::string> names_of(const Statement& statement, const std::vector<std::size_t>& matched);
[[nodiscard]] std::vector<std::string> predictions_of(const Statement& statement,
                                                      const std::vector<std::size_t>& matched);
/// "17/4", or "[0.249, 0.251]" where it is known through an enclosure; empty where it is not known.
[[nodiscard]] std::string value_text(const Row& row);
/// "a and b" of what several cases say or are called.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts);

/// What a hypothesis keeps out of a statement's scope.
struct Excluded {
  std::string hypothesis;
  std::uint64_t points = 0;  ///< at which it does not hold
  std::uint64_t alone = 0;   ///< and all others do

  [[nodiscard]] bool operator==(const Excluded&) const = default;
};

struct Summary {
  std::uint64_t cases = 0;  ///< inside the hypotheses
  std::uint64_t agree = 0;
  std::uint64_t refuted = 0;
  std::uint64_t undecided = 0;
  std::uint64_t outside = 0;    ///< of the hypotheses: neither agreement nor refutation
  std::uint64_t uncovered = 0;  ///< inside, but no case applies (partial statements only)
  std::vector<std::pair<Verdict, std::uint64_t>> by_verdict;
  std::vector<Excluded> excluded;  ///< by each hypothesis that keeps points outside, in the order of the file
  /// Where something was judged: what of the statement was asked of no point. "case 'saddles'", "claim 'index'".
  std::vector<std::string> idle;
  std::string reach;  ///< where nothing was judged: what to ask for, one line

  /// Nothing was judged: no case lies inside the hypotheses, or none of those is covered.
  [[nodiscard]] bool vacuous() const { return agree + refuted + undecided == 0; }
};

/// A case as an earlier run left it, not read yet.
struct KeptCase {
  std::string text;
  std::string place;       ///< of the text, for messages
  std::size_t source = 0;  ///< of several
};

/// Cases that an earlier run finished, in the order of the run, so that none needs to be held.
class FinishedCases : public Interface {
 public:
  /// Goes through them once.
  class Reading : public Interface {
   public:
    /// \param number  of the case among the distinct ones of all shards: greater from call to call
    /// \return the case, if it was finished
    /// \throws InputError  there is one that was not asked for: the run has no such case, or it is there twice
    [[nodiscard]] virtual std::optional<KeptCase> take(std::uint64_t number) = 0;
    /// After the last case. \throws InputError  as take
    virtual void finish() = 0;
  };
  [[nodiscard]] virtual std::unique_ptr<Reading> read() const = 0;
  /// The rows of a case, one for each statement that asks for it, in order. Called from several threads.
  /// \throws InputError  it is not as it was written, or not this case
  [[nodiscard]] virtual std::vector<Row> rows(const KeptCase& kept, const std::string& model,
                                              const std::string& key) const = 0;
};

/// Where certificates go.
class CertificateSink : public Interface {
 public:
  /// Stores the certificate of a finished case. Called from several threads; when it returns, the certificate is safe.
  /// \param number      of the case among the distinct ones of the run
  /// \param statements  positions in the run's statements, one for each row
  /// \return the name by which the rows refer to it; empty where there is no certificate of such a point
  [[nodiscard]] virtual std::string store(std::size_t number, const Instance& instance, const Evidence& evidence,
                                          const std::vector<std::size_t>& statements, const std::vector<Row>& rows) = 0;
};

/// Every `count`-th of a run's distinct cases, from the `number`-th on; 1 <= number <= count.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t count = 1;
};

struct RunOptions {
  const Library* library = nullptr;  ///< where statements' landscapes come from; outlives the run
  unsigned jobs = 0;                 ///< 0: as many as the machine has
  std::uint64_t seed = 1;
  std::optional<std::chrono::duration<double>> time_limit;
  std::vector<Shape> shapes;  ///< instead of those in the statements' scopes, when not empty
  std::optional<int> samples;
  std::optional<Shard> shard;  ///< examine these cases alone
  ExamineOptions examine;
  const FinishedCases* finished = nullptr;  ///< not examined again; outlives the run
  CertificateSink* certificates = nullptr;  ///< outlives the run; needs examine.form_hessian
};

/// What a run will do, known before it starts.
struct RunPlan {
  std::vector<const Statement*> statements;
  std::vector<const Landscape*> landscapes;  ///< of the statements
  std::vector<std::uint64_t> cases_of_statement;
  std::uint64_t distinct_cases = 0;  ///< of the shard
  std::uint64_t taken_cases = 0;     ///< of these, from RunOptions::finished
  RunOptions options;
};

/// Receives the events of a run, on one thread, in order.
class RunListener : public Interface {
 public:
  virtual void begin(const RunPlan& /*plan*/) {}
  /// Before the rows of a case. \param number  among the distinct ones of all shards
  /// \param taken  from RunOptions::finished
  virtual void case_begins(std::uint64_t /*number*/, bool /*taken*/) {}
  /// `statement` is a position in RunPlan::statements.
  virtual void row(std::size_t statement, const Row& /*row*/) { static_cast<void>(statement); }
  /// A distinct case was finished (progress).
  virtual void case_finished() {}
  virtual void end(const std::vector<Summary>& /*summaries*/) {}
};

/// \throws InputError  scope too large for memory; unknown shapes
/// \return one summary a statement
std::vector<Summary> run(const std::vector<Statement>& statements, const RunOptions& options,
                         const std::vector<RunListener*>& listeners);

/// The landscape that a statement names. \throws InputError  there is none
[[nodiscard]] const Landscape& landscape_of(const Statement& statement, const Library& library);

/// The exit code of the contract: 1 when something was refuted, else 3 when something is undecided or a statement
/// judged nothing at all, else 0. A statement that declares itself known to be false counts the other way round:
/// refuted is as expected, anything else undecided.
[[nodiscard]] int exit_code(const std::vector<Statement>& statements, const std::vector<Summary>& summaries);

}  // namespace rankscape
