#include "call.hpp"

#include <flint/flint.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/stop.hpp>
#include <thread>

namespace rankscape::python {

namespace py = pybind11;

namespace {

constexpr std::chrono::milliseconds between_looks(50);

std::timed_mutex& symbolic() {
  static std::timed_mutex one_at_a_time;
  return one_at_a_time;
}

// Runs the work; whatever happens to this object, the thread has ended when it is gone.
class Worker {
 public:
  explicit Worker(std::function<std::string()> work) : thread_([this, todo = std::move(work)] { run(todo); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  Worker(Worker&&) = delete;
  Worker& operator=(Worker&&) = delete;
  ~Worker() {
    stop_ = true;
    join();
  }

  [[nodiscard]] bool finished_within(std::chrono::milliseconds time) {
    std::unique_lock lock(guard_);
    return changed_.wait_for(lock, time, [this] { return done_; });
  }
  [[nodiscard]] std::string result() {
    join();
    if (error_) std::rethrow_exception(error_);
    return std::move(result_);
  }

 private:
  void run(const std::function<std::string()>& work) {
    try {
      const StopScope scope(&stop_);
      result_ = work();
    } catch (...) {  // for the caller
      error_ = std::current_exception();
    }
    flint_cleanup();  // the caches of this thread
    const std::lock_guard lock(guard_);
    done_ = true;
    changed_.notify_all();
  }
  void join() {
    if (thread_.joinable()) thread_.join();
  }

  std::atomic<bool> stop_{false};
  std::mutex guard_;
  std::condition_variable changed_;
  bool done_ = false;
  std::string result_;
  std::exception_ptr error_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

std::string call(const std::function<std::string(Progress&)>& work, const py::object& listener) {
  Progress progress;
  std::uint64_t said = 0;
  const auto tell = [&] {  // with the interpreter's lock
    const std::uint64_t finished = progress.finished_;
    if (listener.is_none() || progress.total_ == 0 || finished == said) return;
    said = finished;
    listener(finished, progress.total_.load());
  };
  std::string result;
  {
    const py::gil_scoped_release without_interpreter;
    Worker worker([&] { return work(progress); });
    while (!worker.finished_within(between_looks)) {
      const py::gil_scoped_acquire interpreter;
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      tell();
    }
    result = worker.result();
  }
  tell();
  return result;
}

SymbolicLock::SymbolicLock() {
  while (!symbolic().try_lock_for(between_looks))
    check_deadline();
}

SymbolicLock::~SymbolicLock() {
  symbolic().unlock();
}

}  // namespace rankscape::python
