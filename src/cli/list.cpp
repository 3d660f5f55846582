// rankscape list: statements, models, features, functions of the language.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>

#include "cli/command.hpp"

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
    std::cout << fmt::format("    {:<38} {}\n", signature(feature), feature.description);
  }
}

int list(const std::string& folder) {
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
  std::cout << "statements\n";
  for (const fs::path& file : files) {
    const Statement statement = Statement::read(file);
    std::cout << fmt::format("  {:<38} {}\n  {:<38} {}\n", statement.id(), statement.title(), "", statement.source());
  }
  if (files.empty()) std::cout << "  none in " << folder << "/\n";
  std::cout << "\nmodels and their features\n";
  for (const Model* model : models()) {
    std::cout << fmt::format("  {}: {}\n", model->name(), model->description());
    print(model->features());
  }
  std::cout << "\nfeatures of every model\n";
  print(engine_features());
  std::cout << "\nlanguage\n";
  for (const LanguageEntry& entry : language_reference()) {
    std::cout << fmt::format("    {:<38} {}\n", entry.form, entry.description);
  }
  return success;
}

}  // namespace

void add_list(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("list", "list statements, models, features, functions of the language");
  auto folder = std::make_shared<std::string>("theorems");
  command->add_option("folder", *folder, "folder of the statements (default: theorems)");
  command->callback([folder, &chosen] { chosen = [folder] { return list(*folder); }; });
}

}  // namespace rankscape::cli
