#pragma once
// A program that is asked and not trusted: it runs in a process group of its own, with limits of processor time, memory
// and wall clock, and is killed with everything it started when one is reached, or when this program ends.

#include <chrono>
#include <string>
#include <vector>

namespace rankscape::critical_set {

struct ProcessLimits {
  std::chrono::duration<double> seconds{60};  ///< of processor time, and of the wall clock
  std::size_t memory = std::size_t{4} << 30U;
  std::size_t output = std::size_t{64} << 20U;
};

struct ProcessOutcome {
  enum class End : unsigned char { exited, missing, time, output, killed };
  End end = End::exited;
  int code = 0;        ///< where it exited
  std::string output;  ///< standard output and error, as one
};

/// Looks `program` up in PATH and gives it `input` on its standard input.
/// \throws std::runtime_error  no process can be started at all
[[nodiscard]] ProcessOutcome run_process(const std::string& program, const std::vector<std::string>& arguments,
                                         const std::string& input, const ProcessLimits& limits);

}  // namespace rankscape::critical_set
