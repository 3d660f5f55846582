#pragma once
// Stopping an exact computation from outside, as Ctrl-C does. Long loops that look at their time limit (deadline.hpp)
// look at this as well; unlike a time limit, a stop leaves no answer.

#include <atomic>
#include <exception>

namespace rankscape {

/// Not a std::runtime_error: whoever answers `undecided` where time is up does not catch it.
class Stopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stopped"; }
};

/// For the life of the object, check_deadline() on this thread throws Stopped once `asked` is true; nullptr asks
/// nothing. Threads do not inherit it: whoever hands out work hands over current() too.
class StopScope {
 public:
  explicit StopScope(const std::atomic<bool>* asked);
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;
  StopScope(StopScope&&) = delete;
  StopScope& operator=(StopScope&&) = delete;
  ~StopScope();

  [[nodiscard]] static const std::atomic<bool>* current();

 private:
  const std::atomic<bool>* outer_;
};

}  // namespace rankscape
