// The landscape file: what has to stand in it, and what it means.
#include "landscapes/reader.hpp"
#include "landscapes/openness.hpp"

#include "text/words.hpp"

#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rankscape {

namespace {

using language::Syntax;
using text::quote;

// An array or a definition, before its types: everything that stands under one name.
struct Item {
  struct Entry {
    const DraftEntry* draft = nullptr;
    ParsedKey key;
    Syntax is;
  };
  std::string name;
  std::size_t position = 0;
  Role role = Role::definition;
  std::vector<Entry> entries;
  std::vector<std::string> mentions;
};

class LandscapeReader {
 public:
  LandscapeReader(const Draft& draft, AdviserLookup advisers)
      : draft_(draft), advisers_(advisers), typist_(draft), data_(std::make_unique<Landscape::Data>()) {}

  std::unique_ptr<Landscape::Data> read() {
    read_head();
    if (draft_.sizes) data_->sizes = typist_.size_items(*draft_.sizes, false);
    if (draft_.free) {
      for (SizeItem& item : typist_.size_items(*draft_.free, true))
        data_->sizes.push_back(std::move(item));
    }
    if (draft_.require) data_->require = typist_.formula(*draft_.require, {}, Kind::truth);
    collect(draft_.data, Role::datum);
    collect(draft_.weights, Role::weight);
    collect(draft_.define, Role::definition);
    add_adviser_words();
    typist_.with_common = true;
    std::vector<int> state(items_.size(), 0);
    std::vector<std::size_t> path;
    for (std::size_t k = 0; k < items_.size(); ++k)
      resolve(k, state, path);
    declare_arrays();
    read_defaults();
    data_->loss = typist_.formula(draft_.loss, {}, Kind::real);
    for (const DraftBound& bound : draft_.bounds)
      read_bound(bound);
    data_->domain = read_conditions(draft_.domain, typist_, "[domain]");
    data_->constraints = read_conditions(draft_.constraints, typist_, "[constraints]");
    check_constraints();
    read_columns();
    data_->words = std::make_unique<Words>(typist_.words, true);
    check_domain();
    check_derivatives(draft_, *data_);
    for (const DraftSymmetry& symmetry : draft_.symmetries)
      read_symmetry(symmetry);
    for (const auto& [place, shape] : draft_.examples)
      read_example(place, shape);
    for (const DraftFamily& family : draft_.families)
      read_family(draft_, family, *data_);
    return std::move(data_);
  }

 private:
  void read_head();
  void collect(const std::vector<DraftEntry>& entries, Role role);
  void check_not_common(const std::string& name, const PlacedText& place) const;
  void add_adviser_words();
  void resolve(std::size_t k, std::vector<int>& state, std::vector<std::size_t>& path);
  void resolve_array(Item& item);
  void resolve_definition(Item& item);
  void declare_arrays();
  void read_defaults();
  void read_bound(const DraftBound& bound);
  void read_columns();
  void check_constraints() const;
  void check_domain() const;
  void read_symmetry(const DraftSymmetry& symmetry);
  void read_example(Place place, const Shape& shape);
  [[nodiscard]] bool mentions_sizes_alone(const Item& item) const;

  const Draft& draft_;
  AdviserLookup advisers_;
  Typist typist_;
  std::unique_ptr<Landscape::Data> data_;
  std::vector<Item> items_;
  std::vector<std::pair<std::size_t, Declaration>> declared_;  // by item and entry
};

void LandscapeReader::read_head() {
  data_->id = draft_.id;
  data_->title = draft_.title;
  data_->source = draft_.source;
  data_->note = draft_.note;
  data_->filename = draft_.filename;
  data_->input = draft_.input;
  data_->shape_key = draft_.shape_key;
  if (!draft_.adviser) return;
  data_->adviser = advisers_ == nullptr ? nullptr : advisers_(draft_.adviser->text);
  if (data_->adviser == nullptr) {
    typist_.fail(*draft_.adviser, 0,
                 fmt::format("found the adviser {}, expected one that this program has", quote(draft_.adviser->text)));
  }
}

// Names first, so that entries may stand in any order.
void LandscapeReader::collect(const std::vector<DraftEntry>& entries, Role role) {
  for (const DraftEntry& draft : entries) {
    Item::Entry entry{&draft, typist_.parse_key(draft.key), typist_.parse(draft.is)};
    const std::string& name = entry.key.name;
    const std::size_t parameters = entry.key.binders.size() + entry.key.indices.size();
    const auto same = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.name == name; });
    if (same != items_.end()) {
      // parts of a list
      const bool parts = same->role == role && parameters > 0 &&
                         typist_.words[same->position].declaration.parameters.size() == parameters;
      if (!parts) typist_.check_name(name, entry.key.text);
      same->entries.push_back(std::move(entry));
      continue;
    }
    Word word;
    word.declaration.name = name;
    word.declaration.parameters.assign(parameters, Kind::integer);
    word.declaration.description = draft.means;
    word.declaration.latex = draft.latex.empty() ? latex_of(name, parameters) : draft.latex;
    word.role = role;
    if (role != Role::definition) {
      word.declaration.result = kind_of(typist_.form(draft.is));
      if (word.declaration.description.empty())
        word.declaration.description = std::string(role == Role::datum ? "data" : "weight");
    } else if (word.declaration.description.empty()) {
      word.declaration.description = draft.is.text;
    }
    check_not_common(name, part(entry.key.text, 0, name.size()));
    Item item;
    item.name = name;
    item.role = role;
    item.position = typist_.add(std::move(word), part(entry.key.text, 0, name.size()));
    item.entries.push_back(std::move(entry));
    items_.push_back(std::move(item));
  }
}

void LandscapeReader::check_not_common(const std::string& name, const PlacedText& place) const {
  static const Vocabulary everywhere({});
  if (const FeatureDeclaration* common = everywhere.common(name)) typist_.fail(place, 0, taken(*common));
}

void LandscapeReader::add_adviser_words() {
  if (data_->adviser == nullptr) return;
  for (const FeatureDeclaration& declaration : data_->adviser->words()) {
    Word word;
    check_not_common(declaration.name, *draft_.adviser);
    word.declaration = declaration;
    word.role = Role::word;
    typist_.add(std::move(word), *draft_.adviser);
  }
}

void collect_binders(const Syntax& syntax, std::vector<std::string>& names) {
  if (syntax.construct == language::Construct::binder) names.push_back(syntax.children.front().text);
  for (const Syntax& child : syntax.children)
    collect_binders(child, names);
}

// What has to be typed before: everything mentioned, but for bound names.
std::vector<std::string> needed(const ParsedKey& key, const Syntax& is, bool function) {
  std::vector<std::string> bound = key.binders;
  collect_binders(is, bound);
  std::vector<std::string> names = Typist::mentioned(is);
  for (const auto* part : {&key.domains, &key.indices}) {
    for (const Syntax& syntax : *part) {
      for (std::string& name : Typist::mentioned(syntax)) {
        if (function && part == &key.indices) {
          bound.push_back(name);
        } else {
          names.push_back(std::move(name));
        }
      }
    }
  }
  std::vector<std::string> result;
  for (std::string& name : names) {
    if (std::find(bound.begin(), bound.end(), name) == bound.end()) result.push_back(std::move(name));
  }
  return result;
}

void LandscapeReader::resolve(std::size_t k, std::vector<int>& state, std::vector<std::size_t>& path) {
  if (state[k] == 2) return;
  state[k] = 1;
  path.push_back(k);
  Item& item = items_[k];
  for (const Item::Entry& entry : item.entries) {
    const bool function = std::all_of(entry.key.indices.begin(), entry.key.indices.end(),
                                      [](const Syntax& index) { return index.construct == language::Construct::name; });
    for (const std::string& name : needed(entry.key, entry.is, item.role == Role::definition && function)) {
      const auto other =
          std::find_if(items_.begin(), items_.end(), [&](const Item& candidate) { return candidate.name == name; });
      if (other == items_.end()) continue;
      const auto position = static_cast<std::size_t>(other - items_.begin());
      if (state[position] == 1) {
        std::string cycle;
        for (auto at = std::find(path.begin(), path.end(), position); at != path.end(); ++at)
          cycle += items_[*at].name + " -> ";
        typist_.fail(
            entry.draft->is, 0,
            fmt::format("found the circular definition {}{}, expected definitions that come to an end", cycle, name));
      }
      resolve(position, state, path);
    }
  }
  if (item.role == Role::definition) {
    resolve_definition(items_[k]);
  } else {
    resolve_array(items_[k]);
  }
  path.pop_back();
  state[k] = 2;
}

bool of_sizes(const Expr& tree, const std::vector<Word>& words) {
  if (const auto* feature = tree.as<language::Feature>()) {
    if (feature->position >= words.size() || !words[feature->position].of_sizes) return false;
  }
  return std::all_of(tree.children.begin(), tree.children.end(),
                     [&](const ExprPtr& child) { return of_sizes(*child, words); });
}

void LandscapeReader::resolve_array(Item& item) {
  const bool weight = item.role == Role::weight;
  for (Item::Entry& entry : item.entries) {
    Declaration declaration;
    declaration.name = item.name;
    declaration.key = entry.key.text.text;
    declaration.position = item.position;
    declaration.place = entry.key.place();
    declaration.pattern = typist_.pattern(entry.key, false);
    declaration.means = entry.draft->means;
    declaration.has_default = entry.draft->fallback.has_value();
    const PlacedText& text = entry.draft->is;
    if (kind_of(typist_.form(text)) != typist_.words[item.position].declaration.result) {
      typist_.fail(
          text, 0,
          fmt::format("found {}, expected the kind of the other parts of {}", quote(text.text), quote(item.name)));
    }
    declaration.type = typist_.type(text, declaration.pattern.names, weight, false);
    if (declaration.type.form == Type::Form::number && !entry.key.plain()) {
      std::string count = "n";
      if (entry.key.domains.size() == 1 && entry.key.domains.front().construct == language::Construct::range) {
        const Expr& domain = *declaration.pattern.domains.front();
        const std::string first = language::to_text(domain.child(0));
        count = language::to_text(domain.child(1));
        if (first != "1") count += " - " + first + " + 1";
      }
      typist_.fail(text, 0,
                   fmt::format("found a list of numbers, expected \"sequence({})\" ({}(i) is then its entry)", count,
                               item.name));
    }
    for (const std::string& name : Typist::mentioned(entry.is)) {
      const auto known = typist_.find(name);
      if (known && !typist_.words[*known].of_sizes) {
        typist_.fail(text, 0,
                     fmt::format("found {}, which is {}, in a type, expected sizes and definitions of sizes alone",
                                 quote(name), what_is(typist_.words[*known].role)));
      }
    }
    FeatureDeclaration& declared = typist_.words[item.position].declaration;
    if (item.entries.size() == 1) declared.shape = Typist::shape_of(declaration.type);
    declared_.emplace_back(item.position, std::move(declaration));
  }
}

void LandscapeReader::resolve_definition(Item& item) {
  Word& word = typist_.words[item.position];
  word.of_sizes = true;
  for (Item::Entry& entry : item.entries) {
    Word::Body body;
    body.pattern = typist_.pattern(entry.key, true);
    body.formula = typist_.formula(entry.draft->is, entry.is, body.pattern.names, std::nullopt);
    const Kind kind = body.formula.kind();
    const auto alone = [&](const ExprPtr& tree) { return of_sizes(*tree, typist_.words); };
    const bool sizes_alone = alone(body.formula.tree) &&
                             std::all_of(body.pattern.domains.begin(), body.pattern.domains.end(), alone) &&
                             std::all_of(body.pattern.indices.begin(), body.pattern.indices.end(), alone);
    Word& now = typist_.words[item.position];
    const bool first = now.bodies.empty();
    if (!first && now.declaration.result != kind) {
      const bool numbers = (kind == Kind::integer || kind == Kind::real) &&
                           (now.declaration.result == Kind::integer || now.declaration.result == Kind::real);
      if (!numbers) {
        typist_.fail(entry.draft->is, 0,
                     fmt::format("found {}, expected {} like the other parts of {}", to_string(kind),
                                 to_string(now.declaration.result), quote(item.name)));
      }
      now.declaration.result = Kind::real;
    } else {
      now.declaration.result = kind;
    }
    now.declaration.of_integers = (first || now.declaration.of_integers) && body.formula.tree->of_integers;
    now.declaration.shape = item.entries.size() == 1 ? typist_.shape_of(body.formula, body.pattern.names) : nullptr;
    now.of_sizes = now.of_sizes && sizes_alone;
    now.bodies.push_back(std::move(body));
  }
}

// Data, then weights, in the order of the file.
void LandscapeReader::declare_arrays() {
  for (const Role role : {Role::datum, Role::weight}) {
    std::vector<Declaration*> of_role;
    for (auto& [position, declaration] : declared_) {
      if (typist_.words[position].role == role) of_role.push_back(&declaration);
    }
    std::sort(of_role.begin(), of_role.end(), [](const Declaration* a, const Declaration* b) {
      return std::pair(std::abs(a->place.line), a->place.column) < std::pair(std::abs(b->place.line), b->place.column);
    });
    for (Declaration* declaration : of_role)
      data_->arrays.push_back(std::move(*declaration));
    if (role == Role::datum) data_->data_count = data_->arrays.size();
  }
}

void LandscapeReader::read_defaults() {
  for (const Item& item : items_) {
    for (const Item::Entry& entry : item.entries) {
      if (!entry.draft->fallback) continue;
      Word::Body body;
      body.pattern = typist_.pattern(entry.key, false);
      body.formula =
          typist_.formula(*entry.draft->fallback, body.pattern.names, typist_.words[item.position].declaration.result);
      typist_.words[item.position].bodies.push_back(std::move(body));
    }
  }
}

void LandscapeReader::read_bound(const DraftBound& draft) {
  Bound bound;
  static const std::array<std::pair<std::string_view, DeclaredBound::Kind>, 3> kinds{
      {{"convex", DeclaredBound::Kind::convex},
       {"gram", DeclaredBound::Kind::gram},
       {"nuclear", DeclaredBound::Kind::nuclear}}};
  const auto* kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == draft.kind.text; });
  if (kind == kinds.end()) {
    typist_.fail(draft.kind, 0,
                 fmt::format("found the bound {}, expected convex, gram or nuclear{}", quote(draft.kind.text),
                             text::suggestion(draft.kind.text, {"convex", "gram", "nuclear"})));
  }
  bound.kind = kind->second;
  bound.in = typist_.formula(draft.in, {}, Kind::matrix);
  if (draft.rank) bound.rank = typist_.formula(*draft.rank, {}, Kind::integer);
  data_->bounds.push_back(std::move(bound));
}

void LandscapeReader::check_constraints() const {
  for (const Condition& constraint : data_->constraints) {
    const auto* comparison = constraint.holds.tree->as<language::Comparison>();
    if (comparison == nullptr || comparison->relations != std::vector{language::Relation::equal}) {
      draft_.fail(constraint.holds.place, fmt::format("found {}, expected one equation between numbers or matrices",
                                                      quote(constraint.holds.text)));
    }
  }
}

// Verdicts are about all neighbours of a point, and those of a point of an open set are in it.
void LandscapeReader::check_domain() const {
  for (const Condition& condition : data_->domain) {
    if (is_open(*condition.holds.tree, *data_->words)) continue;
    draft_.fail(
        condition.holds.place,
        fmt::format("found {}, expected a condition on the weights that is open by its form: <, > or != between "
                    "continuous functions, or none on the weights; [constraints] takes equations",
                    quote(condition.holds.text)));
  }
}

void LandscapeReader::read_columns() {
  data_->columns.push_back({"shape", "$\\mathrm{" + data_->shape_key + "}$"});
  const auto& common = engine_features();
  for (const PlacedText& column : draft_.columns) {
    std::optional<std::size_t> position = typist_.find(column.text);
    std::string latex;
    if (position) {
      const FeatureDeclaration& declaration = typist_.words[*position].declaration;
      if (!declaration.parameters.empty()) {
        typist_.fail(
            column, 0,
            fmt::format("found the column {}, which has parameters, expected a feature without", quote(column.text)));
      }
      latex = declaration.latex.empty() ? latex_of(column.text, 0) : declaration.latex;
    } else {
      const auto known = std::find_if(common.begin(), common.end(),
                                      [&](const FeatureDeclaration& f) { return f.name == column.text; });
      if (known == common.end()) {
        std::vector<std::string> names;
        for (const Word& word : typist_.words)
          names.push_back(word.declaration.name);
        typist_.fail(column, 0,
                     fmt::format("found the column {}, expected a feature of the landscape{}", quote(column.text),
                                 text::suggestion(column.text, names)));
      }
      position = typist_.words.size() + static_cast<std::size_t>(known - common.begin());
      latex = known->latex;
    }
    data_->columns.push_back({column.text, "$" + latex + "$"});
    data_->column_features.push_back(*position);
  }
}

void LandscapeReader::read_symmetry(const DraftSymmetry& draft) {
  Typist typist(draft_);
  typist.words = data_->words->all();
  for (Word& word : typist.words)
    word.bodies.clear();  // the point answers for them
  Symmetry symmetry;
  symmetry.name = draft.name;
  // NOTE: a generator may hide a feature (A of Brockett's function is data, not here)
  const auto hide = [&](const std::string& name, const PlacedText& text) {
    const auto hidden = typist.find(name);
    if (!hidden) return;
    if (typist.words[*hidden].role == Role::size || typist.words[*hidden].role == Role::generator)
      typist.check_name(name, text);
    typist.words[*hidden].declaration.name = "hidden " + name;
  };
  symmetry.over = read_generators(draft.over, typist, hide);
  if (symmetry.over.empty()) draft_.fail(draft.place, "found no generator in 'over', expected at least one");
  if (draft.where) symmetry.where = typist.formula(*draft.where, {}, Kind::truth);
  symmetry.moves = read_assignments(draft.moves, typist, *data_, true, "moves");
  symmetry.words = std::make_unique<Words>(typist.words, true);
  data_->symmetries.push_back(std::move(symmetry));
}

void LandscapeReader::read_example(Place place, const Shape& shape) {
  Environment sizes(*data_->words);
  try {
    put_sizes(data_->sizes, shape, sizes);
    if (data_->require && evaluate_condition(*data_->require->tree, sizes) != Truth::yes) {
      draft_.fail(place, fmt::format("found the shape [{}], which does not satisfy require = \"{}\"", shape.to_text(),
                                     data_->require->text));
    }
  } catch (const Undefined& undefined) {
    draft_.fail(place, fmt::format("found the shape [{}]: {}", shape.to_text(), undefined.what()));
  } catch (const InputError& error) {
    const std::string message = error.what();
    if (message.starts_with(draft_.filename)) throw;
    draft_.fail(place, fmt::format("found the shape [{}]: {}", shape.to_text(), message));
  }
  data_->examples.push_back(shape);
}

}  // namespace

std::unique_ptr<Landscape::Data> read_landscape(const Draft& draft, AdviserLookup advisers) {
  return LandscapeReader(draft, advisers).read();
}

}  // namespace rankscape
