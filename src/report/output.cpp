// A file appears under its name only when it is complete: written next to its place, synced, renamed. Where the name
// ends in .gz it is compressed on the way.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>
#include <system_error>

#include "text/gzip.hpp"

namespace rankscape {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw InputError(path + ": cannot be written: " + reason);
}

[[noreturn]] void refuse(const std::string& path, int error) {
  refuse(path, std::generic_category().message(error));
}

// With the rights that writing will have (access() asks for those of the user who started a set-uid program).
bool may_write(const fs::path& file) {
  return ::faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) == 0;
}

enum class Way { replace, directly };

struct Target {
  fs::path file;  // links resolved
  Way way = Way::replace;
};

Target resolve(const std::string& path) {
  if (path.empty()) refuse("\"\"", "the name is empty");
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    // A link to nothing would be replaced by the rename; that is not what its owner meant.
    if (fs::is_symlink(fs::symlink_status(path, error))) refuse(path, "it is a symbolic link to a missing file");
    if (const fs::path parent = fs::path(path).parent_path(); !parent.empty() && !fs::exists(parent, error)) {
      fs::create_directories(parent, error);
      if (error) refuse(path, error.message());
    }
    return {path, Way::replace};
  }
  if (fs::is_directory(status)) refuse(path, EISDIR);
  const fs::path file = fs::canonical(path, error);
  if (error) refuse(path, error.message());
  if (!fs::is_regular_file(status)) return {file, Way::directly};
  // The rename needs only the directory's permission, but a file that its owner made read-only is to stay as it is.
  if (!may_write(file)) refuse(path, errno);
  return {file, Way::replace};
}

// A new file in the target's directory, removed unless it was renamed to the target.
class Temporary {
 public:
  Temporary(std::string path, fs::path target) : path_(std::move(path)), target_(std::move(target)) {
    static std::atomic<unsigned> count = 0;
    do {
      file_ = target_.parent_path() / ("." + target_.filename().string().substr(0, 200) + "." +
                                       std::to_string(::getpid()) + "." + std::to_string(++count) + ".tmp");
      descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) refuse(path_, errno);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  Temporary(Temporary&&) = delete;
  Temporary& operator=(Temporary&&) = delete;
  ~Temporary() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(file_.c_str());
  }

  [[nodiscard]] const fs::path& file() const { return file_; }

  void become_target() {
    if (::fsync(descriptor_) != 0) refuse(path_, errno);
    struct stat existing {};
    if (::stat(target_.c_str(), &existing) == 0) ::fchmod(descriptor_, existing.st_mode & 07777U);
    if (::rename(file_.c_str(), target_.c_str()) != 0) refuse(path_, errno);
    renamed_ = true;
    // The new name itself reaches the disk with the directory. Some file systems cannot sync one; the file is complete.
    const fs::path parent = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    const int directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
      ::fsync(directory);
      ::close(directory);
    }
  }

 private:
  std::string path_;
  fs::path target_;
  fs::path file_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

void fill(const std::string& path, const fs::path& file, const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream out(file, std::ios::binary);
  if (!out) refuse(path, errno);
  if (text::named_gzip(path)) {
    text::GzipBuffer compressed(*out.rdbuf());
    std::ostream text(&compressed);
    write(text);
    if (!text || !compressed.finish()) refuse(path, errno != 0 ? errno : EIO);
  } else {
    write(out);
  }
  out.close();
  if (!out) refuse(path, errno != 0 ? errno : EIO);
}

}  // namespace

void check_writable(const std::string& path) {
  if (path == "-") return;
  const Target target = resolve(path);
  if (target.way == Way::replace) {
    const Temporary probe(path, target.file);
  } else if (!may_write(target.file)) {
    refuse(path, errno);
  }
}

void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (path == "-") {
    write(std::cout);
    if (!std::cout.flush()) refuse("standard output", "writing failed");
    return;
  }
  const Target target = resolve(path);
  if (target.way == Way::directly) {
    fill(path, target.file, write);
    return;
  }
  Temporary temporary(path, target.file);
  fill(path, temporary.file(), write);
  temporary.become_target();
}

}  // namespace rankscape
