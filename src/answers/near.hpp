#pragma once
// Which exact critical points of a deep linear network lie near weights in floating point: what `near` answers on the
// command line and in Python.

#include <rankscape/exact_json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "near/inputs.hpp"
#include "near/reduction.hpp"
#include "near/report.hpp"

namespace rankscape::answers {

struct NearQuestion {
  std::vector<near::NamedMatrix> weights;
  std::string weights_file;  ///< stands for them in messages
  std::vector<near::NamedMatrix> data;
  std::string data_file;
  near::Naming naming;
  std::optional<Rational> radius;  ///< is there a critical point within?
};

class Nearness {
 public:
  /// Reads what the arrays mean. \throws InputError
  explicit Nearness(const NearQuestion& question);
  /// Finds and proves, where nothing is open: the long part.
  /// \param strata  how many more to try
  void analyse(int strata);

  [[nodiscard]] const std::string& reading() const { return reading_; }
  /// Of the reading; those of the reduction are the problem's.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] const near::Problem& problem() const { return problem_; }
  [[nodiscard]] const near::Network& network() const { return problem_.network; }
  /// Why nothing can be proved; empty where something can.
  [[nodiscard]] const std::string& open() const { return problem_.open; }
  [[nodiscard]] const near::Answer& answer() const { return answer_; }
  /// Is something said of the S of all critical points nearby? Of points that are not there nothing is said.
  [[nodiscard]] bool only() const;
  /// "yes", "no", "undecided"; empty where no radius was asked for.
  [[nodiscard]] std::string within() const;
  [[nodiscard]] Json json() const;  ///< rankscape-near/1

 private:
  std::string reading_;
  std::vector<std::string> notes_;
  near::Problem problem_;
  std::optional<Rational> radius_;
  near::Answer answer_;
};

/// How many more strata are tried where nobody says: a try costs the cube of the number of parameters.
[[nodiscard]] int usual_strata(const near::Network& network);

}  // namespace rankscape::answers
