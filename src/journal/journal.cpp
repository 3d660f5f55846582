// The journal is an append-only file: a header line that names the run, then one line a case. Lines are written with
// one call each and synced in batches; after a crash at most the last line is torn, and it is dropped.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>
#include <system_error>

namespace rankscape {

namespace {

constexpr std::chrono::milliseconds sync_interval{500};

std::string reason(int error) {
  return std::generic_category().message(error);
}

}  // namespace

Json journal_identity(const std::vector<Statement>& statements, const RunOptions& options) {
  Json run;
  run["format"] = "rankscape-journal/1";
  run["version"] = tool_info().version;
  run["git"] = tool_info().git;
  run["statements"] = Json::array();
  for (const Statement& statement : statements) {
    run["statements"].push_back({{"id", statement.id()}, {"sha256", sha256(statement.input())}});
  }
  run["seed"] = options.seed;
  run["shapes"] = Json::array();
  for (const Shape& shape : options.shapes)
    run["shapes"].push_back(shape.to_json());
  run["samples"] = options.samples ? Json(*options.samples) : Json(nullptr);
  run["certificates"] = options.certificates != nullptr;
  return run;
}

Journal::Journal(std::string path, const Json& run)
    : path_(std::move(path)), synced_(std::chrono::steady_clock::now()) {
  file_.number = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_.number < 0) throw InputError(path_ + ": the journal cannot be opened: " + reason(errno));
  if (::flock(file_.number, LOCK_EX | LOCK_NB) != 0) {
    throw InputError(path_ + ": the journal is in use by another process");
  }
  load(run);
}

Journal::Descriptor::~Descriptor() {
  if (number >= 0) ::close(number);
}

void Journal::load(const Json& run) {
  std::string text;
  char buffer[1U << 16U];
  ssize_t count = 0;
  while ((count = ::read(file_.number, buffer, sizeof buffer)) > 0)
    text.append(buffer, static_cast<std::size_t>(count));
  if (count < 0) throw InputError(path_ + ": the journal cannot be read: " + reason(errno));
  const std::size_t whole = text.rfind('\n') + 1;  // npos + 1 == 0: not even the header is complete
  if (whole < text.size() && ::ftruncate(file_.number, static_cast<off_t>(whole)) != 0) {
    throw InputError(path_ + ": the journal's torn last line cannot be dropped: " + reason(errno));
  }
  if (whole == 0) {
    append(run.dump());
    sync();
    return;
  }
  std::size_t number = 0;
  for (std::size_t at = 0; at < whole;) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (++number > 1) {
      read_line(line, number);
      continue;
    }
    const Json header = parse_exact_json(line, path_);
    if (!header.is_object() || header.value("format", Json()) != run["format"]) {
      throw InputError(path_ + ": is not a journal of rankscape");
    }
    for (const auto& [key, value] : run.items()) {
      if (header.value(key, Json()) != value)
        throw InputError(path_ + ": the journal is of another run: " + key + " differs");
    }
  }
}

void Journal::read_line(const std::string& line, std::size_t number) {
  const std::string place = path_ + ":" + std::to_string(number);
  const Json json = parse_exact_json(line, place);
  if (!json.is_object() || !json.contains("model") || !json["model"].is_string() || !json.contains("shape_key") ||
      !json["shape_key"].is_string() || !json.contains("rows") || !json["rows"].is_array() || json["rows"].empty()) {
    throw InputError(place + ": not a line of a journal");
  }
  const auto model = json["model"].get<std::string>();
  std::vector<Row> rows;
  for (const Json& row : json["rows"])
    rows.push_back(row_from_json(row, json["shape_key"].get<std::string>(), place));
  const std::string name = model + '\n' + rows.front().key;
  finished_[name] = std::move(rows);
}

const std::vector<Row>* Journal::find(const std::string& model, const std::string& key) const {
  const auto found = finished_.find(model + '\n' + key);
  return found == finished_.end() ? nullptr : &found->second;
}

void Journal::begin(const RunPlan& plan) {
  landscapes_ = plan.landscapes;
}

void Journal::row(std::size_t statement, const Row& row) {
  pending_.emplace_back(statement, row);
}

void Journal::case_finished() {
  const auto pending = std::exchange(pending_, {});
  if (pending.empty()) return;
  const auto& [statement, first] = pending.front();
  const std::string& model = landscapes_[statement]->id();
  const std::string& shape_key = landscapes_[statement]->shape_key();
  if (first.found == Verdict::undecided || find(model, first.key) != nullptr) return;
  Json line;
  line["model"] = model;
  line["shape_key"] = shape_key;
  line["rows"] = Json::array();
  for (const auto& [which, row] : pending)
    line["rows"].push_back(row_to_json(row, shape_key));
  append(line.dump());
  if (std::chrono::steady_clock::now() - synced_ >= sync_interval) sync();
}

void Journal::end(const std::vector<Summary>& /*summaries*/) {
  sync();
}

void Journal::append(const std::string& line) {
  const std::string text = line + '\n';
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file_.number, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw InputError(path_ + ": the journal cannot be written: " + reason(errno));
    written += static_cast<std::size_t>(count);
  }
}

void Journal::sync() {
  if (::fsync(file_.number) != 0 && errno != EINVAL && errno != EROFS) {
    throw InputError(path_ + ": the journal cannot be synced: " + reason(errno));
  }
  synced_ = std::chrono::steady_clock::now();
}

}  // namespace rankscape
