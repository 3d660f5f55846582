// The journal is an append-only file: a header line that names the run, then one line a case. Lines are written with
// one call each and synced in batches; after a crash at most the last line is torn, and it is dropped. Nothing is
// changed in a file before all of it was understood; what is understood when it is opened are its checksums and the
// order of its lines, their content when the run asks for it.
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

#include "journal/reading.hpp"

namespace rankscape {

namespace {

constexpr std::chrono::milliseconds sync_interval{500};

constexpr std::string_view before_sum = ",\"sum\":\"";
constexpr std::size_t sum_digits = 16;
constexpr const char* asked = "asked";
constexpr const char* of_shard = "shard";
constexpr std::size_t most_header = std::size_t{1} << 24U;
// No run is gone on with so often: whoever shuffles lines is not to cost the memory that their order saves.
constexpr std::size_t most_pieces = 10000;
constexpr std::size_t read_at_once = std::size_t{1} << 18U;
const std::string journal_format = "rankscape-journal/4";

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
std::optional<std::string> unsealed(const std::string& header, std::string_view line) {
  const std::size_t ending = before_sum.size() + sum_digits + 2;
  if (line.size() <= ending) return std::nullopt;
  const std::string object = std::string(line.substr(0, line.size() - ending)) + "}";
  return sealed(header, object) == line ? std::optional(object) : std::nullopt;
}

// The same but for the words in which it was asked for.
bool same_run(Json a, Json b) {
  if (!a.is_object()) return false;
  a.erase(asked);
  b.erase(asked);
  return a == b;
}

// What of a run is in its journal, in the words of the command line.
std::string part_of(const Json& run) {
  const Json shard = run.value(of_shard, Json());
  if (!shard.is_array() || shard.size() != 2) return "a run without --shard";
  return "the run with --shard " + shard[0].dump() + "/" + shard[1].dump();
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
  if (options.shard) run[of_shard] = {options.shard->number, options.shard->count};
  return run;
}

Json journal_header(const std::string& path) {
  std::error_code error;
  std::ifstream in(path, std::ios::binary);
  if (!std::filesystem::is_regular_file(path, error) || !in)
    throw InputError(path + ": cannot be read, or is not a journal of rankscape");
  std::string line;
  for (char c = 0; line.size() < most_header && in.get(c) && c != '\n';)
    line += c;
  const auto object = unsealed("", line);
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
  if (::fstat(file_.number, &status) != 0 || !S_ISREG(status.st_mode))
    throw InputError(path_ + ": is not a journal of rankscape");
  size_ = static_cast<std::uint64_t>(status.st_size);
  header_ = sealed("", run.dump());
  journal::Lines lines(file_.number, path_, 0, size_, read_at_once);
  const auto first = lines.next();
  if (!first) {  // not even the header is complete
    load_beginning();
    return;
  }
  load_header(std::string(*first), run);
  whole_ = lines.position();
  std::uint64_t last = 0;
  for (std::size_t number = 2; const auto line = lines.next(); ++number) {
    const std::string place = path_ + ":" + std::to_string(number);
    if (!unsealed(header_, *line))
      throw InputError(place + ": not a line of this journal, or damaged: its checksum is another");
    const auto at = journal::case_of(*line);
    if (!at) throw InputError(place + ": not a line of a journal");
    if (pieces_.empty() || *at <= last) {
      if (pieces_.size() == most_pieces)
        throw InputError(place + ": the lines are not in the order in which a run writes them");
      pieces_.push_back({whole_, whole_, file_.number, &path_, 0});
    }
    last = *at;
    whole_ = pieces_.back().end = lines.position();
  }
}

// \throws InputError  it is none of this run's header
void Journal::load_beginning() const {
  std::string text(std::min<std::size_t>(size_, header_.size() + 2), '\0');
  std::size_t read = 0;
  while (read < text.size()) {
    const ssize_t count = ::pread(file_.number, text.data() + read, text.size() - read, static_cast<off_t>(read));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw InputError(path_ + ": the journal cannot be read: " + reason(errno));
    read += static_cast<std::size_t>(count);
  }
  const std::string torn = text.substr(0, text.find_last_not_of('\0') + 1);
  if (!text.empty() && (torn.empty() || !header_.starts_with(torn) || text.size() > header_.size() + 1))
    throw InputError(path_ + ": is not a journal of rankscape");
}

void Journal::load_header(const std::string& line, const Json& run) {
  if (line == header_) return;
  const auto own = unsealed("", line);
  if (own && same_run(parse_exact_json(*own, path_), run)) {
    header_ = line;  // asked for in other words
    return;
  }
  const Json header = line.starts_with('{') ? parse_exact_json(line, path_) : Json();
  const Json format = header.is_object() ? header.value("format", Json()) : Json();
  if (!format.is_string() || !format.get<std::string>().starts_with("rankscape-journal/"))
    throw InputError(path_ + ": is not a journal of rankscape");
  for (const auto& [key, value] : run.items()) {
    if (key != asked && key != of_shard && header.value(key, Json()) != value)
      throw InputError(path_ + ": the journal is of another run: " + key + " differs");
  }
  if (!own) throw InputError(path_ + ": the first line of the journal is damaged");
  throw InputError(path_ + ": the journal is of " + part_of(header) + ", and not of " + part_of(run));
}

std::unique_ptr<FinishedCases::Reading> Journal::read() const {
  return std::make_unique<journal::Reading>(pieces_);
}

std::vector<Row> Journal::rows(const KeptCase& kept, const std::string& model, const std::string& key) const {
  const std::string& place = kept.place;
  const auto object = unsealed(header_, kept.text);
  if (!object) throw InputError(place + ": the journal changed while it was read");
  const Json json = parse_exact_json(*object, place);
  if (!json.is_object() || !json.contains("model") || !json["model"].is_string() || !json.contains("shape_key") ||
      !json["shape_key"].is_string() || !json.contains("rows") || !json["rows"].is_array() || json["rows"].empty()) {
    throw InputError(place + ": not a line of a journal");
  }
  std::vector<Row> rows;
  rows.reserve(json["rows"].size());
  for (const Json& row : json["rows"]) {
    rows.push_back(row_from_json(row, json["shape_key"].get<std::string>(), place));
    check_row(rows.back(), rows.front(), place);
  }
  if (json["model"].get<std::string>() != model || rows.front().key != key)
    throw InputError(place + ": is another case in this run: " + key + " of " + model);
  return rows;
}

void Journals::add(std::unique_ptr<Journal> journal) {
  journals_.push_back(std::move(journal));
}

std::unique_ptr<FinishedCases::Reading> Journals::read() const {
  std::vector<journal::Piece> all;
  for (std::size_t source = 0; source < journals_.size(); ++source) {
    for (journal::Piece piece : journals_[source]->pieces_) {
      piece.source = source;
      all.push_back(piece);
    }
  }
  return std::make_unique<journal::Reading>(all);
}

std::vector<Row> Journals::rows(const KeptCase& kept, const std::string& model, const std::string& key) const {
  return journals_.at(kept.source)->rows(kept, model, key);
}

void Journal::begin(const RunPlan& plan) {
  landscapes_ = plan.landscapes;
  if (whole_ < size_ && ::ftruncate(file_.number, static_cast<off_t>(whole_)) != 0) {
    throw InputError(path_ + ": the journal's torn last line cannot be dropped: " + reason(errno));
  }
  if (whole_ == 0) {
    write(header_ + '\n');
    sync();
  }
}

void Journal::case_begins(std::uint64_t number, bool taken) {
  number_ = number;
  taken_ = taken;
}

void Journal::row(std::size_t statement, const Row& row) {
  if (!taken_) pending_.emplace_back(statement, row);
}

void Journal::case_finished() {
  const auto pending = std::exchange(pending_, {});
  if (pending.empty()) return;
  const auto& [statement, first] = pending.front();
  if (first.found == Verdict::undecided) return;
  const std::string& shape_key = landscapes_[statement]->shape_key();
  Json line;
  line["case"] = number_;  // first, so that it is found without reading the rest
  line["model"] = landscapes_[statement]->id();
  line["shape_key"] = shape_key;
  line["rows"] = Json::array();
  for (const auto& [which, row] : pending)
    line["rows"].push_back(row_to_json(row, shape_key));
  write(sealed(header_, line.dump()) + '\n');
  if (std::chrono::steady_clock::now() - synced_ >= sync_interval) sync();
}

void Journal::end(const std::vector<Summary>& /*summaries*/) {
  sync();
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
