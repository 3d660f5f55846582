#include <algorithm>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/stop.hpp>

namespace rankscape {

namespace {
thread_local DeadlineScope::Clock::time_point limit_of_this_thread = DeadlineScope::Clock::time_point::max();
thread_local const std::atomic<bool>* stop_of_this_thread = nullptr;
}  // namespace

DeadlineScope::DeadlineScope(Clock::time_point limit) : outer_(limit_of_this_thread) {
  limit_of_this_thread = std::min(limit, outer_);
}

DeadlineScope::~DeadlineScope() {
  limit_of_this_thread = outer_;
}

StopScope::StopScope(const std::atomic<bool>* asked) : outer_(stop_of_this_thread) {
  stop_of_this_thread = asked;
}

StopScope::~StopScope() {
  stop_of_this_thread = outer_;
}

const std::atomic<bool>* StopScope::current() {
  return stop_of_this_thread;
}

void check_deadline() {
  if (stop_of_this_thread != nullptr && stop_of_this_thread->load(std::memory_order_relaxed)) throw Stopped();
  if (limit_of_this_thread != DeadlineScope::Clock::time_point::max() &&
      DeadlineScope::Clock::now() >= limit_of_this_thread) {
    throw DeadlineExceeded();
  }
}

}  // namespace rankscape
