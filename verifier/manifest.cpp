// A whole run: the manifest says which certificates there are, the files must be exactly those, and each is checked.
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "verifier/reader.hpp"
#include "verifier/sha256.hpp"
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
  std::size_t found = 0;
  Counts agrees;
};

class Run {
 public:
  explicit Run(std::string path) : path_(std::move(path)) {}

  void check(const std::function<void(std::size_t, std::size_t)>& progress) {
    const std::string text = read_file(path_ + "/manifest.json", most_manifest);
    sha256_ = sha256(text);
    const Json json = parse(text, "rankscape-manifest/1");
    Object manifest({&json, ""}, untaken_);
    for (const Field& field : manifest.take("statements").list()) {
      Object object(field, untaken_);
      const std::string hash = object.take("sha256").text();
      const Statement statement{hash, object.take("cases").integer(0, 1U << 30U), 0, {}};
      field.require(sha256(object.take("text").text()) == hash, "the text does not have this SHA-256");
      field.require(statements_.emplace(object.take("id").text(), statement).second, "the statement stands twice");
    }
    const auto list = manifest.take("certificates").list();
    const Field count = manifest.take("count");
    count.require(count.integer(0, 1U << 30U) == list.size(), "not the length of the list");
    for (std::size_t k = 0; k < list.size(); ++k) {
      Object entry(list[k], untaken_);
      const std::string file = entry.take("file").text();
      try {
        check_entry(file, entry);
      } catch (const std::runtime_error& error) {
        problem(file, error.what());
      }
      progress(k + 1, list.size());
    }
    for (const auto& [id, s] : statements_) {
      if (s.found != s.cases)
        problem("manifest.json", "statement " + id + " has " + std::to_string(s.cases) + " cases, but " +
                                     std::to_string(s.found) + " certificates");
    }
    for (const auto& item : fs::recursive_directory_iterator(path_)) {
      const std::string name = fs::relative(item.path(), path_).generic_string();
      if (!item.is_directory() && name != "manifest.json" && !files_.contains(name))
        problem(name, "superfluous: not in the manifest");
    }
  }

  [[nodiscard]] DirectoryReport report() const {
    std::ostringstream out;
    out << "rankscape-verify: " << files_.size() << " certificates, " << verified_ << " verified, "
        << files_.size() - verified_ << " not; " << problem_count_ << " problems.\nmanifest: SHA-256 " << sha256_;
    for (const auto& [id, s] : statements_) {
      out << "\nstatement " << id << " (SHA-256 " << s.sha256 << "): " << s.cases << " cases";
      for (const auto& [answer, count] : s.agrees) out << ", agrees " << answer << ": " << count;
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
    for (const auto& [name, count] : counts) out << std::exchange(before, ", ") << name << " (" << count << ")";
  }

  void problem(const std::string& file, const std::string& what) {
    if (++problem_count_ <= 100) problems_.push_back(file + ": " + what);
  }

  void check_entry(const std::string& file, Object& entry) {
    const fs::path relative(file);
    if (relative.is_absolute() || relative.lexically_normal() != relative || file.starts_with(".."))
      throw Rejected("not a plain path below the directory");
    if (!files_.insert(file).second) throw Rejected("listed twice");
    const std::string text = read_file(path_ + "/" + file, most_bytes);
    if (sha256(text) != entry.take("sha256").text()) throw Rejected("modified: its SHA-256 is not the manifest's");
    const Report report = verify_certificate(text);
    if (report.outcome != Outcome::verified) throw Rejected(report.reason);
    if (!keys_.insert(report.model + "\n" + report.key).second)
      throw Rejected("the case \"" + report.key + "\" is certified twice");
    if (report.key != entry.take("key").text() || report.verdict != entry.take("verdict").text())
      throw Rejected("key or verdict differ from the manifest");
    for (const auto& reference : report.statements) {
      const auto found = statements_.find(reference.id);
      if (found == statements_.end() || found->second.sha256 != reference.sha256)
        throw Rejected("the statement " + reference.id + " is not in the manifest");
      ++found->second.found;
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

  std::string path_;
  std::string sha256_;
  std::vector<std::string> untaken_;
  std::map<std::string, Statement> statements_;
  std::set<std::string> files_;
  std::set<std::string> keys_;
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
