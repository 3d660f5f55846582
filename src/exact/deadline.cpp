#include <algorithm>
#include <rankscape/exact/deadline.hpp>

namespace rankscape {

namespace {
thread_local DeadlineScope::Clock::time_point limit_of_this_thread = DeadlineScope::Clock::time_point::max();
}

DeadlineScope::DeadlineScope(Clock::time_point limit) : outer_(limit_of_this_thread) {
  limit_of_this_thread = std::min(limit, outer_);
}

DeadlineScope::~DeadlineScope() {
  limit_of_this_thread = outer_;
}

void check_deadline() {
  if (limit_of_this_thread != DeadlineScope::Clock::time_point::max() &&
      DeadlineScope::Clock::now() >= limit_of_this_thread) {
    throw DeadlineExceeded();
  }
}

}  // namespace rankscape
