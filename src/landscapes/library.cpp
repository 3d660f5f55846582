// Landscapes by id or by path, read once.
#include <rankscape/landscape.hpp>

#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <dlfcn.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>
#include <system_error>

namespace rankscape {

namespace {

namespace fs = std::filesystem;

bool is_path(std::string_view name) {
  return name.ends_with(".toml");
}

// The shared library that this is part of, as in the Python module; empty in a program.
fs::path shared_library() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&installed_landscapes), &info) == 0 || info.dli_fname == nullptr)
    return {};
  const fs::path file(info.dli_fname);
  return file.extension() == ".so" ? fs::absolute(file) : fs::path();
}

}  // namespace

std::filesystem::path installed_landscapes() {
  std::error_code error;
  const std::vector<const char*> of_a_program{"../share/rankscape/landscapes", "../landscapes"};
  const std::vector<const char*> of_a_module{"../../../../share/rankscape/landscapes", "../../../landscapes"};
  static const fs::path module = shared_library();  // before anybody changes the working directory
  const fs::path holder = module.empty() ? fs::read_symlink("/proc/self/exe", error) : module;
  if (!error) {
    for (const char* beside : module.empty() ? of_a_program : of_a_module) {
      fs::path folder = (holder.parent_path() / beside).lexically_normal();
      if (fs::is_directory(folder, error)) return folder;
    }
  }
  return RANKSCAPE_LANDSCAPES;
}

struct Library::State {
  std::vector<fs::path> folders;
  AdviserLookup advisers = nullptr;
  mutable std::mutex mutex;
  mutable std::map<std::string, std::shared_ptr<const Landscape>> read;  // by path

  const Landscape* at_path(const fs::path& path) const {
    const std::string key = path.lexically_normal().string();
    const std::lock_guard lock(mutex);
    auto& entry = read[key];
    if (!entry) entry = Landscape::read(path, advisers);
    return entry.get();
  }
};

Library::Library(std::vector<fs::path> folders, AdviserLookup advisers) : state_(std::make_unique<State>()) {
  state_->folders = std::move(folders);
  state_->advisers = advisers;
}

Library::~Library() = default;

const Landscape* Library::find(std::string_view name, const fs::path& beside) const {
  if (is_path(name)) {
    const fs::path path(name);
    std::error_code error;
    if (!beside.empty() && path.is_relative() && fs::exists(beside / path, error))
      return state_->at_path(beside / path);
    return state_->at_path(path);
  }
  // an id is the name of its file
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!plain) return nullptr;
  for (auto folder = state_->folders.rbegin(); folder != state_->folders.rend(); ++folder) {
    const fs::path path = *folder / (std::string(name) + ".toml");
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    const Landscape* landscape = state_->at_path(path);
    if (landscape->id() != name) {
      throw InputError(
          fmt::format("{}: the id is '{}', expected '{}', the file's name", path.string(), landscape->id(), name));
    }
    return landscape;
  }
  return nullptr;
}

const Landscape& Library::at(std::string_view name, const fs::path& beside) const {
  if (const Landscape* landscape = find(name, beside)) return *landscape;
  const std::vector<std::string> known = ids();
  throw InputError(
      fmt::format("no landscape {}{}; see rankscape list", text::quote(name), text::suggestion(name, known)));
}

std::vector<std::string> Library::ids() const {
  std::vector<std::string> all;
  for (const fs::path& folder : state_->folders) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      if (entry->path().extension() == ".toml") all.push_back(entry->path().stem().string());
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Library::Located Library::point(const Json& json, const fs::path& beside) const {
  Located located;
  if (json.is_object() && json.contains("loss")) {
    located.inline_landscape = Landscape::of_point(json);
    located.landscape = located.inline_landscape.get();
  } else {
    if (!json.is_object()) throw InputError("/: expected an object with format, model, data and weights");
    if (!json.contains("model")) throw InputError("/model: missing (or \"loss\")");
    if (!json.at("model").is_string()) throw InputError("/model: expected a string");
    const std::string name = json.at("model").get<std::string>();
    located.landscape = find(name, beside);
    if (located.landscape == nullptr)
      throw InputError(fmt::format("/model: no landscape {}{}; see rankscape list", text::quote(name),
                                   text::suggestion(name, ids())));
  }
  located.point = located.landscape->point(json);
  return located;
}

}  // namespace rankscape
