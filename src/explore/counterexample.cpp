// An exact point seen by statements: under every reading of its features.
#include <rankscape/explore/counterexample.hpp>

#include <nlohmann/json.hpp>
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>

#include "check/certificate.hpp"
#include "check/evidence_features.hpp"
#include "check/nearby_point.hpp"
#include "landscapes/family.hpp"

namespace rankscape {

namespace {

// The features under one reading; what the engine knows does not depend on it.
class ReadFeatures final : public FeatureSource {
 public:
  ReadFeatures(const FeatureSource& reading, const EvidenceFeatures& engine, std::size_t model_size)
      : reading_(&reading), engine_(&engine), model_size_(model_size) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    return position < model_size_ ? reading_->feature(position, arguments) : engine_->feature(position, arguments);
  }
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override {
    return engine_->jacobian(position, arguments);
  }

 private:
  const FeatureSource* reading_;
  const EvidenceFeatures* engine_;
  std::size_t model_size_;
};

// Where no critical point is proved near the floats, nothing is known: they are another point.
class NothingKnown final : public FeatureSource {
 public:
  [[nodiscard]] Value feature(std::size_t /*position*/, std::span<const Value> /*arguments*/) const override {
    throw Undefined("no critical point is proved near the weights");
  }
};

void count(const Rational& entry, PointSize& size) {
  size.entries += abs(numerator(entry)) + denominator(entry) - 1;
  ++size.numbers;
}

void count(const std::vector<Rational>& entries, PointSize& size) {
  for (const Rational& entry : entries)
    count(entry, size);
}

void count(const RationalMatrix& matrix, PointSize& size) {
  for (const Rational& entry : matrix.reshaped())
    count(entry, size);
}

void count(const std::vector<RationalMatrix>& matrices, PointSize& size) {
  for (const RationalMatrix& matrix : matrices)
    count(matrix, size);
}

}  // namespace

std::strong_ordering PointSize::operator<=>(const PointSize& other) const {
  if (parameters != other.parameters) return parameters <=> other.parameters;
  const int order = entries.compare(other.entries);
  if (order != 0) return order <=> 0;
  return numbers <=> other.numbers;
}

PointSize size_of(const Point& point) {
  PointSize size;
  for (const auto& [name, datum] : point.data)
    std::visit([&](const auto& value) { count(value, size); }, datum);
  for (const RationalMatrix& w : point.weights) {
    count(w, size);
    size.parameters += w.size();
  }
  return size;
}

struct Examined::View {
  std::string choice;
  EvidenceFeatures engine;
  ReadFeatures features;
  PointCache cache;

  View(const Examined& at, std::string name, const FeatureSource& reading)
      : choice(std::move(name)),
        engine(*at.instance_, at.evidence_),
        features(reading, engine, at.instance_->landscape().vocabulary().model_size()) {}
};

Examined::Examined(const Landscape& landscape, const Recipe& recipe, std::uint64_t seed, const ExamineOptions& options)
    : Examined(landscape, recipe.build(seed), options, is_approximate(recipe)) {
  const std::string mismatch = evidence_.nearby         ? mismatch_at(recipe, *evidence_.nearby, seed)
                               : is_approximate(recipe) ? std::string()
                                                        : recipe.mismatch(*instance_, seed);
  complain_of(recipe, mismatch);
}

Examined::Examined(const Landscape& landscape, Point point, const ExamineOptions& options, bool approximate)
    : size_(size_of(point)), approximate_(approximate) {
  try {
    instance_ = landscape.instance(std::move(point));
  } catch (const InputError& refused) {
    if (!approximate) throw;
    evidence_ = evidence_of_no_point(refused);
    return;
  }
  evidence_ = approximate ? examine_nearby(*instance_, options) : examine(*instance_, options);
  if (approximate) {
    views_.push_back(std::make_unique<View>(*this, "", *instance_));
    return;
  }
  readings_ = instance_->readings();
  if (readings_.empty()) {
    views_.push_back(std::make_unique<View>(*this, "", *instance_));
    return;
  }
  for (const Reading& reading : readings_)
    views_.push_back(std::make_unique<View>(*this, reading.choice, *reading.features));
}

Examined::~Examined() = default;

const std::string& Examined::choice(std::size_t reading) const {
  static const std::string nothing;
  return instance_ ? views_.at(reading)->choice : nothing;
}

Judgement Examined::judge(const Statement& statement, std::size_t reading) {
  if (approximate_ && !evidence_.nearby) return statement.judge(NothingKnown(), evidence_.possible);
  View& view = *views_.at(reading);
  if (evidence_.nearby) return statement.judge(view.engine, evidence_.possible, view.cache);
  return statement.judge(view.features, evidence_.possible, view.cache);
}

std::optional<Counterexample> Examined::refutation(const Statement& statement, const std::string& key) {
  if (!evidence_.critical) return std::nullopt;
  std::optional<Judgement> first;
  std::string choice;
  std::size_t refuting = 0;
  for (std::size_t k = 0; k < views_.size(); ++k) {
    Judgement judgement = judge(statement, k);
    if (judgement.inside != Truth::yes || judgement.overall != Truth::no) continue;
    ++refuting;
    if (first) continue;
    first = std::move(judgement);
    choice = views_[k]->choice;
  }
  if (!first) return std::nullopt;
  Counterexample found;
  found.key = key;
  found.landscape = &instance_->landscape();
  found.point = instance_->point();
  found.weight_names = found.landscape->weight_names(*instance_);
  found.size = size_;
  if (refuting < views_.size()) found.choice = choice;  // else it does not matter which
  found.labels = labels_of(*instance_, evidence_);
  found.matched = names_of(statement, first->matched);
  found.predicted = predictions_of(statement, first->matched);
  for (const auto& [name, holds] : first->claims) {
    if (holds == Truth::no) found.false_claims.push_back(name);
  }
  found.found = evidence_.verdict;
  found.value = evidence_.value;
  if (evidence_.nearby) found.value_within = evidence_.nearby->proved().value;
  found.inertia = *evidence_.hessian;
  return found;
}

Json certificate_of(const Counterexample& counterexample, const Statement& refuted, const std::string& id,
                    const std::string& sha256) {
  Examined again(*counterexample.landscape, counterexample.point, {});
  if (!again.refutation(refuted, counterexample.key)) {
    throw InternalDisagreement(counterexample.key + ": a counterexample, examined again, is none");
  }
  CertifiedStatement certified{id, sha256, {}};
  for (const StatementCase& one : refuted.cases()) {
    for (const std::string& name : counterexample.matched) {
      if (one.name == name) certified.matched.push_back({one.name, one.then.text});
    }
  }
  Json json = certificate_json(again.instance(), again.evidence(), id + ": " + counterexample.key, {certified});
  // beyond what a verifier looks at: it does not evaluate the language
  if (!counterexample.false_claims.empty()) json["statements"][0]["false_claims"] = counterexample.false_claims;
  return json;
}

}  // namespace rankscape
