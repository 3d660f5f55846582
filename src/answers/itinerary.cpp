#include "answers/itinerary.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <set>

#include "answers/near.hpp"
#include "answers/near_text.hpp"

namespace rankscape::answers {

Itinerary::Itinerary(const RunQuestion& question, const std::function<void(const std::string&)>& say,
                     const std::function<void()>& arrived)
    : title_(question.title) {
  std::set<std::string> said;
  const auto say_once = [&](const std::string& note) {
    if (said.insert(note).second) say(note);
  };
  for (const std::string& note : question.run.notes)
    say_once(note);
  stops_.reserve(question.run.checkpoints.size());
  for (const near::Checkpoint& checkpoint : question.run.checkpoints) {
    const near::Inputs inputs =
        near::read_inputs(checkpoint.read(), checkpoint.name, question.data, question.data_file, question.naming);
    for (const std::string& note : inputs.notes)
      say_once(note);
    if (question.naming.convention.empty()) say_once(fmt::format("read as {}: nothing else fits", inputs.reading));
    near::Stop stop;
    stop.step = checkpoint.step;
    stop.name = checkpoint.name;
    try {
      stop.problem = near::reduce(inputs);
    } catch (const InputError& error) {
      throw InputError(fmt::format("{}: {}", checkpoint.name, error.what()));
    }
    if (!stop.problem.open.empty()) {
      open_ = fmt::format("{}: undecided: {}", checkpoint.name, stop.problem.open);
      stops_.clear();
      return;
    }
    if (!stops_.empty() && stop.problem.network.widths != stops_.front().problem.network.widths)
      throw InputError(fmt::format("{} and {} have different shapes", stops_.front().name, checkpoint.name));
    for (const std::string& note : stop.problem.notes)
      say_once(note);
    stop.loss = near::loss_of(inputs);
    stop.answer = near::analyse(stop.problem, question.strata.value_or(usual_strata(stop.problem.network)));
    stops_.push_back(std::move(stop));
    arrived();
  }
  visits_ = near::visits(stops_);
}

const std::vector<Itinerary::Curve>& Itinerary::curves() const {
  if (curves_) return *curves_;
  curves_.emplace();
  std::set<near::Selection> sets;
  for (const near::Visit& visit : visits_) {
    if (!sets.insert(visit.S).second) continue;
    Curve curve{visit.S, {}};
    curve.distance.reserve(stops_.size());
    for (const near::Stop& stop : stops_)
      curve.distance.push_back(near::to_collapsed(stop.problem, visit.S));
    curves_->push_back(std::move(curve));
  }
  return *curves_;
}

Json Itinerary::json() const {
  Json json;
  json["format"] = "rankscape-itinerary/1";
  json["widths"] = stops_.front().problem.network.widths;
  json["stops"] = Json::array();
  for (std::size_t k = 0; k < stops_.size(); ++k) {
    const near::Stop& stop = stops_[k];
    Json item{{"step", stop.step}, {"file", stop.name}, {"empty_radius", rounded_below(stop.answer.empty_radius())}};
    if (stop.loss) item["loss"] = enclosure_to_json(Enclosure(*stop.loss), 9);
    const near::Selection* S = stop.sits();
    item["sits_at"] = S == nullptr ? Json(nullptr) : one_based(*S);
    if (stop.answer.only && stop.answer.only_radius > stop.answer.empty_radius())
      item["only_S"] = {{"S", one_based(*stop.answer.only)}, {"radius", rounded_below(stop.answer.only_radius)}};
    if (!stop.answer.found.empty()) {
      item["nearest"] = described(stop.answer.found.front());
      item["most_degenerate"] = described(stop.answer.found[stop.answer.most_degenerate]);
    }
    item["collapsed"] = Json::array();
    for (const Curve& curve : curves())
      item["collapsed"].push_back(curve.distance[k] ? Json(rounded_above(*curve.distance[k], 9)) : Json(nullptr));
    json["stops"].push_back(std::move(item));
  }
  json["visits"] = Json::array();
  for (const near::Visit& visit : visits_) {
    Json item{{"S", one_based(visit.S)},
              {"first_step", stops_[visit.first].step},
              {"last_step", stops_[visit.last].step},
              {"closest_step", stops_[visit.closest].step},
              {"nearest", described(stops_[visit.closest].answer.found.front())}};
    for (const auto& [name, at] : {std::pair("strict", visit.strict), std::pair("non_strict", visit.non_strict)})
      if (at)
        item[name] = {{"step", stops_[at->first].step},
                      {"saddle", described(stops_[at->first].answer.found[at->second])}};
    json["visits"].push_back(std::move(item));
  }
  json["collapsed_S"] = Json::array();  // what the entries of "collapsed" belong to
  for (const Curve& curve : curves())
    json["collapsed_S"].push_back(one_based(curve.S));
  return json;
}

}  // namespace rankscape::answers
