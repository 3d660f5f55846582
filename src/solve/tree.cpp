#include "solve/tree.hpp"

#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

namespace rankscape::critical_set {

namespace {

constexpr std::int64_t most_tree_products = 100'000'000;

class Check {
 public:
  Check(const Tree& tree, const System& system, const std::vector<Polynomials>& components)
      : tree_(tree), components_(components), ideal_(system.equations) {}

  std::optional<std::string> run() {
    if (tree_.empty()) return "there is no tree";
    visit(0);
    return std::move(flaw_);
  }

 private:
  void fail(std::size_t node, const char* what) {
    if (!flaw_) flaw_ = fmt::format("node {} of the tree: {}", node, what);
  }

  [[nodiscard]] bool makes(const Cofactors& cofactors, Polynomial wanted) {
    for (const auto& [generator, cofactor] : cofactors) {
      if (generator >= ideal_.size()) return false;
      Polynomial negative;
      negative.add(cofactor, -1);
      ring_.add_product(wanted, negative, ideal_[generator]);
    }
    return wanted.is_zero();
  }

  void visit(std::size_t at) {
    if (flaw_) return;
    check_deadline();
    const TreeNode& node = tree_[at];
    if (node.kind == TreeNode::Kind::empty) {
      if (node.cofactors.size() != 1 || !makes(node.cofactors.front(), Polynomial(Rational(1))))
        fail(at, "1 is not made of the generators");
    } else if (node.kind == TreeNode::Kind::leaf) {
      const Polynomials& wanted = components_.at(node.component);
      if (node.cofactors.size() != wanted.size()) return fail(at, "not an identity for each generator");
      for (std::size_t k = 0; k < wanted.size(); ++k) {
        if (!makes(node.cofactors[k], wanted[k])) fail(at, "a generator of the component is not made");
      }
    } else if (node.kind == TreeNode::Kind::split) {
      split(at, node);
    } else {
      squares(at, node);
    }
  }

  void squares(std::size_t at, const TreeNode& node) {
    const bool positive = node.kind == TreeNode::Kind::positive;
    Polynomial sum(node.constant);
    if (node.weights.size() != node.factors.size() || node.cofactors.size() != 1 ||
        node.children.size() != (positive ? 0 : 1) || (positive ? node.constant <= 0 : node.constant != 0))
      return fail(at, "no sum of squares");
    for (std::size_t k = 0; k < node.factors.size(); ++k) {
      if (node.weights[k] <= 0) return fail(at, "a weight is not positive");
      sum.add(ring_.product(node.factors[k], node.factors[k]), node.weights[k]);
    }
    if (!makes(node.cofactors.front(), std::move(sum))) return fail(at, "the sum of squares is not made");
    if (positive) return;
    if (node.children.front() <= at) return fail(at, "a child before its parent");
    const std::size_t before = ideal_.size();
    ideal_.insert(ideal_.end(), node.factors.begin(), node.factors.end());
    visit(node.children.front());
    ideal_.resize(before);
  }

  void split(std::size_t at, const TreeNode& node) {
    if (node.factors.empty() || node.children.size() != node.factors.size() || node.cofactors.size() != 1)
      return fail(at, "not a child for each factor");
    Polynomial product(Rational(1));
    for (std::size_t k = 0; k < node.factors.size(); ++k) {
      for (std::size_t power = 0; power < node.exponents[k]; ++power)
        product = ring_.product(product, node.factors[k]);
    }
    if (!makes(node.cofactors.front(), product)) return fail(at, "the product is not made");
    for (std::size_t k = 0; k < node.factors.size(); ++k) {
      if (node.children[k] <= at) return fail(at, "a child before its parent");
      ideal_.push_back(node.factors[k]);
      visit(node.children[k]);
      ideal_.pop_back();
    }
  }

  const Tree& tree_;
  const std::vector<Polynomials>& components_;
  Polynomials ideal_;  // of the node that is visited
  PolynomialRing ring_{most_tree_products};
  std::optional<std::string> flaw_;
};

}  // namespace

std::optional<std::string> flaw(const Tree& tree, const System& system, const std::vector<Polynomials>& components) {
  try {
    return Check(tree, system, components).run();
  } catch (const symmetry::TooLarge&) {
    return "its identities are too large to be multiplied out";
  }
}

}  // namespace rankscape::critical_set
