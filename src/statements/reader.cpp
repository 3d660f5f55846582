// The statement file: what has to stand in it, and what it means.
#include "statements/reader.hpp"

#include "language/definitions.hpp"
#include "text/toml_table.hpp"
#include "text/words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::statements {

using text::found_at;
using text::listed;
using text::PlacedText;
using text::quote;
using text::suggestion;
using text::TomlFile;

namespace {

constexpr std::size_t max_definitions = 1000;
constexpr long max_shape_entry = 10'000;
constexpr std::size_t max_shape_length = 64;

class Reader {
 public:
  Reader(std::string_view text, const std::string& filename, const LanguageLookup& languages)
      // toml++ passes over a byte order mark without counting it.
      : file_(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, filename), languages_(languages) {
    data_.filename = filename;
    data_.input = text;
  }

  Statement::Data read() {
    check_root();
    read_head();
    read_definitions();
    read_hypotheses();
    read_cases();
    read_claims();
    read_scope();
    if (data_.cases.empty() && data_.claims.empty()) {
      file_.fail({1, 1}, "found neither [[case]] nor [[claim]], expected at least one of them");
    }
    return std::move(data_);
  }

 private:
  void check_root() const;
  void read_head();
  void read_definitions();
  void read_hypotheses();
  void read_cases();
  void read_claims();
  void read_scope();
  void read_shapes(const toml::node& node);

  Status status(const toml::node& node) const;
  Prediction prediction(const toml::node& node) const;
  Expression formula(const PlacedText& text, std::optional<Kind> kind) const;
  Expression condition(const toml::node& node, const std::string& what) const {
    return formula(file_.text(node, what), Kind::truth);
  }
  void unique(const std::string& name, const toml::node& node, std::vector<std::string>& taken) const;
  TomlFile file_;
  const LanguageLookup& languages_;
  Statement::Data data_;
  language::Names names_;
};

void Reader::check_root() const {
  file_.check_keys(file_.root(),
                   {"format", "id", "title", "source", "status", "note", "model", "partial", "hypotheses", "define",
                    "case", "claim", "scope"},
                   "the statement");
  const toml::node& format = file_.required(file_.root(), "format", "the statement");
  const std::string found = file_.line(format, "the format");
  if (found != "rankscape-statement/1") {
    file_.fail(format, fmt::format("found the format {}, expected 'rankscape-statement/1'", quote(found)));
  }
}

Status Reader::status(const toml::node& node) const {
  const std::string name = file_.line(node, "a status");
  std::vector<std::string> known;
  for (const Status s : {Status::theorem, Status::conjecture, Status::known_false}) {
    known.emplace_back(to_string(s));
    if (name == known.back()) return s;
  }
  file_.fail(node,
             fmt::format("found the status {}, expected {}{}", quote(name), listed(known), suggestion(name, known)));
}

void Reader::read_head() {
  const toml::table& root = file_.root();
  const toml::node& id = file_.required(root, "id", "the statement");
  const PlacedText id_text = file_.text(id, "an id");
  if (id_text.text.empty()) file_.fail(id, "found an empty id, expected lower-case letters, digits and '-'");
  for (std::size_t k = 0; k < id_text.text.size(); ++k) {
    const char c = id_text.text[k];
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
      file_.fail(id_text.places[k], fmt::format("found {} in the id, expected lower-case letters, digits and '-'",
                                                found_at(id_text.text, k)));
    }
  }
  if (id_text.text.size() > 100) file_.fail(id, "found an id of more than 100 characters, expected a shorter one");
  data_.id = id_text.text;
  data_.title = file_.line(file_.required(root, "title", "the statement"), "a title");
  data_.source = file_.line(file_.required(root, "source", "the statement"), "a source");
  if (const toml::node* note = root.get("note")) data_.note = file_.text(*note, "a note").text;
  if (const toml::node* node = root.get("status")) {
    data_.status = status(*node);
    if (data_.status == Status::known_false && data_.note.empty()) {
      file_.fail(*node, "found the status 'known-false' without a 'note', expected one that says why it is false");
    }
  }
  if (const toml::node* node = root.get("partial")) {
    const auto* partial = node->as_boolean();
    if (partial == nullptr) file_.fail(*node, "found something else, expected true or false for 'partial'");
    data_.partial = partial->get();
  }
  const toml::node& model = file_.required(root, "model", "the statement");
  const std::string name = file_.line(model, "the name of a model");
  auto language = languages_.find(name);
  if (!language) {
    const std::vector<std::string> known = languages_.names();
    file_.fail(model,
               fmt::format("found the model {}, expected {}{}", quote(name), listed(known), suggestion(name, known)));
  }
  data_.language = std::make_shared<const Language>(std::move(*language));
  names_.vocabulary = &data_.language->vocabulary;
}

Expression Reader::formula(const PlacedText& text, std::optional<Kind> kind) const {
  try {
    return language::read_formula(text, names_, {}, kind);
  } catch (const language::PlacedError& error) {
    file_.fail(error.place, error.what());
  }
}

void Reader::read_definitions() {
  const toml::node* node = file_.root().get("define");
  if (node == nullptr) return;
  const auto entries = TomlFile::in_order(file_.table(*node, "[define]"));
  if (entries.size() > max_definitions) {
    file_.fail(*node, fmt::format("found {} definitions, expected at most {}", entries.size(), max_definitions));
  }
  std::vector<language::DefinitionSource> sources;
  for (const TomlFile::Entry& entry : entries)
    sources.push_back({file_.text(*entry.key), file_.text(*entry.value, "a formula")});
  try {
    data_.definitions = language::read_definitions(sources, names_);
  } catch (const language::PlacedError& error) {
    file_.fail(error.place, error.what());
  }
}

void Reader::read_hypotheses() {
  const toml::node* node = file_.root().get("hypotheses");
  if (node == nullptr) return;
  for (const TomlFile::Entry& entry : TomlFile::in_order(file_.table(*node, "[hypotheses]"))) {
    const PlacedText name = file_.text(*entry.key);
    for (const char c : name.text) {
      if (static_cast<unsigned char>(c) < 0x20)
        file_.fail(name.places.front(), "found a control character in the name of a hypothesis, expected none");
    }
    if (name.text.empty()) file_.fail(name.places.front(), "found an empty name, expected that of a hypothesis");
    if (name.text == "otherwise")
      file_.fail(name.places.front(), "found 'otherwise', which the language has taken, expected another name");
    data_.hypotheses.push_back({name.text, condition(*entry.value, "a condition")});
  }
}

void Reader::unique(const std::string& name, const toml::node& node, std::vector<std::string>& taken) const {
  if (std::find(taken.begin(), taken.end(), name) != taken.end()) {
    file_.fail(node, fmt::format("found a second {}, expected a name of its own", quote(name)));
  }
  taken.push_back(name);
}

Prediction Reader::prediction(const toml::node& node) const {
  const PlacedText placed_text = file_.text(node, "verdicts");
  static const std::vector<std::string> known = {"global_minimizer", "local_minimizer", "non_strict_saddle",
                                                 "strict_saddle",    "local_maximizer", "saddle",
                                                 "local_minimum",    "second_order"};
  const std::string& text = placed_text.text;
  std::vector<std::string> names;
  std::size_t at = 0;
  const auto skip_blanks = [&] {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n'))
      ++at;
  };
  const auto word = [&] {
    skip_blanks();
    const std::size_t begin = at;
    while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_'))
      ++at;
    return text.substr(begin, at - begin);
  };
  while (true) {
    skip_blanks();
    const Place place = placed_text.places[at];
    const std::string found = found_at(text, at);
    const std::string name = word();
    if (!classes_named(name)) {
      file_.fail(place,
                 fmt::format("found {}, expected a verdict: {}{}", found, listed(known), suggestion(name, known)));
    }
    names.push_back(name);
    skip_blanks();
    if (at == text.size()) break;
    const std::size_t before = at;
    if (word() != "or") {
      file_.fail(placed_text.places[before],
                 fmt::format("found {}, expected 'or' and another verdict, or the end", found_at(text, before)));
    }
  }
  return prediction_of(std::move(names), placed_text.places.front());
}

void Reader::read_cases() {
  std::vector<std::string> taken;
  bool otherwise = false;
  for (const toml::table* table : file_.tables("case")) {
    file_.check_keys(*table, {"name", "when", "then"}, "[[case]]");
    const toml::node& name = file_.required(*table, "name", "this [[case]]");
    StatementCase result{file_.line(name, "a name"), std::nullopt, {}};
    unique(result.name, name, taken);
    const toml::node& when = file_.required(*table, "when", "this [[case]]");
    const PlacedText text = file_.text(when, "a condition or \"otherwise\"");
    if (text.text == "otherwise") {
      if (otherwise) file_.fail(when, "found a second 'otherwise', expected at most one");
      otherwise = true;
    } else {
      result.when = formula(text, Kind::truth);
    }
    result.then = prediction(file_.required(*table, "then", "this [[case]]"));
    data_.cases.push_back(std::move(result));
  }
}

void Reader::read_claims() {
  std::vector<std::string> taken;
  for (const toml::table* table : file_.tables("claim")) {
    file_.check_keys(*table, {"name", "when", "holds", "status"}, "[[claim]]");
    const toml::node& name = file_.required(*table, "name", "this [[claim]]");
    Claim claim{file_.line(name, "a name"), {}, std::nullopt, data_.status};
    unique(claim.name, name, taken);
    if (const toml::node* when = table->get("when")) claim.when = condition(*when, "a condition");
    claim.holds = condition(file_.required(*table, "holds", "this [[claim]]"), "a condition");
    if (const toml::node* node = table->get("status")) claim.status = status(*node);
    data_.claims.push_back(std::move(claim));
  }
}

void Reader::read_shapes(const toml::node& node) {
  const auto* shapes = node.as_array();
  const std::string wanted = "expected an array of shapes such as [[2,2,2], [3,3,3]]";
  if (shapes == nullptr) file_.fail(node, "found something else, " + wanted);
  for (const toml::node& item : *shapes) {
    const auto* entries = item.as_array();
    if (entries == nullptr) file_.fail(item, "found something else, " + wanted);
    if (entries->empty() || entries->size() > max_shape_length) {
      file_.fail(item, fmt::format("found a shape of {} entries, expected 1 to {}", entries->size(), max_shape_length));
    }
    const auto numbers = [&](const toml::array& list) {
      std::vector<long> result;
      for (const toml::node& entry : list)
        result.push_back(file_.integer(entry, "a dimension", 0, max_shape_entry));
      return result;
    };
    const bool lists =
        std::any_of(entries->begin(), entries->end(), [](const auto& entry) { return entry.is_array(); });
    if (!lists) {
      data_.scope.shapes.emplace_back(numbers(*entries));
      continue;
    }
    std::vector<Shape::Item> items;
    for (const toml::node& entry : *entries) {
      if (const auto* list = entry.as_array()) {
        if (list->size() > max_shape_length) file_.fail(entry, "found a list of too many sizes");
        items.emplace_back(numbers(*list));
      } else {
        items.emplace_back(static_cast<long>(file_.integer(entry, "a dimension", 0, max_shape_entry)));
      }
    }
    data_.scope.shapes.emplace_back(std::move(items));
  }
}

void Reader::read_scope() {
  const toml::node* node = file_.root().get("scope");
  if (node == nullptr) return;
  const toml::table& scope = file_.table(*node, "[scope]");
  const std::string& shape_key = data_.language->shape_key;
  file_.check_keys(scope, {shape_key, "positions", "data", "samples"}, "[scope]");
  if (const toml::node* shapes = scope.get(shape_key)) read_shapes(*shapes);
  if (const toml::node* positions = scope.get("positions"))
    data_.scope.positions = file_.lines(*positions, "positions");
  if (const toml::node* kinds = scope.get("data")) data_.scope.data = file_.lines(*kinds, "kinds of data");
  if (const toml::node* samples = scope.get("samples")) {
    data_.scope.samples = static_cast<int>(file_.integer(*samples, "a number of samples", 1, 1'000'000));
  }
}

}  // namespace

Statement::Data read_statement(std::string_view text, const std::string& filename, const LanguageLookup& languages) {
  return Reader(text, filename, languages).read();
}

}  // namespace rankscape::statements
