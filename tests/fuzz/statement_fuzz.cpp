// Reading a statement ends in a statement or in one line of an InputError; what was read prints to what reads the same.
#include <cstdlib>
#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>
#include <string>

#include "fuzz/target.hpp"
#include "landscapes.hpp"

void fuzz(std::string_view bytes) {
  using rankscape::Statement;
  std::string printed;
  try {
    const Statement statement = Statement::parse(bytes, "fuzz.toml", rankscape::test::languages());
    printed = statement.to_toml();
    if (!(Statement::parse(printed, "printed.toml", rankscape::test::languages()) == statement)) std::abort();
  } catch (const rankscape::InputError& error) {
    const std::string_view message = error.what();
    if (message.empty() || message.find('\n') != message.npos || !printed.empty()) std::abort();
  }
}
