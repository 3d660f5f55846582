#pragma once
// A long call from Python: it runs on a thread of its own, without the interpreter's lock, while the caller's thread
// looks for Ctrl-C and passes progress on.

#include <pybind11/pybind11.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace rankscape::python {

/// What the work says of how far it has come.
class Progress {
 public:
  void total(std::uint64_t cases) { total_ = cases; }
  void finished() { ++finished_; }

 private:
  friend std::string call(const std::function<std::string(Progress&)>& work, const pybind11::object& listener);
  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> finished_{0};
};

/// What `work` returns. The interpreter's lock is held by the caller, and released meanwhile.
/// \param listener  None, or called as listener(finished, total) on the caller's thread, at most some twenty times a
///                  second and once at the end where there is a total
/// \throws what the work throws; pybind11::error_already_set  interrupted, or an exception of the listener: the work is
///         then stopped at its next look at its time limit, and waited for
[[nodiscard]] std::string call(const std::function<std::string(Progress&)>& work, const pybind11::object& listener);

/// Symbolic derivation (GiNaC, CLN) knows no threads: one call at a time holds this. Waiting can be stopped.
class SymbolicLock {
 public:
  SymbolicLock();
  SymbolicLock(const SymbolicLock&) = delete;
  SymbolicLock& operator=(const SymbolicLock&) = delete;
  SymbolicLock(SymbolicLock&&) = delete;
  SymbolicLock& operator=(SymbolicLock&&) = delete;
  ~SymbolicLock();
};

}  // namespace rankscape::python
