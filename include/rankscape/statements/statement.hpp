#pragma once
// A theorem as data: hypotheses, definitions, cases (`when` implies `then`) and claims in a small typed language, read
// from a TOML file, checked for sense before anything runs, and judged at one critical point at a time.
//
// docs/statements.md teaches the language. Everything here is immutable after reading; copies share their trees, and
// different threads may judge with the same Statement.

#include <rankscape/landscape.hpp>
#include <rankscape/language/expression.hpp>
#include <rankscape/statements/vocabulary.hpp>
#include <rankscape/verdict.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rankscape {

/// How sure the source is.
enum class Status : unsigned char {
  theorem,      ///< expected to hold
  conjecture,   ///< at best "not refuted"
  known_false,  ///< expected to come out refuted
};
[[nodiscard]] std::string_view to_string(Status status);

struct Hypothesis {
  std::string name;
  Expression holds;
};

/// What a case says of a point: names joined by "or", each in classes_named.
struct Prediction {
  std::string text;  ///< canonical: "global_minimizer or strict_saddle"
  Place place;
  VerdictSet classes;
};

struct StatementCase {
  std::string name;
  std::optional<Expression> when;  ///< nothing: "otherwise", no other case's `when` holds
  Prediction then;

  /// `\text{otherwise}` where it is.
  [[nodiscard]] std::string when_latex() const;
  [[nodiscard]] std::string when_text() const;
};

struct Claim {
  std::string name;
  Expression holds;
  std::optional<Expression> when;   ///< the claim is demanded only there
  Status status = Status::theorem;  ///< the statement's unless it says otherwise
};

/// What a statement says of one point, and how that compares with what is certified there.
struct Judgement {
  std::vector<std::pair<std::string, Truth>> hypotheses;
  /// Conjunction of the hypotheses. Unless this is `yes`, `cases_agree` and `overall` are unknown and no agreement or
  /// refutation may be drawn from anything below.
  Truth inside = Truth::unknown;
  /// Truth of each case's `when`, in the order of the file.
  std::vector<Truth> when;
  /// Positions of the cases whose `when` certainly holds.
  std::vector<std::size_t> matched;
  /// Some case's `when` holds (yes), none does (no). `yes` for a statement without cases.
  Truth covered = Truth::unknown;
  bool overlapping = false;  ///< two cases hold
  bool conflicting = false;  ///< two cases hold and say different things
  /// Every case as an implication: no, when a case that certainly holds is certainly wrong here; yes, when all hold;
  /// unknown where the point is not covered (or, if the statement has `partial = false`, `no`).
  Truth cases_agree = Truth::unknown;
  /// Each claim as an implication `when implies holds`.
  std::vector<std::pair<std::string, Truth>> claims;
  /// Claims that ask nothing of this point: their `when`, or the premise of an implication that they are, does not
  /// hold.
  std::vector<std::string> idle;
  /// Cases (unless not covered) and claims together. Claims marked known-false in a statement that is not count not.
  Truth overall = Truth::unknown;
  /// Why something is unknown: one line each, without repetition.
  std::vector<std::string> reasons;
};

class Statement {
 public:
  /// \throws InputError  `FILE:LINE:COLUMN: what was found, what was expected`, one line; also for files that are
  /// missing,
  ///                     directories, larger than 1 MiB, or not TOML
  [[nodiscard]] static Statement read(const std::filesystem::path& path, const LanguageLookup& languages);
  /// `filename` is used in messages only. \throws InputError  as read
  [[nodiscard]] static Statement parse(std::string_view text, const std::string& filename,
                                       const LanguageLookup& languages);

  [[nodiscard]] const std::string& id() const noexcept;
  [[nodiscard]] const std::string& title() const noexcept;
  [[nodiscard]] const std::string& source() const noexcept;
  [[nodiscard]] const std::string& note() const noexcept;
  [[nodiscard]] Status status() const noexcept;
  /// Name of the model, as Language::model.
  [[nodiscard]] const std::string& model() const noexcept;
  [[nodiscard]] const Vocabulary& vocabulary() const noexcept;
  /// The exact bytes that were read (empty for a mutant).
  [[nodiscard]] const std::string& input() const noexcept;
  /// As given to read() or parse().
  [[nodiscard]] const std::string& filename() const noexcept;

  [[nodiscard]] const std::vector<Hypothesis>& hypotheses() const noexcept;
  [[nodiscard]] const std::vector<Definition>& definitions() const noexcept;
  [[nodiscard]] const std::vector<StatementCase>& cases() const noexcept;
  [[nodiscard]] const std::vector<Claim>& claims() const noexcept;
  [[nodiscard]] const Scope& scope() const noexcept;
  /// May a point be covered by no case? Only `partial = false` says no.
  [[nodiscard]] bool partial() const noexcept;

  /// Without the hypothesis of that name. \throws InputError  no such hypothesis (names the nearest)
  [[nodiscard]] Statement without_hypothesis(std::string_view name) const;

  /// \param point     a source over vocabulary().features()
  /// \param possible  the classes that the evidence leaves possible
  /// Bounded work: at most 2,000,000 steps for each formula, beyond that its truth is unknown.
  [[nodiscard]] Judgement judge(const FeatureSource& point, VerdictSet possible) const;
  [[nodiscard]] Judgement judge(const FeatureSource& point, VerdictSet possible, PointCache& cache) const;

  /// A statement file that reads back to an equal statement (formulas in canonical form).
  [[nodiscard]] std::string to_toml() const;
  /// Equality of everything that to_toml() prints.
  [[nodiscard]] bool operator==(const Statement& other) const;

  struct Data;
  /// For mutation; `data` must be type-checked.
  explicit Statement(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  [[nodiscard]] const Data& data() const noexcept { return *data_; }

 private:
  std::shared_ptr<const Data> data_;
};

}  // namespace rankscape
