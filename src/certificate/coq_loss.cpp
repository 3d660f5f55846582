#include "certificate/coq_loss.hpp"

#include "certificate/coq_terms.hpp"

#include <algorithm>
#include <cctype>
#include <rankscape/error.hpp>
#include <string_view>

namespace rankscape::certificate::coq {

namespace {

// A name that can stand in a comment, or the position.
std::string shown_name(const Json& named, std::size_t position) {
  const auto name = named.at("name").get<std::string>();
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("_(),.").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return plain ? name : fmt::format("input{}", position);
}

// A scalar as it is, a matrix by its position.
std::string shown_constant(const Json& value, const std::string& position) {
  const Json& entries = value.at("entries");
  if (entries.size() != 1 || entries.at(0).size() != 1) return "constant" + position;
  const std::string entry = integer(entries.at(0).at(0));
  const std::string denominator = integer(value.at("denominator"));
  return denominator == "1" ? entry : fmt::format("{}/{}", entry, denominator);
}

// Weights by their shapes, what is given by its values.
std::string input(const Json& value, bool given) {
  if (given) return fmt::format("Data ({})", filled_matrix(value));
  static_cast<void>(filled_matrix(value));
  return fmt::format("Weight {} {}", value.at("entries").size(), value.at("entries").at(0).size());
}

}  // namespace

Loss::Loss(const Json& certificate) {
  const Json& weights = certificate.at("weights");
  const bool constrained = certificate.at("claims").contains("constraints");
  for (const Json& named : certificate.at("data"))
    add_input(shown_name(named, inputs_.size()), input(named.at("value"), true));
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (constrained && k + 1 == weights.size()) {
      add_input("mu", "Data the_multipliers");
    } else {
      add_input(shown_name(weights[k], inputs_.size()), input(weights[k].at("value"), false));
    }
  }
  for (const Json& instruction : certificate.at("program"))
    add(instruction, certificate);
}

void Loss::add_input(std::string name, const std::string& term) {
  given_ += fmt::format("{}{} (* {} *)", given_.empty() ? "[:: " : ";\n      ", term, name);
  inputs_.push_back(std::move(name));
}

std::string Loss::reciprocals() const {
  return reciprocals_.empty() ? "[::]" : fmt::format("[:: {}]", fmt::join(reciprocals_, "; "));
}

void Loss::add_reciprocal(std::size_t node, const Json& certificate) {
  const Json& source = certificate.at("program").at(node);
  const auto k = source.at(1).is_number() ? source.at(1).get<std::size_t>() : 0;
  const bool datum = source.at(0) == "input" && k < certificate.at("data").size();
  if (!datum && source.at(0) != "constant")
    throw InputError("the loss has a reciprocal that is not one of a datum or a constant");
  if (certificate.at("claims").contains("constraints"))
    throw InputError("the loss has a reciprocal, under constraints");
  const Json& value = datum ? certificate.at("data").at(k).at("value") : certificate.at("constants").at(k);
  const std::string numerator = digits(value.at("entries").at(0).at(0));
  const std::string denominator = digits(value.at("denominator"));
  const bool negative = numerator.starts_with('-');
  reciprocals_.push_back(fmt::format("({}, {})", node, inputs_.size()));
  const std::string formula = "1/" + operand(Json(node), true);
  push(fmt::format("Input {}", inputs_.size()), formula);
  add_input(formula, fmt::format("Data (RationalMatrix {} [:: [:: {}]])", numerator.substr(negative ? 1 : 0),
                                 negative ? "(-" + denominator + ")" : denominator));
}

std::string Loss::instructions() const {
  std::string text;
  for (std::size_t k = 0; k < terms_.size(); ++k) {
    text += fmt::format("{}{}  (* r{} = {} *)\n", k == 0 ? "  [:: " : "      ",
                        terms_[k] + (k + 1 < terms_.size() ? ";" : "]."), k, formulas_[k]);
  }
  return text;
}

std::string Loss::operand(const Json& position, bool factor) const {
  constexpr std::size_t longest = 60;
  const auto k = position.get<std::size_t>();
  if (formulas_[k].size() > longest) return fmt::format("r{}", k);
  return factor && sum_[k] ? "(" + formulas_[k] + ")" : formulas_[k];
}

void Loss::add(const Json& instruction, const Json& certificate) {
  const auto name = instruction.at(0).get<std::string>();
  const auto at = [&](std::size_t k) { return instruction.at(k).dump(); };
  const auto plain = [&](std::size_t k) { return operand(instruction.at(k), false); };
  const auto factor = [&](std::size_t k) { return operand(instruction.at(k), true); };
  const auto binary = [&](const char* constructor) { return fmt::format("{} {} {}", constructor, at(1), at(2)); };
  if (name == "input") {
    push("Input " + at(1), inputs_.at(instruction.at(1).get<std::size_t>()));
  } else if (name == "constant") {
    const Json& matrix = certificate.at("constants").at(instruction.at(1).get<std::size_t>());
    push("Constant (" + filled_matrix(matrix) + ")", shown_constant(matrix, at(1)));
  } else if (name == "add") {
    push(binary("Add"), fmt::format("{} + {}", plain(1), plain(2)), true);
  } else if (name == "subtract") {
    push(binary("Subtract"), fmt::format("{} - {}", plain(1), factor(2)), true);
  } else if (name == "multiply") {
    push(binary("Multiply"), fmt::format("{} {}", factor(1), factor(2)));
  } else if (name == "hadamard") {
    push(binary("Hadamard"), fmt::format("{} o {}", factor(1), factor(2)));
  } else if (name == "dot") {
    push(binary("Dot"), at(1) == at(2) ? fmt::format("|{}|^2", plain(1)) : fmt::format("<{}, {}>", plain(1), plain(2)));
  } else if (name == "scalar_multiply") {
    push(binary("ScalarMultiply"), fmt::format("{} {}", factor(1), factor(2)));
  } else if (name == "transpose") {
    push("Transpose " + at(1), fmt::format("({})^T", plain(1)));
  } else if (name == "reciprocal") {
    add_reciprocal(instruction.at(1).get<std::size_t>(), certificate);
  } else if (name == "scale") {
    const std::string q = number(instruction.at(1));  // "(n, d)"
    const std::size_t comma = q.rfind(", ");
    push(fmt::format("Scale {} {} {}", q.substr(1, comma - 1), q.substr(comma + 2, q.size() - comma - 3), at(2)),
         fmt::format("{} {}", instruction.at(1).is_string() ? instruction.at(1).get<std::string>() : at(1), factor(2)));
  } else {
    throw InputError(fmt::format("the loss has the instruction {}, of which the proved checker says nothing", name));
  }
}

void Loss::push(std::string term, std::string formula, bool sum) {
  terms_.push_back(std::move(term));
  formulas_.push_back(std::move(formula));
  sum_.push_back(sum);
}

}  // namespace rankscape::certificate::coq
