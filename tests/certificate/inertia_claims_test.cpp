// Frames and null vectors of symmetric matrices: short where the matrix is large, exact where doubles do not suffice.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "certificate/evidence.hpp"
#include "certificate/write.hpp"
#include "exact/inertia_sandwich.hpp"
#include "exact/random_matrices.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using certificate::InertiaClaim;
using testing::congruent;
using testing::diagonal;
using testing::Random;
using verifier::Outcome;

namespace {

verifier::Report verified(const RationalMatrix& a, const InertiaClaim& claim) {
  auto report = verifier::verify_certificate(certificate::to_text(certificate::to_json(a, claim)));
  CHECK(report.reason == "");
  CHECK(report.outcome == Outcome::verified);
  return report;
}

std::size_t longest_entry(const RationalMatrix& a) {
  std::size_t longest = 0;
  for (Index k = 0; k < a.size(); ++k)
    longest = std::max(longest, to_string(a(k)).size());
  return longest;
}

// Of rank `rank`, with the null vectors (wide, -I).
struct Degenerate {
  RationalMatrix all;
  Inertia inertia;
};

Degenerate degenerate(Index n, Index rank, Random& random) {
  const RationalMatrix core = random.symmetric(rank, 50);
  RationalMatrix wide(rank, n);
  wide << RationalMatrix::Identity(rank, rank), random.matrix(rank, n - rank, 3);
  Inertia inertia = witnessed_inertia(core).inertia;
  inertia.zero += n - rank;
  return {multiply({wide.transpose(), core, wide}), inertia};
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a large matrix: short vectors, and forgeries") {
    constexpr std::uint64_t seed = 1301;
    CAPTURE(seed);
    Random random(seed);
    const Index n = exact::sandwich_size + 2;
    const Degenerate made = degenerate(n, 24, random);
    const InertiaClaim claim = certificate::inertia_claim(made.all);
    CHECK(claim.inertia == made.inertia);
    CHECK(claim.frame.rows() == 24);
    CHECK(longest_entry(claim.frame) <= 8);
    CHECK(longest_entry(claim.null) <= 2);
    verified(made.all, claim);

    const Json good = certificate::to_json(made.all, claim);
    const auto rejected = [&](const char* reason, const auto& change) {
      Json forged = good;
      change(forged["inertia"]);
      const auto report = verifier::verify_certificate(forged.dump());
      CAPTURE(report.reason);
      CHECK(report.outcome == Outcome::rejected);
      CHECK(report.reason.find(reason) != std::string::npos);
    };
    const auto negative = static_cast<std::size_t>(claim.inertia.negative);
    rejected("negative definite", [&](Json& inertia) { inertia["frame"][0] = inertia["frame"][negative]; });
    rejected("positive definite", [&](Json& inertia) { inertia["frame"][negative] = inertia["frame"][negative + 1]; });
    rejected("not in the null space", [&](Json& inertia) {
      Json& entry = inertia["null"][50][3];
      entry = entry.get<int>() + 1;
    });
    rejected("independent", [&](Json& inertia) { inertia["null"][50] = inertia["null"][51]; });
  }

  TEST_CASE("extreme eigenvalues of a large matrix") {
    // the Hadamard matrix has orthogonal rows of length 128: eigenvalues 128 d
    const Index n = 128;
    RationalMatrix hadamard = RationalMatrix::Ones(1, 1);
    while (hadamard.rows() < n) {
      RationalMatrix twice(2 * hadamard.rows(), 2 * hadamard.cols());
      twice << hadamard, hadamard, hadamard, -hadamard;
      hadamard = std::move(twice);
    }
    std::vector<Rational> d;
    for (Index k = 0; k < n; ++k)
      d.emplace_back(k < 4 ? -1 - k : k < 100 ? 0 : k * k);
    const RationalMatrix a = multiply({hadamard, diagonal(d), hadamard});
    const InertiaClaim claim =
        certificate::inertia_claim(a, {4, 96, 28}, Enclosure(Rational(-4 * n)), Enclosure(Rational(127 * 127 * n)));
    CHECK(claim.frame.rows() == n);
    CHECK(verified(a, claim).verified == std::vector<std::string>{"inertia", "lambda_min", "lambda_max"});
  }

  TEST_CASE("rows of very different size, and eigenvalues that doubles do not tell from zero") {
    constexpr std::uint64_t seed = 1302;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 6; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(3, 8);
      std::vector<Rational> sizes;
      for (Index k = 0; k < n; ++k)
        sizes.push_back(turn % 2 == 0 ? Rational(k % 3) : parse_rational(k % 3 == 0 ? "1e-40" : "-3e25"));
      std::vector<Rational> scales;
      for (Index k = 0; k < n; ++k)
        scales.push_back(turn < 4 ? Rational(1) : parse_rational(k % 2 == 0 ? "1e60" : "1e-60"));
      const RationalMatrix a = congruent(congruent(diagonal(sizes), random.unimodular(n, 3)), diagonal(scales));
      const InertiaClaim claim = certificate::inertia_claim(a);
      CHECK(claim.inertia.negative == std::count_if(sizes.begin(), sizes.end(), [](const auto& x) { return x < 0; }));
      CHECK(claim.inertia.zero == std::count(sizes.begin(), sizes.end(), Rational(0)));
      verified(a, claim);
    }
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("1,200 rows: below 20 MB, and verified") {
    constexpr std::uint64_t seed = 1303;
    CAPTURE(seed);
    Random random(seed);
    const Degenerate made = degenerate(1200, 300, random);
    const InertiaClaim claim = certificate::inertia_claim(made.all);
    CHECK(claim.inertia == made.inertia);
    CHECK(certificate::to_text(certificate::to_json(made.all, claim)).size() < 20'000'000);
    verified(made.all, claim);
  }
}
