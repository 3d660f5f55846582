#pragma once
// Processor time of this thread, so that a busy machine disturbs the ratios little.

#include <algorithm>
#include <ctime>

namespace rankscape::bench {

inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double seconds_once(Work work) {
  const double start = processor_seconds();
  work();
  return processor_seconds() - start;
}

/// The best of a few runs.
template <class Work>
double best_seconds(Work work) {
  double best = 1e300;
  double spent = 0;
  for (int run = 0; run < 20 && (run < 2 || spent < 1); ++run) {
    const double start = processor_seconds();
    work();
    const double seconds = processor_seconds() - start;
    best = std::min(best, seconds);
    spent += seconds;
  }
  return best;
}

}  // namespace rankscape::bench
