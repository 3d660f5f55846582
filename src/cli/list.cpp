// rankscape list: statements, landscapes, features, functions of the language.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <rankscape/error.hpp>
#include <rankscape/statements/languages.hpp>
#include <rankscape/statements/statement.hpp>
#include <span>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace rankscape::cli {

namespace {

std::string signature(const FeatureDeclaration& feature) {
  std::string text = feature.name;
  for (std::size_t k = 0; k < feature.parameters.size(); ++k) {
    text += (k == 0 ? "(" : ", ") + std::string(to_string(feature.parameters[k]));
  }
  if (!feature.parameters.empty()) text += ")";
  return text + " : " + std::string(to_string(feature.result));
}

void print(const std::vector<FeatureDeclaration>& features) {
  for (const FeatureDeclaration& feature : features) {
    std::cout << fmt::format("    {:<38} {}\n", signature(feature), text::printable(feature.description));
  }
}

int list(const std::string& folder, const std::string& landscapes) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else if (folder != "theorems") {
    throw InputError(folder + ": not a directory");
  }
  const auto library = landscape_library(landscapes);
  std::cout << "statements\n";
  for (const fs::path& file : files) {
    const Statement statement = read_statement(file, *library);
    std::cout << fmt::format("  {:<38} {}\n  {:<38} {}\n", text::printable(statement.id()),
                             text::printable(statement.title()), "", text::printable(statement.source()));
  }
  if (files.empty()) std::cout << "  none in " << text::printable(folder) << "/\n";
  std::cout << "\nlandscapes and their features\n";
  for (const std::string& id : library->ids()) {
    const Landscape& landscape = library->at(id);
    std::cout << fmt::format("  {}: {}; loss {}\n", text::printable(id), text::printable(landscape.title()),
                             text::printable(landscape.loss()));
    const auto& all = landscape.vocabulary().features();
    print({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(landscape.vocabulary().model_size())});
  }
  std::cout << "\nfeatures of every landscape\n";
  print(engine_features());
  std::cout << "\nlanguage\n";
  for (const LanguageEntry& entry : language_reference()) {
    std::cout << fmt::format("    {:<38} {}\n", entry.form, entry.description);
  }
  return success;
}

// What one word means, wherever it comes from.
int explain(const std::string& word, const std::string& landscapes) {
  const auto show = [](const std::string& form, const std::string& where, const std::string& description,
                       const std::string& example) {
    std::cout << fmt::format("{}{}\n  {}\n", form, where, description);
    if (!example.empty()) std::cout << fmt::format("  example: {}\n", example);
  };
  std::vector<std::string> known = language_words();
  bool found = false;
  for (const LanguageEntry& entry : language_entries(word)) {
    show(entry.form, "", entry.description, entry.example);
    found = true;
  }
  const auto search = [&](std::span<const FeatureDeclaration> features, const std::string& where) {
    for (const FeatureDeclaration& feature : features) {
      known.push_back(feature.name);
      if (feature.name != word) continue;
      show(signature(feature), where, feature.description, "");
      found = true;
    }
  };
  const auto library = landscape_library(landscapes);
  for (const std::string& id : library->ids()) {
    const Vocabulary& vocabulary = library->at(id).vocabulary();
    search(std::span(vocabulary.features()).first(vocabulary.model_size()), " (" + id + ")");
  }
  search(engine_features(), " (every landscape)");
  if (!found) {
    throw InputError(fmt::format("found {}, expected a word of the language or a feature{}", text::quote(word),
                                 text::suggestion_for_word(word, known)));
  }
  return success;
}

}  // namespace

void add_list(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("list", "list statements, landscapes, features, functions of the language");
  auto what = std::make_shared<std::string>("theorems");
  command->add_option("what", *what, "folder of the statements (default: theorems), or a word to explain");
  auto landscapes = std::make_shared<std::string>();
  command->add_option("--landscapes", *landscapes, "folder of landscape files beside the installed ones");
  command->callback([what, landscapes, &chosen] {
    chosen = [what, landscapes] {
      const bool folder = *what == "theorems" || what->find('/') != std::string::npos || std::filesystem::exists(*what);
      return folder ? list(*what, *landscapes) : explain(*what, *landscapes);
    };
  });
}

}  // namespace rankscape::cli
