#include "answers/library.hpp"

#include <algorithm>
#include <filesystem>
#include <rankscape/error.hpp>
#include <rankscape/native.hpp>
#include <rankscape/statements/languages.hpp>

#include "text/words.hpp"

namespace rankscape {

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

}  // namespace rankscape
