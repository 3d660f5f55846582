// Shapes and spectrum are judged by GivenData; here the file is read.
#include "answers/given_data.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "answers/point_file.hpp"
#include "text/matrix_file.hpp"

namespace rankscape {

std::shared_ptr<const deep_linear::GivenData> read_given_data(const std::string& path) {
  return given_data_of(read_point_file(path), path);
}

std::shared_ptr<const deep_linear::GivenData> given_data_of(const Json& json, const std::string& file) {
  try {
    const Json& data = json.is_object() && json.contains("data") ? json.at("data") : json;
    if (!data.is_object()) throw InputError("expected an object with X and Y");
    const auto matrix = [&](const char* name) {
      if (!data.contains(name)) throw InputError(std::string("/") + name + ": missing");
      try {
        return text::matrix_of(data.at(name));
      } catch (const InputError& error) {
        throw InputError(std::string("/") + name + ": " + error.what());
      }
    };
    const RationalMatrix X = matrix("X");
    return std::make_shared<const deep_linear::GivenData>(X, matrix("Y"));
  } catch (const InputError& error) {
    throw InputError(file.empty() ? error.what() : file + ": " + error.what());
  }
}

}  // namespace rankscape
