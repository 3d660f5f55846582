#include "check/nearby_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>

#include "check/evidence_features.hpp"
#include "landscapes/compiled.hpp"
#include "landscapes/family.hpp"
#include "landscapes/instance.hpp"
#include "language/evaluate.hpp"
#include "near/bordered.hpp"
#include "numeric/enclosed_spectrum.hpp"
#include "program/builder.hpp"
#include "program/enclosure_ring.hpp"

namespace rankscape {

namespace {

const char* const hessian_name = "hessian of the loss";  // no name of a landscape has spaces

// By the form of each instruction: at most this rank, and symmetric for sure.
struct Form {
  Index rank = 0;
  bool symmetric = false;
};

std::vector<Form> forms_of(const program::Program& program, const std::vector<EnclosedMatrix>& values) {
  using program::Operation;
  std::vector<Form> forms;
  forms.reserve(program.instructions.size());
  for (std::size_t k = 0; k < program.instructions.size(); ++k) {
    const program::Instruction& step = program.instructions[k];
    const Index most = std::min(step.rows, step.cols);
    Form form{most, step.rows == 1 && step.cols == 1};
    const auto of = [&](std::uint32_t node) -> const Form& { return forms[node]; };
    const auto transposes = [&](std::uint32_t a, std::uint32_t b) {
      const program::Instruction& other = program.instructions[a];
      return other.operation == Operation::transpose && other.a == b;
    };
    switch (step.operation) {
      case Operation::input:
        form.symmetric = form.symmetric || program.inputs[step.a].is_symmetric;
        break;
      case Operation::constant:
        form = {rank(program.constants[step.a]), is_symmetric(program.constants[step.a])};
        break;
      case Operation::add:
      case Operation::subtract:
        form = {std::min(most, of(step.a).rank + of(step.b).rank), of(step.a).symmetric && of(step.b).symmetric};
        break;
      case Operation::multiply:
        form.rank = std::min(of(step.a).rank, of(step.b).rank);
        form.symmetric = form.symmetric || transposes(step.a, step.b) || transposes(step.b, step.a);
        break;
      case Operation::hadamard:
        form.symmetric = of(step.a).symmetric && of(step.b).symmetric;
        break;
      case Operation::scale:
      case Operation::transpose:
        form = of(step.a);
        break;
      case Operation::scalar_multiply:
        form = of(step.b);
        break;
      case Operation::dot:
      case Operation::reciprocal:
        break;
    }
    if (values[k].is_exact()) form.rank = rank(values[k].midpoint());
    forms.push_back(form);
  }
  return forms;
}

// By the signs of the inertia, which is exact.
Enclosure extreme(const Enclosure& rough, Index beyond, Index zero) {
  if (beyond == 0 && zero > 0) return Enclosure(Rational(0));
  return rough;
}

}  // namespace

// What words mean in programs over the enclosures.
class NearbyPoint::Words final : public program::Meanings {
 public:
  Words(const NearbyPoint& point, const std::vector<Definition>& definitions)
      : point_(point), definitions_(definitions), inner_(meanings_at(point.data_, point.exact_)) {}

  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    const std::size_t words = point_.data_.words->all().size();
    const bool common = position >= words;
    if (common && point_.data_.words->vocabulary().features()[position].name == "hessian") {
      const Index n = point_.hessian_.rows;
      return program::Input{hessian_name, n, n, false, true};
    }
    const std::vector<Value> values(arguments.begin(), arguments.end());
    if (common) return point_.feature(position, values);
    return inner_->of_feature(position, arguments);
  }
  [[nodiscard]] Body of_definition(std::size_t position, const std::vector<long>& arguments) const override {
    return {definitions_.at(position).body.tree.get(), arguments};
  }
  [[nodiscard]] Value value(const Expr& tree, const std::vector<long>& variables) const override {
    PointCache::Table table;
    return language::Evaluator(point_, definitions_, table).closed_value(tree, variables);
  }

 private:
  const NearbyPoint& point_;
  const std::vector<Definition>& definitions_;
  std::unique_ptr<program::Meanings> inner_;
};

NearbyPoint::NearbyPoint(const Instance& floats, near::NearbyPoint proved, EnclosedMatrix hessian)
    : data_(floats.landscape().internals()),
      proved_(std::move(proved)),
      hessian_(std::move(hessian)),
      found_(locate_point(data_, floats.point())),
      exact_(*data_.words) {
  exact_.take_sizes(found_.values);
  for (std::size_t a = 0; a < data_.data_count; ++a) {
    for (const auto& [indices, value] : found_.values.stored(data_.arrays[a].position))
      exact_.put(data_.arrays[a].position, indices, value);
  }
  const std::vector<std::string> names = floats.landscape().weight_names(floats);
  auto next = proved_.at.begin();
  for (std::size_t w = 0; w < names.size(); ++w) {
    const RationalMatrix& shape = floats.point().weights[w];
    EnclosedMatrix at(shape.rows(), shape.cols());
    for (Enclosure& entry : at.entries)
      entry = *next++;
    weights_.emplace(names[w], std::move(at));
  }
  const Inertia& inertia = proved_.inertia;
  if (hessian_.rows == 0) return;
  const std::vector<Enclosure> values = enclosed_eigenvalues(hessian_);
  lambda_min_ = extreme(values.back(), inertia.negative, inertia.zero);
  lambda_max_ = extreme(values.front(), inertia.positive, inertia.zero);
}

NearbyPoint::~NearbyPoint() = default;

std::string NearbyPoint::outside_domain() const {
  return rankscape::outside_domain(data_, exact_, *this);
}

Value NearbyPoint::common(const std::string& name) const {
  using language::known_within;
  if (name == "value") return known_within(proved_.value);
  if (name == "lambda_min" || name == "lambda_max") {
    if (hessian_.rows == 0) throw Undefined("there are no weights");
    return known_within(name == "lambda_min" ? lambda_min_ : lambda_max_);
  }
  if (name == "hessian_trace") {
    Enclosure sum;
    for (Index i = 0; i < hessian_.rows; ++i)
      sum = sum + hessian_(i, i);
    return known_within(sum);
  }
  if (name == "hessian" && hessian_.is_exact()) return hessian_.midpoint();
  // the tangent space of every orbit lies in the null space
  if (name == "orbit_dimension" && proved_.inertia.zero == 0) return 0L;
  throw Undefined(name + ": the point is known through an enclosure only");
}

Value NearbyPoint::weight(std::size_t position, const Indices& indices) const {
  for (std::size_t a = data_.data_count; a < data_.arrays.size(); ++a) {
    const Declaration& array = data_.arrays[a];
    if (array.position != position || !matches(array.pattern, indices, exact_)) continue;
    const EnclosedMatrix& at = weights_.at(name_at(array, indices));
    if (array.type.form == Type::Form::number) return language::known_within(at(0, 0));
    if (array.type.form == Type::Form::sequence) {
      std::vector<Real> entries;
      entries.reserve(at.entries.size());
      for (const Enclosure& entry : at.entries)
        entries.push_back(language::known_within(entry));
      return entries;
    }
    if (at.is_exact()) return at.midpoint();
    throw Undefined(name_at(array, indices) + " is known through an enclosure only");
  }
  throw Undefined(name_at((*data_.words)[position].declaration.name, indices) + ": there is no such index");
}

Value NearbyPoint::definition(std::size_t position, const Indices& indices) const {
  const Word& word = (*data_.words)[position];
  for (const Word::Body& body : word.bodies) {
    if (!matches(body.pattern, indices, exact_)) continue;
    Value value;
    try {
      value = evaluate_tree(*body.formula.tree, *this, variables_of(body.pattern, indices));
    } catch (language::OpenRank& open) {
      if (open.of != body.formula.tree.get()) throw Undefined(open.what());
      open.of = nullptr;  // the word is that rank
      throw;
    }
    const long* integer = std::get_if<long>(&value);
    if (integer != nullptr && word.declaration.result == Kind::real) value = Real(Rational(*integer));
    return value;
  }
  throw Undefined(name_at(word.declaration.name, indices) + ": there is no such index");
}

Value NearbyPoint::feature(std::size_t position, std::span<const Value> arguments) const {
  if (position >= data_.words->all().size()) return common(data_.words->vocabulary().features().at(position).name);
  Indices indices;
  for (const Value& argument : arguments)
    indices.push_back(std::get<long>(argument));
  const Word& word = (*data_.words)[position];
  if (word.role == Role::weight) return weight(position, indices);
  if (word.role == Role::word) throw Undefined(word.declaration.name + ": the adviser knows exact points only");
  try {
    Value value = exact_.feature(position, arguments);
    const Truth* truth = std::get_if<Truth>(&value);
    if (truth == nullptr || *truth != Truth::unknown) return value;
  } catch (const Undefined&) {  // it depends on weights, or it is undefined with them too
    if (word.role != Role::definition) throw;
  }
  return definition(position, indices);
}

RationalMatrix NearbyPoint::jacobian(std::size_t /*position*/, std::span<const Value> /*arguments*/) const {
  throw Undefined("the jacobian: the point is known through an enclosure only");
}

std::vector<EnclosedMatrix> NearbyPoint::inputs_of_program(const program::Program& program) const {
  program::Program of_data;
  for (const program::Input& input : program.inputs) {
    if (!weights_.contains(input.name) && input.name != hessian_name) of_data.inputs.push_back(input);
  }
  const std::vector<RationalMatrix> known = inputs_of(data_, of_data, found_);
  std::vector<EnclosedMatrix> all;
  all.reserve(program.inputs.size());
  std::size_t next = 0;
  for (const program::Input& input : program.inputs) {
    const auto weight = weights_.find(input.name);
    if (input.name == hessian_name) {
      all.push_back(hessian_);
    } else {
      all.push_back(weight != weights_.end() ? weight->second : enclosed(known[next++]));
    }
  }
  return all;
}

std::optional<language::EnclosedFormula> NearbyPoint::enclosure(const language::Expr& tree,
                                                                const std::vector<long>& variables,
                                                                const std::vector<Definition>& definitions) const {
  program::Builder builder;
  const Words words(*this, definitions);
  program::Program program;
  try {
    program::Lowering lowering(builder, words);
    const program::Node node = lowering.lower(tree, variables);
    program = builder.finish({{"value", node}});
  } catch (const program::NotLowered&) {  // a formula that has no enclosure
    return std::nullopt;
  }
  try {
    const std::vector<EnclosedMatrix> inputs = inputs_of_program(program);
    std::vector<EnclosedMatrix> values =
        program::evaluate_all(program, std::span<const EnclosedMatrix>(inputs), program::EnclosureRing());
    const program::Node node = program.outputs.front().node;
    const Form form = forms_of(program, values)[node];
    return language::EnclosedFormula{std::move(values[node]), form.rank, form.symmetric};
  } catch (const std::domain_error&) {
    throw Undefined("a divisor that may be zero");
  }
}

namespace {

Evidence unproved(Evidence evidence, std::string reason) {
  evidence.verdict = Verdict::undecided;
  evidence.reason = std::move(reason);
  return evidence;
}

void settle_nearby(const NearbyPoint& point, Evidence& evidence) {
  const Inertia& inertia = point.proved().inertia;
  const auto settle = [&](Verdict verdict, VerdictSet possible, const char* reason) {
    evidence.verdict = verdict;
    evidence.possible = possible;
    evidence.reason = reason;
  };
  if (inertia.negative == 0 && point.proved().better) {
    evidence.global = {Truth::no, std::nullopt, "a point with a smaller value is known"};
    settle(Verdict::local_minimizer, {Verdict::local_minimizer},
           "the null space of the Hessian is the tangent space of the orbit, and the loss is lower elsewhere");
  } else if (inertia.negative == 0) {
    settle(Verdict::second_order, {Verdict::local_minimizer, Verdict::global_minimizer},
           "a local minimizer: the null space of the Hessian is the tangent space of the orbit; not known to be "
           "global or not");
  } else if (inertia.positive == 0) {
    settle(Verdict::local_maximizer, {Verdict::local_maximizer},
           "a local maximizer: the null space of the Hessian is the tangent space of the orbit");
  } else {
    settle(Verdict::strict_saddle, {Verdict::strict_saddle}, "the Hessian has a negative eigenvalue");
  }
}

}  // namespace

near::NearbyAnswer critical_point_beside(const Instance& floats, const symmetry::Loss& loss) {
  near::NearbyAnswer answer;
  try {
    answer = near::critical_point_near(loss, symmetry::as_vector(floats.point().weights));
  } catch (const std::domain_error&) {
    throw InputError("/weights: the loss is not defined there: a division by zero");
  }
  // a smaller loss elsewhere says nothing of the loss on the landscape's domain
  if (answer.point && answer.point->better &&
      !lies_in_domain(floats, symmetry::as_weights(*answer.point->better, floats.program())))
    answer.point->better.reset();
  return answer;
}

Evidence evidence_of_no_point(const InputError& refused) {
  return unproved({}, std::string("the floats are no point of the landscape: ") + refused.what());
}

Evidence examine_nearby(const Instance& floats, const ExamineOptions& options) {
  floats.landscape().check_unconstrained();
  Evidence evidence;
  evidence.parameters = floats.parameters();
  const symmetry::Loss loss(floats.program(), floats.program_data());
  const RationalVector at = symmetry::as_vector(floats.point().weights);
  near::NearbyAnswer answer = critical_point_beside(floats, loss);
  if (!answer.point)
    return unproved(std::move(evidence), "no critical point is proved near the weights: " + answer.reason);
  // farther off it is not the one that was meant
  Rational size = 1;
  for (const Rational& entry : at)
    size = std::max(size, Rational(abs(entry)));
  if (answer.point->distance.hi > size / 1000) {
    return unproved(std::move(evidence),
                    fmt::format("the critical point proved is {} away from the weights, farther than "
                                "a thousandth of their size",
                                to_decimal(answer.point->distance, 6).hi));
  }
  EnclosedMatrix hessian = near::LossOverBoxes(loss).hessian(answer.point->at);
  const auto point = std::make_shared<const NearbyPoint>(floats, std::move(*answer.point), std::move(hessian));
  if (const std::string outside = point->outside_domain(); !outside.empty())
    return unproved(std::move(evidence), "the critical point proved near the weights is " + outside);
  evidence.critical = true;
  evidence.nearby = point;
  evidence.hessian = point->proved().inertia;
  if (options.eigenvalues && evidence.parameters > 0) {
    evidence.lambda_min = point->lambda_min();
    evidence.lambda_max = point->lambda_max();
  }
  settle_nearby(*point, evidence);
  return evidence;
}

Evidence examine_recipe(const Recipe& recipe, const Instance& instance, std::uint64_t seed,
                        const ExamineOptions& options) {
  const bool approximate = is_approximate(recipe);
  Evidence evidence = approximate ? examine_nearby(instance, options) : examine(instance, options);
  const std::string mismatch = !approximate       ? recipe.mismatch(instance, seed)
                               : !evidence.nearby ? std::string()
                                                  : mismatch_at(recipe, *evidence.nearby, seed);
  complain_of(recipe, mismatch);
  return evidence;
}

std::string fault_of_approximate(const Recipe& recipe, const Instance& floats, std::uint64_t seed) {
  const Evidence evidence = examine_nearby(floats, {.form_hessian = false, .eigenvalues = false});
  if (!evidence.nearby) return recipe.key() + ": " + evidence.reason;
  return mismatch_at(recipe, *evidence.nearby, seed);
}

Labels labels_of(const Instance& instance, const Evidence& evidence) {
  if (!evidence.nearby) return instance.labels();
  const EvidenceFeatures features(instance, evidence);
  return labels_from(instance.landscape().internals(), features);
}

}  // namespace rankscape
