#include "cli/counterexample_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>

#include "statements/statement_data.hpp"

namespace rankscape::cli {

namespace fs = std::filesystem;

namespace {

void write_text(const std::string& path, const std::string& text) {
  write_file(path, [&](std::ostream& out) { out << text; });
}

Json tool_json() {
  Json libraries = Json::object();
  for (const auto& [name, version] : tool_info().libraries)
    libraries[name] = version;
  return {{"name", "rankscape"}, {"version", tool_info().version}, {"git", tool_info().git}, {"libraries", libraries}};
}

// The file of the statement; one that nobody wrote is printed under the name by which the certificate calls it.
std::string text_of(const Statement& statement, const std::string& id) {
  if (!statement.input().empty()) return statement.input();
  auto named = std::make_shared<Statement::Data>(statement.data());
  named->id = id;
  return Statement(std::move(named)).to_toml();
}

bool left_by_us(const fs::path& file) {
  const std::string name = file.filename().string();
  return name == "manifest.json" || (name.starts_with("counterexample-") && name.ends_with(".json"));
}

}  // namespace

CounterexampleFolder::CounterexampleFolder(std::string folder, std::uint64_t seed)
    : folder_(std::move(folder)), seed_(seed) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_)) throw InputError(folder_ + ": the folder for certificates cannot be created");
  check_writable(folder_ + "/manifest.json");
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    if (left_by_us(entry.path())) old.push_back(entry.path());
  }
  for (const fs::path& file : old) {
    if (!error) fs::remove(file, error);
  }
  if (error) throw InputError(folder_ + ": what an earlier run left there cannot be removed: " + error.message());
}

std::string CounterexampleFolder::store(const Counterexample& counterexample, const Statement& refuted,
                                        const std::string& id) {
  if (counterexample.value_within) return {};  // certificates of runs are of exact points
  const std::string text = text_of(refuted, id);
  const std::string digest = sha256(text);
  const Json json = certificate_of(counterexample, refuted, id, digest);
  const std::string bytes = certificate::to_text(json);
  const std::string name = fmt::format("counterexample-{:04}.json", entries_.size() + 1);
  write_text(folder_ + "/" + name, bytes);
  statements_.push_back({id, digest, text, 1, {}});
  entries_.push_back(
      {name, sha256(bytes), json.at("key").get<std::string>(), json.at("claims").at("verdict").get<std::string>()});
  return name;
}

void CounterexampleFolder::finish() {
  write_text(folder_ + "/manifest.json",
             certificate::manifest(statements_, entries_, seed_, tool_json()).dump(1) + "\n");
}

}  // namespace rankscape::cli
