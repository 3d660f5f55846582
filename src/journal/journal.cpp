// The journal is an append-only file: a header line that names the run, then one line a case. Lines are written with
// one call each and synced in batches; after a crash at most the last line is torn, and it is dropped. Nothing is
// changed in a file before all of it was understood.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>
#include <system_error>

namespace rankscape {

namespace {

constexpr std::chrono::milliseconds sync_interval{500};

constexpr off_t most_bytes = off_t{1} << 30U;
constexpr std::string_view before_sum = ",\"sum\":\"";
constexpr std::size_t sum_digits = 16;
constexpr const char* asked = "asked";
constexpr std::size_t most_header = std::size_t{1} << 24U;
const std::string journal_format = "rankscape-journal/3";

std::string reason(int error) {
  return std::generic_category().message(error);
}

std::string checksum(const std::string& header, const std::string& object) {
  return sha256(header + '\n' + object).substr(0, sum_digits);
}

// An object as a line: with its checksum for the last member.
std::string sealed(const std::string& header, const std::string& object) {
  return object.substr(0, object.size() - 1) + std::string(before_sum) + checksum(header, object) + "\"}";
}

// The object of a line, or nothing where it is not what was written.
std::optional<std::string> unsealed(const std::string& header, const std::string& line) {
  const std::size_t ending = before_sum.size() + sum_digits + 2;
  if (line.size() <= ending) return std::nullopt;
  const std::string object = line.substr(0, line.size() - ending) + "}";
  return sealed(header, object) == line ? std::optional(object) : std::nullopt;
}

// The same but for the words in which it was asked for.
bool same_run(Json a, Json b) {
  if (!a.is_object()) return false;
  a.erase(asked);
  b.erase(asked);
  return a == b;
}

bool same_enclosure(const std::optional<Enclosure>& a, const std::optional<Enclosure>& b) {
  return a.has_value() == b.has_value() && (!a || (a->lo == b->lo && a->hi == b->hi));
}

// All rows of a line speak of one point. \throws InputError
void check_row(const Row& row, const Row& first, const std::string& place) {
  if (row.key == first.key && row.shape == first.shape && row.found == first.found && row.value == first.value &&
      same_enclosure(row.value_within, first.value_within) && row.inertia == first.inertia) {
    return;
  }
  throw InputError(place + ": the rows of one case contradict each other");
}

}  // namespace

Json journal_identity(const std::vector<Statement>& statements, const RunOptions& options) {
  Json run;
  run["format"] = journal_format;
  run["version"] = tool_info().version;
  run["git"] = tool_info().git;
  run["statements"] = Json::array();
  for (const Statement& statement : statements) {
    Json one = {{"id", statement.id()}, {"sha256", sha256(statement.input())}};
    if (options.library != nullptr) one["landscape"] = sha256(landscape_of(statement, *options.library).input());
    run["statements"].push_back(std::move(one));
  }
  run["seed"] = options.seed;
  run["shapes"] = Json::array();
  for (const Shape& shape : options.shapes)
    run["shapes"].push_back(shape.to_json());
  run["samples"] = options.samples ? Json(*options.samples) : Json(nullptr);
  run["certificates"] = options.certificates != nullptr;
  if (options.shard) run["shard"] = {options.shard->number, options.shard->count};
  return run;
}

Json journal_header(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string line;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || !std::getline(in, line) || in.eof())
    throw InputError(path + ": cannot be read, or is not a journal of rankscape");
  const auto object = line.size() <= most_header ? unsealed("", line) : std::nullopt;
  if (!object) throw InputError(path + ": is not a journal of rankscape");
  Json header = parse_exact_json(*object, path);
  if (!header.is_object() || header.value("format", Json()) != journal_format)
    throw InputError(path + ": is not a " + journal_format);
  return header;
}

Journal::Journal(std::string path, const Json& run)
    : path_(std::move(path)), synced_(std::chrono::steady_clock::now()) {
  std::error_code error;
  if (const auto parent = std::filesystem::path(path_).parent_path(); !parent.empty())
    std::filesystem::create_directories(parent, error);  // where that fails, opening says why
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
  struct stat status {};
  if (::fstat(file_.number, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > most_bytes)
    throw InputError(path_ + ": is not a journal of rankscape");
  const std::string object = run.dump();
  header_ = sealed("", object);
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16U);
  ssize_t count = 0;
  while ((count = ::read(file_.number, buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  if (count < 0) throw InputError(path_ + ": the journal cannot be read: " + reason(errno));
  const std::size_t whole = text.rfind('\n') + 1;  // npos + 1 == 0: not even the header is complete
  if (whole == 0) {
    const std::string torn = text.substr(0, text.find_last_not_of('\0') + 1);
    if (!text.empty() && (torn.empty() || !header_.starts_with(torn) || text.size() > header_.size() + 1))
      throw InputError(path_ + ": is not a journal of rankscape");
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
    if (line == header_) continue;
    if (const auto own = unsealed("", line); own && same_run(parse_exact_json(*own, path_), run)) {
      header_ = line;  // asked for in other words
      continue;
    }
    const Json header = line.starts_with('{') ? parse_exact_json(line, path_) : Json();
    const Json format = header.is_object() ? header.value("format", Json()) : Json();
    if (!format.is_string() || !format.get<std::string>().starts_with("rankscape-journal/"))
      throw InputError(path_ + ": is not a journal of rankscape");
    for (const auto& [key, value] : run.items()) {
      if (key != asked && header.value(key, Json()) != value)
        throw InputError(path_ + ": the journal is of another run: " + key + " differs");
    }
    throw InputError(path_ + ": the first line of the journal is damaged");
  }
  if (whole < text.size() && ::ftruncate(file_.number, static_cast<off_t>(whole)) != 0) {
    throw InputError(path_ + ": the journal's torn last line cannot be dropped: " + reason(errno));
  }
  if (whole == 0) {
    write(header_ + '\n');
    sync();
  }
}

void Journal::read_line(const std::string& line, std::size_t number) {
  const std::string place = path_ + ":" + std::to_string(number);
  const auto object = unsealed(header_, line);
  if (!object) throw InputError(place + ": not a line of this journal, or damaged: its checksum is another");
  const Json json = parse_exact_json(*object, place);
  if (!json.is_object() || !json.contains("model") || !json["model"].is_string() || !json.contains("shape_key") ||
      !json["shape_key"].is_string() || !json.contains("rows") || !json["rows"].is_array() || json["rows"].empty()) {
    throw InputError(place + ": not a line of a journal");
  }
  const auto model = json["model"].get<std::string>();
  std::vector<Row> rows;
  for (const Json& row : json["rows"]) {
    rows.push_back(row_from_json(row, json["shape_key"].get<std::string>(), place));
    check_row(rows.back(), rows.front(), place);
  }
  const std::string name = model + '\n' + rows.front().key;
  if (!finished_.emplace(name, std::move(rows)).second)
    throw InputError(place + ": a case stands twice in the journal");
}

const std::vector<Row>* Journal::find(const std::string& model, const std::string& key) const {
  const auto found = finished_.find(model + '\n' + key);
  return found == finished_.end() ? nullptr : &found->second;
}

void Journals::add(std::unique_ptr<Journal> journal) {
  journals_.push_back(std::move(journal));
}

const std::vector<Row>* Journals::find(const std::string& model, const std::string& key) const {
  for (const auto& journal : journals_) {
    if (const auto* rows = journal->find(model, key)) return rows;
  }
  return nullptr;
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
  append(line);
  if (std::chrono::steady_clock::now() - synced_ >= sync_interval) sync();
}

void Journal::end(const std::vector<Summary>& /*summaries*/) {
  sync();
}

void Journal::append(const Json& line) {
  write(sealed(header_, line.dump()) + '\n');
}

void Journal::write(const std::string& text) {
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
