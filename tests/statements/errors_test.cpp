// Complaints: where they point and what they say.
#include "statements/toy_statements.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

namespace rankscape {
namespace {

struct Fault {
  std::string text;
  std::string at;    // "line:column"
  std::string says;  // all of the message
};

std::string claim(const std::string& formula) {
  return toy::file("[[claim]]\nname = 'c'\nholds = '" + formula + "'\n");
}

// Of a formula in a claim: it starts at 8:10.
void check_formula(const std::string& formula, int offset, const std::string& says) {
  CAPTURE(formula);
  CHECK(toy::complaint(claim(formula)) == "t.toml:8:" + std::to_string(10 + offset) + ": " + says);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int k = 0; k < times; ++k)
    all += text;
  return all;
}

TEST_SUITE("quick") {
  TEST_CASE("what cannot be parsed") {
    const std::string value = "a value (a number, a name, '(', '{', '[', '|' or '-')";
    const std::string any = "a condition or value";
    check_formula("", 0, "found the end, expected " + any);
    check_formula("   ", 3, "found the end, expected " + any);
    check_formula("r <", 3, "found the end, expected " + value);
    check_formula("r = 1", 2, "found '=', expected an operator or the end of the formula (equality is '==')");
    check_formula("r == 1 && x > 0", 7,
                  "found '&&', expected an operator or the end of the formula (conjunction is 'and')");
    check_formula("r == 1 || x > 0", 7,
                  "found '||', expected an operator or the end of the formula (disjunction is 'or')");
    check_formula("!flag", 0, "found '!', expected a condition or value (negation is 'not')");
    check_formula("r \u2264 1", 2, "found '\u2264', expected an operator or the end of the formula (write '<=')");
    check_formula("x > 0 and \u00ac flag", 10, "found '\u00ac', expected a condition (write 'not')");
    check_formula("r == 1 x", 7, "found 'x', expected an operator or the end of the formula");
    check_formula("(r == 1", 7, "found the end, expected ')' or an operator");
    check_formula("r == 1)", 6, "found ')', expected an operator or the end of the formula");
    check_formula("flag and", 8, "found the end, expected a condition");
    check_formula("flag or or flag", 8, "found 'or', expected a condition");
    check_formula("not", 3, "found the end, expected a condition");
    check_formula("flag implies", 12, "found the end, expected a condition");
    check_formula("1 + * 2 == 3", 4, "found '*', expected " + value);
    check_formula("2 * / 3 == 1", 4, "found '/', expected " + value);
    check_formula("2 ^ == 1", 4, "found '==', expected an integer exponent");
    check_formula("- == 1", 2, "found '==', expected " + value);
    check_formula("{1, } == S", 4, "found '}', expected an element or a range a..b");
    check_formula("{1 2} == S", 3, "found '2', expected '}', ',', '..' or an operator");
    check_formula("{1.. } == S", 5, "found '}', expected the end of the range");
    check_formula("|S == 1", 3, "found '==', expected '|' or an operator");
    check_formula("|| == 1", 3, "found '==', expected a set");
    check_formula("rank(A == 1", 11, "found the end, expected ')', ',' or an operator");
    check_formula("rank() == 1", 5, "found ')', expected " + any);
    check_formula("rank(A,) == 1", 7, "found ')', expected " + any);
    check_formula("all(i in : flag)", 9, "found ':', expected a range a..b or a set");
    check_formula("all(i in S flag)", 11, "found 'flag', expected ':', ',', 'where', '..' or an operator");
    check_formula("all(i in S, j : flag)", 14, "found ':', expected 'in'");
    check_formula("all(i in S, : flag)", 12, "found ':', expected a binder such as i in 1..r");
    check_formula("all(i in S where : flag)", 17, "found ':', expected a condition");
    check_formula("all(i in S : )", 13, "found ')', expected " + any);
    check_formula("all(in in S : flag)", 4, "found 'in', expected " + any);
    check_formula("if flag 1 else 2", 8, "found '1', expected 'then' or an operator");
    check_formula("if flag then 1", 14, "found the end, expected 'else' or an operator");
    check_formula("1.r == 1", 1, "found '.', expected an operator or the end of the formula");
    check_formula("2x == 1", 1, "found 'x', expected an operator or the end of the formula");
    check_formula("x > 0 \\land r == 1", 6,
                  "found '\\', expected an operator or the end of the formula (set difference is 'minus'; formulas are "
                  "not written in TeX)");
  }

  TEST_CASE("levels that nobody writes are refused before anything is read by recursion") {
    const std::string says = "found more than 64 levels of keys, arrays or tables, expected at most that";
    CHECK(toy::complaint(repeated("a.", 100'000) + "a = 1\n") == "t.toml:1:130: " + says);
    CHECK(toy::complaint("[" + repeated("a .", 100) + "a]\n") == "t.toml:1:196: " + says);
    CHECK(toy::complaint("x = 1\nb = " + repeated("[", 100'000)) == "t.toml:2:69: " + says);
    CHECK(toy::complaint("x = ['''\n\n''', " + repeated("[", 100'000)) == "t.toml:3:69: " + says);
    CHECK(toy::complaint("b = " + repeated("{a = ", 100'000)).find(says) != std::string::npos);
    CHECK(toy::complaint(repeated("\"a\".", 100'000) + "a = 1\n").find(says) != std::string::npos);
    // not in strings and comments, not in many short keys and numbers
    const std::string dots = repeated(".", 1000) + repeated("[", 1000);
    CHECK(toy::complaint(toy::file("note = \"\"\"" + dots + "\\\"\n" + dots + "\"\"\" # " + dots +
                                   "\n[[claim]]\nname = '" + dots + "'\nholds = 'r == 1'\n")) == "no complaint");
    CHECK(toy::complaint(toy::file("x = [" + repeated("1.5, ", 1000) + "1.5]\n")).find(says) == std::string::npos);
  }

  TEST_CASE("what has no meaning") {
    check_formula("rmx == 1", 0, "found 'rmx', expected a name that is known (did you mean 'rmax'?)");
    check_formula("r == 1 and zzzzzz > 1", 11, "found 'zzzzzz', expected a name that is known");
    check_formula("all(i in S : j == 1)", 13, "found 'j', expected a name that is known");
    check_formula("rnak(A) == 1", 0, "found 'rnak', expected a name that is known (did you mean 'rank'?)");
    check_formula("alll(i in S : flag)", 0,
                  "found 'alll' before a binder, expected all, any, sum, prod, count, min, max, sequence or matrix "
                  "(did you mean 'all'?)");
    check_formula("rank(S) == 1", 5, "found 'S' (a set), expected a matrix");
    check_formula("rank(A, B) == 1", 0, "found 'rank' with 2 arguments, expected 1");
    check_formula("rank == 1", 0, "found the function 'rank' without its arguments, expected rank(..)");
    check_formula("all == 1", 0, "found the function 'all' without its arguments, expected all(..)");
    check_formula("min(1) == 1", 0, "found 'min' with 1 argument, expected at least 2");
    check_formula("max(1, S) == 1", 7, "found 'S' (a set), expected a number");
    check_formula("r(1) == 1", 0, "found 'r' with 1 argument, expected 0");
    check_formula("d == 1", 0, "found 'd' with 0 arguments, expected 1");
    check_formula("rank(mid(1)) == 1", 5, "found 'mid' with 1 argument, expected 2");
    check_formula("rank(mid(1, x)) == 1", 12, "found 'x' (a number), expected an integer");
    check_formula("lambda(x) == 1", 7, "found 'x' (a number), expected an integer");
    check_formula("lambda(1, 2) == 1", 7, "found something else than one index, expected the position of an entry");
    check_formula("1 + 2", 0, "found '1 + 2' (an integer), expected a condition");
    check_formula("S", 0, "found 'S' (a set), expected a condition");
    check_formula("flag and r", 9, "found 'r' (an integer), expected a condition");
    check_formula("not (r + 1)", 5, "found 'r + 1' (an integer), expected a condition");
    check_formula("S == 1", 5, "found '1' (an integer), expected a set");
    check_formula("1 == S", 5, "found 'S' (a set), expected a number");
    check_formula("A == B and A == lambda", 16, "found 'lambda' (a sequence), expected a matrix");
    check_formula("S < T", 0, "found 'S' (a set), expected a number");
    check_formula("r < lambda", 4, "found 'lambda' (a sequence), expected a number");
    check_formula("flag == flag", 0,
                  "found 'flag' (a condition), expected a value (conditions are compared with 'iff')");
    check_formula("x in S", 0, "found 'x' (a number), expected an integer before 'in'");
    check_formula("1 in 2", 5, "found '2' (an integer), expected a set");
    check_formula("1 subset S", 0, "found '1' (an integer), expected a set before 'subset'");
    check_formula("S == T subset S", 7, "found 'subset' in a chain of comparisons, expected 'and' between them");
    check_formula("S - T == S", 0, "found 'S' (a set), expected a number or a matrix (set difference is 'minus')");
    check_formula("1 + T == 2", 4, "found 'T' (a set), expected a number or a matrix (the union of sets is 'union')");
    check_formula("S union 1 == S", 8, "found '1' (an integer), expected a set");
    check_formula("A + 1 == A", 4, "found '1' (an integer), expected a matrix like the other side");
    check_formula("2 / A == 1", 4, "found 'A' (a matrix), expected a number");
    check_formula("A ^ 2 == A", 0, "found 'A' (a matrix), expected a number (products of matrices are written out)");
    check_formula("-S == S", 1, "found 'S' (a set), expected a number or a matrix");
    check_formula("2 ^ x == 1", 4, "found 'x' (a number), expected an integer");
    check_formula("{x} == S", 1, "found 'x' (a number), expected an integer");
    check_formula("sum(i in x : 1) == 1", 9, "found 'x' (a number), expected a set");
    check_formula("sum(i in S : S) == 1", 13, "found 'S' (a set), expected a number or a matrix");
    check_formula("all(i in S : i)", 13, "found 'i' (an integer), expected a condition");
    check_formula("all(i in S where i : flag)", 17, "found 'i' (an integer), expected a condition");
    check_formula("all(i in S, i in T : flag)", 12, "found the binder 'i', expected a name that is not in use");
    check_formula("all(min in S : flag)", 4, "found 'min', which the language has taken, expected another name");
    check_formula("(if r then 1 else 2) == 1", 4, "found 'r' (an integer), expected a condition");
    check_formula("(if flag then 1 else S) == 1", 21, "found 'S' (a set), expected an integer");
  }

  TEST_CASE("what is too much") {
    const std::string deep =
        "found nesting deeper than 64 levels, expected at most that (give parts a name under [define])";
    check_formula(repeated("(", 1000) + "flag", 63, deep);
    check_formula(repeated("not ", 1000) + "flag", 63 * 4, deep);
    CHECK(toy::complaint(claim(repeated("-", 1000) + "1 == 1")).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("{", 1000))).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("|", 1000))).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("flag implies ", 1000) + "flag")).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("if flag then ", 1000))).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("rank(", 1000))).ends_with(deep));
    CHECK(toy::complaint(claim(repeated("(", 50) + "flag" + repeated(")", 50))) == "no complaint");
    check_formula(
        "1" + repeated(" + 1", 1000) + " == 1", 0,
        "found operators nested or chained more than 256 deep, expected at most that (give parts a name under "
        "[define])");
    CHECK(toy::complaint(claim("1" + repeated(" + 1", 250) + " == 251")) == "no complaint");
    CHECK(toy::complaint(claim("flag" + repeated(" and flag", 5000))) == "no complaint");
    check_formula("r == " + repeated("9", 1001), 5, "found a number of 1001 digits, expected at most 1000");
    check_formula("x == 1e401", 5, "found '1e401', expected a decimal exponent of at most 400 in absolute value");
    check_formula("x == 1e99999999999999999999", 5,
                  "found '1e99999999999999999999', expected a decimal exponent of at most 400 in absolute value");
    check_formula("x == 2^1001", 7, "found the exponent 1001, expected at most 1000 in absolute value");
    check_formula("x == 2^-(10^9)", 7, "found the exponent -1000000000, expected at most 1000 in absolute value");
    check_formula("sum(i in 1..10^12 : i) == 1", 9,
                  "found the range 1..1000000000000, expected at most 1000000 elements");
    const auto shape = [](std::size_t entries) {
      return toy::complaint(claim("r == 1") + "[scope]\nwidths = [[1" + repeated(",1", entries - 1) + "]]\n");
    };
    CHECK(shape(64) == "no complaint");
    CHECK(shape(65).ends_with("found a shape of 65 entries, expected 1 to 64"));
    const auto list = [](std::size_t entries) {
      return toy::complaint(claim("r == 1") + "[scope]\nwidths = [[2, [1" + repeated(",1", entries - 1) + "]]]\n");
    };
    CHECK(list(64) == "no complaint");
    CHECK(list(65).ends_with("found a list of too many sizes"));
    check_formula(repeated("x", 70000), 0, "found a formula of 70000 bytes, expected at most 65536");
    // Definitions that double: a_k expands to 4 * 2^k - 3 operations, which is too much from a16 on.
    std::string doubling = "[define]\na0 = 'x'\n";
    for (int k = 1; k <= 20; ++k) {
      const std::string before = "a" + std::to_string(k - 1);
      doubling += "a" + std::to_string(k) + " = '" + before + " * " + before + "'\n";
    }
    CHECK(toy::complaint(toy::file(doubling + "[[claim]]\nname = 'c'\nholds = 'a20 > 0'\n")) ==
          "t.toml:23:8: found a formula that expands to more than 200000 operations or 512 levels, expected less");
  }

  TEST_CASE("places inside TOML strings of every kind") {
    const auto complaint = [](const std::string& sections) { return toy::complaint(toy::file(sections)); };
    const std::string found = ": found 'rmx', expected a name that is known (did you mean 'rmax'?)";
    const std::string head = "[[claim]]\nname = 'c'\n";
    CHECK(complaint(head + "holds = \"rmx == 1\"\n") == "t.toml:8:10" + found);
    CHECK(complaint(head + "holds   =   'rmx == 1'\n") == "t.toml:8:14" + found);
    CHECK(complaint(head + "holds = \"r\\t==\\u00201 and \\U00000072mx == 1\"\n") == "t.toml:8:27" + found);
    CHECK(complaint(head + "holds = '''\n  r == 1\n  and rmx == 1'''\n") == "t.toml:10:7" + found);
    CHECK(complaint(head + "holds = \"\"\"\nr == 1 \\\n\n   and rmx == 1\"\"\"\n") == "t.toml:11:8" + found);
    CHECK(complaint(head + "holds = \"\"\"\nr == 1 \\ \t\n\t and rmx == 1\"\"\"\n") == "t.toml:10:7" + found);
    CHECK(complaint(head + "holds = '''rmx == 1'''\n") == "t.toml:8:12" + found);
    CHECK(complaint("note = '''a''b'''''\n" + head + "holds = 'rmx == 1'\n") == "t.toml:9:10" + found);
    CHECK(complaint("# \u00e9\u20ac\n" + head + "\"holds\" = 'rmx == 1'\n") == "t.toml:9:12" + found);
    CHECK(complaint("claim = [{name = '\u00e9', holds = 'rmx == 1'}]\n") == "t.toml:6:32" + found);
    CHECK(complaint("[[claim]]\r\nname = 'c'\r\nholds = '''r == 1\r\n and rmx == 1'''\r\n") == "t.toml:9:6" + found);
    CHECK(toy::complaint("\xEF\xBB\xBF" + claim("rmx == 1")) == "t.toml:8:10" + found);
  }

  TEST_CASE("files that are no statements") {
    const std::string one_claim = "[[claim]]\nname = 'c'\nholds = 'r == 1'\n";
    const std::string keys =
        "expected format, id, title, source, status, note, model, partial, hypotheses, define, case, claim or scope";
    const std::string verdicts =
        "expected a verdict: global_minimizer, local_minimizer, non_strict_saddle, strict_saddle, local_maximizer, "
        "saddle, "
        "local_minimum or second_order";
    const auto with_case = [](const std::string& body) { return toy::file("[[case]]\nname = 'a'\n" + body); };
    const std::string wanted_shapes = "expected an array of shapes such as [[2,2,2], [3,3,3]]";
    const std::vector<Fault> faults = {
        {"", "1:1", "found no key 'format' in the statement, expected one"},
        {std::string("\0\1\2", 3), "1:1", ""},
        {"\xff\xfe\x00", "1:1", "found no valid TOML: Encountered invalid utf-8 sequence"},
        {"format = 1\n", "1:10", "found an integer, expected the format as a string"},
        {"format = 'rankscape-statement/2'\n", "1:10",
         "found the format 'rankscape-statement/2', expected 'rankscape-statement/1'"},
        {"format = 'rankscape-statement/1'\nid = 'A'\n", "2:7",
         "found 'A' in the id, expected lower-case letters, digits and '-'"},
        {"format = 'rankscape-statement/1'\nid = 'a b'\n", "2:8",
         "found ' ' in the id, expected lower-case letters, digits and '-'"},
        {"format = 'rankscape-statement/1'\nid = ''\n", "2:6",
         "found an empty id, expected lower-case letters, digits and '-'"},
        {"format = 'rankscape-statement/1'\nid = 'a'\n", "1:1", "found no key 'title' in the statement, expected one"},
        {"format = 'rankscape-statement/1'\nid = 'a'\ntitle = ''\n", "3:9", "found an empty string, expected a title"},
        {"format = 'rankscape-statement/1'\nid = 'a'\ntitle = \"a\\nb\"\n", "3:11",
         "found the control character '\\x0a', expected a title on one line"},
        {"format = 'rankscape-statement/1'\nid = 'a'\ntitle = 'a'\nsource = ['b']\n", "4:10",
         "found an array, expected a source as a string"},
        {toy::file(""), "1:1", "found neither [[case]] nor [[claim]], expected at least one of them"},
        {toy::file("model = 'toy'\n"), "6:9", ""},
        {"format = 'rankscape-statement/1'\nid = 'a'\ntitle = 'a'\nsource = 'b'\nmodel = 'tooy'\n", "5:9",
         "found the model 'tooy', expected toy or toy-extended (did you mean 'toy'?)"},
        {toy::file("hypothesis = 1\n"), "6:1",
         "found the unknown key 'hypothesis' in the statement, " + keys + " (did you mean 'hypotheses'?)"},
        {toy::file("[claims]\n"), "6:2",
         "found the unknown key 'claims' in the statement, " + keys + " (did you mean 'claim'?)"},
        {toy::file("[claim]\nname = 'c'\n"), "6:1", "found a table, expected [[claim]], an array of tables"},
        {toy::file("claim = ['c']\n"), "6:10", "found a string, expected [[claim]], an array of tables"},
        {toy::file("hypotheses = 'r == 1'\n"), "6:14", "found a string, expected the table [hypotheses]"},
        {toy::file("[hypotheses]\nH1 = true\n" + one_claim), "7:6",
         "found a truth value, expected a condition as a string"},
        {toy::file("[hypotheses]\nH1 = 'r'\n" + one_claim), "7:7", "found 'r' (an integer), expected a condition"},
        {toy::file("[hypotheses]\nH1 = 'r == 1'\nH1 = 'r == 2'\n" + one_claim), "8:6", ""},
        {toy::file("status = 'proved'\n" + one_claim), "6:10",
         "found the status 'proved', expected theorem, conjecture or known-false"},
        {toy::file("status = 'known-false'\n" + one_claim), "6:10",
         "found the status 'known-false' without a 'note', expected one that says why it is false"},
        {toy::file("partial = 'yes'\n" + one_claim), "6:11",
         "found something else, expected true or false for 'partial'"},
        {toy::file("[[claim]]\nholds = 'r == 1'\n"), "6:1", "found no key 'name' in this [[claim]], expected one"},
        {toy::file("[[claim]]\nname = 'c'\n"), "6:1", "found no key 'holds' in this [[claim]], expected one"},
        {toy::file("[[claim]]\nname = 'c'\nhold = 'r == 1'\n"), "8:1",
         "found the unknown key 'hold' in [[claim]], expected name, when, holds or status (did you mean 'holds'?)"},
        {toy::file(one_claim + one_claim), "10:8", "found a second 'c', expected a name of its own"},
        {toy::file("[[claim]]\nname = 'c'\nwhen = 'otherwise'\nholds = 'r == 1'\n"), "8:9",
         "found 'otherwise', expected a name that is known"},
        {with_case("then = 'saddle'\n"), "6:1", "found no key 'when' in this [[case]], expected one"},
        {with_case("when = 'r == 1'\n"), "6:1", "found no key 'then' in this [[case]], expected one"},
        {with_case("when = 'r == 1'\nthen = ''\n"), "9:9", "found the end, " + verdicts},
        {with_case("when = 'r == 1'\nthen = 'strict_sadle'\n"), "9:9",
         "found 'strict_sadle', " + verdicts + " (did you mean 'strict_saddle'?)"},
        {with_case("when = 'r == 1'\nthen = 'saddle or'\n"), "9:18", "found the end, " + verdicts},
        {with_case("when = 'r == 1'\nthen = 'saddle, second_order'\n"), "9:15",
         "found ',', expected 'or' and another verdict, or the end"},
        {with_case("when = 'r == 1'\nthen = 'saddle second_order'\n"), "9:16",
         "found 'second_order', expected 'or' and another verdict, or the end"},
        {with_case("when = 'r == 1'\nthen = 'undecided'\n"), "9:9", "found 'undecided', " + verdicts},
        {with_case("when = 'otherwise'\nthen = 'saddle'\n[[case]]\nname = 'b'\nwhen = 'otherwise'\nthen = 'saddle'\n"),
         "12:8", "found a second 'otherwise', expected at most one"},
        {toy::file("define = 3\n" + one_claim), "6:10", "found an integer, expected the table [define]"},
        {toy::file("[define]\na = 3\n" + one_claim), "7:5", "found an integer, expected a formula as a string"},
        {toy::file("[define]\nrank = 'r'\n" + one_claim), "7:1",
         "found 'rank', which the language has taken, expected another name"},
        {toy::file("[define]\n'f(i, i)' = 'i'\n" + one_claim), "7:7",
         "found the parameter 'i', expected a name that is not in use"},
        {toy::file("[define]\n'f(i' = 'i'\n" + one_claim), "7:5", "found the end, expected ')' or ','"},
        {toy::file("[define]\n'f()' = 'i'\n" + one_claim), "7:4", "found ')', expected the name of a parameter"},
        {toy::file("[define]\n'f(1)' = 'i'\n" + one_claim), "7:4", "found '1', expected the name of a parameter"},
        {toy::file("[define]\n'if' = 'r'\n" + one_claim), "7:2", "found 'if', expected a name"},
        {toy::file("[define]\n'f g' = 'r'\n" + one_claim), "7:4", "found 'g', expected the end of the name"},
        {toy::file("[define]\n'f(i)' = 'i'\n'f(j)' = 'j'\n" + one_claim), "8:2",
         "found a second definition of 'f', expected one"},
        {toy::file("[define]\n'f(i)' = 'g(i)'\n'g(j)' = '1 + f(j)'\n" + one_claim), "8:15",
         "found the circular definition f -> g -> f, expected definitions that come to an end"},
        {toy::file("[define]\na = 'r + a'\n" + one_claim), "7:10",
         "found the circular definition a -> a, expected definitions that come to an end"},
        {toy::file("[define]\n'f(i)' = 'i'\n[[claim]]\nname = 'c'\nholds = 'r == f'\n"), "10:15",
         "found 'f' with 0 arguments, expected 1"},
        {toy::file("[define]\n'f(i)' = 'i'\n[[claim]]\nname = 'c'\nholds = 'r == f(x)'\n"), "10:17",
         "found 'x' (a number), expected an integer"},
        {toy::file("[define]\n'f(i)' = 'i'\ni = '3'\n" + one_claim), "7:2",
         "found the parameter 'i', which is also a definition, expected another name"},
        {toy::file("[define]\nk = '1'\n[[claim]]\nname = 'c'\nholds = 'all(k in S : flag)'\n"), "10:14",
         "found the binder 'k', expected a name that is not in use"},
        {toy::file("[define]\nunused = 'rmx'\n" + one_claim), "7:11",
         "found 'rmx', expected a name that is known (did you mean 'rmax'?)"},
        {toy::file(one_claim + "[scope]\nwidth = [[2]]\n"), "10:1",
         "found the unknown key 'width' in [scope], expected widths, positions, data or samples (did you mean "
         "'widths'?)"},
        {toy::file(one_claim + "[scope]\nwidths = 3\n"), "10:10", "found something else, " + wanted_shapes},
        {toy::file(one_claim + "[scope]\nwidths = [2,2]\n"), "10:11", "found something else, " + wanted_shapes},
        {toy::file(one_claim + "[scope]\nwidths = [[2,-1]]\n"), "10:14",
         "found -1, expected a dimension from 0 to 10000"},
        {toy::file(one_claim + "[scope]\nwidths = [[2,2.5]]\n"), "10:14",
         "found a decimal number, expected a dimension, an integer"},
        {toy::file(one_claim + "[scope]\nwidths = [[]]\n"), "10:11", "found a shape of 0 entries, expected 1 to 64"},
        {toy::file(one_claim + "[scope]\npositions = 'generic'\n"), "10:13",
         "found a string, expected an array of strings, positions"},
        {toy::file(one_claim + "[scope]\ndata = [1]\n"), "10:9",
         "found an integer, expected kinds of data as a string"},
        {toy::file(one_claim + "[scope]\nsamples = 0\n"), "10:11",
         "found 0, expected a number of samples from 1 to 1000000"},
        {toy::file(one_claim + "[scope]\nsamples = 1979-05-27\n"), "10:11",
         "found a date or time, expected a number of samples, an integer"},
        {toy::file("[[claim]]\nname = 'c'\nholds = \"r == 1\n"), "8:16", ""},
        {toy::file("[[claim]]\nname = 'c'\nholds = r == 1\n"), "8:9", ""},
        {toy::file("[[claim]]\nname = 'c'\nholds = 'r == 1'\nx = [[[[\n"), "9:10", ""},
    };
    CHECK(faults.size() >= 40);
    for (const Fault& fault : faults) {
      CAPTURE(fault.text);
      const std::string complaint = toy::complaint(fault.text);
      if (fault.says.empty()) {  // the wording is toml++'s
        CHECK(complaint.starts_with("t.toml:" + fault.at + ": found no valid TOML: "));
      } else {
        CHECK(complaint == "t.toml:" + fault.at + ": " + fault.says);
      }
      CHECK(complaint.find('\n') == std::string::npos);
    }
  }

  TEST_CASE("files that cannot be read") {
    const auto complaint = [](const std::filesystem::path& path) -> std::string {
      try {
        static_cast<void>(Statement::read(path, toy::lookup()));
      } catch (const InputError& error) {
        return error.what();
      }
      return "no complaint";
    };
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "rankscape-statements-test";
    std::filesystem::create_directories(folder);
    CHECK(complaint(folder) == folder.string() + ": is a directory");
    CHECK(complaint(folder / "missing.toml") == (folder / "missing.toml").string() + ": no such file");
    const auto write = [&](const std::string& name, const std::string& text) {
      std::ofstream(folder / name, std::ios::binary) << text;
      return folder / name;
    };
    CHECK(complaint(write("good.toml", claim("r == 1"))) == "no complaint");
    CHECK(complaint(write("nul.toml", claim("r == 1") + std::string(1, '\0')))
              .find("nul.toml:9:1: found no valid TOML") != std::string::npos);
    CHECK(complaint(write("large.toml", claim("r == 1") + std::string(1U << 20U, '#')))
              .find("large.toml: larger than 1 MiB") != std::string::npos);
    CHECK(complaint(write("brackets.toml", "a = " + std::string(500000, '['))).find("more than 64 levels") !=
          std::string::npos);
    const Statement read = Statement::read(folder / "good.toml", toy::lookup());
    CHECK(read.input() == claim("r == 1"));
    CHECK(read.filename() == (folder / "good.toml").string());
    CHECK(read.claims()[0].holds.place == Place{8, 10});
    CHECK(read.claims()[0].holds.text == "r == 1");
    std::filesystem::remove_all(folder);
  }

  TEST_CASE("definitions, parameters and binders may take the name of a feature: files outlive the vocabulary") {
    const Statement s = toy::statement(
        "[define]\nx = 'r + 1'\n'f(H)' = 'H + rmax'\n[[claim]]\nname = 'c'\n"
        "holds = 'x == 2 and f(10) == 12 and all(rmax in 7..8 : rmax > 6 and f(rmax) == rmax + 2) and rmax == 2'\n");
    CHECK(s.judge(toy::Point(), VerdictSet::all()).overall == Truth::yes);
  }

  TEST_CASE("no definition takes a word that every landscape has, and the count of parameters has one name") {
    const std::string head = "[define]\n'";
    const std::string tail = " = '1'\n[[claim]]\nname = 'c'\nholds = 'r == 1'\n";
    REQUIRE_FALSE(engine_features().empty());
    for (const FeatureDeclaration& common : engine_features()) {
      for (const std::string& parameters : {std::string(), std::string("(i)")}) {
        const std::string file = head + common.name + parameters + "'" + tail;
        CHECK_THROWS_WITH_AS(toy::statement(file),
                             doctest::Contains(("found '" + common.name + "', which every landscape has (" +
                                                common.description + "), expected a name of its own")
                                                   .c_str()),
                             InputError);
      }
    }
    CHECK_THROWS_WITH_AS(toy::statement("[[claim]]\nname = 'c'\nholds = 'index < n'\n"),
                         doctest::Contains("found 'n', expected a name that is known"), InputError);
    CHECK_NOTHROW(toy::statement("[[claim]]\nname = 'c'\nholds = 'index < parameters'\n"));
  }

  TEST_CASE("the engine's words come after the model's") {
    const Vocabulary vocabulary({{"n", {}, Kind::set, "N", "rows"}});
    CHECK(vocabulary.find("n") == 0);
    CHECK(vocabulary.common("n") == nullptr);
    REQUIRE(vocabulary.common("parameters") != nullptr);
    CHECK(vocabulary.common("parameters")->result == Kind::integer);
    CHECK(vocabulary.model_size() == 1);
    CHECK(vocabulary.find("value") == 1 + static_cast<std::size_t>(EngineFeature::value));
    CHECK(vocabulary.find("escape_order") == 1 + static_cast<std::size_t>(EngineFeature::escape_order));
    CHECK_FALSE(vocabulary.find("m").has_value());
  }

  TEST_CASE("the reference names every function, and each entry has a line of its own") {
    const auto reference = language_reference();
    for (const std::string word : {"rank(M)", "sqrt(x)", "distinct(s)", "card(S)", "eigenvalues(M)"}) {
      bool found = false;
      for (const LanguageEntry& entry : reference)
        found = found || entry.form.find(word) != std::string::npos;
      CHECK(found);
    }
    for (const LanguageEntry& entry : reference) {
      CHECK_FALSE(entry.description.empty());
      CHECK(entry.description.find('\n') == std::string::npos);
    }
  }
}

}  // namespace
}  // namespace rankscape
