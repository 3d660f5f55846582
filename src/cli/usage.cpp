// Files are compared as the system sees them where they exist, and by their resolved names where they do not yet.
// Devices and pipes may be named twice: nothing in them is lost.
#include "cli/usage.hpp"

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <rankscape/error.hpp>

#include "cli/arguments.hpp"
#include "text/words.hpp"

namespace rankscape::cli {

namespace {

namespace fs = std::filesystem;

struct Named {
  std::string option;
  std::string path;
  std::string type;
};

bool keeps_nothing(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

fs::path resolved(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(fs::absolute(path), error);
  if (error) whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

bool same_file(const std::string& a, const std::string& b) {
  if (a == "-" || b == "-") return a == b;
  if (keeps_nothing(a) || keeps_nothing(b)) return false;
  std::error_code error;
  if (fs::exists(a, error) && fs::exists(b, error)) return fs::equivalent(a, b, error);
  return resolved(a) == resolved(b);
}

bool lies_in(const std::string& file, const std::string& folder) {
  if (file == "-" || keeps_nothing(file)) return false;
  const fs::path way = resolved(file).lexically_relative(resolved(folder));
  return !way.empty() && *way.begin() != fs::path("..") && way != fs::path(".");
}

std::string said(const Named& named) {
  return named.option + " " + text::quote(named.path);
}

void check_apart(const Named& output, const Named& other) {
  if (output.type == output_file && other.type == output_folder) {
    check_apart(other, output);
    return;
  }
  const bool clash =
      same_file(output.path, other.path) || (output.type == output_folder && lies_in(other.path, output.path));
  if (!clash) return;
  if (output.type == output_folder && !same_file(output.path, other.path))
    throw InputError(said(other) + " lies in the folder of " + said(output) + ", expected another place");
  throw InputError(said(output) + " and " + said(other) +
                   (output.path == "-" ? " both name the standard output" : " name one file") + ", expected " +
                   (other.type == input_file ? "not to write over what is read" : "one for each"));
}

void check_seed(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw InputError("--seed " + text::quote(text) + ": expected an integer from 0 to 18446744073709551615");
}

bool names_something(const std::string& type) {
  return type.starts_with(input_file) || type.starts_with(output_file) || type.starts_with(output_folder);
}

}  // namespace

void check_usage(const CLI::App& command) {
  std::vector<Named> inputs;
  std::vector<Named> outputs;
  for (const CLI::Option* option : command.get_options()) {
    const std::string type = option->get_type_name();
    const std::string name = option->get_positional() ? option->get_name(true) : "--" + option->get_lnames().front();
    for (const std::string& value : option->results()) {
      if (name == "--seed") check_seed(value);
      if (name == "--time-limit") static_cast<void>(parse_seconds(value, name));
      if (!names_something(type)) continue;
      if (value.empty()) throw InputError(name + ": the name is empty");
      if (name == "--certificate" && value.ends_with(".gz"))
        throw InputError(name + " " + text::quote(value) +
                         ": certificates are not compressed (rankscape-verify reads none)");
      (type.starts_with(input_file) ? inputs : outputs).push_back({name, value, type});
    }
  }
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    for (const Named& input : inputs) {
      if (input.path != "-") check_apart(outputs[k], input);
    }
    for (std::size_t j = 0; j < k; ++j)
      check_apart(outputs[j], outputs[k]);
  }
}

void check_empty(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(".") && name.ends_with(".tmp")) continue;
    throw InputError("--certificates " + text::quote(folder) + ": the folder is not empty (it holds " +
                     text::quote(name) + "); --overwrite replaces what an earlier run left there");
  }
}

void check_subcommand(const CLI::App& app, const std::string& name) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) {
    known.push_back(command->get_name());
    if (known.back() == name) return;
  }
  throw InputError("no command " + text::quote(name) + text::suggestion(name, known) + "; see --help");
}

}  // namespace rankscape::cli
