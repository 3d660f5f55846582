// The limits of a process: what is missing, what does not end, what says too much, what leaves children behind.
#include "solve/process.hpp"

#include <doctest/doctest.h>

using namespace rankscape::critical_set;
using End = ProcessOutcome::End;

TEST_SUITE("quick") {
  TEST_CASE("a process answers, is missing, runs out of time, or says too much") {
    ProcessLimits limits;
    const auto cat = run_process("cat", {}, "a line\nanother\n", limits);
    CHECK(cat.end == End::exited);
    CHECK(cat.code == 0);
    CHECK(cat.output == "a line\nanother\n");
    CHECK(run_process("sh", {"-c", "exit 3"}, "", limits).code == 3);
    CHECK(run_process("a-program-that-nobody-has", {}, "", limits).end == End::missing);
    CHECK(run_process("sh", {"-c", "kill -9 $$"}, "", limits).end == End::killed);
    limits.seconds = std::chrono::duration<double>(0.2);
    CHECK(run_process("sleep", {"100"}, "", limits).end == End::time);
    // its children hold the pipe, and go with it
    CHECK(run_process("sh", {"-c", "sleep 100 & sleep 100"}, "", limits).end == End::time);
    CHECK(run_process("sh", {"-c", "exec >/dev/null 2>&1; sleep 100"}, "", limits).end == End::time);
    limits.seconds = std::chrono::duration<double>(60);
    limits.output = 1000;
    CHECK(run_process("yes", {}, "", limits).end == End::output);
  }
}
