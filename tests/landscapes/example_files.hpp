#pragma once
// The example landscapes of the format, and an adviser for those that name one: it knows the words, and nothing else.

#include <rankscape/adviser.hpp>
#include <rankscape/landscape.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rankscape::examples {

inline std::filesystem::path folder() {
  return RANKSCAPE_SOURCE_DIR "/tests/landscapes/examples";
}

inline std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

inline std::string contents(const std::string& name) {
  std::ifstream in(folder() / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class NoAdvice final : public Advice {
 public:
  [[nodiscard]] Value word(std::size_t /*position*/, std::span<const Value> /*arguments*/) const override {
    throw Undefined("this adviser knows nothing");
  }
};

class NoAdviser final : public Adviser {
 public:
  [[nodiscard]] std::string name() const override { return "none"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& words() const override {
    static const std::vector<FeatureDeclaration> list = [] {
      std::vector<FeatureDeclaration> words(2);
      words[0].name = "least_squares";
      words[0].result = Kind::matrix;
      words[1].name = "delta";
      return words;
    }();
    return list;
  }
  [[nodiscard]] std::unique_ptr<Advice> at(const Instance& /*instance*/) const override {
    return std::make_unique<NoAdvice>();
  }
};

inline const Adviser* adviser(std::string_view /*name*/) {
  static const NoAdviser none;
  return &none;
}

}  // namespace rankscape::examples
