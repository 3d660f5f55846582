// The checks of a landscape file at its shapes.
#include <rankscape/audit.hpp>

#include "landscapes/constraints.hpp"
#include "landscapes/family.hpp"
#include "landscapes/instance.hpp"

#include "exact/random.hpp"
#include "symbolic/derivation.hpp"
#include "symmetry/symmetries.hpp"

#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace rankscape {

namespace {

constexpr int wanted_generic_points = 3;
constexpr Index largest_derived = 300;  // parameters up to which GiNaC derives

std::string plural(std::size_t count, const std::string& one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// The loss, or with constraints the Lagrangian, in whose derivatives those of the constraints are.
program::Program derived_function(const Instance& instance) {
  if (const ConstraintsHere* constraints = constraints_at(instance)) return constraints->lagrangian();
  program::Program alone = instance.program();
  alone.outputs.resize(1);
  return program::pruned(alone);
}

RationalVector as_one_vector(const Weights& parts) {
  RationalVector all(parameters_of(parts));
  Index offset = 0;
  for (const RationalMatrix& part : parts) {
    all.segment(offset, part.size()) = part.reshaped();
    offset += part.size();
  }
  return all;
}

class Auditor {
 public:
  Auditor(const Landscape& landscape, const AuditOptions& options, const std::function<void(const Finding&)>& found)
      : landscape_(landscape), data_(landscape.internals()), options_(options), report_(found), random_(options.seed) {}

  bool run() {
    words();
    const std::vector<Shape>& shapes = options_.shapes.empty() ? landscape_.examples() : options_.shapes;
    if (shapes.empty()) say(Finding::Kind::bad, "examples", "no shape to check the file at: [sizes] has no examples");
    for (const Shape& shape : shapes)
      at(shape);
    if (options_.shapes.empty()) {
      for (const Family& family : data_.families) {
        if (reached_.contains(family.name)) continue;
        say(Finding::Kind::bad, "family '" + family.name + "'", "none of the examples reaches it");
      }
    }
    return good_;
  }

 private:
  void say(Finding::Kind kind, const std::string& subject, const std::string& text,
           const std::optional<Point>& point = std::nullopt) {
    good_ = good_ && kind != Finding::Kind::bad;
    report_({kind, shape_, subject, text, point});
  }

  void words() {
    const Adviser* const adviser = landscape_.adviser();
    if (adviser == nullptr) return;
    for (const FeatureDeclaration& word : adviser->words())
      say(Finding::Kind::note, "adviser " + adviser->name(), word.name + ": " + word.description);
    for (const std::string& line : adviser->description())
      say(Finding::Kind::note, "adviser " + adviser->name(), line);
  }

  void at(const Shape& shape) {
    check_deadline();
    landscape_.check_shape(shape);
    shape_ = shape;
    points_.clear();
    derived_.clear();
    for (const Family& family : data_.families)
      check_family(family);
    if (points_.empty()) random_points();
    if (points_.empty()) {
      say(Finding::Kind::note, "derivation",
          "no point is known at this shape: neither derivation nor symmetries are checked");
    } else {
      check_derivation_here();
      for (const Symmetry& symmetry : data_.symmetries)
        check_symmetry(symmetry);
      symmetries_found();
    }
    shape_.reset();
  }

  void check_family(const Family& family);
  void random_points();
  void check_derivation_here();
  void check_symmetry(const Symmetry& symmetry);
  void symmetries_found();
  std::unique_ptr<Instance> generic_point(std::size_t k);

  const Landscape& landscape_;
  const Landscape::Data& data_;
  const AuditOptions& options_;
  const std::function<void(const Finding&)>& report_;
  Random random_;
  bool good_ = true;
  std::optional<Shape> shape_;
  std::set<std::string> reached_;
  std::vector<Point> points_;      // some that families built at the shape
  std::set<std::string> derived_;  // sizes at which the derivation was checked
};

void Auditor::check_family(const Family& family) {
  const std::string subject = "family '" + family.name + "'";
  const Environment sizes = sizes_at(data_, *shape_);
  std::vector<std::unique_ptr<FamilyRecipe>> recipes;
  const std::vector<Choices> choices = choices_at(landscape_, family, sizes);
  for (const Choices& chosen : choices) {
    if (family.has_positions())
      recipes.push_back(std::make_unique<FamilyRecipe>(landscape_, family, *shape_, chosen, "aligned", 1));
    recipes.push_back(std::make_unique<FamilyRecipe>(landscape_, family, *shape_, chosen, "generic", 1));
  }
  if (recipes.empty()) return;
  reached_.insert(family.name);
  const std::size_t stride = recipes.size() / std::max<std::size_t>(options_.most_points, 1) + 1;
  std::size_t points = 0;
  std::size_t recovered = 0;
  std::size_t open = 0;
  std::size_t identities = 0;
  std::size_t inertias = 0;
  std::size_t by_signs = 0;
  std::size_t tried = 0;
  for (std::size_t k = 0; k < recipes.size(); k += stride) {
    check_deadline();
    const FamilyRecipe& recipe = *recipes[k];
    Point point = recipe.build(options_.seed);
    std::unique_ptr<Instance> instance;
    try {
      instance = landscape_.instance(point);
    } catch (const InputError& error) {
      say(Finding::Kind::bad, subject, recipe.title() + ": " + error.what(), std::move(point));
      return;
    }
    std::string mismatch = recipe.mismatch(*instance, options_.seed);
    if (family.approximate && !options_.examine_approximate) {
      say(Finding::Kind::note, subject, "approximate, and not checked here");
      return;
    }
    if (family.approximate) mismatch = options_.examine_approximate(recipe, *instance);
    if (!mismatch.empty()) {
      say(Finding::Kind::bad, subject, mismatch, std::move(point));
      return;
    }
    ++points;
    if (!family.approximate) {
      const auto recovery = recipe.recovery(*instance, options_.seed);
      recovered += static_cast<std::size_t>(recovery.recovered);
      open += static_cast<std::size_t>(recovery.open);
    }
    if (recipe.position() == "generic" && tried < 50) {
      ++tried;
      FamilyProof proof = prove_family(landscape_, recipe);
      if (!proof.critical) proof.fault = fault_of_basis(landscape_, recipe, options_.seed);
      if (proof.critical == false) {
        say(Finding::Kind::bad, subject, recipe.title() + ": critical at the point drawn, not for all parameter values",
            std::move(point));
        return;
      }
      if (!proof.fault.empty()) {
        say(Finding::Kind::bad, subject, recipe.title() + ": [family.basis]: " + proof.fault, std::move(point));
        return;
      }
      identities += proof.critical ? 1 : 0;
      inertias += proof.one_inertia ? 1 : 0;
      by_signs += proof.inertia && !proof.one_inertia ? 1 : 0;
    }
    if (points_.size() < 20) points_.push_back(std::move(point));
  }
  std::string text = plural(points, "point") + (points == 1 ? ", " : ", all ");
  text += family.approximate ? "near a critical point that is proved" : "critical";
  if (stride > 1) text += fmt::format(" (of {} cases)", recipes.size());
  if (!family.realizes.empty() && !family.approximate) {
    text += fmt::format(", {} recovered", plural(recovered, "label"));
    if (open > 0) text += fmt::format(", {} not unique or not defined", open);
  }
  const auto proved = [&](const char* what, std::size_t count) {
    if (count == 0) return;
    text += fmt::format("; {} for all parameter values", what);
    if (count != choices.size()) text += fmt::format(" for {} of {} choices", count, choices.size());
  };
  proved("critical", identities);
  proved("of one inertia", inertias);
  proved("of an inertia by signs", by_signs);
  say(Finding::Kind::good, subject, text);
}

// Where no family is: arrays of small integers, as long as sizes are known.
void Auditor::random_points() {
  for (int attempt = 0; attempt < 30 && points_.empty(); ++attempt) {
    try {
      const Environment sizes = sizes_at(data_, *shape_);
      Point point;
      std::size_t next = 0;
      const bool single =
          std::count_if(data_.sizes.begin(), data_.sizes.end(), [](const SizeItem& item) { return !item.free; }) == 1;
      Environment all(*data_.words);
      all.take_sizes(sizes);
      for (const SizeItem& item : data_.sizes) {
        if (item.free) {
          if (item.list) return;
          all.put(item.position, 3L);
          point.sizes[item.name] = 3L;
          continue;
        }
        point.sizes[item.name] = item.list && single ? Shape::Item(shape_->numbers()) : shape_->items()[next];
        ++next;
      }
      for (std::size_t a = 0; a < data_.arrays.size(); ++a) {
        const Declaration& array = data_.arrays[a];
        if (array.has_default) continue;
        std::vector<RationalMatrix> values;
        for (const Indices& indices : indices_of(array.pattern, all)) {
          const Extents extents = extents_of(array.type, all, indices);
          RationalMatrix value = random_integers(extents.rows, extents.cols, 3, random_);
          if (array.type.form == Type::Form::symmetric) value = value + RationalMatrix(value.transpose());
          values.push_back(std::move(value));
        }
        if (data_.is_weight(a)) {
          point.weights.insert(point.weights.end(), values.begin(), values.end());
        } else if (array.pattern.form != Pattern::Form::plain) {
          point.data[array.name] = values;
        } else if (array.type.form == Type::Form::number) {
          point.data[array.name] = values.front()(0, 0);
        } else {
          point.data[array.name] = values.front();
        }
      }
      static_cast<void>(landscape_.instance(point));
      points_.push_back(std::move(point));
    } catch (const InputError&) {  // outside the domain: another
    } catch (const Undefined&) {
      return;
    }
  }
}

void Auditor::check_derivation_here() {
  const auto instance = landscape_.instance(points_.front());
  const std::string subject = "derivation";
  if (instance->parameters() > largest_derived) {
    say(Finding::Kind::note, subject, "too many parameters for the symbolic derivation");
    return;
  }
  const auto check = symbolic::check_derivation(program::CompiledLoss(derived_function(*instance)), options_.seed);
  if (!check.mismatch.empty()) {
    say(Finding::Kind::bad, subject, "differs from GiNaC's in " + check.mismatch, points_.front());
    return;
  }
  static const std::map<symbolic::Compared, std::string> how{
      {symbolic::Compared::identities,
       "gradient and second differential are GiNaC's, as identities in weights and data"},
      {symbolic::Compared::identities_at,
       "gradient and second differential are GiNaC's, as identities in the weights at random data"},
      {symbolic::Compared::random_lines, "gradient and second differential are GiNaC's along random lines"}};
  say(Finding::Kind::good, subject, how.at(check.compared));
}

// A point of the domain that is not critical, near the k-th that is known; with constraints one with the data of
// another, which leaves it feasible.
std::unique_ptr<Instance> Auditor::generic_point(std::size_t k) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    Point point = points_[(k + static_cast<std::size_t>(attempt)) % points_.size()];
    if (landscape_.constrained()) {
      point.data = points_[static_cast<std::size_t>(random_.integer(0, static_cast<long>(points_.size()) - 1))].data;
    } else {
      for (RationalMatrix& weight : point.weights)
        weight += random_integers(weight.rows(), weight.cols(), 2, random_) / Rational(1 + attempt);
    }
    try {
      auto instance = landscape_.instance(std::move(point));
      if (!instance->critical()) return instance;
    } catch (const InputError&) {  // outside the domain
    } catch (const Undefined&) {
    }
  }
  return nullptr;
}

void Auditor::check_symmetry(const Symmetry& symmetry) {
  const std::string subject = "symmetry '" + symmetry.name + "'";
  int points = 0;
  std::size_t generators = 0;
  for (std::size_t k = 0; k < static_cast<std::size_t>(wanted_generic_points) * 3 && points < wanted_generic_points;
       ++k) {
    check_deadline();
    const auto instance = generic_point(k);
    if (!instance) continue;
    const Found found = locate_point(data_, instance->point());
    std::vector<Weights> moves;
    try {
      moves = velocities(data_, symmetry, found);
    } catch (const Undefined& undefined) {
      say(Finding::Kind::bad, subject, undefined.what(), instance->point());
      return;
    }
    const RationalVector& gradient = instance->gradient();
    for (const Weights& move : moves) {
      const RationalVector velocity = as_one_vector(move);
      const ConstraintsHere* constraints = constraints_at(*instance);
      if (constraints != nullptr && !is_zero(multiply(constraints->jacobian(), RationalMatrix(velocity)))) {
        say(Finding::Kind::bad, subject, "the constraints change along it at a point", instance->point());
        return;
      }
      const Rational slope = gradient.dot(velocity);
      if (slope != 0) {
        say(Finding::Kind::bad, subject,
            "the loss changes along it: the derivative is " + rankscape::to_string(slope) + " at a point, expected 0",
            instance->point());
        return;
      }
    }
    generators = std::max(generators, moves.size());
    ++points;
  }
  if (points == 0) {
    say(Finding::Kind::note, subject, "no point that is not critical was found to check it at");
  } else if (generators == 0) {
    say(Finding::Kind::note, subject, "no generator at this shape");
  } else {
    say(Finding::Kind::good, subject,
        fmt::format("{}, at {} that are not critical", plural(generators, "generator"),
                    plural(static_cast<std::size_t>(points), "point")));
  }
}

void Auditor::symmetries_found() {
  const auto instance = landscape_.instance(points_.front());
  const program::Program loss = derived_function(*instance);
  if (symmetry::unknowns(loss, symmetry::Ansatz::layers) > symmetry::SymmetryOptions{}.unknowns) return;
  const auto algebra = symmetry::common_symmetries(loss);
  std::string text = plural(algebra->fields.size(), "independent field") + " found, of those that act on the layers";
  if (!algebra->complete) text += " (there may be more)";
  say(Finding::Kind::note, "symmetries", text);
}

}  // namespace

bool audit(const Landscape& landscape, const AuditOptions& options, const std::function<void(const Finding&)>& found) {
  return Auditor(landscape, options, found).run();
}

}  // namespace rankscape
