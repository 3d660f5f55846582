#pragma once
// A run of training as a walk past critical points: what `near --trajectory` answers on the command line and in Python.

#include <rankscape/exact_json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "near/inputs.hpp"
#include "near/report.hpp"
#include "near/trajectory.hpp"

namespace rankscape::answers {

struct RunQuestion {
  near::Run run;
  std::string title;  ///< of the picture
  std::vector<near::NamedMatrix> data;
  std::string data_file;  ///< stands for them in messages
  near::Naming naming;
  std::optional<int> strata;  ///< how many more to try; nothing: as many as usual
};

class Itinerary {
 public:
  /// Walks: the long part. Readings of the checkpoints must agree, it is one run.
  /// \param say      gets each note once: what is not used, how the arrays lie
  /// \param arrived  after each checkpoint
  /// \throws InputError
  Itinerary(const RunQuestion& question, const std::function<void(const std::string&)>& say,
            const std::function<void()>& arrived);

  /// Why nothing can be proved, and of which checkpoint; empty where something can.
  [[nodiscard]] const std::string& open() const { return open_; }
  [[nodiscard]] const std::vector<near::Stop>& stops() const { return stops_; }
  [[nodiscard]] const std::vector<near::Visit>& visits() const { return visits_; }
  /// rankscape-itinerary/1, with the distances to the collapsed strata.
  [[nodiscard]] Json json() const;
  /// The loss over the steps, visits labelled, and below the distances to the collapsed strata.
  [[nodiscard]] std::string svg() const;

 private:
  struct Curve {
    near::Selection S;
    std::vector<std::optional<Rational>> distance;  // by stop
  };
  /// One for each S that is visited, in the order of the visits.
  [[nodiscard]] const std::vector<Curve>& curves() const;

  std::string title_;
  std::string open_;
  std::vector<near::Stop> stops_;
  std::vector<near::Visit> visits_;
  mutable std::optional<std::vector<Curve>> curves_;  // made when somebody asks
};

}  // namespace rankscape::answers
