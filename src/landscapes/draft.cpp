// The keys and types of a landscape file.
#include "landscapes/draft.hpp"

#include "text/toml_table.hpp"
#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

using text::quote;
using text::TomlFile;

constexpr std::size_t most_entries = 1000;  // of a table
constexpr std::size_t most_families = 100;
constexpr long largest_size = 10'000;

class Drafter {
 public:
  Drafter(std::string_view text, const std::string& filename)
      // toml++ passes over a byte order mark without counting it
      : file_(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, filename) {
    draft_.filename = filename;
    draft_.input = text;
  }

  Draft read() {
    const toml::table& root = file_.root();
    file_.check_keys(root,
                     {"format", "id", "title", "source", "note", "loss", "adviser", "columns", "sizes", "data",
                      "weights", "constraints", "domain", "define", "symmetry", "bound", "family"},
                     "the landscape");
    read_head(root);
    if (const toml::node* node = root.get("sizes")) read_sizes(file_.table(*node, "[sizes]"));
    draft_.data = entries(root, "data", "a type", {"is", "means", "latex", "default"});
    draft_.weights = entries(root, "weights", "a type", {"is", "means", "latex"});
    if (draft_.weights.empty()) file_.fail({1, 1}, "found no weight under [weights], expected at least one");
    draft_.constraints = entries(root, "constraints", "an equation", {"is", "means", "latex"});
    draft_.domain = entries(root, "domain", "a condition", {"is", "means", "latex"});
    draft_.define = entries(root, "define", "a formula", {"is", "means", "latex"});
    for (const toml::table* table : file_.tables("symmetry"))
      read_symmetry(*table);
    for (const toml::table* table : file_.tables("bound"))
      read_bound(*table);
    const auto families = file_.tables("family");
    if (families.size() > most_families) {
      file_.fail({1, 1}, fmt::format("found {} families, expected at most {}", families.size(), most_families));
    }
    for (const toml::table* table : families)
      read_family(*table);
    return std::move(draft_);
  }

 private:
  void read_head(const toml::table& root);
  void read_sizes(const toml::table& table);
  void read_symmetry(const toml::table& table);
  void read_bound(const toml::table& table);
  void read_family(const toml::table& table);
  void read_examples(const toml::node& node);
  Shape shape(const toml::node& node) const;

  [[nodiscard]] PlacedText formula(const toml::node& node, const std::string& what) const {
    PlacedText placed = file_.text(node, what);
    if (placed.text.empty()) file_.fail(node, "found an empty string, expected " + what);
    return placed;
  }
  [[nodiscard]] std::optional<PlacedText> optional(const toml::table& table, const char* key,
                                                   const std::string& what) const {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::nullopt : std::optional(formula(*node, what));
  }
  [[nodiscard]] std::vector<DraftEntry> entries(const toml::table& parent, const std::string& name,
                                                const std::string& what, const std::vector<std::string>& known) const;

  TomlFile file_;
  Draft draft_;
};

std::vector<DraftEntry> Drafter::entries(const toml::table& parent, const std::string& name, const std::string& what,
                                         const std::vector<std::string>& known) const {
  std::vector<DraftEntry> all;
  const toml::node* node = parent.get(name);
  if (node == nullptr) return all;
  for (const TomlFile::Entry& entry : TomlFile::in_order(file_.table(*node, "'" + name + "'"))) {
    DraftEntry draft;
    draft.key = file_.text(*entry.key);
    if (draft.key.text.empty()) file_.fail(draft.key.places.front(), "found an empty key, expected a name");
    if (const auto* table = entry.value->as_table()) {
      const std::string where = quote(draft.key.text);
      file_.check_keys(*table, known, where);
      draft.is = formula(file_.required(*table, "is", where), what);
      if (const toml::node* means = table->get("means")) draft.means = file_.line(*means, "a description");
      if (const toml::node* latex = table->get("latex")) draft.latex = file_.line(*latex, "LaTeX");
      draft.fallback = optional(*table, "default", "a formula");
    } else {
      draft.is = formula(*entry.value, what);
    }
    all.push_back(std::move(draft));
  }
  if (all.size() > most_entries) {
    file_.fail(*node, fmt::format("found {} entries, expected at most {}", all.size(), most_entries));
  }
  return all;
}

void Drafter::read_head(const toml::table& root) {
  const toml::node& format = file_.required(root, "format", "the landscape");
  const std::string found = file_.line(format, "the format");
  if (found != "rankscape-landscape/1") {
    file_.fail(format, fmt::format("found the format {}, expected 'rankscape-landscape/1'", quote(found)));
  }
  const toml::node& id = file_.required(root, "id", "the landscape");
  const PlacedText id_text = file_.text(id, "an id");
  if (id_text.text.empty()) file_.fail(id, "found an empty id, expected lower-case letters, digits and '-'");
  for (std::size_t k = 0; k < id_text.text.size(); ++k) {
    const char c = id_text.text[k];
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
      file_.fail(id_text.places[k], fmt::format("found {} in the id, expected lower-case letters, digits and '-'",
                                                text::found_at(id_text.text, k)));
    }
  }
  if (id_text.text.size() > 100) file_.fail(id, "found an id of more than 100 characters, expected a shorter one");
  draft_.id = id_text.text;
  draft_.title = file_.line(file_.required(root, "title", "the landscape"), "a title");
  draft_.source = file_.line(file_.required(root, "source", "the landscape"), "a source");
  if (const toml::node* note = root.get("note")) draft_.note = file_.text(*note, "a note").text;
  draft_.loss = formula(file_.required(root, "loss", "the landscape"), "a formula");
  draft_.adviser = optional(root, "adviser", "the name of an adviser");
  if (const toml::node* columns = root.get("columns")) {
    const auto* array = columns->as_array();
    if (array == nullptr) file_.fail(*columns, "found something else, expected an array of names of features");
    for (const toml::node& item : *array)
      draft_.columns.push_back(formula(item, "the name of a feature"));
  }
}

void Drafter::read_sizes(const toml::table& table) {
  bool found = false;
  for (const TomlFile::Entry& entry : TomlFile::in_order(table)) {
    const PlacedText key = file_.text(*entry.key);
    if (key.text == "free") {
      draft_.free = formula(*entry.value, "names of sizes");
    } else if (key.text == "require") {
      draft_.require = formula(*entry.value, "a condition");
    } else if (key.text == "examples") {
      read_examples(*entry.value);
    } else if (found) {
      file_.fail(key.places.front(),
                 fmt::format("found the unknown key {} in [sizes], expected free, require, examples, besides '{}'",
                             quote(key.text), draft_.shape_key));
    } else {
      for (const char c : key.text) {
        if ((c < 'a' || c > 'z') && c != '_') {
          file_.fail(
              key.places.front(),
              fmt::format("found the key {} in [sizes], expected a word such as sizes or widths", quote(key.text)));
        }
      }
      for (const char* taken : {"positions", "data", "samples"}) {
        if (key.text == taken) {
          file_.fail(key.places.front(),
                     fmt::format("found the key {}, which [scope] has taken, expected another word", quote(key.text)));
        }
      }
      found = true;
      draft_.shape_key = key.text;
      draft_.sizes = formula(*entry.value, "sizes such as \"n, k\" or \"d(0..H)\"");
    }
  }
  if (!found && (draft_.require || !draft_.examples.empty())) {
    file_.fail(table, "found no sizes in [sizes], expected a line such as sizes = \"n, k\"");
  }
}

Shape Drafter::shape(const toml::node& node) const {
  const std::string wanted = "expected a shape such as [2, 1] or [[3, 2], [1]]";
  const auto* array = node.as_array();
  if (array == nullptr) file_.fail(node, "found something else, " + wanted);
  if (array->size() > 64) file_.fail(node, "found more than 64 sizes, " + wanted);
  std::vector<Shape::Item> items;
  for (const toml::node& item : *array) {
    const auto* list = item.as_array();
    if (list == nullptr) {
      items.emplace_back(file_.integer(item, "a size", 0, largest_size));
      continue;
    }
    if (list->size() > 64) file_.fail(item, "found more than 64 sizes, " + wanted);
    std::vector<long> numbers;
    for (const toml::node& number : *list)
      numbers.push_back(file_.integer(number, "a size", 0, largest_size));
    items.emplace_back(std::move(numbers));
  }
  return Shape(std::move(items));
}

void Drafter::read_examples(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) file_.fail(node, "found something else, expected an array of shapes such as [[1, 1], [2, 1]]");
  for (const toml::node& item : *array)
    draft_.examples.emplace_back(TomlFile::place_of(item), shape(item));
}

void Drafter::read_symmetry(const toml::table& table) {
  file_.check_keys(table, {"name", "over", "moves", "where"}, "[[symmetry]]");
  DraftSymmetry symmetry;
  symmetry.place = TomlFile::place_of(table);
  symmetry.name = file_.line(file_.required(table, "name", "this [[symmetry]]"), "a name");
  static_cast<void>(file_.required(table, "over", "this [[symmetry]]"));
  static_cast<void>(file_.required(table, "moves", "this [[symmetry]]"));
  symmetry.over = entries(table, "over", "a type", {"is", "means", "latex"});
  symmetry.moves = entries(table, "moves", "a formula", {"is", "means", "latex"});
  symmetry.where = optional(table, "where", "a condition");
  draft_.symmetries.push_back(std::move(symmetry));
}

void Drafter::read_bound(const toml::table& table) {
  file_.check_keys(table, {"kind", "in", "rank"}, "[[bound]]");
  draft_.bounds.push_back({formula(file_.required(table, "kind", "this [[bound]]"), "convex, gram or nuclear"),
                           formula(file_.required(table, "in", "this [[bound]]"), "a formula"),
                           optional(table, "rank", "a formula")});
}

void Drafter::read_family(const toml::table& table) {
  file_.check_keys(table,
                   {"name", "where", "accept", "approximate", "choose", "kinds", "draw", "let", "set", "descent",
                    "bend", "realizes", "basis"},
                   "[[family]]");
  DraftFamily family;
  family.place = TomlFile::place_of(table);
  const toml::node& name = file_.required(table, "name", "this [[family]]");
  static_cast<void>(file_.line(name, "a name"));
  family.name = file_.text(name, "a name");
  family.where = optional(table, "where", "a condition");
  family.accept = optional(table, "accept", "a condition");
  if (const toml::node* node = table.get("approximate")) {
    const auto* flag = node->as_boolean();
    if (flag == nullptr) file_.fail(*node, "found something else, expected true or false");
    family.approximate = flag->get();
  }
  const std::vector<std::string> plain{"is", "means", "latex"};
  family.choose = entries(table, "choose", "a range, a set, subsets(..) or sequences(..)", plain);
  family.kinds = entries(table, "kinds", "a condition", plain);
  family.draw = entries(table, "draw", "what to draw", plain);
  family.let = entries(table, "let", "a formula", plain);
  static_cast<void>(file_.required(table, "set", "this [[family]]"));
  family.set = entries(table, "set", "a formula", plain);
  family.descent = entries(table, "descent", "a formula", plain);
  family.bend = entries(table, "bend", "a formula", plain);
  family.realizes = entries(table, "realizes", "a formula", plain);
  if (const toml::node* node = table.get("basis")) {
    const toml::table& basis = file_.table(*node, "[family.basis]");
    file_.check_keys(basis, {"over", "moves", "form"}, "[family.basis]");
    static_cast<void>(file_.required(basis, "over", "[family.basis]"));
    static_cast<void>(file_.required(basis, "moves", "[family.basis]"));
    family.basis = DraftBasis{TomlFile::place_of(basis), entries(basis, "over", "a type", plain),
                              entries(basis, "moves", "a formula", plain), optional(basis, "form", "a formula")};
  }
  draft_.families.push_back(std::move(family));
}

}  // namespace

void Draft::fail(Place place, const std::string& message) const {
  if (place.line < 0) {
    const std::string& pointer = pointers.at(static_cast<std::size_t>(-1 - place.line));
    throw InputError(fmt::format("{}: at character {}: {}", pointer, std::max(place.column, 1), message));
  }
  std::string name;
  for (const char c : filename)
    name += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  throw InputError(fmt::format("{}:{}:{}: {}", name, std::max(place.line, 1), std::max(place.column, 1), message));
}

Draft draft_of_file(std::string_view text, const std::string& filename) {
  return Drafter(text, filename).read();
}

}  // namespace rankscape
