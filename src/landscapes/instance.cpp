// A landscape at one exact point.
#include "landscapes/instance.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "landscapes/openness.hpp"

namespace rankscape {

namespace {

// Exact evidence of larger ones would not fit the machine.
constexpr Index most_parameters = 20'000;
constexpr Index largest_hessian = 5000;

template <class Run>
auto defined(const Run& run) {
  try {
    return run();
  } catch (const std::domain_error&) {
    throw Undefined("the loss is not defined there: a division by zero");
  }
}

bool on_boundary(const Landscape::Data& data, const FeatureSource& values) {
  const std::vector<char> of_data = words_of_data(*data.words);
  return std::all_of(data.domain.begin(), data.domain.end(), [&](const Condition& condition) {
    const ExprPtr closed = with_boundary(condition.holds.tree, of_data);
    for (const Indices& at : indices_of(condition.pattern, values))
      if (evaluate_condition(*closed, values, nullptr, variables_of(condition.pattern, at)) != Truth::yes) return false;
    return true;
  });
}

}  // namespace

Instance::State::State(const Landscape& of, Point at)
    : landscape(of),
      data(of.internals()),
      point(std::move(at)),
      found(locate_point(data, point)),
      shape(shape_of(data.sizes, found.values)) {
  const Index most = data.adviser == nullptr ? most_parameters : data.adviser->most_parameters();
  if (parameters_of(point.weights) > most)
    throw InputError(fmt::format("/weights: more than {} parameters, exact evidence would not fit the machine", most));
}

std::vector<RationalMatrix> Instance::State::inputs_at(const Weights& weights) const {
  if (weights.size() != point.weights.size()) throw std::invalid_argument("other weights than those of the point");
  std::vector<RationalMatrix> all(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(first_weight));
  for (std::size_t h = 0; h < weights.size(); ++h) {
    if (weights[h].rows() != point.weights[h].rows() || weights[h].cols() != point.weights[h].cols())
      throw std::invalid_argument("weights of another shape than those of the point");
    all.push_back(weights[h]);
  }
  return all;
}

Instance::Instance(std::unique_ptr<State> state) : state_(std::move(state)) {
  State& s = *state_;
  s.found.values.otherwise = [this](std::size_t position, std::span<const Value> arguments) -> Value {
    const std::size_t words = state_->data.words->all().size();
    if (position < words) {
      const Word& word = (*state_->data.words)[position];
      if (word.role != Role::word)
        throw Undefined(word.declaration.name + (arguments.empty() ? " has no value" : ": there is no such index"));
      const Advice* known = advice();
      if (known == nullptr) throw Undefined("a word of an adviser");
      // the adviser's words stand last
      std::size_t first = words;
      while (first > 0 && (*state_->data.words)[first - 1].role == Role::word)
        --first;
      return known->word(position - first, arguments);
    }
    return common(position - words);
  };
  s.found.values.derivative = [this](std::size_t position, std::span<const Value> arguments) {
    Indices at;
    for (const Value& argument : arguments)
      at.push_back(std::get<long>(argument));
    const program::Program program = program_of_feature(state_->data, state_->found.values, position, at);
    return defined([&] { return program::CompiledJacobian(program)(inputs_of(state_->data, program, state_->found)); });
  };
  const std::string outside = outside_domain(s.data, s.found.values, s.found.values);
  const bool boundary = !outside.empty() && on_boundary(s.data, s.found.values);
  if (!outside.empty() && !boundary) throw InputError("the point is " + outside);
  // a point that is not feasible is none, on the boundary too
  if (const auto constraints = s.data.constraints.empty() ? nullptr : compiled().constraints) {
    try {
      s.constraints = std::make_unique<const ConstraintsHere>(constraints, s.inputs);
    } catch (const std::domain_error&) {
      if (!boundary) throw InputError("/weights: the loss or a constraint is not defined there: a division by zero");
    }
    if (const std::string violated = s.constraints == nullptr ? "" : s.constraints->violated(); !violated.empty())
      throw InputError("the point is not feasible: the constraint " + violated);
  }
  if (boundary) throw OnBoundary("the point is on the boundary of the domain" + outside.substr(outside.find(':')));
}

Instance::~Instance() = default;

const Landscape& Instance::landscape() const {
  return state_->landscape;
}

const Point& Instance::point() const {
  return state_->point;
}

const Shape& Instance::shape() const {
  return state_->shape;
}

Index Instance::parameters() const {
  return parameters_of(point().weights);
}

// The loss at the shape, when it is first asked for.
const Compiled& Instance::compiled() const {
  State& s = *state_;
  if (!s.compiled) {
    s.compiled = s.landscape.compiled(s.found.values);
    s.inputs = inputs_of(s.data, s.compiled->program, s.found);
    s.first_weight = s.inputs.size() - s.point.weights.size();
    s.program_data.assign(s.inputs.begin(), s.inputs.begin() + static_cast<std::ptrdiff_t>(s.first_weight));
  }
  return *s.compiled;
}

std::optional<int> Instance::degree() const {
  const auto degree = compiled().loss.degree();
  return degree ? std::optional(static_cast<int>(*degree)) : std::nullopt;
}

const Rational& Instance::value() const {
  const Compiled& c = compiled();
  if (!state_->value) state_->value = defined([&] { return c.loss.value(state_->inputs); });
  return *state_->value;
}

const RationalVector& Instance::gradient() const {
  const Compiled& c = compiled();
  if (state_->constraints) return state_->constraints->gradient();
  if (!state_->gradient) state_->gradient = defined([&] { return c.loss.gradient(state_->inputs); });
  return *state_->gradient;
}

bool Instance::critical() const {
  const RationalVector& g = gradient();
  return std::all_of(g.begin(), g.end(), [](const Rational& entry) { return entry == 0; });
}

const RationalMatrix& Instance::hessian() const {
  const Compiled& c = compiled();
  if (parameters() > largest_hessian) {
    throw InputError(fmt::format(
        "/weights: more than {} parameters where the Hessian is not zero, exact evidence would not fit the machine",
        largest_hessian));
  }
  if (!state_->hessian) {
    state_->hessian = std::make_shared<const RationalMatrix>(
        state_->constraints ? state_->constraints->hessian() : defined([&] { return c.loss.hessian(state_->inputs); }));
  }
  return *state_->hessian;
}

std::shared_ptr<const RationalMatrix> Landscape::Data::hessian_at(const Instance& instance) {
  static_cast<void>(instance.hessian());  // made when asked for
  return instance.state_->hessian;
}

Rational Instance::loss_at(const Weights& weights) const {
  const Compiled& c = compiled();
  return defined([&] { return c.loss.value(state_->inputs_at(weights)); });
}

std::vector<Rational> Instance::along(const std::vector<Weights>& curve, std::optional<int> order) const {
  const Compiled& c = compiled();
  std::vector<Rational> coefficients =
      defined([&] { return c.loss.along(state_->inputs, curve, order ? std::optional<Index>(*order) : std::nullopt); });
  if (!coefficients.empty()) coefficients.front() = 0;
  return coefficients;
}

const program::Program& Instance::program() const {
  return compiled().program;
}

const std::vector<RationalMatrix>& Instance::program_data() const {
  static_cast<void>(compiled());
  return state_->program_data;
}

std::vector<DeclaredBound> Instance::bounds() const {
  std::vector<DeclaredBound> all;
  for (const Bound& bound : state_->data.bounds) {
    DeclaredBound declared;
    declared.kind = bound.kind;
    declared.output = all.size() + 1;
    if (bound.rank) {
      try {
        declared.rank = evaluate_integer(*bound.rank->tree, state_->found.values);
      } catch (const Undefined&) {  // then the bound is one without rank
      }
    }
    all.push_back(declared);
  }
  return all;
}

std::vector<Weights> Instance::declared_velocities() const {
  std::vector<Weights> all;
  for (const Symmetry& symmetry : state_->data.symmetries) {
    for (Weights& velocity : velocities(state_->data, symmetry, state_->found))
      all.push_back(std::move(velocity));
  }
  return all;
}

Index Instance::orbit_dimension() const {
  if (!state_->orbit_dimension) {
    const std::vector<Weights> all = declared_velocities();
    RationalMatrix vectors(parameters(), static_cast<Index>(all.size()));
    for (std::size_t k = 0; k < all.size(); ++k) {
      Index offset = 0;
      for (const RationalMatrix& part : all[k]) {
        vectors.col(static_cast<Index>(k)).segment(offset, part.size()) = part.reshaped();
        offset += part.size();
      }
    }
    state_->orbit_dimension = rank(vectors);
  }
  return *state_->orbit_dimension;
}

long Instance::size(std::string_view name) const {
  const auto position = state_->data.words->find(name);
  if (!position || (*state_->data.words)[*position].role != Role::size)
    throw std::out_of_range("no size " + std::string(name));
  return std::get<long>(state_->found.values.feature(*position, {}));
}

const Datum& Instance::datum(std::string_view name) const {
  const auto known = state_->data_by_name.find(name);
  if (known != state_->data_by_name.end()) return known->second;
  if (const auto given = state_->point.data.find(std::string(name)); given != state_->point.data.end())
    return given->second;
  const auto array = state_->data.array_named(name);
  if (!array || state_->data.is_weight(*array)) throw std::out_of_range("no datum " + std::string(name));
  const Declaration& declaration = state_->data.arrays[*array];
  if (declaration.pattern.form != Pattern::Form::plain) throw Undefined(std::string(name) + " is not given");
  const RationalMatrix value = item_of(state_->found.values.feature(declaration.position, {})).value;
  Datum datum = value;
  if (declaration.type.form == Type::Form::number) datum = value(0, 0);
  if (declaration.type.form == Type::Form::sequence)
    datum = std::vector<Rational>(value.reshaped().begin(), value.reshaped().end());
  return state_->data_by_name.emplace(std::string(name), std::move(datum)).first->second;
}

namespace {

template <class T>
const T& datum_as(const Datum& datum, std::string_view name) {
  const T* value = std::get_if<T>(&datum);
  if (value == nullptr) throw std::out_of_range("the datum " + std::string(name) + " is of another kind");
  return *value;
}

}  // namespace

const RationalMatrix& Instance::matrix(std::string_view name) const {
  return datum_as<RationalMatrix>(datum(name), name);
}

const std::vector<RationalMatrix>& Instance::matrices(std::string_view name) const {
  return datum_as<std::vector<RationalMatrix>>(datum(name), name);
}

const std::vector<Rational>& Instance::numbers(std::string_view name) const {
  return datum_as<std::vector<Rational>>(datum(name), name);
}

// In the order of engine_features(): what the point alone tells.
Value Instance::common(std::size_t position) const {
  const auto inertia_here = [&]() -> const Inertia& {
    if (!state_->inertia) {
      state_->inertia = rankscape::inertia(state_->constraints ? state_->constraints->on_tangent_space() : hessian());
    }
    return *state_->inertia;
  };
  const std::string& name = engine_features().at(position).name;
  if (name == "value") return Real(value());
  if (name == "parameters") return static_cast<long>(parameters());
  if (name == "index") return static_cast<long>(inertia_here().negative);
  if (name == "nullity") return static_cast<long>(inertia_here().zero);
  if (name == "coindex") return static_cast<long>(inertia_here().positive);
  if (name == "hessian_trace") return Real(trace(hessian()));
  if (name == "hessian") return hessian();
  if (name == "orbit_dimension") return static_cast<long>(orbit_dimension());
  throw Undefined(name + ": known of examined points only");
}

Value Instance::feature(std::size_t position, std::span<const Value> arguments) const {
  return state_->found.values.feature(position, arguments);
}

RationalMatrix Instance::jacobian(std::size_t position, std::span<const Value> arguments) const {
  return state_->found.values.jacobian(position, arguments);
}

Value Instance::feature(std::string_view name) const {
  const auto position = state_->data.words->vocabulary().find(name);
  if (!position) throw std::out_of_range("no feature " + std::string(name));
  return feature(*position, {});
}

namespace {

Cell cell_of(const Real& real) {
  if (const Rational* exact = real.exact()) {
    const auto integer = language::to_long(*exact);
    return integer ? Cell(*integer) : Cell(rankscape::to_string(*exact));
  }
  return to_decimal(real.enclose(Rational(1, 1'000'000'000)), 9).lo;
}

Cell cell_of(const Value& value) {
  if (const Truth* truth = std::get_if<Truth>(&value))
    return *truth == Truth::unknown ? Cell() : Cell(*truth == Truth::yes);
  if (const long* integer = std::get_if<long>(&value)) return *integer;
  if (const auto* real = std::get_if<Real>(&value)) return cell_of(*real);
  if (const auto* set = std::get_if<IndexSet>(&value)) return *set;
  Cell::List list;
  if (const auto* sequence = std::get_if<std::vector<Real>>(&value)) {
    for (const Real& entry : *sequence)
      list.push_back(cell_of(entry));
    return list;
  }
  const auto& matrix = std::get<RationalMatrix>(value);
  for (Index i = 0; i < matrix.rows(); ++i) {
    Cell::List row;
    for (Index j = 0; j < matrix.cols(); ++j)
      row.push_back(cell_of(Real(matrix(i, j))));
    list.emplace_back(std::move(row));
  }
  return list;
}

}  // namespace

Labels labels_from(const Landscape::Data& data, const FeatureSource& point, const Labels& advised) {
  Labels all;
  for (std::size_t k = 0; k < data.column_features.size(); ++k) {
    const std::string& name = data.columns[k + 1].label;
    const auto better =
        std::find_if(advised.begin(), advised.end(), [&](const NamedCell& label) { return label.name == name; });
    if (better != advised.end()) {
      all.push_back(*better);
      continue;
    }
    NamedCell label{name, Cell()};
    try {
      label.cell = cell_of(point.feature(data.column_features[k], {}));
    } catch (const Undefined&) {  // it has no meaning here
    }
    all.push_back(std::move(label));
  }
  for (const NamedCell& label : advised) {
    if (std::none_of(all.begin(), all.end(), [&](const NamedCell& other) { return other.name == label.name; }))
      all.push_back(label);
  }
  return all;
}

std::string outside_domain(const Landscape::Data& data, const FeatureSource& sizes, const FeatureSource& point) {
  for (const Condition& condition : data.domain) {
    for (const Indices& at : indices_of(condition.pattern, sizes)) {
      std::string reason;
      const Truth holds =
          evaluate_condition(*condition.holds.tree, point, &reason, variables_of(condition.pattern, at));
      if (holds == Truth::yes) continue;
      return fmt::format("{} the domain: {}{} = \"{}\"{}", holds == Truth::no ? "outside" : "not known to be in",
                         condition.name, at.empty() ? "" : " at " + name_at("", at), condition.holds.text,
                         reason.empty() ? "" : " (" + reason + ")");
    }
  }
  return {};
}

bool lies_in_domain(const Instance& data, const Weights& weights) {
  const Landscape& landscape = data.landscape();
  if (landscape.internals().domain.empty()) return true;
  Point point = data.point();
  point.weights = weights;
  try {
    static_cast<void>(landscape.instance(std::move(point)));
    return true;
  } catch (const InputError&) {  // outside, or not known to be inside
    return false;
  }
}

Labels Instance::labels() const {
  return labels_from(state_->data, *this, advice() == nullptr ? Labels() : advice()->labels());
}

GlobalComparison Instance::global_comparison() const {
  const Advice* known = advice();
  return known == nullptr ? GlobalComparison{} : known->global_comparison();
}

std::vector<Curve> Instance::descents() const {
  std::vector<Curve> all = state_->proposed;
  if (const Advice* known = advice()) {
    for (Curve& curve : known->descents())
      all.push_back(std::move(curve));
  }
  return all;
}

void Instance::propose(std::vector<Curve> curves) {
  for (Curve& curve : curves)
    state_->proposed.push_back(std::move(curve));
}

std::string Instance::family() const {
  const Advice* known = advice();
  return known == nullptr ? std::string() : known->family();
}

std::vector<Reading> Instance::readings() const {
  const Advice* known = advice();
  return known == nullptr ? std::vector<Reading>() : known->readings();
}

const Advice* Instance::advice() const {
  if (!state_->advice && state_->data.adviser != nullptr) state_->advice = state_->data.adviser->at(*this);
  return state_->advice.get();
}

}  // namespace rankscape
