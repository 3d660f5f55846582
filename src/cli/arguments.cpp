#include "cli/arguments.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/native.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/statements/languages.hpp>

#include "text/spell_json.hpp"
#include "text/words.hpp"

namespace rankscape::cli {

namespace {

template <class T, class Parse>
std::vector<T> parse_list(const std::string& text, const Parse& parse) {
  std::vector<T> items;
  std::size_t at = 0;
  while (true) {
    const std::size_t comma = text.find(',', at);
    items.push_back(parse(text.substr(at, comma - at)));
    if (comma == std::string::npos) return items;
    at = comma + 1;
  }
}

}  // namespace

std::vector<long> parse_integers(const std::string& text, const std::string& option) {
  return parse_list<long>(text, [&](const std::string& part) {
    long value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size() || value < 0 || value > 1000000) {
      throw InputError(option + " " + text + ": expected integers from 0 to 1000000, separated by commas");
    }
    return value;
  });
}

std::vector<std::string> parse_words(const std::string& text) {
  if (text.empty()) return {};
  return parse_list<std::string>(text, [](const std::string& part) { return part; });
}

std::vector<Shape> parse_shapes(const std::vector<std::string>& texts, const std::string& option) {
  std::vector<Shape> shapes;
  for (const std::string& text : texts) {
    try {
      shapes.push_back(Shape::parse(text));
    } catch (const InputError& error) {
      throw InputError(fmt::format("{} {}: {}", option, text, error.what()));
    }
  }
  return shapes;
}

std::unique_ptr<const Library> landscape_library(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders{installed_landscapes()};
  std::error_code error;
  if (!folder.empty()) {
    if (!fs::is_directory(folder, error)) throw InputError("--landscapes " + folder + ": not a folder");
    folders.emplace_back(folder);
  }
  return std::make_unique<const Library>(std::move(folders), find_adviser);
}

std::string statement_file(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (name == "-" || name.ends_with(".toml") || name.find('/') != std::string::npos || fs::exists(name, error))
    return name;
  const fs::path theorems = installed_landscapes().parent_path() / "theorems";
  std::vector<std::string> known;
  for (const fs::path& folder : {theorems, theorems / "regions"}) {
    const fs::path file = folder / (name + ".toml");
    if (fs::exists(file, error)) return file.string();
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      if (entry.path().extension() == ".toml") known.push_back(entry.path().stem().string());
    }
  }
  std::sort(known.begin(), known.end());  // folders have no order
  throw InputError(text::quote(name) + ": no such file, and no statement of the library has this id" +
                   text::suggestion(name, known));
}

Statement read_statement(const std::string& name, const Library& library) {
  const std::string file = statement_file(name);
  return Statement::read(file, languages_of(library, std::filesystem::path(file).parent_path()));
}

std::vector<Rational> parse_rationals(const std::string& text, const std::string& option) {
  return parse_list<Rational>(text, [&](const std::string& part) {
    try {
      return parse_rational(part);
    } catch (const InputError& error) {
      throw InputError(option + " " + text + ": " + error.what());
    }
  });
}

double parse_seconds(const std::string& text, const std::string& option) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0) || seconds > 1e9) {
    throw InputError(option + " " + text + ": expected a number of seconds, above 0 and at most 1e9");
  }
  return seconds;
}

std::ostream& words_beside(const std::string& file) {
  return file == "-" ? std::cerr : std::cout;
}

void write_json(const std::string& path, const Json& json) {
  write_file(path, [&](std::ostream& out) { out << text::spelled(json, 2) << '\n'; });
}

}  // namespace rankscape::cli
