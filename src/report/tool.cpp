// Versions of this build. Those of libraries with a version at run time are asked there: that is what computed.

#include <arb.h>
#include <flint/flint.h>
#include <ginac/version.h>
#include <gmp.h>
#include <mpfr.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <git_describe.hpp>
#include <nlohmann/json.hpp>
#include <rankscape/report/tool.hpp>

namespace rankscape {
namespace {

std::string dotted(int major, int minor, int patch) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace

const ToolInfo& tool_info() {
  static const ToolInfo info = {
      RANKSCAPE_VERSION,
      RANKSCAPE_GIT_DESCRIBE,
      {
          {"arb", arb_version},
          {"boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
          {"eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
          {"flint", FLINT_VERSION},
          {"ginac", dotted(GINACLIB_MAJOR_VERSION, GINACLIB_MINOR_VERSION, GINACLIB_MICRO_VERSION)},
          {"gmp", gmp_version},
          {"mpfr", mpfr_get_version()},
          {"nlohmann-json",
           dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      },
  };
  return info;
}

}  // namespace rankscape
