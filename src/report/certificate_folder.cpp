#include <rankscape/report/certificate_folder.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>
#include <set>

#include "check/certificate.hpp"

namespace rankscape {

namespace fs = std::filesystem;

namespace {

void write_text(const std::string& path, const std::string& text) {
  write_file(path, [&](std::ostream& out) { out << text; });
}

Json tool_json() {
  Json tool;
  tool["name"] = "rankscape";
  tool["version"] = tool_info().version;
  tool["git"] = tool_info().git;
  tool["libraries"] = Json::object();
  for (const auto& [name, version] : tool_info().libraries)
    tool["libraries"][name] = version;
  return tool;
}

bool has_shape(const fs::path& file, std::string_view start, std::string_view end) {
  const std::string name = file.filename().string();
  return name.starts_with(start) && name.ends_with(end);
}

// What makes two certificates speak of one point. Names are the reader's.
std::string point_of(const Json& certificate) {
  std::string text =
      certificate.at("format").dump() + certificate.at("program").dump() + certificate.at("constants").dump();
  for (const char* inputs : {"data", "weights"}) {
    for (const Json& input : certificate.at(inputs))
      text += '\n' + input.at("value").dump();
  }
  return sha256(text);
}

// Removes the files of the folder for which `unwanted` holds. \throws InputError
template <class Unwanted>
void sweep(const std::string& folder, const Unwanted& unwanted) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (unwanted(entry.path())) files.push_back(entry.path());
  }
  for (const fs::path& file : files) {
    if (!error) fs::remove(file, error);
  }
  if (error) throw InputError(folder + ": what an earlier run left there cannot be removed: " + error.message());
}

}  // namespace

CertificateFolder::CertificateFolder(std::string folder, const std::vector<Statement>& statements)
    : folder_(std::move(folder)), statements_(&statements) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_)) throw InputError(folder_ + ": the folder for certificates cannot be created");
  const std::string manifest_path = folder_ + "/manifest.json";
  check_writable(manifest_path);
  // with the old manifest go the halves of files that a killed run leaves behind
  sweep(folder_, [](const fs::path& file) {
    return file.filename() == "manifest.json" || has_shape(file, ".case-", ".tmp") ||
           has_shape(file, ".manifest.json.", ".tmp");
  });
  for (const Statement& statement : statements)
    digests_.push_back(sha256(statement.input()));
}

std::string CertificateFolder::store(std::size_t number, const Instance& instance, const Evidence& evidence,
                                     const std::vector<std::size_t>& statements, const std::vector<Row>& rows) {
  std::vector<CertifiedStatement> said;
  for (std::size_t k = 0; k < statements.size(); ++k) {
    const Statement& statement = (*statements_)[statements[k]];
    CertifiedStatement certified{statement.id(), digests_[statements[k]], {}};
    for (const StatementCase& one : statement.cases()) {
      for (const std::string& name : rows[k].matched) {
        if (one.name == name) certified.matched.push_back({one.name, one.then.text});
      }
    }
    said.push_back(std::move(certified));
  }
  const auto json = certificate_of_case(instance, evidence, rows.front().key, said);
  if (!json) return {};
  const std::string name = fmt::format("case-{:06}.json", number + 1);
  write_text(folder_ + "/" + name, certificate::to_text(*json));
  return name;
}

void CertificateFolder::begin(const RunPlan& plan) {
  seed_ = plan.options.seed;
  cases_.assign(plan.statements.size(), 0);
  shapes_.assign(plan.statements.size(), {});
}

void CertificateFolder::row(std::size_t statement, const Row& row) {
  if (row.certificate.empty()) return;  // the time limit came first, or there is none of such a point
  ++cases_[statement];
  ++shapes_[statement][row.shape.to_text()];
  if (certified_.empty() || certified_.back().first != row.certificate)
    certified_.emplace_back(row.certificate, row.key);
}

void CertificateFolder::end(const std::vector<Summary>& /*summaries*/) {
  std::vector<certificate::ManifestEntry> entries;
  std::set<std::string> names;
  for (const auto& [file, key] : certified_)
    names.insert(file);
  sweep(folder_, [&](const fs::path& file) {
    return has_shape(file, "case-", ".json") && !names.contains(file.filename().string());
  });
  std::map<std::string, std::string> first_of;  // file of each point
  for (const auto& [file, key] : certified_) {
    std::ifstream in(folder_ + "/" + file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open() || in.bad())
      throw InputError(folder_ + "/" + file + ": the certificate of a finished case is missing");
    const Json json = parse_exact_json(bytes, folder_ + "/" + file);
    const std::string& first = first_of.emplace(point_of(json), file).first->second;
    const Json& claims = json.contains("claims") ? json.at("claims") : json;  // or of a point beside floats
    entries.push_back({file, sha256(bytes), key, claims.value("verdict", ""), first == file ? std::string() : first});
  }
  std::vector<certificate::ManifestStatement> listed;
  for (std::size_t s = 0; s < statements_->size(); ++s) {
    listed.push_back({(*statements_)[s].id(),
                      digests_[s],
                      (*statements_)[s].input(),
                      cases_[s],
                      {shapes_[s].begin(), shapes_[s].end()}});
  }
  write_text(folder_ + "/manifest.json", certificate::manifest(listed, entries, seed_, tool_json()).dump(1) + "\n");
}

}  // namespace rankscape
