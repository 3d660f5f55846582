// rankscape-verify CERT.json... | DIR...: checks certificates without sharing a line with the program that wrote them.
#include <gmp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string_view>

#include "verifier/verify.hpp"

#if defined(__SANITIZE_ADDRESS__)  // GCC
#define RANKSCAPE_ADDRESS_SANITIZER
#elif defined(__has_feature)  // clang
#if __has_feature(address_sanitizer)
#define RANKSCAPE_ADDRESS_SANITIZER
#endif
#endif

namespace {

// GMP cannot report that memory ran out: the process ends with a line and the exit code of an unusable file, instead of
// aborting.
void* or_exit(void* memory) {
  constexpr std::string_view line = "rankscape-verify: limits: out of memory\n";
  if (memory != nullptr) return memory;
  [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
  _exit(2);
}

void bound_memory() {
  mp_set_memory_functions([](std::size_t size) { return or_exit(std::malloc(size)); },
                          [](void* old, std::size_t, std::size_t size) { return or_exit(std::realloc(old, size)); },
                          [](void* memory, std::size_t) { std::free(memory); });
#ifndef RANKSCAPE_ADDRESS_SANITIZER  // which reserves terabytes of address space
  const rlimit limit{rlim_t{4} << 30U, rlim_t{4} << 30U};
  if (setrlimit(RLIMIT_AS, &limit) != 0) std::cerr << "rankscape-verify: the memory is not bounded\n";
#endif
}

void print_list(const char* title, const std::vector<std::string>& items) {
  const char* before = title;
  for (const std::string& item : items) std::cout << std::exchange(before, "; ") << verifier::printable(item);
  if (!items.empty()) std::cout << "\n";
}

int check(const std::string& path) {
  if (!std::filesystem::is_directory(path)) {
    const verifier::Report report = verifier::verify_file(path);
    const bool verified = report.outcome == verifier::Outcome::verified;
    const char* const failure = report.outcome == verifier::Outcome::rejected ? ": REJECTED: " : ": UNREADABLE: ";
    std::cout << verifier::printable(path) << (verified ? ": VERIFIED" : failure) << verifier::printable(report.reason)
              << "\n";
    if (verified) {
      print_list("  verified: ", report.verified);
      print_list("  not verified: ", report.not_verified);
    }
    return exit_code(report.outcome);
  }
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const auto report = verifier::verify_directory(path, [&](std::size_t finished, std::size_t total) {
    if (terminal) std::cerr << "\r" << finished << " of " << total << " certificates" << std::flush;
  });
  if (terminal) std::cerr << "\r\033[K";
  for (const std::string& problem : report.problems)
    std::cout << verifier::printable(path) << "/" << verifier::printable(problem) << "\n";
  std::cout << report.summary;
  return exit_code(report.outcome);
}

}  // namespace

int main(int argc, char** argv) {
  bound_memory();
  if (argc > 1 && std::string(argv[1]) == "--version") {
    std::cout << "rankscape-verify " RANKSCAPE_VERSION "\n" << std::flush;
    return std::cout ? 0 : 2;
  }
  const bool help = argc > 1 && std::string(argv[1]) == "--help";
  if (argc < 2 || help) {
    (help ? std::cout : std::cerr)
        << "usage: rankscape-verify CERT.json... | DIR... | --help | --version\n"
           "Checks the certificates of docs/certificates.md, or a directory with a manifest.json.\n"
           "exit code: 0 all verified, 4 something rejected, 2 unreadable or wrong usage\n";
    return help && std::cout.flush() ? 0 : 2;
  }
  int worst = 0;
  for (int k = 1; k < argc; ++k) {
    int code = 2;
    try {
      code = check(argv[k]);
    } catch (const std::exception& error) {  // for instance no memory
      std::cerr << verifier::printable(std::string(argv[k]) + ": " + error.what()) << "\n";
    }
    std::cout.flush();  // what was found so far stands, whatever the next file does
    if (worst != 4 && code != 0) worst = code;
  }
  return std::cout ? worst : 2;
}
