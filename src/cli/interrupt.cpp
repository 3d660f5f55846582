// A handler may do little: the line is composed before, and the process ends without unwinding. Lines of the journal
// and certificates are whole files and whole lines at any moment.
#include "cli/interrupt.hpp"

#include <unistd.h>

#include <csignal>

#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

std::string& last_words() {
  static std::string words;
  return words;
}
const char* words_begin = nullptr;
std::size_t words_size = 0;

void interrupted(int /*signal*/) {
  static_cast<void>(!::write(STDERR_FILENO, words_begin, words_size));
  ::_exit(130);
}

}  // namespace

void say_at_interrupt(const std::string& journal) {
  std::string& words = last_words();
  words = ::isatty(STDERR_FILENO) == 1 ? "\r\033[K" : "";  // the progress bar
  words += "rankscape: interrupted; ";
  words += journal.empty()
               ? "nothing is kept (with --resume FILE a run can go on where it stopped)"
               : "finished cases are kept in " + text::printable(journal) + ": run the same command again to go on";
  words += '\n';
  words_begin = words.data();
  words_size = words.size();
  struct sigaction old {};
  ::sigaction(SIGINT, nullptr, &old);
  if (old.sa_handler == SIG_IGN) return;  // started in the background, which is not meant
  std::signal(SIGINT, interrupted);
}

}  // namespace rankscape::cli
