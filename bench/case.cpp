// One case of widths (4,4,4,4), n = 48, with dense changes of basis: from W to certified inertia, against SymPy's
// differentiation, substitution and exact elimination of the same point in the same run. Fails when the two disagree.

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/native.hpp>

#include "native/deep_linear/recipes.hpp"
#include "timing.hpp"

using namespace rankscape;

namespace {

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr)
    text += buffer.data();
  if (pclose(pipe) != 0) throw std::runtime_error(command + " failed (is python3-sympy installed?)");
  return text;
}

}  // namespace

int main() {
  using namespace deep_linear;
  const Library library({RANKSCAPE_LANDSCAPES}, find_adviser);
  const Landscape& model = library.at("deep-linear");
  Plan plan;
  plan.landscape = model.id();
  plan.widths = {4, 4, 4, 4};
  plan.S = {1};
  plan.stratum = parse_stratum("1:1*2 1:2*1 2:1*2 3:2*3", 3);
  plan.data = "general";
  const Point point = make_recipe(std::move(plan))->build(1);

  WitnessedInertia found;
  const double ours = bench::best_seconds([&] { found = witnessed_inertia(model.instance(point)->hessian()); });

  const auto file = std::filesystem::temp_directory_path() / "rankscape-bench-case.json";
  std::ofstream(file) << model.to_json(point).dump();
  const std::string answer = output_of("/usr/bin/python3 " RANKSCAPE_SYMPY_CASE " " + file.string());
  std::filesystem::remove(file);
  double theirs = 0;
  long negative = 0;
  long zero = 0;
  long positive = 0;
  if (std::sscanf(answer.c_str(), "%lf %ld %ld %ld", &theirs, &negative, &zero, &positive) != 4) return EXIT_FAILURE;
  fmt::print("widths (4,4,4,4), n = 48, from W to certified inertia\n");
  fmt::print("  rankscape {:.6f} s, SymPy {:.1f} s, ratio {:.0f}\n", ours, theirs, theirs / ours);
  fmt::print("  inertia (negative, zero, positive) = ({}, {}, {})\n", found.inertia.negative, found.inertia.zero,
             found.inertia.positive);
  const bool same = found.inertia == Inertia{negative, zero, positive};
  if (!same) fmt::print("  SymPy says ({}, {}, {})\n", negative, zero, positive);
  return same ? EXIT_SUCCESS : EXIT_FAILURE;
}
