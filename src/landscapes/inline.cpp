// A landscape made of a point that spells out its loss: types are read off the values.
#include "landscapes/inline.hpp"

#include "landscapes/point_file.hpp"
#include "landscapes/reader.hpp"

#include "language/typing.hpp"
#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace rankscape {

namespace {

constexpr std::size_t most_formulas = 1000;

class InlineDrafter {
 public:
  explicit InlineDrafter(const Json& json) : json_(json) {}

  Draft draft() {
    draft_.filename = "the point";
    draft_.loss = placed("/loss", json_.at("loss").get<std::string>());
    arrays("data", draft_.data);
    arrays("weights", draft_.weights);
    if (draft_.weights.empty()) throw InputError("/weights: found no weight, expected at least one");
    formulas("define", draft_.define);
    formulas("domain", draft_.domain);
    formulas("constraints", draft_.constraints);
    return std::move(draft_);
  }

 private:
  PlacedText placed(const std::string& pointer, const std::string& text) {
    draft_.pointers.push_back(pointer);
    const int line = -static_cast<int>(draft_.pointers.size());
    PlacedText result;
    result.text = text;
    int column = 0;
    for (const char c : text) {
      if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;  // characters, not bytes
      result.places.push_back({line, column});
    }
    result.places.push_back({line, column + 1});
    return result;
  }

  void formulas(const char* name, std::vector<DraftEntry>& entries) {
    if (!json_.contains(name)) return;
    const std::string place = std::string("/") + name;
    if (!json_.at(name).is_object()) throw InputError(place + ": expected an object of formulas by name");
    if (json_.at(name).size() > most_formulas) throw InputError(place + ": more than 1000 formulas");
    for (const auto& [key, value] : json_.at(name).items()) {
      const std::string pointer = fmt::format("{}/{}", place, key);
      if (!value.is_string()) throw InputError(pointer + ": expected a formula as a string");
      DraftEntry entry;
      entry.key = placed(pointer, key);
      entry.is = placed(pointer, value.get<std::string>());
      entries.push_back(std::move(entry));
    }
  }

  static std::string type_of(const GivenArray& array, const std::string& pointer) {
    if (array.spelling == GivenArray::Spelling::number) return "number";
    if (array.value.size() == 0) throw InputError(pointer + ": no numbers, expected at least one");
    return fmt::format("matrix({}, {})", array.value.rows(), array.value.cols());
  }

  void arrays(const char* name, std::vector<DraftEntry>& entries) {
    if (!json_.contains(name)) return;
    const std::string place = std::string("/") + name;
    if (!json_.at(name).is_object()) throw InputError(place + ": expected an object of values by name");
    if (json_.at(name).size() > most_formulas) throw InputError(place + ": more than 1000 names");
    for (const auto& [key, value] : json_.at(name).items()) {
      const std::string pointer = fmt::format("{}/{}", place, key);
      const auto add = [&](const std::string& declared, const std::string& type) {
        DraftEntry entry;
        entry.key = placed(pointer, declared);
        entry.is = placed(pointer, type);
        entries.push_back(std::move(entry));
      };
      const bool list = value.is_array() && !value.empty() && value.front().is_array() && !value.front().empty() &&
                        value.front().front().is_array();
      if (!list) {
        add(key, type_of(array_from_json(value, pointer), pointer));
        continue;
      }
      if (value.size() > most_formulas) throw InputError(pointer + ": more than 1000 matrices");
      std::vector<std::string> types;
      types.reserve(value.size());
      for (std::size_t k = 0; k < value.size(); ++k) {
        const std::string at = fmt::format("{}/{}", pointer, k);
        types.push_back(type_of(array_from_json(value[k], at), at));
      }
      const bool equal = std::all_of(types.begin(), types.end(), [&](const auto& type) { return type == types[0]; });
      if (equal) {
        add(fmt::format("{}(index in 1..{})", key, types.size()), types.front());
        continue;
      }
      for (std::size_t k = 0; k < types.size(); ++k)
        add(fmt::format("{}({})", key, k + 1), types[k]);
    }
  }

  const Json& json_;
  Draft draft_;
};

std::vector<std::pair<std::string, std::string>> pairs(const Json& json, const char* key) {
  std::vector<std::pair<std::string, std::string>> all;
  if (!json.contains(key)) return all;
  for (const auto& [name, formula] : json.at(key).items())
    all.emplace_back(name, formula.get<std::string>());
  return all;
}

// "x = 0, V = [1; 0]": names and formulas without names.
Json values_of(const std::string& text, const std::string& option) {
  Json values = Json::object();
  const Vocabulary nothing({}, {});
  const language::Names names{&nothing, {}};
  std::size_t at = 0;
  const auto fail = [&](std::size_t offset, const std::string& message) {
    throw InputError(fmt::format("{}: at character {}: {}", option, offset + 1, message));
  };
  const auto blank = [&] {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
      ++at;
  };
  for (blank(); at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_'))
      ++at;
    const std::string name = text.substr(begin, at - begin);
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0)
      fail(begin, fmt::format("found {}, expected a name such as x", text::found_at(text, begin)));
    if (values.contains(name)) fail(begin, fmt::format("found a second {}, expected one", text::quote(name)));
    blank();
    if (at >= text.size() || text[at] != '=') fail(at, fmt::format("found {}, expected '='", text::found_at(text, at)));
    const std::size_t first = ++at;
    int depth = 0;
    while (at < text.size() && (depth > 0 || text[at] != ',')) {
      if (text[at] == '(' || text[at] == '[' || text[at] == '{') ++depth;
      if (text[at] == ')' || text[at] == ']' || text[at] == '}') --depth;
      ++at;
    }
    const std::string formula = text.substr(first, at - first);
    try {
      const std::vector<Place> places(formula.size() + 1);
      const auto tree = language::type_check(language::parse_syntax(formula), names, places);
      struct Nothing final : FeatureSource {
        [[nodiscard]] Value feature(std::size_t, std::span<const Value>) const override {
          throw Undefined("no features");
        }
      } const none;
      const GivenArray array = item_of(evaluate_tree(*tree, none));
      using Spelling = GivenArray::Spelling;
      if (array.spelling == Spelling::number) {
        values[name] = to_json(Datum(array.value(0, 0)));
      } else {
        values[name] = to_json(Datum(array.value));
      }
    } catch (const language::SyntaxError& error) {
      fail(first + error.offset, error.what());
    } catch (const Undefined& undefined) {
      fail(first, undefined.what());
    }
    if (at < text.size()) ++at;  // the comma
    blank();
  }
  return values;
}

}  // namespace

std::unique_ptr<Landscape::Data> read_inline(const Json& json) {
  check_point_fields(json);
  if (!json.contains("loss")) throw InputError("/loss: missing");
  auto data = read_landscape(InlineDrafter(json).draft(), nullptr);
  auto loss = std::make_shared<InlineLoss>();
  loss->loss = json.at("loss").get<std::string>();
  loss->define = pairs(json, "define");
  loss->domain = pairs(json, "domain");
  loss->constraints = pairs(json, "constraints");
  data->inline_loss = std::move(loss);
  return data;
}

Json point_file_of(const std::string& loss, const std::string& at, const std::string& data) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["loss"] = loss;
  json["data"] = values_of(data, "--data");
  json["weights"] = values_of(at, "--at");
  for (const auto& [name, value] : json["weights"].items()) {
    if (json["data"].contains(name))
      throw InputError(fmt::format("--at: {} is also under --data, expected it under one of them", text::quote(name)));
  }
  return json;
}

}  // namespace rankscape
