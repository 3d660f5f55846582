// From the formula of the loss to programs.
#include "landscapes/compiled.hpp"

#include "program/lagrangian.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

class MeaningsHere final : public program::Meanings {
 public:
  MeaningsHere(const Landscape::Data& data, const Environment& values) : data_(data), values_(values) {}

  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    std::vector<Value> values(arguments.begin(), arguments.end());
    if (position >= data_.words->all().size()) return values_.feature(position, values);
    const Word& word = (*data_.words)[position];
    if (word.role == Role::definition) {
      for (const Word::Body& body : word.bodies) {
        if (matches(body.pattern, arguments, values_))
          return Body{body.formula.tree.get(), variables_of(body.pattern, arguments)};
      }
      throw Undefined(name_at(word.declaration.name, arguments) + ": there is no such index");
    }
    if (word.role != Role::datum && word.role != Role::weight) return values_.feature(position, values);
    for (std::size_t a = 0; a < data_.arrays.size(); ++a) {
      const Declaration& array = data_.arrays[a];
      if (array.position != position || !matches(array.pattern, arguments, values_)) continue;
      const Extents extents = extents_of(array.type, values_, variables_of(array.pattern, arguments));
      return program::Input{name_at(array, arguments), extents.rows, extents.cols, data_.is_weight(a),
                            array.type.form == Type::Form::symmetric};
    }
    throw Undefined(name_at(word.declaration.name, arguments) + ": there is no such index");
  }

  [[nodiscard]] Value value(const Expr& tree, const std::vector<long>& variables) const override {
    return evaluate_tree(tree, values_, variables);
  }

 private:
  const Landscape::Data& data_;
  const Environment& values_;
};

// Data that are reached, then weights, in the order of the file.
void declare_inputs(const Landscape::Data& data, const Environment& values, program::Builder& builder) {
  const auto declare = [&](std::size_t a) {
    const Declaration& array = data.arrays[a];
    for (const auto& [indices, name] : input_names(array, values)) {
      const Extents extents = extents_of(array.type, values, variables_of(array.pattern, indices));
      builder.input(program::Input{name, extents.rows, extents.cols, data.is_weight(a),
                                   array.type.form == Type::Form::symmetric});
    }
  };
  for (const std::size_t a : data.loss_data)
    declare(a);
  for (std::size_t a = data.data_count; a < data.arrays.size(); ++a)
    declare(a);
}

[[noreturn]] void fail(const Landscape::Data& data, const Environment& values, Place place,
                       const std::string& message) {
  std::string where = data.filename;
  if (place.line > 0) where += fmt::format(":{}:{}", place.line, place.column);
  if (data.inline_loss) where = "/loss";
  throw InputError(fmt::format("{}: at [{}]: {}", where, shape_of(data.sizes, values).to_text(), message));
}

}  // namespace

std::vector<std::pair<Indices, std::string>> input_names(const Declaration& array, const Environment& values) {
  std::vector<std::pair<Indices, std::string>> names;
  for (const Indices& at : indices_of(array.pattern, values))
    names.emplace_back(at, name_at(array, at));
  return names;
}

program::Program program_of(const Landscape::Data& data, const Environment& values) {
  program::Builder builder;
  const MeaningsHere meanings(data, values);
  try {
    declare_inputs(data, values, builder);
    program::Lowering lowering(builder, meanings);
    std::vector<program::Output> outputs{{"loss", lowering.lower(*data.loss.tree)}};
    for (const Bound& bound : data.bounds)
      outputs.push_back({"bound " + std::to_string(outputs.size()), lowering.lower(*bound.in.tree)});
    if (!data.constraints.empty()) {
      for (program::Output& output : constraint_outputs(data, values, builder, lowering))
        outputs.push_back(std::move(output));
    }
    return builder.finish(std::move(outputs));
  } catch (const program::NotLowered& error) {
    fail(data, values, error.place, error.what());
  } catch (const Undefined& undefined) {
    fail(data, values, data.loss.place, undefined.what());
  }
}

std::unique_ptr<program::Meanings> meanings_at(const Landscape::Data& data, const Environment& values) {
  return std::make_unique<MeaningsHere>(data, values);
}

program::Program program_at(const Landscape& landscape, const Shape& shape, const std::map<std::string, long>& free) {
  landscape.check_shape(shape);
  const Landscape::Data& data = landscape.internals();
  Environment values(*data.words);
  put_sizes(data.sizes, shape, values);
  for (const SizeItem& item : data.sizes) {
    if (!item.free) continue;
    const auto named = free.find(item.name);
    values.put(item.position, named == free.end() ? 2L : named->second);
  }
  return program_of(data, values);
}

program::Program program_of_feature(const Landscape::Data& data, const Environment& values, std::size_t position,
                                    const Indices& indices) {
  program::Builder builder;
  const MeaningsHere meanings(data, values);
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    const Declaration& array = data.arrays[a];
    for (const auto& [at, name] : input_names(array, values)) {
      const Extents extents = extents_of(array.type, values, variables_of(array.pattern, at));
      if (data.is_weight(a)) builder.input(name, extents.rows, extents.cols, true);
    }
  }
  const auto meaning = meanings.of_feature(position, indices);
  program::Lowering lowering(builder, meanings);
  if (const auto* body = std::get_if<program::Meanings::Body>(&meaning))
    return builder.finish({{"feature", lowering.lower(*body->tree, body->variables)}});
  if (const auto* input = std::get_if<program::Input>(&meaning))
    return builder.finish({{"feature", builder.input(input->name, input->rows, input->cols, input->is_weight)}});
  throw Undefined("jacobian of something that is no formula");
}

Compiled::Compiled(program::Program whole)
    : program(std::move(whole)), loss([&] {
        program::Program alone = program;
        alone.outputs.resize(1);
        return program::pruned(alone);
      }()) {
  const bool constrained = std::any_of(program.outputs.begin(), program.outputs.end(),
                                       [](const auto& output) { return output.name == program::constraints_output; });
  if (constrained) constraints = std::make_shared<const CompiledConstraints>(program);
}

std::shared_ptr<const Compiled> CompiledLosses::at(const Landscape::Data& data, const Environment& values) {
  if (data.loss_of_data) return std::make_shared<const Compiled>(program_of(data, values));
  std::string key;
  for (const SizeItem& item : data.sizes) {
    for (const auto& [index, value] : values.stored(item.position))
      key += std::to_string(std::get<long>(value)) + ",";
    key += ";";
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_sizes_.find(key); found != by_sizes_.end()) return found->second;
  }
  // NOTE: two threads may both compile a shape that is new; they get equal programs
  auto compiled = std::make_shared<const Compiled>(program_of(data, values));
  const std::lock_guard lock(mutex_);
  return by_sizes_.try_emplace(key, std::move(compiled)).first->second;
}

std::vector<RationalMatrix> inputs_of(const Landscape::Data& data, const program::Program& program,
                                      const Found& found) {
  std::map<std::string, RationalMatrix> by_name;
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    const Declaration& array = data.arrays[a];
    for (const auto& [indices, name] : input_names(array, found.values)) {
      const bool wanted =
          std::any_of(program.inputs.begin(), program.inputs.end(),
                      [&, wanted_name = name](const program::Input& input) { return input.name == wanted_name; });
      if (!wanted) continue;
      if (found.given[a]) {
        by_name.emplace(name, found.arrays[a].at(indices));
        continue;
      }
      std::vector<Value> arguments(indices.begin(), indices.end());
      GivenArray value = item_of(found.values.feature(array.position, arguments));
      const Extents extents = extents_of(array.type, found.values, variables_of(array.pattern, indices));
      if (value.value.rows() != extents.rows || value.value.cols() != extents.cols) {
        throw Undefined(fmt::format("the default of {} is {} x {}, expected {} x {}", name, value.value.rows(),
                                    value.value.cols(), extents.rows, extents.cols));
      }
      by_name.emplace(name, std::move(value.value));
    }
  }
  std::vector<RationalMatrix> inputs;
  for (const program::Input& input : program.inputs)
    inputs.push_back(by_name.at(input.name));
  return inputs;
}

}  // namespace rankscape
