#include "language/random_formula.hpp"

namespace rankscape::toy {

std::string RandomFormula::of(Kind kind, int depth) {
  switch (kind) {
    case Kind::truth:
      return truth(depth);
    case Kind::integer:
      return integer(depth);
    case Kind::real:
      return real(depth);
    case Kind::set:
      return set(depth);
    case Kind::sequence:
      return sequence(depth);
    case Kind::matrix:
      return matrix(depth);
  }
  return {};
}

std::string RandomFormula::binders(int depth, std::size_t& count) {
  count = 1 + below(2);
  std::string text = "(";
  for (std::size_t k = 0; k < count; ++k) {
    const std::string domain = below(2) == 0 ? integer(0) + ".." + integer(depth - 1) : set(depth - 1);
    const std::string name = "v" + std::to_string(variables_.size());
    text += (k == 0 ? "" : ", ") + name + " in " + domain;
    variables_.push_back(name);
  }
  if (below(3) == 0) text += " where " + truth(depth - 1);
  return text + " : ";
}

std::string RandomFormula::truth(int depth) {
  if (depth <= 0) return pick({"flag", "true", "false", "(r < rmax)", "(S == {1})"});
  const int d = depth - 1;
  switch (below(12)) {
    case 0:
      return "(not " + truth(d) + ")";
    case 1:
      return "(" + truth(d) + " and " + truth(d) + ")";
    case 2:
      return "(" + truth(d) + " or " + truth(d) + " or " + truth(d) + ")";
    case 3:
      return "(" + truth(d) + pick({" implies ", " iff "}) + truth(d) + ")";
    case 4:
      return "(if " + truth(d) + " then " + truth(d) + " else " + truth(d) + ")";
    case 5: {
      std::size_t count = 0;
      std::string text = pick({"all", "any"}) + binders(d, count);
      text += truth(d) + ")";
      variables_.resize(variables_.size() - count);
      return text;
    }
    case 6:
      return "(" + integer(d) + pick({" in ", " not in "}) + set(d) + ")";
    case 7:
      return "(" + set(d) + pick({" subset ", " == ", " != "}) + set(d) + ")";
    case 8:
      return "(" + real(d) + pick({" < ", " <= ", " > ", " >= ", " == ", " != "}) + real(d) +
             pick({" < ", " >= ", " == "}) + integer(d) + ")";
    case 9:
      return "(" + matrix(d) + pick({" == ", " != "}) + matrix(d) + ")";
    case 10:
      return pick({"distinct(", "positive(", "nonnegative("}) + sequence(d) + ")";
    default:
      return "(" + integer(d) + pick({" < ", " <= ", " > ", " >= ", " == ", " != "}) + integer(d) + ")";
  }
}

std::string RandomFormula::integer(int depth) {
  if (depth <= 0) {
    if (!variables_.empty() && below(2) == 0) return variables_[below(variables_.size())];
    return pick({"0", "1", "2", "7", "H", "r", "rmax", "dy"});
  }
  const int d = depth - 1;
  switch (below(9)) {
    case 0:
      return "(-" + integer(d) + ")";
    case 1:
      return "(" + integer(d) + pick({" + ", " - ", " * "}) + integer(d) + ")";
    case 2:
      return "(" + integer(d) + " ^ " + pick({"0", "1", "2"}) + ")";
    case 3:
      return "(|" + set(d) + "|)";
    case 4:
      return "rank(" + matrix(d) + ")";
    case 5:
      return "d(" + integer(d) + ")";
    case 6: {
      std::size_t count = 0;
      const std::string name = pick({"sum", "count", "min", "max"});
      std::string text = name + binders(d, count);
      text += (name == "count" ? truth(d) : integer(d)) + ")";
      variables_.resize(variables_.size() - count);
      return text;
    }
    case 7:
      return pick({"min(", "max("}) + integer(d) + ", " + integer(d) + ")";
    default:
      return "(if " + truth(d) + " then " + integer(d) + " else " + integer(d) + ")";
  }
}

std::string RandomFormula::real(int depth) {
  if (depth <= 0) return pick({"x", "0.25", "1e-3", "fuzzy", "lambda(1)"});
  const int d = depth - 1;
  switch (below(8)) {
    case 0:
      return "(" + real(d) + pick({" + ", " - ", " * ", " / "}) + real(d) + ")";
    case 1:
      return "(" + integer(d) + " / " + integer(d) + ")";
    case 2:
      return "(-" + real(d) + ")";
    case 3:
      return "(" + real(d) + " ^ " + pick({"2", "(-1)", "r", "(r - 2)"}) + ")";
    case 4:
      return pick({"tr(", "norm2(", "det("}) + matrix(d) + ")";
    case 5:
      return sequence(d) + "(" + integer(d) + ")";
    case 6: {
      std::size_t count = 0;
      std::string text = pick({"sum", "min", "max"}) + binders(d, count);
      text += real(d) + ")";
      variables_.resize(variables_.size() - count);
      return text;
    }
    default:
      return pick({"abs(", "sqrt("}) + real(d) + ")";
  }
}

std::string RandomFormula::set(int depth) {
  if (depth <= 0) return pick({"S", "T", "{}", "{1..r}", "{2, 3..dy}"});
  const int d = depth - 1;
  if (below(3) == 0) return "{" + integer(d) + ", " + integer(0) + ".." + integer(d) + "}";
  return "(" + set(d) + pick({" union ", " intersect ", " minus "}) + set(d) + ")";
}

std::string RandomFormula::sequence(int depth) {
  if (depth <= 0 || below(2) == 0) return "lambda";
  switch (below(4)) {
    case 0:
      return "entries(" + matrix(depth - 1) + ")";
    case 1: {
      std::size_t count = 0;
      std::string text = "sequence" + binders(depth - 1, count);
      text += real(depth - 1) + ")";
      variables_.resize(variables_.size() - count);
      return text;
    }
    case 2:
      return "singular(" + matrix(depth - 1) + ")";
    default:
      return "eigenvalues(" + matrix(depth - 1) + ")";
  }
}

std::string RandomFormula::matrix(int depth) {
  if (depth <= 0) return pick({"A", "B", "C"});
  const int d = depth - 1;
  switch (below(12)) {
    case 0:
    case 1:
      return "(" + matrix(d) + pick({" + ", " - ", " * "}) + matrix(d) + ")";
    case 2:
      return "transpose(" + matrix(d) + ")";
    case 3:
      return "mid(" + integer(d) + ", " + integer(d) + ")";
    case 4:
      return matrix(0) + "'";
    case 5:
      return "(" + matrix(d) + " / " + integer(d) + ")";
    case 6:
      return "[" + matrix(d) + ", " + matrix(d) + "; " + integer(d) + "]";
    case 7: {
      const std::string row = "v" + std::to_string(variables_.size());
      const std::string col = "v" + std::to_string(variables_.size() + 1);
      std::string text = "matrix(" + row + " in 1.." + pick({"2", "r", "dy"}) + ", " + col + " in " + set(0) + " : ";
      variables_.insert(variables_.end(), {row, col});
      text += real(d) + ")";
      variables_.resize(variables_.size() - 2);
      return text;
    }
    case 8: {
      const std::string name = "v" + std::to_string(variables_.size());
      std::string text =
          pick({"sum(", "prod("}) + name + " in " + integer(0) + pick({" downto ", ".."}) + integer(0) + " : ";
      variables_.push_back(name);
      text += matrix(d) + ")";
      variables_.pop_back();
      return text;
    }
    case 9:
      return pick({"kron(", "hadamard("}) + matrix(0) + ", " + matrix(0) + ")";
    case 10:
      return "block(" + matrix(d) + ", " + set(0) + ", " + set(d) + ")";
    default:
      return "(-" + matrix(d) + ")";
  }
}

}  // namespace rankscape::toy
