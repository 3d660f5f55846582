#include "check/validity.hpp"

#include <rankscape/error.hpp>

namespace rankscape {

namespace {

std::string to_string(const Inertia& inertia) {
  return "(" + std::to_string(inertia.negative) + ", " + std::to_string(inertia.zero) + ", " +
         std::to_string(inertia.positive) + ")";
}

}  // namespace

VerdictSet classes_left_by(const Inertia& inertia) {
  if (inertia.negative > 0 && inertia.zero == 0 && inertia.positive == 0) return {Verdict::local_maximizer};
  if (inertia.negative == 0 && inertia.zero == 0) return {Verdict::global_minimizer, Verdict::local_minimizer};
  const VerdictSet classes = classes_of(inertia.negative > 0 ? Verdict::strict_saddle : Verdict::second_order);
  return inertia.positive > 0 ? classes & not_maximizers() : classes;
}

std::string validity(const Statement& statement, bool constant, const std::optional<Inertia>& proved,
                     const Evidence& evidence, const FeatureSource& features, PointCache& cache) {
  if (!proved || !evidence.hessian) return "samples";
  if (!(*proved == *evidence.hessian)) {
    throw InternalDisagreement("the inertia proved for all parameters is " + to_string(*proved) +
                               ", the one certified at a point " + to_string(*evidence.hessian));
  }
  if (!constant) return "samples";
  const Judgement judgement = statement.judge(features, classes_left_by(*proved), cache);
  return judgement.overall == Truth::yes ? "all parameters" : "samples";
}

bool constant_on_families(const Vocabulary& vocabulary, const Adviser* adviser, std::size_t position) {
  const FeatureDeclaration& feature = vocabulary.features().at(position);
  if (position < vocabulary.model_size())
    return adviser != nullptr ? adviser->constant_on_families(feature.name) : feature.size;
  return feature.name == "index" || feature.name == "nullity" || feature.name == "coindex" ||
         feature.name == "parameters";
}

}  // namespace rankscape
