// A landscape's file may declare what is no symmetry: the inertia of a large Hessian is the same.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include "landscapes/instance.hpp"

using namespace rankscape;

namespace {

std::string rank_one_file(const std::string& velocity_of_v) {
  const std::string head = R"toml(format = "rankscape-landscape/1"
id     = "scaled"
title  = "A matrix of rank one"
source = "made up"
loss   = "norm2(u * transpose(v) - M)"
[sizes]
sizes    = "n"
examples = [[2]]
[data]
M = "matrix(n, n)"
[weights]
u = "matrix(n, 1)"
v = "matrix(n, 1)"
[[symmetry]]
name  = "scaling"
over  = { t = "matrix(1, 1)", s = "matrix(1, 1)" }
)toml";
  return head + "moves = { u = \"u * t\", v = \"" + velocity_of_v + "\" }\n";
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("what is declared a symmetry and is none changes no inertia") {
    constexpr Index n = 65;  // 130 parameters, one component
    Point point;
    RationalMatrix u(n, 1);
    RationalMatrix v(n, 1);
    for (Index k = 0; k < n; ++k) {
      u(k, 0) = k % 7 + 1;  // no zeros: the Hessian has no blocks
      v(k, 0) = k % 5 - 7;
    }
    point.data["M"] = RationalMatrix(u * v.transpose());
    point.weights = {u, v};
    for (const char* velocity : {"-v * t", "v * t", "v * s", "v * (s - t)"}) {
      CAPTURE(velocity);
      const auto landscape = Landscape::parse(rank_one_file(velocity), "scaled.toml");
      point.model = landscape->id();
      const auto instance = landscape->instance(point);
      std::vector<Weights> moved;
      for_each_velocity(*instance, [&](const Weights& one) { moved.push_back(one); });
      REQUIRE(moved.size() == 2);
      CHECK(moved[0][0] == u);
      CHECK(is_zero(moved[1][0]));
      // the tangent space of the matrices of rank one has dimension 2 n - 1
      CHECK(*examine(*instance, {.eigenvalues = false}).hessian == Inertia{0, 1, 2 * n - 1});
    }
  }
}
