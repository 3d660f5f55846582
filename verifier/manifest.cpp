// A whole run: the manifest says which certificates there are, the files must be exactly those, and each is checked.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "verifier/reader.hpp"
#include "verifier/verify.hpp"

namespace verifier {

namespace {

namespace fs = std::filesystem;
using Counts = std::map<std::string, std::size_t>;

std::string read_file(const std::string& path, std::size_t most) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw Unreadable("no such file");
  const auto size = fs::file_size(path, error);
  if (error || size > most) throw Unreadable("limits: the file is too large");
  std::string bytes(size, '\0');
  if (!std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(size)))
    throw Unreadable("cannot be read");
  return bytes;
}

struct Statement {
  std::string sha256;
  std::size_t cases = 0;
  Counts scope;  // of each shape, if the manifest says it
  std::size_t found = 0;
  std::size_t points = 0;  // different ones
  Counts found_by_shape;
  Counts agrees;
};

class Run {
 public:
  explicit Run(std::string path) : path_(std::move(path)) {}

  void check(const std::function<void(std::size_t, std::size_t)>& progress) {
    const std::string text = read_file(path_ + "/manifest.json", most_manifest);
    sha256_ = sha256(text);
    const Json json = parse(text);
    if (!is_format(json, "rankscape-manifest/2")) throw Unreadable("not a rankscape-manifest/2");
    Object manifest({&json, "", &untaken_});
    for (const Field& field : manifest.take("statements").list()) read_statement(field);
    const auto list = manifest.take("certificates").list();
    const Field count = manifest.take("count");
    count.require(count.count(0, 1U << 30U) == list.size(), "not the length of the list");
    for (std::size_t k = 0; k < list.size(); ++k) {
      Object entry(list[k]);
      const std::string file = entry.take("file").text();
      try {
        check_entry(file, entry);
      } catch (const std::runtime_error& error) {
        problem(file, error.what());
      }
      progress(k + 1, list.size());
    }
    for (auto& [id, s] : statements_) {
      if (s.found != s.cases) wrong_count(id, "", s.cases, s.found);
      if (s.scope.empty()) continue;
      Counts shapes = s.scope;
      shapes.insert(s.found_by_shape.begin(), s.found_by_shape.end());
      for (const auto& [shape, unused] : shapes)
        if (s.scope[shape] != s.found_by_shape[shape])
          wrong_count(id, " of shape " + shape, s.scope[shape], s.found_by_shape[shape]);
    }
    for (const auto& item : fs::recursive_directory_iterator(path_)) {
      const std::string plain = item.path().lexically_relative(path_).generic_string();
      if (item.is_symlink()) {
        problem(plain, "a symbolic link");
      } else if (!item.is_directory() && plain != "manifest.json" && !files_.contains(plain)) {
        problem(plain, "superfluous: not in the manifest");
      }
    }
  }

  [[nodiscard]] DirectoryReport report() const {
    std::ostringstream out;
    out << "rankscape-verify: " << files_.size() << " certificates, " << verified_ << " verified, "
        << files_.size() - verified_ << " not; " << problem_count_ << " problems.\nmanifest: SHA-256 " << sha256_;
    for (const auto& [id, s] : statements_) {
      out << "\nstatement " << printable(id) << " (SHA-256 " << printable(s.sha256) << "): " << s.cases << " cases";
      if (s.points != s.found) out << " at " << s.points << " points";
      for (const auto& [answer, count] : s.agrees) out << ", agrees " << answer << ": " << count;
      print(out, "; by shape: ", s.found_by_shape);
    }
    print(out, "\nverdicts: ", verdicts_);
    print(out, "\nclaims checked: ", claims_);
    print(out,
          "\nnot checked: that the list of cases is the whole scope of a statement; that its hypotheses and the "
          "conditions\nof the cases hold at the points; and the fields ",
          unchecked_);
    out << "\n";
    return {problem_count_ > 0 ? Outcome::rejected : Outcome::verified, problems_, out.str()};
  }

 private:
  static void print(std::ostream& out, const char* title, const Counts& counts) {
    const char* before = title;
    for (const auto& [name, count] : counts)
      out << std::exchange(before, ", ") << printable(name) << " (" << count << ")";
  }

  void problem(const std::string& file, const std::string& what) {
    if (++problem_count_ <= 100) problems_.push_back(file + ": " + what);
  }
  void wrong_count(const std::string& id, const std::string& where, std::size_t cases, std::size_t found) {
    problem("manifest.json", "statement " + id + " has " + std::to_string(cases) + " cases" + where + ", but " +
                                 std::to_string(found) + " certificates");
  }

  void read_statement(const Field& field) {
    Object object(field);
    Statement statement;
    statement.sha256 = object.take("sha256").text();
    statement.cases = object.take("cases").count(0, 1U << 30U);
    field.require(sha256(object.take("text").text()) == statement.sha256, "the text does not have this SHA-256");
    if (const auto scope = object.find("scope")) {
      std::size_t sum = 0;
      for (const Field& item : scope->list()) {
        Object part(item);
        const std::size_t cases = part.take("cases").count(0, 1U << 30U);
        sum += cases;
        item.require(statement.scope.emplace(part.take("shape").text(), cases).second, "the shape stands twice");
      }
      field.require(sum == statement.cases, "the scope does not add up to the cases");
    }
    field.require(statements_.emplace(object.take("id").text(), statement).second, "the statement stands twice");
  }

  void check_entry(const std::string& file, Object& entry) {
    const fs::path relative(file);
    if (relative.empty() || relative.is_absolute() || relative.lexically_normal() != relative ||
        *relative.begin() == "..")
      throw Rejected("not a plain path below the directory");
    if (!files_.insert(file).second) throw Rejected("listed twice");
    fs::path walked(path_);
    for (const fs::path& part : relative)
      if (fs::is_symlink(walked /= part)) throw Rejected("a symbolic link");
    const std::string text = read_file(path_ + "/" + file, most_bytes);
    if (sha256(text) != entry.take("sha256").text()) throw Rejected("modified: its SHA-256 is not the manifest's");
    const Report report = verify_certificate(text);
    if (report.outcome != Outcome::verified) throw Rejected(report.reason);
    if (report.key != entry.take("key").text() || report.verdict != entry.take("verdict").text())
      throw Rejected("key or verdict differ from the manifest");
    const auto first_there = files_of_points_.emplace(report.point, file).first->second;
    const auto same = entry.find("same_point_as");
    const bool declared = same.has_value();
    if (same) same->require(same->text() == first_there && first_there != file, "not the first file with this point");
    if (report.statements.empty()) check_once("", report, declared);
    for (const auto& reference : report.statements) {
      const auto found = statements_.find(reference.id);
      if (found == statements_.end() || found->second.sha256 != reference.sha256)
        throw Rejected("the statement " + reference.id + " is not in the manifest");
      if (check_once(reference.id, report, declared)) ++found->second.points;
      ++found->second.found;
      ++found->second.found_by_shape[report.shape];
      ++found->second.agrees[reference.agrees];
    }
    ++verified_;
    ++verdicts_[report.verdict];
    for (const std::string& claim : report.verified) ++claims_[claim];
    for (std::string place : report.not_verified) {
      std::replace_if(
          place.begin(), place.end(), [](char c) { return c >= '0' && c <= '9'; }, '*');
      if (place.find("only against a manifest") == std::string::npos) ++unchecked_[place];
    }
  }

  // No case is given to a statement twice, and no point unless the manifest says so: is it a new one?
  bool check_once(const std::string& id, const Report& report, bool declared) {
    if (!keys_.insert(Json({id, report.landscape, report.key}).dump()).second)
      throw Rejected("the case \"" + report.key + "\" is certified twice");
    const auto [first, is_new] = points_.emplace(std::pair(id, report.point), report.key);
    if (!is_new && !declared) throw Rejected("the same point as that of the case \"" + first->second + "\"");
    return is_new;
  }

  std::string path_;
  std::string sha256_;
  Texts untaken_;
  std::map<std::string, Statement> statements_;
  std::set<std::string> files_;
  std::set<std::string> keys_;
  std::map<std::pair<std::string, std::string>, std::string> points_;  // of a statement, with the case
  std::map<std::string, std::string> files_of_points_;                 // the first file of each
  Counts verdicts_;
  Counts claims_;
  Counts unchecked_;
  std::size_t verified_ = 0;
  std::size_t problem_count_ = 0;
  std::vector<std::string> problems_;
};

}  // namespace

Report verify_file(const std::string& path) {
  try {
    return verify_certificate(read_file(path, most_bytes));
  } catch (const Unreadable& error) {
    Report report;
    report.reason = error.what();
    return report;
  }
}

DirectoryReport verify_directory(const std::string& path,
                                 const std::function<void(std::size_t, std::size_t)>& progress) {
  Run run(path);
  try {
    run.check(progress);
    return run.report();
  } catch (const Rejected& error) {
    return {Outcome::rejected, {std::string("manifest.json: ") + error.what()}, {}};
  } catch (const std::runtime_error& error) {  // Unreadable, or the file system
    return {Outcome::unreadable, {std::string("manifest.json: ") + error.what()}, {}};
  }
}

}  // namespace verifier
