#include "near/trajectory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <rankscape/error.hpp>

#include "near/fit.hpp"
#include "near/neighbours.hpp"

namespace rankscape::near {

namespace {

constexpr std::size_t most_checkpoints = 10000;

struct Numbered {
  long step;
  std::string rest;  // the name without its last number
};

std::optional<Numbered> numbered(const std::string& name) {
  const std::size_t last = name.find_last_of("0123456789");
  if (last == std::string::npos) return std::nullopt;
  const std::size_t before = name.find_last_not_of("0123456789", last);
  const std::size_t first = before == std::string::npos ? 0 : before + 1;
  const std::string digits = name.substr(first, last + 1 - first);
  if (digits.size() > 18) throw InputError(fmt::format("{}: the number of the step is too large", name));
  return Numbered{std::stol(digits), fmt::format("{}*{}", name.substr(0, first), name.substr(last + 1))};
}

void sort_steps(std::vector<Checkpoint>& checkpoints) {
  if (checkpoints.size() > most_checkpoints)
    throw InputError(fmt::format("more than {} checkpoints", most_checkpoints));
  std::sort(checkpoints.begin(), checkpoints.end(), [](const Checkpoint& a, const Checkpoint& b) {
    return a.step != b.step ? a.step < b.step : natural_less(a.name, b.name);
  });
  for (std::size_t k = 1; k < checkpoints.size(); ++k)
    if (checkpoints[k].step == checkpoints[k - 1].step)
      throw InputError(fmt::format("two checkpoints of step {}: {} and {}", checkpoints[k].step,
                                   checkpoints[k - 1].name, checkpoints[k].name));
}

Run run_of_folder(const std::string& path, const std::string& data) {
  Run run;
  std::string kind;
  std::string kind_of;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (!name.starts_with('.') && !std::filesystem::equivalent(entry.path(), data, ignored))
      names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end(), natural_less);
  for (const std::string& name : names) {
    const std::filesystem::path file = std::filesystem::path(path) / name;
    const std::string ending = file.extension().string();
    const bool readable = ending == ".npz" || ending == ".safetensors" || ending == ".json";
    const auto number = readable ? numbered(file.stem().string()) : std::nullopt;
    if (!number) {
      run.notes.push_back(fmt::format("{}: not used: no checkpoint with a step in its name", file.string()));
      continue;
    }
    if (!kind_of.empty() && number->rest + ending != kind)
      throw InputError(fmt::format("{} and {} are checkpoints of two runs", kind_of, name));
    kind = number->rest + ending;
    kind_of = name;
    run.checkpoints.push_back({number->step, file.string(), [file] { return read_arrays(file.string()); }});
  }
  return run;
}

Run run_of_archive(const std::string& path) {
  Run run;
  std::map<std::string, std::shared_ptr<std::vector<NamedMatrix>>> members;
  for (NamedMatrix& array : read_arrays(path)) {
    const std::size_t slash = array.name.rfind('/');
    if (slash == std::string::npos || !numbered(array.name.substr(0, slash))) {
      run.notes.push_back(fmt::format("{}: not used: {}, whose name is not STEP/NAME", path, array.name));
      continue;
    }
    auto& group = members[array.name.substr(0, slash)];
    if (!group) group = std::make_shared<std::vector<NamedMatrix>>();
    array.name.erase(0, slash + 1);
    group->push_back(std::move(array));
  }
  for (const auto& [name, arrays] : members) {
    run.checkpoints.push_back(
        {numbered(name)->step, fmt::format("{}:{}", path, name), [kept = arrays] { return *kept; }});
  }
  return run;
}

}  // namespace

Run read_run(const std::string& path, const std::string& data) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(path, ignored);
  if (!folder && !path.ends_with(".npz"))
    throw InputError(path + ": expected a folder with a file for each checkpoint, or an .npz with members STEP/NAME");
  Run run = folder ? run_of_folder(path, data) : run_of_archive(path);
  if (run.checkpoints.empty())
    throw InputError(fmt::format("{}: no checkpoints: {}", path,
                                 folder ? "expected .npz, .safetensors or .json with a step in their names"
                                        : "expected members called STEP/NAME"));
  try {
    sort_steps(run.checkpoints);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", path, error.what()));
  }
  return run;
}

std::optional<Rational> loss_of(const Inputs& inputs) {
  const Samples& samples = inputs.samples;
  if (!samples.Syy) return std::nullopt;
  if (samples.X.size() == 0) {  // moments
    RationalMatrix product = RationalMatrix::Identity(samples.Sxx.rows(), samples.Sxx.rows());
    RationalMatrix offset = RationalMatrix::Zero(samples.Sxx.rows(), 1);  // the network is x -> product x + offset
    for (const Layer& layer : inputs.layers) {
      product = multiply(layer.W, product);
      offset = multiply(layer.W, offset);
      if (layer.b) offset += *layer.b;
    }
    const RationalMatrix transposed = product.transpose();
    Rational sum = trace(multiply({product, samples.Sxx, transposed})) - 2 * trace(multiply(product, samples.Sxy)) +
                   trace(*samples.Syy);
    if (samples.sums)
      sum += samples.sums->weight * square_norm(offset) +
             2 * offset.cwiseProduct(multiply(product, samples.sums->x) - samples.sums->y).sum();
    return sum;
  }
  RationalMatrix value = samples.X;
  for (const Layer& layer : inputs.layers) {
    value = multiply(layer.W, value);
    if (layer.b) value.colwise() += layer.b->col(0);
  }
  value -= samples.Y;
  Rational sum = 0;
  for (Index k = 0; k < value.cols(); ++k)
    sum += (samples.w.size() == 0 ? Rational(1) : samples.w(k, 0)) * square_norm(value.col(k));
  return sum;
}

const Selection* Stop::sits() const {
  const bool inside = answer.only && !answer.found.empty() && answer.found.front().point.S == *answer.only &&
                      answer.found.front().above < answer.only_radius;
  return inside ? &*answer.only : nullptr;
}

std::vector<Visit> visits(const std::vector<Stop>& stops) {
  std::vector<Visit> list;
  const auto above = [&](const std::pair<std::size_t, std::size_t>& at) -> const Rational& {
    return stops[at.first].answer.found[at.second].above;
  };
  for (std::size_t k = 0; k < stops.size(); ++k) {
    const Selection* S = stops[k].sits();
    if (S == nullptr) continue;
    const bool goes_on = !list.empty() && list.back().last + 1 == k && list.back().S == *S;
    if (!goes_on) list.push_back({k, k, *S, k, std::nullopt, std::nullopt});
    Visit& visit = list.back();
    visit.last = k;
    const auto& found = stops[k].answer.found;
    if (found.front().above < stops[visit.closest].answer.found.front().above) visit.closest = k;
    for (std::size_t c = 0; c < found.size(); ++c) {
      if (found[c].point.S != *S) continue;
      auto* best = found[c].verdict == Verdict::strict_saddle       ? &visit.strict
                   : found[c].verdict == Verdict::non_strict_saddle ? &visit.non_strict
                                                                    : nullptr;
      if (best != nullptr && (!*best || found[c].above < above(**best))) *best = std::pair(k, c);
    }
  }
  return list;
}

std::optional<Rational> to_collapsed(const Problem& problem, const Selection& S) {
  const Proposer proposer(problem.network, offsets_of(problem));
  const Proposer::Fit fit = proposer.fit(S, proposer.collapsed(S));
  if (fit.condition > worst_condition || fit.point.G.empty()) return std::nullopt;
  return distance_above(problem, fit.point);
}

}  // namespace rankscape::near
