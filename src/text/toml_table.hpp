#pragma once
// Reading a TOML table strictly: every key is known, every value of its type, every complaint has a place.

#include "text/toml_source.hpp"

#include <toml++/toml.h>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rankscape::text {

// The file as a whole: where complaints come from.
class TomlFile {
 public:
  TomlFile(std::string_view text, std::string filename);

  [[nodiscard]] const toml::table& root() const { return root_; }
  // Throws InputError.
  [[noreturn]] void fail(Place place, const std::string& message) const;
  [[noreturn]] void fail(const toml::node& node, const std::string& message) const { fail(place_of(node), message); }

  [[nodiscard]] static Place place_of(const toml::source_region& region);
  [[nodiscard]] static Place place_of(const toml::node& node) { return place_of(node.source()); }

  // The string that a node must be.
  [[nodiscard]] PlacedText text(const toml::node& node, const std::string& what) const;
  [[nodiscard]] PlacedText text(const toml::key& key) const;
  // One that is printed on one line: not empty, no control characters.
  [[nodiscard]] std::string line(const toml::node& node, const std::string& what) const;
  [[nodiscard]] std::vector<std::string> lines(const toml::node& node, const std::string& what) const;
  [[nodiscard]] long integer(const toml::node& node, const std::string& what, long least, long most) const;
  [[nodiscard]] const toml::table& table(const toml::node& node, const std::string& what) const;
  // [[what]], or nothing.
  [[nodiscard]] std::vector<const toml::table*> tables(const std::string& what) const;

  // Complains of keys that are not among those known.
  void check_keys(const toml::table& table, const std::vector<std::string>& known, const std::string& where) const;
  // \return the value; complains when it is missing
  [[nodiscard]] const toml::node& required(const toml::table& table, const std::string& key,
                                           const std::string& where) const;

  // Keys and values in the order of the file (toml++ sorts them by name).
  struct Entry {
    const toml::key* key;
    const toml::node* value;
  };
  [[nodiscard]] static std::vector<Entry> in_order(const toml::table& table);

 private:
  std::string filename_;
  TomlSource source_;
  toml::table root_;
};

}  // namespace rankscape::text
