#pragma once
// A time limit for exact computations that cannot say in advance how long they take. The limit belongs to a thread;
// long loops of the exact layer call check_deadline(), and whoever set the limit catches and answers `undecided`.

#include <chrono>
#include <stdexcept>

namespace rankscape {

class DeadlineExceeded : public std::runtime_error {
 public:
  DeadlineExceeded() : std::runtime_error("the time limit was reached") {}
};

/// Sets this thread's limit for the life of the object; limits nest, the earlier one counts.
class DeadlineScope {
 public:
  using Clock = std::chrono::steady_clock;
  explicit DeadlineScope(Clock::time_point limit);
  explicit DeadlineScope(std::chrono::duration<double> from_now)
      : DeadlineScope(Clock::now() + std::chrono::duration_cast<Clock::duration>(from_now)) {}
  DeadlineScope(const DeadlineScope&) = delete;
  DeadlineScope& operator=(const DeadlineScope&) = delete;
  DeadlineScope(DeadlineScope&&) = delete;
  DeadlineScope& operator=(DeadlineScope&&) = delete;
  ~DeadlineScope();

 private:
  Clock::time_point outer_;
};

/// \throws DeadlineExceeded  this thread's limit has passed. Costs one reading of the clock.
void check_deadline();

}  // namespace rankscape
