#pragma once
// A bar with an estimate of the remaining time on a terminal, nothing anywhere else.

#include <rankscape/check/run.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

namespace rankscape {

/// What the bar asks of its surroundings; a test brings its own.
struct Terminal {
  using Clock = std::chrono::steady_clock;
  /// Columns of the terminal at this moment (it may be resized); nothing when there is none.
  std::function<std::optional<unsigned>()> columns;
  std::function<Clock::time_point()> now = &Clock::now;

  /// The standard error stream's. Not a terminal when TERM is unset or "dumb".
  [[nodiscard]] static Terminal of_standard_error();
};

/// Redraws at most ten times a second and leaves no trace: the line is erased at the end, and by the destructor when
/// the run ends in an exception.
class ProgressBar : public RunListener {
 public:
  ProgressBar();
  /// \param out  outlives the listener
  ProgressBar(std::ostream& out, Terminal terminal);
  ~ProgressBar() override;
  void begin(const RunPlan& plan) override;
  void start(std::uint64_t cases);  ///< what begin() does with the plan's number of distinct cases
  void case_finished() override;
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct Sample {
    Terminal::Clock::time_point time;
    std::uint64_t finished;
  };
  void draw(Terminal::Clock::time_point now, unsigned columns);
  void erase();
  [[nodiscard]] std::optional<std::chrono::seconds> remaining(Terminal::Clock::time_point now) const;

  std::ostream& out_;
  Terminal terminal_;
  std::uint64_t total_ = 0;
  std::uint64_t finished_ = 0;
  std::optional<Terminal::Clock::time_point> drawn_;
  std::deque<Sample> samples_;  ///< of about the last minute: later cases cost more than early ones
  bool visible_ = false;
};

/// The line that is drawn: as much of bar, percentage, count and remaining time as fits in `columns` - 1 characters.
[[nodiscard]] std::string progress_line(std::uint64_t finished, std::uint64_t total,
                                        std::optional<std::chrono::seconds> remaining, unsigned columns);

}  // namespace rankscape
