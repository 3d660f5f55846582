// What the program writes is as docs/schema says. The validator is Debian's python3-jsonschema.
#include <doctest/doctest.h>

#include <set>

#include "cli/program.hpp"

using namespace rankscape::test;

TEST_SUITE("standard") {
  TEST_CASE("files are as their schemas say, and every schema has a file") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const Outcome made = shell(
        "F=" + at +
        "\nrankscape check theorems/achour2024-classification.toml --widths 2,2,2 --json $F/report.json --certificates "
        "$F/certificates\n"
        "rankscape check theorems/li2019-symmetric-classification.toml docs/examples/both-blocks.toml "
        "theorems/bhojanapalli2016-noisy.toml --samples 1 --json $F/reports.json\n"
        "rankscape check theorems/kawaguchi2016.toml docs/examples/both-blocks.toml --widths 2,2,2 --samples 1 "
        " --json $F/report-line.jsonl\n"
        "rankscape point --widths 2,2,2 --S 2 --stratum '1:1*1 2:2*1' --json $F/point.json\n"
        "rankscape classify $F/point.json --json $F/verdict.json\n"
        "rankscape classify --loss 'x^3 + y^2' --at 'x = 1, y = 0' --json $F/verdict-not-critical.json\n"
        "rankscape classify --loss '(x - y^2)*(x - 2*y^2)' --at 'x = 0, y = 0' --json $F/verdict-loss.json\n"
        "rankscape strata --widths 2,2,2 --json $F/strata.json\n"
        "rankscape values --widths 3,2,3 --lambda 9,4,1 --json $F/values.json\n"
        "echo '[[1, 2], [2, 1]]' > $F/matrix.json\n"
        "rankscape inertia $F/matrix.json --json $F/inertia.json --certificate $F/inertia-certificate.json\n"
        "rankscape explore docs/examples/both-blocks.toml --widths 2,2,2,2 --vary --json $F/exploration-vary.json\n"
        "rankscape explore docs/examples/both-blocks.toml --widths 2,2,2 --mutate --json $F/exploration-mutate.json\n"
        "rankscape explore theorems/achour2024-classification.toml --widths 2,1,2 --drop H4 --json "
        "$F/exploration-drop.json\n"
        "rankscape derive --loss 'x^2*y' --at 'x = 0, y = 0' --json $F/derivation.json\n"
        "rankscape regions theorems/regions/li2019-region-2.toml theorems/regions/li2019-region-1-larger-constant.toml "
        "--boxes 40 --json $F/regions.json\n"
        R"(sed '0,/^\[\[claim\]\]/s//[hypotheses]\nnever = "n == 7"\n[[claim]]/' theorems/regions/li2019-region-2.toml)"
        " > $F/vacuous.toml\n"
        "rankscape regions $F/vacuous.toml --json $F/regions-vacuous.json\n"
        "rankscape landscape phase-retrieval --size 2 --json $F/landscape.json\n"
        "rankscape landscape phase-retrieval --size 2 --time-limit 0.000001 --json $F/landscape-stopped.json\n"
        "sed 's/x = \"t \\* u\"/x = \"t * u + u\"/' landscapes/phase-retrieval.toml > $F/wrong.toml\n"
        "rankscape landscape $F/wrong.toml --size 2 --json $F/landscape-wrong.json\n"
        "rankscape near tests/near/data/square-step-013800.npz --data tests/near/data/square-data.npz --convention "
        "columns --radius 1/50 --json $F/near.json --certificate $F/near-certificate.json\n"
        "rankscape near --trajectory docs/examples/near/run.npz --data docs/examples/near/data.npz --strata 0 --json "
        "$F/itinerary.json\n"
        "rankscape near --loss '(x^2 + y^2 - 2)^2' --at 'x = 1, y = 1.001' --radius 1 --json $F/near-loss.json "
        "--certificate $F/orbit-certificate.json\n"
        "rankscape near --loss 'x^4' --at 'x = 1e-9' --json $F/near-none.json || true\n"
        // Singular is in the part [test] of scripts/packages.txt; without it one certificate is held, and nothing else
        "cp tests/solve/data/*.json $F/; cp tests/solve/data/solution.json $F/solution-kept.json\n"
        "if command -v Singular; then rankscape solve --loss '(x^2 + y^2 + 1)^2 + z^4 - 2*z^2' --json $F/solution.json "
        "--certificate $F/no-real-points.json; fi");
    CAPTURE(made.err);
    const auto valid = [&](const std::string& schema, const std::string& files) {
      const Outcome outcome = shell("cd " + at +
                                    " && /usr/bin/python3 '" RANKSCAPE_SOURCE_DIR
                                    "/tests/outputs/validate.py' '" RANKSCAPE_SOURCE_DIR "/docs/schema/" +
                                    schema + ".json' " + files);
      CHECK_MESSAGE(outcome.code == 0, (schema + ": " + outcome.err));
    };
    std::set<std::string> held;
    for (const auto& [schema, files] : std::initializer_list<std::pair<std::string, std::string>>{
             {"report", "report.json reports.json"},
             {"report-line", "report-line.jsonl"},
             {"regions", "regions.json regions-vacuous.json"},
             {"landscape-audit", "landscape.json landscape-wrong.json landscape-stopped.json"},
             {"point", "point.json '" RANKSCAPE_SOURCE_DIR "'/docs/examples/*.json"},
             {"verdict", "verdict.json verdict-not-critical.json verdict-loss.json"},
             {"strata", "strata.json"},
             {"values", "values.json"},
             {"inertia", "inertia.json"},
             {"inertia-certificate", "inertia-certificate.json"},
             {"certificate", "certificates/case-*.json"},
             {"manifest", "certificates/manifest.json"},
             {"exploration", "exploration-vary.json exploration-mutate.json exploration-drop.json"},
             {"derivation", "derivation.json"},
             {"near-certificate", "near-certificate.json"},
             {"orbit-certificate", "orbit-certificate.json"},
             {"near", "near.json near-loss.json near-none.json"},
             {"itinerary", "itinerary.json"},
             {"solution", "solution.json solution-kept.json"},
             {"complete",
              "line.json deep-linear-2-1-2.json no-real-points.json weight-decay.json real-squares.json "
              "gauge-echelon.json"}}) {
      valid(schema, files);
      held.insert(schema + ".json");
    }
    for (const auto& entry : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/docs/schema")) {
      const std::string name = entry.path().filename().string();
      if (name != "README.md") CHECK_MESSAGE(held.contains(name), name);
    }
  }
}
