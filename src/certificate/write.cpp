#include "certificate/write.hpp"

#include "certificate/evidence.hpp"
#include "certificate/numbers.hpp"
#include "text/spell_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace rankscape::certificate {

namespace {

Json integer(const Integer& value) {
  constexpr std::int64_t limit = std::int64_t{1} << 53;  // what every reader keeps exactly
  if (abs(value) <= limit) return static_cast<std::int64_t>(value);
  return value.str();
}

Json rows_of(const IntegerMatrix& a) {
  Json rows = Json::array();
  for (Index i = 0; i < a.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < a.cols(); ++j)
      row.push_back(integer(a(i, j)));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Json number(const Rational& value) {
  return denominator(value) == 1 ? integer(numerator(value)) : Json(to_string(value));
}

Json matrix(const RationalMatrix& a) {
  const CommonDenominator common = with_common_denominator(a);
  Json json;
  json["denominator"] = integer(common.denominator);
  json["entries"] = rows_of(common.numerators);
  if (a.rows() == 0) json["cols"] = a.cols();
  return json;
}

namespace {

Json vectors(const RationalMatrix& rows) {  // of integers
  return rows_of(with_common_denominator(rows).numerators);
}

Json numbers(const std::vector<Rational>& values) {
  Json json = Json::array();
  for (const Rational& value : values)
    json.push_back(number(value));
  return json;
}

Json enclosure(const Enclosure& value) {
  Json json;
  json["lo"] = number(value.lo);
  json["hi"] = number(value.hi);
  return json;
}

}  // namespace

Json inertia_json(const InertiaClaim& claim) {
  Json json;
  json["neg"] = claim.inertia.negative;
  json["zero"] = claim.inertia.zero;
  json["pos"] = claim.inertia.positive;
  if (claim.inertia.zero > 0 && claim.null.rows() == 0) {
    json["flat"] = true;
    return json;
  }
  json["frame"] = vectors(claim.frame);
  json["null"] = vectors(claim.null);
  json["null_columns"] = claim.null_columns;
  return json;
}

namespace {

void add_extremes(const InertiaClaim& claim, Json& json) {
  if (claim.lambda_min) json["lambda_min"] = enclosure(*claim.lambda_min);
  if (claim.lambda_max) json["lambda_max"] = enclosure(*claim.lambda_max);
}

Json curve_json(const CurveClaim& claim) {
  Json json;
  json["order"] = claim.order;
  json["curve"] = matrix(claim.directions);
  json["coefficients"] = numbers(claim.coefficients);
  return json;
}

// Evidence that some vectors are independent: columns and the inverse of the minor.
void add_independence(const RationalMatrix& rows, Json& json) {
  std::vector<Index> pivots;
  RationalMatrix chosen(rows.rows(), 0);
  for (Index j = 0; j < rows.cols() && chosen.cols() < rows.rows(); ++j) {
    RationalMatrix longer(rows.rows(), chosen.cols() + 1);
    longer << chosen, rows.col(j);
    if (rank(longer) < longer.cols()) continue;
    chosen = std::move(longer);
    pivots.push_back(j);
  }
  const auto inverse_of_minor = chosen.rows() == chosen.cols() ? inverse(chosen) : std::nullopt;
  if (!inverse_of_minor) throw std::invalid_argument("certificate: the directions of a local claim are dependent");
  json["columns"] = pivots;
  json["inverse"] = matrix(*inverse_of_minor);
}

Json local_json(const LocalClaim& claim, const RationalVector& x) {
  const Index n = x.size();
  Json json;
  json["fields"] = Json::array();
  RationalMatrix rows = RationalMatrix::Zero(static_cast<Index>(claim.fields.size()), n);
  for (std::size_t k = 0; k < claim.fields.size(); ++k) {
    Integer common = 1;
    for (const auto& entry : claim.fields[k])
      common = lcm(common, Integer(denominator(entry.value)));
    Json field = Json::array();
    for (const auto& [i, j, value] : claim.fields[k]) {
      const Rational scaled = value * Rational(common);
      field.push_back({i, j, integer(numerator(scaled))});
      rows(static_cast<Index>(k), i) += scaled * (j < n ? x(j) : Rational(1));
    }
    json["fields"].push_back(std::move(field));
  }
  if (claim.map) {
    json["map"]["powers"] = claim.map->powers;
    json["map"]["directions"] = matrix(claim.map->directions);
    const std::size_t q = claim.map->powers.empty() ? 0 : claim.map->powers.front().size();
    for (std::size_t i = 0; i < q; ++i) {
      std::vector<int> linear(q, 0);
      linear[i] = 1;
      const auto found = std::find(claim.map->powers.begin(), claim.map->powers.end(), linear);
      if (found == claim.map->powers.end()) throw std::invalid_argument("certificate: a map without a linear term");
      rows.conservativeResize(rows.rows() + 1, n);
      rows.row(rows.rows() - 1) = claim.map->directions.row(found - claim.map->powers.begin());
    }
    if (claim.order > 0) json["order"] = claim.order;
    if (claim.gram) {
      json["gram"]["exponents"] = claim.gram->exponents;
      json["gram"]["matrix"] = matrix(claim.gram->matrix);
      json["gram"]["inertia"] = inertia_json(inertia_claim(claim.gram->matrix));
    }
  }
  add_independence(rows, json);
  return json;
}

Json semidefinite_json(const Semidefinite& evidence) {
  Json json;
  json["diagonal"] = numbers(evidence.diagonal);
  json["factor"] = matrix(evidence.factor);
  return json;
}

Json term_json(const Bound::Term& term) {
  using Kind = Bound::Term::Kind;
  Json json;
  switch (term.kind) {
    case Kind::free:
      json["free"] = term.nodes.at(0);
      break;
    case Kind::above:
      json["above"] = term.nodes.at(0);
      break;
    case Kind::gram:
      json["gram"] = term.nodes.size() == 1 ? Json(term.nodes.front()) : Json(term.nodes);
      break;
    case Kind::nuclear:
      json["nuclear"] = term.nodes;
      break;
    case Kind::decay:
      json["decay"] = term.nodes;
      break;
  }
  if (term.evidence) json["psd"] = semidefinite_json(*term.evidence);
  if (term.cover) {
    json["separator"] = number(term.cover->separator);
    json["cover"] = matrix(term.cover->matrix);
    json["psd"] = {semidefinite_json(term.cover->above_separator), semidefinite_json(term.cover->rest)};
  }
  return json;
}

Json bound_json(const Bound& bound) {
  Json json;
  json["node"] = bound.node;
  if (const auto* form = std::get_if<Bound::Form>(&bound.evidence)) {
    json["by"] = "form";
    json["psd"] = semidefinite_json(form->symmetric_part);
  } else if (const auto* convex = std::get_if<Bound::Convex>(&bound.evidence)) {
    json["by"] = "convex";
    json["terms"] = Json::array();
    for (const Bound::Term& term : convex->terms)
      json["terms"].push_back(term_json(term));
  } else if (const auto* nearest = std::get_if<Bound::Nearest>(&bound.evidence)) {
    json["by"] = "nearest";
    json["variable"] = nearest->variable;
    json["left"] = matrix(nearest->left);
    json["right"] = matrix(nearest->right);
    json["separators"] = numbers(nearest->separators);
    json["inertia"] = inertia_json(nearest->fitted);
    json["psd"] = Json::array();
    for (const Semidefinite& evidence : nearest->semidefinite)
      json["psd"].push_back(semidefinite_json(evidence));
    if (nearest->middle) json["middle"] = inertia_json(*nearest->middle);
  } else {
    const auto& trace = std::get<Bound::Trace>(bound.evidence);
    json["by"] = trace.gram ? "gram_trace" : "rank_trace";
    json["separator"] = number(trace.separator);
    json["cover"] = matrix(trace.cover);
    if (trace.least_squares) json["least_squares"] = matrix(*trace.least_squares);
    json["psd"] = {semidefinite_json(trace.cover_evidence), semidefinite_json(trace.rest_evidence)};
  }
  return json;
}

Json instruction(const program::Program& program, const program::Instruction& step) {
  Json json = Json::array();
  json.push_back(program::name_of(step.operation));
  if (step.operation == program::Operation::scale) {
    json.push_back(number(program.factors[step.b]));
    json.push_back(step.a);
    return json;
  }
  json.push_back(step.a);
  if (program::operands_of(step.operation) == 2) json.push_back(step.b);
  return json;
}

Json instructions(const program::Program& program, std::size_t first, std::size_t last) {
  Json json = Json::array();
  for (std::size_t k = first; k < last; ++k)
    json.push_back(instruction(program, program.instructions[k]));
  return json;
}

Json constants(const program::Program& program, std::size_t first, std::size_t last) {
  Json json = Json::array();
  for (std::size_t k = first; k < last; ++k)
    json.push_back(matrix(program.constants[k]));
  return json;
}

Json features_json(const Claims& claims) {
  const Workspace& workspace = claims.workspace;
  const program::Program& program = workspace.program();
  Json json;
  json["constants"] = constants(program, workspace.loss_constants(), program.constants.size());
  json["program"] = instructions(program, workspace.loss() + 1, program.instructions.size());
  json["vanish"] = workspace.vanishing();
  json["ranks"] = Json::array();
  for (const RankClaim& claim : claims.ranks) {
    Json rank;
    rank["name"] = claim.name;
    rank["node"] = claim.node;
    rank["rank"] = claim.rows.size();
    rank["rows"] = claim.rows;
    rank["cols"] = claim.cols;
    rank["inverse"] = matrix(claim.inverse);
    rank["combine"] = matrix(claim.combine);
    json["ranks"].push_back(std::move(rank));
  }
  json["selections"] = Json::array();
  for (const SelectionClaim& claim : claims.selections) {
    Json selection;
    selection["name"] = claim.name;
    selection["node"] = claim.node;
    selection["range"] = claim.range;
    selection["restricted"] = matrix(claim.restricted);
    selection["separators"] = Json::array();
    for (const auto& [at, all, inside] : claim.separators) {
      Json separator;
      separator["at"] = number(at);
      separator["all"] = inertia_json(all);
      separator["inside"] = inertia_json(inside);
      selection["separators"].push_back(std::move(separator));
    }
    selection["indices"] = claim.indices;
    json["selections"].push_back(std::move(selection));
  }
  json["lists"] = Json::array();
  for (const ListClaim& claim : claims.lists) {
    Json list;
    list["name"] = claim.name;
    list["rank"] = claim.rank;
    list["pairs"] = Json::array();
    for (const auto& [a, b] : claim.pairs)
      list["pairs"].push_back({a, b});
    list["holds"] = claim.holds;
    json["lists"].push_back(std::move(list));
  }
  return json;
}

Json constraints_json(const ConstraintsClaim& claim) {
  Json json = Json::object();
  if (claim.rotations) json["rotations"] = true;
  if (static_cast<Index>(claim.columns.size()) < claim.count) return json;
  json["columns"] = claim.columns;
  json["inverse"] = matrix(claim.inverse);
  return json;
}

Json orthonormal_json(const OrthonormalBound& bound) {
  Json json;
  json["combine"] = matrix(bound.combine);
  json["multipliers"] = matrix(bound.multipliers);
  if (bound.reflection) {
    json["reflection"]["scale"] = number(bound.reflection->scale);
    json["reflection"]["vector"] = vectors(bound.reflection->vector.transpose());
  }
  json["psd"] = Json::array();  // compilers differ in what {one object} is
  json["psd"].push_back(semidefinite_json(bound.convex));
  if (bound.above) json["psd"].push_back(semidefinite_json(*bound.above));
  return json;
}

Json benign_json(const BenignClaim& claim) {
  Json json;
  json["vectors"] = claim.vectors;
  json["combine"] = matrix(claim.combine);
  if (!claim.condition) return json;
  json["signs"] = numbers(claim.condition->signs);
  json["weights"] = numbers(claim.condition->weights);
  json["least"] = number(claim.condition->least);
  json["greatest"] = number(claim.condition->greatest);
  json["psd"] = Json::array();
  json["psd"].push_back(semidefinite_json(claim.condition->above));
  json["psd"].push_back(semidefinite_json(claim.condition->below));
  return json;
}

Json claims_json(const Claims& claims, Verdict verdict) {
  Json json;
  json["critical"] = claims.critical;
  json["value"] = number(claims.value);
  if (claims.constraints) {
    json["constraints"] = constraints_json(*claims.constraints);
    if (claims.constraints->slope) json["slope"] = vectors(claims.constraints->slope->transpose());
    if (claims.constraints->quadratic) json["global"]["quadratic"] = semidefinite_json(*claims.constraints->quadratic);
    if (claims.constraints->orthonormal)
      json["global"]["orthonormal"] = orthonormal_json(*claims.constraints->orthonormal);
    if (claims.constraints->benign) json["benign"] = benign_json(*claims.constraints->benign);
  }
  if (claims.inertia) {
    json["inertia"] = inertia_json(*claims.inertia);
    add_extremes(*claims.inertia, json);
  }
  if (claims.descent) json["descent"] = curve_json(*claims.descent);
  if (claims.ascent) json["ascent"] = curve_json(*claims.ascent);
  if (claims.local) json["local"] = local_json(*claims.local, claims.workspace.point());
  if (claims.better) json["better"] = matrix(claims.better->transpose());
  if (claims.global) {
    json["global"]["bounds"] = Json::array();
    for (const Bound& bound : *claims.global)
      json["global"]["bounds"].push_back(bound_json(bound));
  }
  if (!claims.ranks.empty()) json["features"] = features_json(claims);
  json["verdict"] = to_string(verdict);
  return json;
}

VerdictSet predicted_classes(const std::string& then) {
  VerdictSet classes;
  for (std::string rest = then; !rest.empty();) {
    const std::size_t end = std::min(rest.find(" or "), rest.size());
    const auto named = classes_named(rest.substr(0, end));
    if (!named) throw std::invalid_argument("certificate: no class is called " + rest.substr(0, end));
    classes = classes | *named;
    rest.erase(0, end + 4);
  }
  return classes;
}

Json statement_json(const CertifiedStatement& statement, const Proved& proved) {
  Json json;
  json["id"] = statement.id;
  json["sha256"] = statement.sha256;
  json["cases"] = Json::array();
  Truth agreement = statement.matched.empty() ? Truth::unknown : Truth::yes;
  for (const auto& [name, then] : statement.matched) {
    json["cases"].push_back({{"name", name}, {"then", then}});
    agreement = agreement && agrees(proved.possible, predicted_classes(then));
  }
  json["agrees"] = agreement == Truth::yes ? "yes" : agreement == Truth::no ? "no" : "unknown";
  return json;
}

}  // namespace

Proved proved(const Claims& claims) {
  if (!claims.critical) return {Verdict::not_critical, {}, false};
  const auto only = [](Verdict verdict, bool local) { return Proved{verdict, {verdict}, local}; };
  const Index multipliers = claims.constraints ? claims.constraints->count : 0;
  const bool constrained = claims.constraints && (claims.constraints->quadratic || claims.constraints->orthonormal);
  if (claims.global || constrained) return only(Verdict::global_minimizer, true);
  const bool higher = (claims.inertia && claims.inertia->inertia.positive > multipliers) || claims.ascent.has_value() ||
                      (claims.descent && claims.descent->order % 2 == 1);
  const VerdictSet no_maximizers = higher ? not_maximizers() : VerdictSet::all();
  const VerdictSet no_global = claims.better ? not_global_minimizers() : VerdictSet::all();
  const VerdictSet minimizers{Verdict::global_minimizer, Verdict::local_minimizer};
  const VerdictSet flat = VerdictSet{Verdict::non_strict_saddle} | VerdictSet::flat_maximizer();
  if (!claims.inertia) {
    const VerdictSet saddles = flat | VerdictSet{Verdict::strict_saddle, Verdict::local_maximizer};
    const VerdictSet possible = claims.descent ? saddles : VerdictSet::all();
    return {Verdict::undecided, possible & no_maximizers & no_global, false};
  }
  Inertia inertia = claims.inertia->inertia;
  inertia.negative -= multipliers;
  inertia.positive -= multipliers;
  const bool extremum = claims.local.has_value() || inertia.zero == 0;
  if (inertia.negative > 0) {
    if (inertia.positive == 0 && extremum) return only(Verdict::local_maximizer, true);
    const VerdictSet possible{Verdict::strict_saddle, Verdict::local_maximizer};
    return {Verdict::strict_saddle, possible & no_maximizers, false};
  }
  if (claims.better && extremum) return only(Verdict::local_minimizer, true);
  if (claims.descent) return {Verdict::non_strict_saddle, flat & no_maximizers, false};
  return {Verdict::second_order, (extremum ? minimizers : minimizers | flat) & no_maximizers & no_global, extremum};
}

void add_loss(const Workspace& workspace, Json& json) {
  const program::Program& program = workspace.program();
  json["data"] = Json::array();
  json["weights"] = Json::array();
  for (std::size_t k = 0; k < program.inputs.size(); ++k) {
    Json input;
    input["name"] = program.inputs[k].name;
    input["value"] = matrix(workspace.inputs()[k]);
    json[program.inputs[k].is_weight ? "weights" : "data"].push_back(std::move(input));
  }
  json["constants"] = constants(program, 0, workspace.loss_constants());
  json["program"] = instructions(program, 0, workspace.loss() + 1);
}

void add_labels(const Labels& labels, Json& certificate) {
  if (!labels.landscape.empty()) certificate["landscape"] = labels.landscape;
  if (!labels.shape.empty()) certificate["shape"] = labels.shape;
  if (!labels.key.empty()) certificate["key"] = labels.key;
}

void add_statements(const std::vector<CertifiedStatement>& statements, const Proved& proved, Json& certificate) {
  if (!statements.empty()) certificate["statements"] = Json::array();
  for (const CertifiedStatement& statement : statements)
    certificate["statements"].push_back(statement_json(statement, proved));
}

Json to_json(const Claims& claims, const Labels& labels, const std::vector<CertifiedStatement>& statements) {
  const Workspace& workspace = claims.workspace;
  Json json;
  json["format"] = claims.constraints ? "rankscape-certificate/3" : "rankscape-certificate/2";
  add_labels(labels, json);
  add_loss(workspace, json);
  const Proved what = proved(claims);
  json["claims"] = claims_json(claims, what.verdict);
  add_statements(statements, what, json);
  return json;
}

Json to_json(const RationalMatrix& of, const InertiaClaim& inertia) {
  Json json;
  json["format"] = "rankscape-inertia/1";
  json["matrix"] = matrix(of);
  json["inertia"] = inertia_json(inertia);
  add_extremes(inertia, json);
  return json;
}

std::string to_text(const Json& certificate) {
  return text::spelled(certificate, 1) + "\n";
}

// Those of verifier/exact.hpp, which shares no file with this program.
std::optional<std::string> beyond_limits(const std::string& text, Index parameters, std::size_t instructions) {
  if (parameters > 2000) return "it speaks of a matrix with more than 2,000 rows";
  if (instructions > 20'000) return "its program has more than 20,000 instructions";
  constexpr std::size_t most_bytes = std::size_t{64} << 20U;
  constexpr std::size_t most_digits = 20'000;
  if (text.size() > most_bytes) return "it has more than 64 MiB";
  std::size_t run = 0;
  for (const char c : text) {
    run = (c >= '0' && c <= '9') || c == '-' || c == '/' ? run + 1 : 0;
    if (run > most_digits) return "a number in it has more than 20,000 digits";
  }
  return std::nullopt;
}

Json manifest(const std::vector<ManifestStatement>& statements, const std::vector<ManifestEntry>& entries,
              std::uint64_t seed, const Json& tool) {
  Json json;
  json["format"] = "rankscape-manifest/2";
  json["tool"] = tool;
  json["seed"] = seed;
  json["statements"] = Json::array();
  for (const ManifestStatement& s : statements) {
    Json statement{{"id", s.id}, {"sha256", s.sha256}, {"cases", s.cases}, {"text", s.text}};
    for (const auto& [shape, cases] : s.scope)
      statement["scope"].push_back({{"shape", shape}, {"cases", cases}});
    json["statements"].push_back(std::move(statement));
  }
  json["count"] = entries.size();
  json["certificates"] = Json::array();
  for (const ManifestEntry& e : entries) {
    Json entry{{"file", e.file}, {"sha256", e.sha256}, {"key", e.key}, {"verdict", e.verdict}};
    if (!e.same_point_as.empty()) entry["same_point_as"] = e.same_point_as;
    json["certificates"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace rankscape::certificate
