#pragma once
// Ctrl-C in a long run: what is kept, and how to go on.

#include <string>

namespace rankscape::cli {

/// From now on an interrupt ends the program with exit code 130, after one line that says so: with a journal, that the
/// same command goes on; without, that nothing is kept.
void say_at_interrupt(const std::string& journal);

}  // namespace rankscape::cli
