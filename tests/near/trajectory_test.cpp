// Runs: checkpoints in their order, losses, and the itinerary of the run in docs/near.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <rankscape/error.hpp>

#include "cli/program.hpp"
#include "near/trajectory.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

const std::string example = RANKSCAPE_SOURCE_DIR "/docs/examples/near/";

std::string run_refusal(const std::string& path, const std::string& data) {
  try {
    static_cast<void>(read_run(path, data));
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

Stop stop_of(const Checkpoint& checkpoint, const std::string& data, int strata) {
  const Inputs inputs = read_inputs(checkpoint.read(), checkpoint.name, read_arrays(data), data, {});
  Stop stop;
  stop.step = checkpoint.step;
  stop.name = checkpoint.name;
  stop.problem = reduce(inputs);
  stop.loss = loss_of(inputs);
  stop.answer = analyse(stop.problem, strata);
  return stop;
}

// ||W_H .. W_1 X - Y||^2 in doubles, sample by sample.
double plain_loss(const std::vector<NamedMatrix>& weights, const std::vector<NamedMatrix>& data) {
  const auto as_double = [](const RationalMatrix& a) {
    return Matrix<double>(a.unaryExpr([](const Rational& x) { return x.convert_to<double>(); }));
  };
  double sum = 0;
  const Matrix<double> x = as_double(data[0].value);
  const Matrix<double> y = as_double(data[1].value);
  for (Index k = 0; k < x.cols(); ++k) {
    Eigen::VectorXd value = x.col(k);
    for (const NamedMatrix& w : weights)
      value = as_double(w.value) * value;
    sum += (value - y.col(k)).squaredNorm();
  }
  return sum;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("checkpoints of a folder: by the last number of their names, one run, each step once") {
    const test::TemporaryFolder folder;
    const std::string data = (folder / "data-7.npz").string();
    const std::string at = (folder / "").string();
    const std::string source = std::string(RANKSCAPE_NEAR_DATA) + "/narrow-";
    std::filesystem::copy_file(source + "data.npz", data);
    CHECK(run_refusal(at, data).find("no checkpoints") != std::string::npos);
    for (const char* name : {"layers3-step10.npz", "layers3-step9.npz"})
      std::filesystem::copy_file(source + "step-003800.npz", folder / name);
    test::write_text(folder / "notes.txt", "x");
    const Run run = read_run(at, data);
    REQUIRE(run.checkpoints.size() == 2);
    CHECK(run.checkpoints[0].step == 9);
    CHECK(run.checkpoints[1].step == 10);
    CHECK(run.checkpoints[1].read().size() == 3);
    REQUIRE(run.notes.size() == 1);
    CHECK(run.notes[0].find("notes.txt: not used") != std::string::npos);
    std::filesystem::copy_file(source + "step-003800.npz", folder / "layers3-step09.npz");
    CHECK(run_refusal(at, data).find("two checkpoints of step 9") != std::string::npos);
    std::filesystem::copy_file(source + "step-003800.npz", folder / "layers4-step9.npz");
    CHECK(run_refusal(at, data).find("checkpoints of two runs") != std::string::npos);
    CHECK(run_refusal(RANKSCAPE_NEAR_DATA, data).find("two runs") != std::string::npos);
    CHECK(run_refusal(source + "step-003800.npz", data).find("STEP/NAME") != std::string::npos);
    CHECK(run_refusal(at + "layers3-step99999999999999999999.json", data).find("expected a folder") !=
          std::string::npos);
  }

  TEST_CASE("the run of docs/near.md: losses, and the end") {
    const std::string data = example + "data.npz";
    const Run run = read_run(example + "run.npz", data);
    REQUIRE(run.checkpoints.size() == 16);
    CHECK(run.notes.empty());
    CHECK(std::is_sorted(run.checkpoints.begin(), run.checkpoints.end(),
                         [](const Checkpoint& a, const Checkpoint& b) { return a.step < b.step; }));
    const auto arrays = read_arrays(data);
    for (const Checkpoint& checkpoint : run.checkpoints) {
      CAPTURE(checkpoint.name);
      const Inputs inputs = read_inputs(checkpoint.read(), checkpoint.name, arrays, data, {});
      const double plain = plain_loss(checkpoint.read(), arrays);
      CHECK(loss_of(inputs)->convert_to<double>() == doctest::Approx(plain).epsilon(1e-9));
      // the same from the moments, without samples
      Inputs moments = inputs;
      moments.samples.X.resize(0, 0);
      CHECK(*loss_of(moments) == *loss_of(inputs));
      moments.samples.Syy.reset();
      CHECK_FALSE(loss_of(moments).has_value());
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the run of docs/near.md passes the saddles {}, {1}, {1,2} and ends at a global minimizer") {
    const std::string data = example + "data.npz";
    std::vector<Stop> stops;
    for (const Checkpoint& checkpoint : read_run(example + "run.npz", data).checkpoints)
      stops.push_back(stop_of(checkpoint, data, 0));
    const std::vector<Visit> list = visits(stops);
    REQUIRE(list.size() == 4);
    for (std::size_t v = 0; v < list.size(); ++v) {
      CAPTURE(v);
      const Visit& visit = list[v];
      CHECK(is_leading(visit.S));
      CHECK(visit.S.size() == v);
      // the collapsed stratum is nearest on the own visit, among all
      for (std::size_t w = 0; w < list.size(); ++w) {
        const auto own = to_collapsed(stops[visit.closest].problem, visit.S);
        const auto other = to_collapsed(stops[visit.closest].problem, list[w].S);
        REQUIRE(own);
        CHECK((!other || *own <= *other));
      }
      for (std::size_t k = visit.first; k <= visit.last; ++k) {
        const Answer& answer = stops[k].answer;
        CHECK(answer.found.front().above < answer.only_radius);  // so the point certified has the S of the ball
        CHECK(answer.empty_radius() <= answer.found.front().above);
      }
      // losses fall along the run, from above the value of this S to below that of the S before
      if (v > 0) CHECK(*stops[visit.first].loss < *stops[list[v - 1].last].loss);
      if (v == 3) {
        CHECK(stops[visit.closest].answer.found.front().verdict == Verdict::global_minimizer);
        CHECK(stops[visit.closest].answer.found.front().above < Rational(31, 1000000));
        CHECK_FALSE(visit.strict);
        CHECK_FALSE(visit.non_strict);
      } else {  // both kinds are near, the strict ones nearer: section 3.5 of Achour et al.
        REQUIRE(visit.strict);
        REQUIRE(visit.non_strict);
        const Certified& strict = stops[visit.strict->first].answer.found[visit.strict->second];
        const Certified& flat = stops[visit.non_strict->first].answer.found[visit.non_strict->second];
        CHECK(strict.inertia.negative > 0);
        CHECK(flat.inertia.negative == 0);
        CHECK(strict.above < flat.above);
        CHECK(flat.above < stops[visit.non_strict->first].answer.only_radius);
      }
    }
  }
}
