#pragma once
// One exact point at which a statement is wrong, with all that is needed to say so and to check it again.

#include <rankscape/check/evidence.hpp>
#include <rankscape/label.hpp>
#include <rankscape/statements/statement.hpp>

#include <algorithm>
#include <compare>
#include <string>
#include <vector>

namespace rankscape {

/// How much there is to read: fewer parameters first, then smaller and fewer numbers.
struct PointSize {
  Index parameters = 0;
  /// Over all entries of data and weights: |numerator| + denominator - 1 (0 costs nothing, 1 one, 1/2 two).
  Integer entries = 0;
  Index numbers = 0;  ///< how many entries there are, zeros too
  [[nodiscard]] std::strong_ordering operator<=>(const PointSize& other) const;
  [[nodiscard]] bool operator==(const PointSize& other) const = default;
};
[[nodiscard]] PointSize size_of(const Point& point);

struct Counterexample {
  std::string key;  ///< of the recipe it came from
  const Landscape* landscape = nullptr;
  Point point;
  std::vector<std::string> weight_names;
  PointSize size;
  std::string choice;  ///< under which reading ("S = {2}"), or empty: all features are unique
  Labels labels;
  std::vector<std::string> matched;    ///< names of the cases whose `when` holds
  std::vector<std::string> predicted;  ///< what they say, each once
  std::vector<std::string> false_claims;
  Verdict found = Verdict::undecided;
  Rational value;
  std::optional<Enclosure> value_within;  ///< instead: the point is the one proved beside these weights
  Inertia inertia;
};

/// An exact point, examined once, to be judged by many statements. Not safe for concurrent use.
class Examined {
 public:
  /// \throws InputError  as Landscape::instance
  Examined(const Landscape& landscape, Point point, const ExamineOptions& options)
      : Examined(landscape, std::move(point), options, false) {}
  /// The point of a recipe; of an approximate family the one that is proved beside it, or undecided, also where the
  /// floats are no point of the landscape: then there is no instance.
  /// \throws InternalDisagreement  it is not what the recipe promised
  Examined(const Landscape& landscape, const Recipe& recipe, std::uint64_t seed, const ExamineOptions& options);
  Examined(const Examined&) = delete;
  Examined& operator=(const Examined&) = delete;
  Examined(Examined&&) = delete;
  Examined& operator=(Examined&&) = delete;
  ~Examined();

  /// \pre evidence is not undecided, or the family is exact
  [[nodiscard]] const Instance& instance() const { return *instance_; }
  [[nodiscard]] const PointSize& size() const { return size_; }
  [[nodiscard]] const Evidence& evidence() const { return evidence_; }
  /// In how many ways the features may be read (Instance::readings), at least one.
  [[nodiscard]] std::size_t readings() const { return std::max<std::size_t>(1, views_.size()); }
  /// "S = {2}", or empty where there is nothing to choose.
  [[nodiscard]] const std::string& choice(std::size_t reading) const;
  [[nodiscard]] Judgement judge(const Statement& statement, std::size_t reading);
  /// The first reading under which the statement is certainly wrong here, inside its own hypotheses; its choice is
  /// named only where it matters.
  [[nodiscard]] std::optional<Counterexample> refutation(const Statement& statement, const std::string& key);

 private:
  struct View;
  Examined(const Landscape& landscape, Point point, const ExamineOptions& options, bool approximate);
  PointSize size_;
  std::unique_ptr<Instance> instance_;
  bool approximate_ = false;
  Evidence evidence_;
  std::vector<Reading> readings_;
  std::vector<std::unique_ptr<View>> views_;
};

/// A certificate of the point, and of what `refuted` says of it. Examines it again, with the Hessian. \pre an exact
/// point \param id  by which the certificate names the statement
[[nodiscard]] Json certificate_of(const Counterexample& counterexample, const Statement& refuted, const std::string& id,
                                  const std::string& sha256);

}  // namespace rankscape
