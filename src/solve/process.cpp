#include "solve/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rankscape::critical_set {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

void write_whole(int to, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t more = ::write(to, text.data() + written, text.size() - written);
    if (more < 0 && errno != EINTR) fail("the input of a process");
    if (more > 0) written += static_cast<std::size_t>(more);
  }
  if (::lseek(to, 0, SEEK_SET) != 0) fail("the input of a process");
}

// Between fork and exec: nothing that allocates.
[[noreturn]] void become(char* const* arguments, int input, int output, pid_t parent, const ProcessLimits& limits) {
  constexpr int cannot = 127;
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(cannot);
  const auto seconds = static_cast<rlim_t>(std::ceil(limits.seconds.count())) + 1;
  const rlimit processor{seconds, seconds + 1};
  const rlimit memory{limits.memory, limits.memory};
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CPU, &processor) != 0 || ::setrlimit(RLIMIT_AS, &memory) != 0) ::_exit(cannot);
  ::setrlimit(RLIMIT_CORE, &none);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 || ::dup2(output, STDERR_FILENO) < 0)
    ::_exit(cannot);
  ::execvp(arguments[0], arguments);
  ::_exit(errno == ENOENT || errno == EACCES || errno == ENOTDIR ? cannot : cannot - 1);
}

}  // namespace

ProcessOutcome run_process(const std::string& program, const std::vector<std::string>& arguments,
                           const std::string& input, const ProcessLimits& limits) {
  const Descriptor script(::memfd_create("input", MFD_CLOEXEC));
  if (script.get() < 0) fail("the input of a process");
  write_whole(script.get(), input);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("a pipe");
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);

  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const auto limit = Clock::now() + std::chrono::duration_cast<Clock::duration>(limits.seconds);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) fail("a process");
  if (child == 0) become(pointers.data(), script.get(), writing.get(), parent, limits);
  ::setpgid(child, child);  // here too: whoever comes first
  writing.close();

  ProcessOutcome outcome;
  std::array<char, 65536> buffer{};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now()).count();
    if (left <= 0) {
      outcome.end = ProcessOutcome::End::time;
      break;
    }
    pollfd wanted{reading.get(), POLLIN, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 1000)));
    if (ready < 0 && errno != EINTR) break;
    if (ready <= 0) continue;
    const ssize_t more = ::read(reading.get(), buffer.data(), buffer.size());
    if (more == 0) break;
    if (more < 0 && errno != EINTR) break;
    if (more > 0) outcome.output.append(buffer.data(), static_cast<std::size_t>(more));
    if (outcome.output.size() > limits.output) {
      outcome.end = ProcessOutcome::End::output;
      break;
    }
  }
  if (outcome.end != ProcessOutcome::End::exited) ::kill(-child, SIGKILL);
  int status = 0;
  while (true) {  // it may have closed its output and go on
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) break;
    if (outcome.end == ProcessOutcome::End::exited && Clock::now() > limit) {
      outcome.end = ProcessOutcome::End::time;
      ::kill(-child, SIGKILL);
    }
    ::poll(nullptr, 0, 1);
  }
  ::kill(-child, SIGKILL);  // what it may have left behind
  if (outcome.end != ProcessOutcome::End::exited) return outcome;
  if (WIFSIGNALED(status)) {
    outcome.end = WTERMSIG(status) == SIGXCPU ? ProcessOutcome::End::time : ProcessOutcome::End::killed;
  } else {
    outcome.code = WEXITSTATUS(status);
    if (outcome.code == 127) outcome.end = ProcessOutcome::End::missing;
  }
  return outcome;
}

}  // namespace rankscape::critical_set
