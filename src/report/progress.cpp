// The progress bar on the standard error stream.

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <rankscape/report/progress.hpp>
#include <string_view>

namespace rankscape {
namespace {

using namespace std::chrono_literals;

constexpr auto redraw_interval = 100ms;
constexpr auto sample_interval = 1s;
constexpr auto memory = 60s;

std::string duration_text(std::chrono::seconds left) {
  const auto seconds = left.count();
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

}  // namespace

Terminal Terminal::of_standard_error() {
  Terminal terminal;
  const char* kind = std::getenv("TERM");
  const bool usable = ::isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
  terminal.columns = [usable]() -> std::optional<unsigned> {
    if (!usable) return std::nullopt;
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
  };
  return terminal;
}

std::string progress_line(std::uint64_t finished, std::uint64_t total, std::optional<std::chrono::seconds> remaining,
                          unsigned columns) {
  // The last column stays free: writing it would move some terminals to the next line.
  const std::size_t room = columns > 0 ? columns - 1 : 0;
  const std::uint64_t done = std::min(finished, total);
  // Rounded down, so that 100% means all.
  const auto percent =
      total == 0 ? 100U
                 : static_cast<unsigned>(100.0L * static_cast<long double>(done) / static_cast<long double>(total));
  std::string number = std::to_string(percent) + "%";
  number.insert(0, 4 - number.size(), ' ');
  const std::string count = "  " + std::to_string(done) + "/" + std::to_string(total);
  const std::string left = remaining ? "  " + duration_text(*remaining) + " left" : "";
  std::string line;
  for (const std::string& tail : {number + count + left, number + count, number}) {
    if (tail.size() <= room) {
      line = tail;
      break;
    }
  }
  constexpr std::size_t narrowest_bar = 5;
  constexpr std::size_t widest_bar = 40;
  if (!line.empty() && line.size() + narrowest_bar + 2 <= room) {
    const std::size_t width = std::min(widest_bar, room - line.size() - 2);
    const std::size_t full = width * percent / 100;
    line = "[" + std::string(full, '#') + std::string(width - full, '.') + "]" + line;
  }
  return line;
}

ProgressBar::ProgressBar() : ProgressBar(std::cerr, Terminal::of_standard_error()) {}

ProgressBar::ProgressBar(std::ostream& out, Terminal terminal) : out_(out), terminal_(std::move(terminal)) {}

ProgressBar::~ProgressBar() {
  erase();
}

void ProgressBar::begin(const RunPlan& plan) {
  start(plan.distinct_cases);
}

void ProgressBar::start(std::uint64_t cases) {
  total_ = cases;
  finished_ = 0;
  drawn_.reset();
  samples_.clear();
  if (terminal_.columns()) samples_.push_back({terminal_.now(), 0});
}

void ProgressBar::case_finished() {
  ++finished_;
  const auto columns = terminal_.columns();
  if (!columns) return;
  const auto now = terminal_.now();
  if (samples_.empty() || now - samples_.back().time >= sample_interval) samples_.push_back({now, finished_});
  while (samples_.size() > 2 && now - samples_.front().time > memory)
    samples_.pop_front();
  if (drawn_ && now - *drawn_ < redraw_interval) return;
  draw(now, *columns);
}

std::optional<std::chrono::seconds> ProgressBar::remaining(Terminal::Clock::time_point now) const {
  if (samples_.empty()) return std::nullopt;
  const std::chrono::duration<double> elapsed = now - samples_.front().time;
  const std::uint64_t finished = finished_ - samples_.front().finished;
  // Too early to say.
  if (elapsed < sample_interval || finished == 0 || finished_ >= total_) return std::nullopt;
  const double seconds = elapsed.count() * static_cast<double>(total_ - finished_) / static_cast<double>(finished);
  if (seconds > 1e8) return std::nullopt;
  return std::chrono::seconds(static_cast<long>(seconds + 0.5));
}

void ProgressBar::draw(Terminal::Clock::time_point now, unsigned columns) {
  out_ << "\r" << progress_line(finished_, total_, remaining(now), columns) << "\x1b[K" << std::flush;
  drawn_ = now;
  visible_ = true;
}

void ProgressBar::erase() {
  if (visible_) out_ << "\r\x1b[K" << std::flush;
  visible_ = false;
}

void ProgressBar::end(const std::vector<Summary>& /*summaries*/) {
  erase();
}

}  // namespace rankscape
