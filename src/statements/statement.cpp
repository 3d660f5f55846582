// Statements: what they consist of and how they are written down.
#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>

#include "language/tree.hpp"
#include "statements/reader.hpp"
#include "statements/statement_data.hpp"
#include "text/read_file.hpp"
#include "text/words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::theorem:
      return "theorem";
    case Status::conjecture:
      return "conjecture";
    case Status::known_false:
      return "known-false";
  }
  return {};
}

std::string StatementCase::when_latex() const {
  return when ? when->to_latex() : "\\text{otherwise}";
}
std::string StatementCase::when_text() const {
  return when ? when->to_text() : "otherwise";
}

namespace statements {

Expression expression_of(language::ExprPtr tree) {
  std::string text = language::to_text(*tree);
  return {std::move(text), {}, std::move(tree)};
}

Statement hypotheses_of(const Statement& statement) {
  auto data = std::make_shared<Statement::Data>(statement.data());
  data->cases.clear();
  data->claims.clear();
  return Statement(std::move(data));
}

Prediction prediction_of(std::vector<std::string> names, Place place) {
  Prediction prediction;
  prediction.place = place;
  for (const std::string& name : names) {
    if (!prediction.text.empty()) prediction.text += " or ";
    prediction.text += name;
    prediction.classes = prediction.classes | classes_named(name).value();
  }
  return prediction;
}

std::vector<std::string> names_in(const Prediction& prediction) {
  std::vector<std::string> names;
  constexpr std::string_view separator = " or ";
  for (std::size_t begin = 0;;) {
    const std::size_t end = prediction.text.find(separator, begin);
    names.push_back(prediction.text.substr(begin, end - begin));
    if (end == std::string::npos) return names;
    begin = end + separator.size();
  }
}

}  // namespace statements

Statement Statement::read(const std::filesystem::path& path, const LanguageLookup& languages) {
  const std::string name = path.string();
  return parse(text::read_file(name, statements::max_file_bytes), name, languages);
}

Statement Statement::parse(std::string_view text, const std::string& filename, const LanguageLookup& languages) {
  if (text.size() > statements::max_file_bytes) {
    throw InputError(fmt::format("{}:1:1: found more than {} bytes, expected a statement file of at most that size",
                                 filename, statements::max_file_bytes));
  }
  return Statement(std::make_shared<const Data>(statements::read_statement(text, filename, languages)));
}

const std::string& Statement::id() const noexcept {
  return data_->id;
}
const std::string& Statement::title() const noexcept {
  return data_->title;
}
const std::string& Statement::source() const noexcept {
  return data_->source;
}
const std::string& Statement::note() const noexcept {
  return data_->note;
}
Status Statement::status() const noexcept {
  return data_->status;
}
const std::string& Statement::model() const noexcept {
  return data_->language->model;
}
const Vocabulary& Statement::vocabulary() const noexcept {
  return data_->language->vocabulary;
}
const std::string& Statement::input() const noexcept {
  return data_->input;
}
const std::string& Statement::filename() const noexcept {
  return data_->filename;
}
const std::vector<Hypothesis>& Statement::hypotheses() const noexcept {
  return data_->hypotheses;
}
const std::vector<Definition>& Statement::definitions() const noexcept {
  return data_->definitions;
}
const std::vector<StatementCase>& Statement::cases() const noexcept {
  return data_->cases;
}
const std::vector<Claim>& Statement::claims() const noexcept {
  return data_->claims;
}
const Scope& Statement::scope() const noexcept {
  return data_->scope;
}
bool Statement::partial() const noexcept {
  return data_->partial.value_or(true);
}

Statement Statement::without_hypothesis(std::string_view name) const {
  auto copy = std::make_shared<Data>(*data_);
  const auto at = std::find_if(copy->hypotheses.begin(), copy->hypotheses.end(),
                               [&](const Hypothesis& hypothesis) { return hypothesis.name == name; });
  if (at == copy->hypotheses.end()) {
    std::vector<std::string> known;
    for (const Hypothesis& hypothesis : copy->hypotheses)
      known.push_back(hypothesis.name);
    throw InputError(fmt::format("{}: found no hypothesis {}, expected {}{}", filename(), text::quote(name),
                                 known.empty() ? "a statement that has hypotheses" : text::listed(known),
                                 text::suggestion(name, known)));
  }
  copy->hypotheses.erase(at);
  copy->input.clear();
  return Statement(std::move(copy));
}

namespace {

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string toml_list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items)
    out += (out.empty() ? "" : ", ") + toml_string(item);
  return "[" + out + "]";
}

}  // namespace

std::string Statement::to_toml() const {
  const Data& d = *data_;
  std::string out = "format = \"rankscape-statement/1\"\n";
  const auto line = [&](std::string_view key, const std::string& value) {
    out += fmt::format("{} = {}\n", key, value);
  };
  line("id", toml_string(d.id));
  line("title", toml_string(d.title));
  line("source", toml_string(d.source));
  line("status", toml_string(to_string(d.status)));
  if (!d.note.empty()) line("note", toml_string(d.note));
  line("model", toml_string(d.language->model));
  if (d.partial) line("partial", *d.partial ? "true" : "false");
  if (!d.hypotheses.empty()) out += "\n[hypotheses]\n";
  for (const Hypothesis& h : d.hypotheses)
    line(toml_string(h.name), toml_string(h.holds.to_text()));
  if (!d.definitions.empty()) out += "\n[define]\n";
  for (const Definition& definition : d.definitions) {
    line(toml_string(definition.signature()), toml_string(definition.body.to_text()));
  }
  for (const StatementCase& c : d.cases) {
    out += "\n[[case]]\n";
    line("name", toml_string(c.name));
    line("when", toml_string(c.when_text()));
    line("then", toml_string(c.then.text));
  }
  for (const Claim& claim : d.claims) {
    out += "\n[[claim]]\n";
    line("name", toml_string(claim.name));
    if (claim.when) line("when", toml_string(claim.when->to_text()));
    line("holds", toml_string(claim.holds.to_text()));
    line("status", toml_string(to_string(claim.status)));
  }
  out += "\n[scope]\n";
  if (!d.scope.shapes.empty()) {
    std::string shapes;
    for (const Shape& shape : d.scope.shapes) {
      std::string items;
      for (const Shape::Item& item : shape.items()) {
        const auto* number = std::get_if<long>(&item);
        items += items.empty() ? "" : ", ";
        items += number != nullptr ? std::to_string(*number)
                                   : fmt::format("[{}]", fmt::join(std::get<std::vector<long>>(item), ", "));
      }
      shapes += fmt::format("{}[{}]", shapes.empty() ? "" : ", ", items);
    }
    line(d.language->shape_key, "[" + shapes + "]");
  }
  if (!d.scope.positions.empty()) line("positions", toml_list(d.scope.positions));
  if (!d.scope.data.empty()) line("data", toml_list(d.scope.data));
  line("samples", std::to_string(d.scope.samples));
  return out;
}

bool Statement::operator==(const Statement& other) const {
  // Texts determine the trees, given the names they use; the kinds of the models' features come with the model.
  return model() == other.model() && to_toml() == other.to_toml();
}

}  // namespace rankscape
