// JUnit XML: counts, outcomes, and well-formedness by an independent parser.

#include <doctest/doctest.h>

#include <fstream>
#include <rankscape/report/junit_report.hpp>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

// What Python's XML parser sees: for each suite its counts as written, and those of its elements.
constexpr const char* count_script = R"(
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
for element in [root] + list(root):
    cases = list(element.iter('testcase'))
    print(*(element.get(k) for k in ('name', 'tests', 'failures', 'errors', 'skipped')),
          *(len(list(element.iter(k))) for k in ('testcase', 'failure', 'error', 'skipped')), sep='|')
for case in root.iter('testcase'):
    for child in case:
        print(case.get('name'), child.tag, child.get('message') or child.text, sep='|')
)";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("golden") {
    const ScratchDirectory scratch;
    JunitReport report(scratch.file("junit.xml"));
    test::play(test::sample(3), report);
    CHECK(test::golden_difference("junit.xml", test::file_content(scratch.file("junit.xml"))) == "");
  }

  TEST_CASE("a false statement that is not refuted is one more, skipped test") {
    const ScratchDirectory scratch;
    test::Sample sample = test::sample(1);
    sample.plan.statements[0].status = Status::known_false;
    JunitReport report(scratch.file("junit.xml"));
    test::play(sample, report);
    const std::string text = test::file_content(scratch.file("junit.xml"));
    CHECK(text.find("tests=\"9\" failures=\"0\" errors=\"0\" skipped=\"1\"") != std::string::npos);
    CHECK(text.find("name=\"refuted somewhere\"") != std::string::npos);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("a run that ends in an internal fault is an error, and the rows before it stay") {
    const ScratchDirectory scratch;
    const test::Sample sample = test::sample(1);
    JunitReport report(scratch.file("junit.xml"));
    report.start(sample.plan);
    report.row(0, sample.rows[0].second);
    report.fault("this & that <disagree>");
    const std::string text = test::file_content(scratch.file("junit.xml"));
    CHECK(text.find("<testsuites name=\"rankscape\" tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"0\">") !=
          std::string::npos);
    CHECK(text.find("name=\"run\"><error message=\"internal fault: this &amp; that &lt;disagree&gt;\"/></testcase>") !=
          std::string::npos);
    CHECK(text.ends_with("</testsuites>\n"));
  }
}

TEST_SUITE("standard") {
  TEST_CASE("an XML parser reads the outcomes and texts back") {
    const ScratchDirectory scratch;
    JunitReport report(scratch.file("junit.xml"));
    test::play(test::sample(3), report);
    std::ofstream(scratch.file("count.py")) << count_script;
    const test::CommandResult result = test::run_command("PYTHONIOENCODING=utf-8 /usr/bin/python3 " +
                                                         scratch.file("count.py") + " " + scratch.file("junit.xml"));
    CHECK(result.status == 0);
    CHECK(
        result.output ==
        "rankscape|18|2|1|4|18|2|1|4\n"
        "achour2024-classification|8|0|0|0|8|0|0|0\n"
        "hostile <id> & co|8|2|1|4|8|2|1|4\n"
        "false-statement|2|0|0|0|2|0|0|0\n"
        "2,2,2 S=1 generic #0|failure|predicted strict_saddle, found global_minimizer\n"
        "2,2,2 S=2 generic #0|failure|found strict_saddle; claim 'index' fails\n"
        "2,2,2 S=1,2 generic #0|skipped|undecided: predicted global_minimizer, found second_order; no descent found & "
        "<none> excluded\n"
        "2,2,3 S=1 generic #0|skipped|outside the hypotheses\n"
        "2,2,2 S= generic #0|skipped|no case of the statement applies\n"
        "2,2,2 S=2 generic #1|skipped|undecided: found undecided; hypotheses undecided; time limit\n"
        "2,2,2 S=1,2 generic #2|error|the point is not critical\n"
        "2,2,2 S=1,2 generic #0|system-out|refuted, as expected: predicted strict_saddle, found global_minimizer\n");
  }
}
