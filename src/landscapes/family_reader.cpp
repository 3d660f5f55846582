// [[family]]: choose, draw, let, set, and what is said of the points.
#include "landscapes/reader.hpp"

#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

using language::Construct;
using language::Syntax;
using text::quote;

class FamilyReader {
 public:
  FamilyReader(const Draft& draft, const DraftFamily& family, Landscape::Data& data)
      : draft_(draft), source_(family), data_(data), typist_(draft) {}

  Family read() {
    family_.name = source_.name.text;
    family_.place = source_.place;
    check_name();
    take_sizes();
    for (const DraftEntry& entry : source_.choose)
      read_choice(entry);
    if (source_.where) family_.where = typist_.formula(*source_.where, {}, Kind::truth);
    family_.kinds = read_conditions(source_.kinds, typist_, "[family.kinds]");
    const std::vector<Draw> draws = read_draws();
    family_.draws = draws;
    read_lets();
    if (source_.accept) family_.accept = typist_.formula(*source_.accept, {}, Kind::truth);
    family_.set = read_assignments(source_.set, typist_, data_, false, "[family.set]");
    family_.descent = read_assignments(source_.descent, typist_, data_, true, "[family.descent]");
    family_.bend = read_assignments(source_.bend, typist_, data_, true, "[family.bend]");
    if (family_.descent.empty() && !family_.bend.empty())
      draft_.fail(source_.bend.front().key.places.front(), "found a bend without a descent, expected both");
    check_everything_is_set();
    if (source_.approximate) read_approximate();
    for (const DraftEntry& entry : source_.realizes)
      read_realized(entry);
    family_.words = std::make_unique<Words>(typist_.words);
    if (source_.basis) read_basis(*source_.basis);
    return std::move(family_);
  }

 private:
  void check_name() const;
  void take_sizes();
  void read_choice(const DraftEntry& entry);
  std::vector<Draw> read_draws();
  Draw read_draw(const DraftEntry& entry, const ParsedKey& key);
  void read_scalar(const PlacedText& text, const Syntax& syntax, const std::vector<std::string>& variables, Draw& draw);
  void read_lets();
  void check_everything_is_set() const;
  void read_approximate();
  void read_realized(const DraftEntry& entry);
  void read_basis(const DraftBasis& draft);
  void hide(const std::string& name, const PlacedText& text);

  const Draft& draft_;
  const DraftFamily& source_;
  Landscape::Data& data_;
  Typist typist_;
  Family family_;
};

void FamilyReader::check_name() const {
  const std::string& name = source_.name.text;
  for (const char c : name) {
    if (c == '[' || c == ']' || c == '/' || static_cast<unsigned char>(c) < 0x20)
      typist_.fail(source_.name, 0,
                   fmt::format("found the family {}, expected a name without [, ] and /", quote(name)));
  }
  for (const Family& other : data_.families) {
    if (other.name == name)
      typist_.fail(source_.name, 0, fmt::format("found a second family {}, expected one", quote(name)));
  }
}

// Sizes, and definitions of sizes alone, known by the same names.
void FamilyReader::take_sizes() {
  for (const Word& word : data_.words->all()) {
    const bool size = word.role == Role::size;
    if (!size && !(word.role == Role::definition && word.of_sizes)) continue;
    Word known = word;
    known.bodies.clear();  // the landscape's own answers for it
    typist_.words.push_back(std::move(known));
  }
  typist_.explain = [this](const std::string& name) -> std::optional<std::string> {
    const auto position = data_.words->find(name);
    if (!position) return std::nullopt;
    const Role role = (*data_.words)[*position].role;
    return fmt::format("found {}, which is {}, expected a name of the family (a size, or under choose, draw, let)",
                       quote(name), role == Role::definition ? "a definition of data or weights" : what_is(role));
  };
}

// A family's names hide everything but sizes.
void FamilyReader::hide(const std::string& name, const PlacedText& text) {
  const auto hidden = typist_.find(name);
  if (!hidden) return;
  Word& word = typist_.words[*hidden];
  if (word.role == Role::definition) {
    word.declaration.name = "hidden " + name;
  } else {
    typist_.check_name(name, text);
  }
}

void FamilyReader::read_choice(const DraftEntry& entry) {
  const ParsedKey key = typist_.parse_key(entry.key);
  if (!key.plain()) typist_.fail(entry.key, 0, "found indices, expected the name of a choice");
  Choice choice;
  choice.name = key.name;
  Word word;
  word.declaration.name = choice.name;
  word.declaration.result = Kind::integer;
  word.declaration.description = "choice";
  word.declaration.latex = latex_of(choice.name, 0);
  word.role = Role::choice;
  const auto as_call = [&]() -> std::optional<Syntax> {
    const std::size_t open = entry.is.text.find('(');
    if (open == std::string::npos) return std::nullopt;
    std::string head = entry.is.text.substr(0, open);
    head.erase(std::remove(head.begin(), head.end(), ' '), head.end());
    if (head != "subsets" && head != "sequences") return std::nullopt;
    return typist_.parse(entry.is);
  }();
  if (as_call && as_call->construct == Construct::call) {
    const std::string& head = as_call->children.front().text;
    const std::vector<Syntax>& arguments = as_call->children.at(1).children;
    const std::size_t wanted = head == "subsets" ? 1 : 2;
    if (as_call->children.size() != 2 || as_call->children[1].construct != Construct::arguments ||
        arguments.size() != wanted) {
      typist_.fail(entry.is, 0, fmt::format("found {}, expected subsets(A) or sequences(n, A)", quote(entry.is.text)));
    }
    choice.from = typist_.formula(entry.is, arguments.back(), {}, Kind::set).tree;
    if (head == "subsets") {
      choice.form = Choice::Form::subset;
      word.declaration.result = Kind::set;
    } else {
      choice.form = Choice::Form::sequence;
      choice.length = typist_.formula(entry.is, arguments.front(), {}, Kind::integer).tree;
      word.declaration.result = Kind::sequence;
      word.declaration.of_integers = true;
      language::DeclaredShape shape;
      shape.extents.push_back(choice.length);
      word.declaration.shape = std::make_shared<const language::DeclaredShape>(std::move(shape));
    }
  } else {
    // a range stands by itself here: it is read as the set of its elements
    PlacedText text = entry.is;
    if (text.text.find("..") != std::string::npos && text.text.find('{') == std::string::npos) {
      text.text = "{" + text.text + "}";
      text.places.insert(text.places.begin(), text.places.front());
      text.places.push_back(text.places.back());
    }
    choice.from = typist_.formula(text, {}, Kind::set).tree;
  }
  hide(choice.name, entry.key);
  choice.position = typist_.add(std::move(word), entry.key);
  family_.choices.push_back(std::move(choice));
}

std::vector<Draw> FamilyReader::read_draws() {
  std::vector<Draw> draws;
  std::vector<std::pair<const DraftEntry*, ParsedKey>> entries;
  for (const DraftEntry& entry : source_.draw)
    entries.emplace_back(&entry, typist_.parse_key(entry.key));
  // arguments of draws know sizes and choices alone, so all are typed before any is a word
  std::vector<Word> words;
  for (const auto& [entry, key] : entries) {
    Draw draw = read_draw(*entry, key);
    Word word;
    word.declaration.name = key.name;
    word.declaration.parameters.assign(draw.pattern.arity(), Kind::integer);
    word.declaration.latex = latex_of(key.name, draw.pattern.arity());
    word.declaration.description = "drawn";
    word.role = Role::draw;
    using Form = Draw::Form;
    const bool sequence = draw.form == Form::sequence || draw.form == Form::decreasing;
    word.declaration.result = draw.form == Form::scalar ? Kind::real : sequence ? Kind::sequence : Kind::matrix;
    if (draw.form != Form::scalar) {
      language::DeclaredShape shape;
      shape.extents = draw.extents;
      if (!sequence && shape.extents.size() == 1) shape.extents.push_back(shape.extents.front());
      word.declaration.shape = std::make_shared<const language::DeclaredShape>(std::move(shape));
    }
    words.push_back(std::move(word));
    draws.push_back(std::move(draw));
  }
  for (std::size_t k = 0; k < draws.size(); ++k) {
    const std::string name = words[k].declaration.name;
    const auto same = typist_.find(name);
    if (same && typist_.words[*same].role == Role::draw && draws[k].pattern.arity() > 0 &&
        typist_.words[*same].declaration.parameters.size() == draws[k].pattern.arity()) {
      draws[k].position = *same;  // a part of a list
      typist_.words[*same].declaration.shape = nullptr;
      continue;
    }
    hide(name, source_.draw[k].key);
    draws[k].position = typist_.add(std::move(words[k]), part(source_.draw[k].key, 0, name.size()));
  }
  return draws;
}

void FamilyReader::read_scalar(const PlacedText& text, const Syntax& syntax, const std::vector<std::string>& variables,
                               Draw& draw) {
  const bool call = syntax.construct == Construct::call;
  const Syntax& head = call ? syntax.children.front() : syntax;
  if (head.construct == Construct::name && !call) {
    if (head.text == "number") draw.scalar = Draw::Scalar::number;
    if (head.text == "nonzero") draw.scalar = Draw::Scalar::nonzero;
    if (head.text == "positive") draw.scalar = Draw::Scalar::positive;
    if (head.text == "number" || head.text == "nonzero" || head.text == "positive") return;
  }
  const bool between = call && head.construct == Construct::name && head.text == "between" &&
                       syntax.children.size() == 2 && syntax.children[1].construct == Construct::arguments &&
                       syntax.children[1].children.size() == 2;
  if (!between) {
    typist_.fail(text, head.begin,
                 fmt::format("found {}, expected number, nonzero, positive or between(a, b){}",
                             text::found_at(text.text, head.begin),
                             text::suggestion(head.text, {"number", "nonzero", "positive", "between"})));
  }
  draw.scalar = Draw::Scalar::between;
  draw.low = typist_.formula(text, syntax.children[1].children[0], variables, Kind::real).tree;
  draw.high = typist_.formula(text, syntax.children[1].children[1], variables, Kind::real).tree;
}

Draw FamilyReader::read_draw(const DraftEntry& entry, const ParsedKey& key) {
  using Form = Draw::Form;
  struct Known {
    std::string_view name;
    Form form;
    std::size_t extents;
    bool scalar;
  };
  static const std::vector<Known> forms{
      {"sequence", Form::sequence, 1, true},      {"decreasing", Form::decreasing, 1, true},
      {"matrix", Form::matrix, 2, false},         {"symmetric", Form::symmetric, 1, false},
      {"orthogonal", Form::orthogonal, 1, false}, {"invertible", Form::invertible, 1, false}};
  Draw draw;
  draw.key = entry.key.text;
  draw.place = key.place();
  draw.pattern = typist_.pattern(key, false);
  const std::vector<std::string>& variables = draw.pattern.names;
  const Syntax syntax = typist_.parse(entry.is);
  const bool call = syntax.construct == Construct::call && syntax.children.size() == 2 &&
                    syntax.children[1].construct == Construct::arguments;
  const std::string head = call ? syntax.children.front().text : "";
  const auto known = std::find_if(forms.begin(), forms.end(), [&](const Known& form) { return form.name == head; });
  if (known == forms.end()) {
    const bool scalar = syntax.construct == Construct::name || head == "between";
    if (!scalar) {
      typist_.fail(entry.is, 0,
                   fmt::format("found {}, expected number, nonzero, positive, between(a, b), sequence(n, ..), "
                               "decreasing(n, ..), matrix(p, q), symmetric(n), orthogonal(n) or invertible(n)",
                               quote(entry.is.text)));
    }
    read_scalar(entry.is, syntax, variables, draw);
    if (!key.plain() && std::none_of(key.indices.begin(), key.indices.end(), [](const auto&) { return true; }) &&
        key.domains.size() == 1) {
      // an indexed family of numbers is a sequence
      typist_.fail(entry.is, 0,
                   fmt::format("found a list of numbers, expected \"sequence(n, {})\" ({}(i) is then its entry)",
                               entry.is.text, key.name));
    }
    return draw;
  }
  const std::vector<Syntax>& arguments = syntax.children[1].children;
  if (arguments.size() != known->extents + (known->scalar ? 1 : 0)) {
    typist_.fail(entry.is, 0,
                 fmt::format("found {} with {} argument{}, expected {}({})", quote(head), arguments.size(),
                             arguments.size() == 1 ? "" : "s", head,
                             known->scalar         ? "n, positive"
                             : known->extents == 2 ? "p, q"
                                                   : "n"));
  }
  draw.form = known->form;
  for (std::size_t k = 0; k < known->extents; ++k)
    draw.extents.push_back(typist_.formula(entry.is, arguments[k], variables, Kind::integer).tree);
  if (known->scalar) read_scalar(entry.is, arguments.back(), variables, draw);
  return draw;
}

void FamilyReader::read_lets() {
  struct Let {
    const DraftEntry* entry;
    ParsedKey key;
    Syntax is;
    std::size_t position;
  };
  std::vector<Let> lets;
  for (const DraftEntry& entry : source_.let) {
    ParsedKey key = typist_.parse_key(entry.key);
    Syntax is = typist_.parse(entry.is);
    const std::size_t arity = key.binders.size() + key.indices.size();
    const auto same = typist_.find(key.name);
    std::size_t position = 0;
    if (same && typist_.words[*same].role == Role::let && arity > 0 &&
        typist_.words[*same].declaration.parameters.size() == arity) {
      position = *same;
    } else {
      hide(key.name, entry.key);
      Word word;
      word.declaration.name = key.name;
      word.declaration.parameters.assign(arity, Kind::integer);
      word.declaration.latex = latex_of(key.name, arity);
      word.declaration.description = entry.is.text;
      word.role = Role::let;
      position = typist_.add(std::move(word), part(entry.key, 0, key.name.size()));
    }
    lets.push_back({&entry, std::move(key), std::move(is), position});
  }
  // those that others need first
  std::vector<int> state(lets.size(), 0);
  const std::function<void(std::size_t)> resolve = [&](std::size_t k) {
    if (state[k] == 2) return;
    state[k] = 1;
    Let& let = lets[k];
    for (const std::string& name : Typist::mentioned(let.is)) {
      for (std::size_t other = 0; other < lets.size(); ++other) {
        if (lets[other].key.name != name) continue;
        const auto is_name = [&](const Syntax& index) { return index.text == name; };
        const bool bound = std::find(let.key.binders.begin(), let.key.binders.end(), name) != let.key.binders.end() ||
                           std::any_of(let.key.indices.begin(), let.key.indices.end(), is_name);
        if (bound) continue;
        if (state[other] == 1) {
          typist_.fail(let.entry->is, 0,
                       fmt::format("found the circular definition of {}, expected definitions that come to an end",
                                   quote(name)));
        }
        resolve(other);
      }
    }
    Word::Body body;
    body.pattern = typist_.pattern(let.key, true);
    body.formula = typist_.formula(let.entry->is, let.is, body.pattern.names, std::nullopt);
    Word& word = typist_.words[let.position];
    const Kind kind = body.formula.kind();
    const bool first = word.bodies.empty();
    const bool numbers = (kind == Kind::integer || kind == Kind::real) &&
                         (word.declaration.result == Kind::integer || word.declaration.result == Kind::real);
    if (!first && kind != word.declaration.result && !numbers) {
      typist_.fail(let.entry->is, 0,
                   fmt::format("found {}, expected {} like the other parts of {}", to_string(kind),
                               to_string(word.declaration.result), quote(let.key.name)));
    }
    word.declaration.result = first || kind == word.declaration.result ? kind : Kind::real;
    word.declaration.of_integers = (first || word.declaration.of_integers) && body.formula.tree->of_integers;
    word.declaration.shape = first ? typist_.shape_of(body.formula, body.pattern.names) : nullptr;
    word.bodies.push_back(std::move(body));
    state[k] = 2;
  };
  for (std::size_t k = 0; k < lets.size(); ++k)
    resolve(k);
}

void FamilyReader::check_everything_is_set() const {
  for (const Declaration& array : data_.arrays) {
    const auto sets = [&](const Assignment& assignment) { return data_.arrays[assignment.array].name == array.name; };
    const bool set = std::any_of(family_.set.begin(), family_.set.end(), sets);
    // a list may be empty at the shapes of the family
    if (!set && !array.has_default && array.pattern.form != Pattern::Form::every) {
      draft_.fail(source_.place,
                  fmt::format("found no {} in [family.set] of {}, expected every weight, and every datum "
                              "without default",
                              quote(array.name), quote(family_.name)));
    }
  }
}

// What is said of exact points only cannot be said of its points.
void FamilyReader::read_approximate() {
  const auto refuse = [&](Place place, const char* what) {
    draft_.fail(place, fmt::format("found {} in the approximate family {}, expected none: its points are known through "
                                   "enclosures",
                                   what, quote(family_.name)));
  };
  if (!source_.descent.empty()) refuse(source_.descent.front().key.places.front(), "a descent");
  if (source_.basis) refuse(source_.basis->place, "a basis");
  if (!data_.constraints.empty())
    draft_.fail(source_.place, "found an approximate family in a landscape with constraints, expected exact points");
  family_.approximate = true;
}

void FamilyReader::read_realized(const DraftEntry& entry) {
  const ParsedKey key = typist_.parse_key(entry.key);
  Realized realized;
  realized.key = entry.key.text;
  const auto position = data_.words->vocabulary().find(key.name);
  if (!position) {
    std::vector<std::string> names;
    for (const FeatureDeclaration& feature : data_.words->vocabulary().features())
      names.push_back(feature.name);
    typist_.fail(entry.key, 0,
                 fmt::format("found {} in [family.realizes], expected a feature of the landscape{}", quote(key.name),
                             text::suggestion(key.name, names)));
  }
  realized.feature = *position;
  const FeatureDeclaration& declaration = data_.words->vocabulary().features()[*position];
  for (const Syntax& index : key.indices) {
    const bool literal = index.construct == Construct::number && index.text.size() < 9 &&
                         index.text.find_first_not_of("0123456789") == std::string::npos;
    if (!literal) typist_.fail(entry.key, index.begin, "found an index that is no number, expected one such as 1");
    realized.indices.push_back(std::stol(index.text));
  }
  if (realized.indices.size() != declaration.parameters.size() || !key.binders.empty()) {
    typist_.fail(entry.key, 0,
                 fmt::format("found {}, expected {} ind{}", quote(entry.key.text), declaration.parameters.size(),
                             declaration.parameters.size() == 1 ? "ex" : "ices"));
  }
  realized.value = typist_.formula(entry.is, {}, declaration.result);
  family_.realizes.push_back(std::move(realized));
}

// The last words that are read.
void FamilyReader::read_basis(const DraftBasis& draft) {
  AdaptedBasis basis;
  basis.over = read_generators(draft.over, typist_,
                               [this](const std::string& name, const PlacedText& text) { hide(name, text); });
  basis.moves = read_assignments(draft.moves, typist_, data_, true, "moves");
  if (draft.form) basis.form = typist_.formula(*draft.form, {}, Kind::real);
  basis.words = std::make_unique<Words>(typist_.words);
  family_.basis = std::move(basis);
}

}  // namespace

bool Family::has_positions() const {
  return std::any_of(draws.begin(), draws.end(), [](const Draw& draw) {
    return draw.form == Draw::Form::orthogonal || draw.form == Draw::Form::invertible;
  });
}

void read_family(const Draft& draft, const DraftFamily& family, Landscape::Data& data) {
  data.families.push_back(FamilyReader(draft, family, data).read());
}

}  // namespace rankscape
