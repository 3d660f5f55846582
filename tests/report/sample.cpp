#include "report/sample.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rankscape::test {
namespace {

Row make(const Shape& shape, long r, const std::vector<long>& set, bool leading, bool tightened, Verdict predicted,
         const std::string& name, Inertia inertia, const Enclosure& least) {
  Row row;
  std::string key = shape.to_text() + " S=";
  for (std::size_t i = 0; i < set.size(); ++i)
    key += (i > 0 ? "," : "") + std::to_string(set[i]);
  key += " generic #0";
  row.key = key;
  row.shape = shape;
  row.labels = {{"r", r},
                {"S", set},
                {"S_type", leading ? "leading" : "other"},
                {"tightened", tightened},
                {"stratum", Cell::List{Cell(Cell::List{0, 1, shape.numbers().front() - r})}}};
  if (!name.empty()) row.matched = {name};
  row.predicted = {std::string(to_string(predicted))};
  row.found = predicted;
  row.inside = Truth::yes;
  row.covered = true;
  row.agrees = Truth::yes;
  row.claims = {{"critical value", Truth::yes}, {"index", Truth::yes}};
  row.value = Rational(17 - 4 * r, 4);
  if (inertia != Inertia{}) row.inertia = inertia;  // else it was not looked for
  if (inertia.negative > 0) row.escape_order = 2;
  row.lambda_min = least;
  row.validity = "samples";
  return row;
}

constexpr Verdict minimum = Verdict::global_minimizer;
constexpr Verdict strict = Verdict::strict_saddle;

std::vector<Row> good_rows() {
  std::vector<Row> rows;
  const Enclosure zero(Rational(0));
  rows.push_back(make({2, 2, 2}, 0, {}, true, false, strict, "strict saddles", {4, 0, 4},
                      Enclosure(Rational(-80000, 10001), Rational(-79999, 10001))));
  rows.push_back(make({2, 2, 2}, 1, {1}, true, false, strict, "strict saddles", {1, 2, 5}, Enclosure(Rational(-2))));
  rows.push_back(make({2, 2, 2}, 1, {2}, false, false, strict, "strict saddles", {2, 2, 4},
                      Enclosure(Rational(-12345, 1000), Rational(-12344, 1000))));
  rows.push_back(make({2, 2, 2}, 2, {1, 2}, true, false, minimum, "global minimizers", {0, 4, 4}, zero));
  rows.push_back(
      make({3, 3, 3, 3}, 0, {}, true, true, Verdict::non_strict_saddle, "non-strict saddles", {0, 27, 0}, zero));
  rows.back().escape_order = 3;
  rows.push_back(make({3, 3, 3, 3}, 1, {2}, false, false, strict, "strict saddles", {1, 20, 6},
                      Enclosure(Rational(-1, 300000), Rational(-1, 300001))));
  rows.push_back(make({3, 3, 3, 3}, 1, {3}, false, false, strict, "strict saddles", {4, 18, 5},
                      Enclosure(Rational(-81, 7), Rational(-80, 7))));
  rows.push_back(make({3, 3, 3, 3}, 3, {1, 2, 3}, true, false, minimum, "global minimizers", {0, 18, 9}, zero));
  for (Row& row : rows)
    row.certificate = "certificates/" + std::to_string(&row - rows.data()) + ".json";
  return rows;
}

std::vector<Row> bad_rows() {
  std::vector<Row> rows;
  const Enclosure zero(Rational(0));
  Row row = make({2, 2, 2}, 1, {1}, true, false, strict, "strict saddles", {0, 3, 5}, zero);
  row.found = minimum;  // refuted
  row.agrees = Truth::no;
  row.escape_order.reset();
  rows.push_back(row);
  row = make({2, 2, 2}, 1, {2}, false, false, strict, "strict saddles", {1, 3, 4}, Enclosure(Rational(-5, 2)));
  row.agrees = Truth::no;  // by its claim only
  row.claims[1].second = Truth::no;
  row.validity = "all parameters";
  rows.push_back(row);
  row = make({2, 2, 2}, 2, {1, 2}, true, false, minimum, "global minimizers", {0, 4, 4}, zero);
  row.found = Verdict::second_order;  // undecided
  row.agrees = Truth::unknown;
  row.reason = "no descent found & <none> excluded";
  rows.push_back(row);
  row = make({2, 2, 3}, 1, {1}, true, false, strict, "", {1, 3, 4}, Enclosure(Rational(-1)));
  row.inside = Truth::no;
  row.agrees = Truth::unknown;
  rows.push_back(row);
  row = make({2, 2, 2}, 0, {}, true, false, strict, "", {4, 0, 4}, Enclosure(Rational(-8)));
  row.matched.clear();  // not covered
  row.predicted.clear();
  row.covered = false;
  row.agrees = Truth::unknown;
  row.claims.clear();
  rows.push_back(row);
  row = make({2, 2, 2}, 2, {1, 2}, true, false, minimum, "both", {0, 4, 4}, zero);
  row.matched = {"one", "two"};
  row.predicted = {"global_minimizer", "local_minimum"};
  row.key = "key with <tags> & \"quotes\" 'n' \x01 #1";
  row.value = Rational(Integer("123456789012345678901234567890"));
  rows.push_back(row);
  row = Row();  // the time limit came first
  row.key = "2,2,2 S=2 generic #1";
  row.shape = {2, 2, 2};
  row.reason = "time limit";
  rows.push_back(row);
  row = make({2, 2, 2}, 2, {1, 2}, true, false, minimum, "global minimizers", {0, 0, 0}, zero);
  row.key = "2,2,2 S=1,2 generic #2";
  row.found = Verdict::not_critical;
  row.agrees = Truth::unknown;
  row.lambda_min.reset();
  rows.push_back(row);
  return rows;
}

std::vector<Row> false_rows() {
  Row holds = make({2, 2, 2}, 0, {}, true, false, strict, "all", {4, 0, 4}, Enclosure(Rational(-8)));
  Row fails = make({2, 2, 2}, 2, {1, 2}, true, false, strict, "all", {0, 4, 4}, Enclosure(Rational(0)));
  fails.found = minimum;
  fails.agrees = Truth::no;
  return {holds, fails};
}

StatementHead theorem() {
  StatementHead head;
  head.id = "achour2024-classification";
  head.title = "Second-order classification of critical points";
  head.source = "Achour, Malgouyres, Gerchinovitz (2024), JMLR 25(242)";
  head.model = "deep-linear";
  head.shape_key = "widths";
  head.columns = {{"shape", "widths"}, {"r", "$r$"}, {"S_type", "$\\mathcal{S}$"}, {"tightened", "tightened"}};
  head.input_sha256 = sha256("the file");
  head.hypotheses = {{"H1", {"d_y \\leq d_x \\wedge d_x \\leq m", "dy <= dx and dx <= m"}, {}, {}},
                     {"H4", {"\\operatorname{distinct}(\\lambda)", "distinct(lambda)"}, {}, {}}};
  head.definitions = {
      {"\\mathrm{leading} :\\Leftrightarrow \\mathcal{S} = \\{1, \\dots, r\\}", "leading = S == {1..r}"}};
  head.cases = {
      {"global minimizers", {"r = r_{\\max} \\wedge \\mathrm{leading}", "r == rmax and leading"}, "global_minimizer"},
      {"non-strict saddles",
       {"r < r_{\\max} \\wedge \\mathrm{leading} \\wedge \\mathrm{tightened}", "r < rmax and leading and tightened"},
       "non_strict_saddle"},
      {"strict saddles", {}, "strict_saddle"}};
  head.claims = {
      {"critical value",
       {"L = \\operatorname{tr}(S_{yy}) - \\sum_{i \\in \\mathcal{S}} \\lambda_i",
        "value == tr(Syy) - sum(i in S : lambda(i))"},
       {},
       {}},
      {"index", {"n_- = \\operatorname{inv}(\\mathcal{S})", "index == inv"}, {"r = r_{\\max}", "r == rmax"}, {}}};
  return head;
}

}  // namespace

Sample sample(std::size_t statements) {
  Sample result;
  result.plan.seed = 7;
  std::vector<StatementHead> heads(3, theorem());
  heads[1].id = "hostile <id> & co";
  heads[1].title = hostile;
  heads[1].source = "M\xC3\xBCller, Erd\xC5\x91s & \xC3\x98st. \"Quoted\" \xFF not UTF-8.";
  heads[1].status = Status::conjecture;
  heads[1].cases[0].name = "a_b & 50%";
  heads[2].id = "false-statement";
  heads[2].title = "Every critical point is a strict saddle";
  heads[2].status = Status::known_false;
  const std::vector<std::vector<Row>> rows = {good_rows(), bad_rows(), false_rows()};
  for (std::size_t s = 0; s < statements; ++s) {
    result.plan.statements.push_back(heads[s]);
    result.summaries.push_back(summarize(rows[s]));
  }
  // The runner visits cases, not statements: rows of different statements take turns.
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t s = 0; s < statements; ++s) {
      if (i < rows[s].size()) result.rows.emplace_back(s, rows[s][i]);
    }
  }
  return result;
}

ToolInfo fixed_tool() {
  return {"9.8.7", "v9.8.7-1-g0123456", {{"flint", "2.9.0"}, {"gmp", "6.2.1"}}};
}

void play(const Sample& sample, ReportListener& listener) {
  listener.start(sample.plan);
  for (const auto& [statement, row] : sample.rows) {
    listener.row(statement, row);
    listener.case_finished();
  }
  listener.end(sample.summaries);
}

Summary summarize(const std::vector<Row>& rows) {
  Summary summary;
  for (const Row& row : rows) {
    if (row.inside == Truth::no) {
      ++summary.outside;
      continue;
    }
    ++summary.cases;
    const bool judged = row.inside == Truth::yes;
    if (judged && row.agrees == Truth::no) {
      ++summary.refuted;
    } else if (judged && row.agrees == Truth::yes) {
      ++summary.agree;
    } else if (judged && !row.covered) {
      ++summary.uncovered;
    } else {
      ++summary.undecided;
    }
    const auto known = std::find_if(summary.by_verdict.begin(), summary.by_verdict.end(),
                                    [&](const auto& entry) { return entry.first == row.found; });
    if (known == summary.by_verdict.end()) {
      summary.by_verdict.emplace_back(row.found, 1);
    } else {
      ++known->second;
    }
  }
  std::sort(summary.by_verdict.begin(), summary.by_verdict.end());
  return summary;
}

void relabel(Row& row, std::string_view name, Cell cell) {
  for (NamedCell& label : row.labels) {
    if (label.name == name) label.cell = std::move(cell);
  }
}

Row complete_row() {
  return good_rows()[1];
}

}  // namespace rankscape::test
