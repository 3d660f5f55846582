#pragma once
// The certified verdict on one exact point: what `classify` answers on the command line and in Python.

#include <rankscape/check/evidence.hpp>
#include <rankscape/landscape.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "certificate/claims.hpp"

namespace rankscape::answers {

struct Classification {
  Library::Located located;
  std::unique_ptr<Instance> instance;  ///< nullptr at a point on the boundary of the domain, which is undecided
  Evidence evidence;                   ///< undecided when the time limit came first
  Labels labels;                       ///< none then
  /// Why all second-order points are global minimizers, where that is proved in time.
  std::optional<certificate::BenignClaim> benign;

  /// rankscape-verdict/1
  [[nodiscard]] Json json() const;
  /// \pre not undecided
  [[nodiscard]] Json certificate() const;
  /// Weights out of a run of training are critical up to rounding at best, which is not critical.
  [[nodiscard]] bool critical_up_to_rounding() const;
};

/// \param library  outlives the answer
/// \param file     the point's, for messages and for the landscapes that lie beside it; empty where there is none
/// \throws InputError  no point of a landscape; one line
[[nodiscard]] Classification classify(const Library& library, const Json& point, const std::string& file,
                                      const ExamineOptions& options,
                                      std::optional<std::chrono::duration<double>> time_limit);

}  // namespace rankscape::answers
