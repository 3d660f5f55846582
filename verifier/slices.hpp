#pragma once
// Why it is enough to look for critical points with some unknowns fixed. A group of matrices G acts on some weights and
// leaves the loss as it is, so that it moves critical points to critical points; and it brings one of the weights into
// a normal form: upper triangular (orthogonal G: QR), or reduced row echelon form (invertible G: Gauss). Groups are
// used one after the other, each on weights that none before it has brought into form. So every orbit meets one of the
// slices: all combinations of the zeros and ones that the normal forms have.
//
// The loss is a polynomial, and both groups are checked by their Lie algebras: a derivative along each generator that
// is zero everywhere. That leaves a connected group unmoved, which the complex general linear group is; orthogonal
// matrices are rotations, or rotations times one change of sign.

#include <set>
#include <span>

#include "verifier/sparse.hpp"

namespace verifier {

using Fixed = std::map<std::size_t, Q>;  // unknowns, from 0, and their values

inline constexpr std::size_t most_slices = 4096;

/// `[[k, "c"], ..]`, unknowns from 1.
inline Fixed read_fixed(const Field& field, std::size_t variables) {
  Fixed fixed;
  for (const Field& entry : field.list()) {
    const auto parts = entry.list();
    entry.require(parts.size() == 2, "not an unknown and a number");
    fixed[parts[0].count(1, variables) - 1] = parts[1].number();
  }
  return fixed;
}

/// On the slice.
inline Sparse on_slice(const Sparse& f, const Fixed& fixed) {
  if (fixed.empty()) return f;
  Sparse result;
  for (const auto& [monomial, coefficient] : f.terms()) {
    Q value = coefficient;
    Monomial rest;
    for (const char16_t position : monomial) {
      const auto known = fixed.find(position);
      budget.spend(1);
      if (known == fixed.end()) {
        rest.push_back(position);
      } else {
        value *= known->second;
      }
    }
    if (value != 0) result.add(rest, value);
  }
  return result;
}

class Gauge {
 public:
  Gauge(const Field& field, std::span<const Matrix<Z>> weights, const std::vector<Sparse>& gradient, const Sparse& loss)
      : gradient_(gradient), loss_(loss) {
    std::size_t next = 0;
    for (const Matrix<Z>& w : weights) {
      weights_.push_back({w.rows, w.cols, next});
      next += w.rows * w.cols;
    }
    std::set<std::size_t> in_form;
    for (const Field& item : field.list()) {
      Object object(item);
      Group& group = groups_.emplace_back();
      const std::string& name = object.take("group").text();
      object.take("group").require(name == "orthogonal" || name == "general_linear", "no such group");
      group.orthogonal = name == "orthogonal";
      std::set<std::size_t> moved;
      for (const Field& act : object.take("acts").list()) {
        group.acts.push_back(read_action(act));
        act.require(moved.insert(group.acts.back().weight).second, "acts twice on one weight");
        act.require(!in_form.contains(group.acts.back().weight), "acts on a weight in normal form");
        act.require(rows(group.acts.back()) == rows(group.acts.front()), "matrices of another size");
      }
      item.require(!group.acts.empty(), "acts on nothing");
      item.require(invariant(group), "no symmetry of the loss");
      in_form.insert(group.acts.front().weight);
    }
    field.require(!groups_.empty(), "no group");
  }

  /// Triangular forms speak of real matrices.
  [[nodiscard]] bool real() const {
    return std::any_of(groups_.begin(), groups_.end(), [](const Group& group) { return group.orthogonal; });
  }

  /// All of them: those of the first group vary slowest, pivots by their number and then in the order of columns.
  [[nodiscard]] std::vector<Fixed> slices() const {
    std::vector<Fixed> all(1);
    for (const Group& group : groups_) {
      std::vector<Fixed> larger;
      for (const Fixed& before : all) {
        for (const Fixed& form : forms(group)) {
          if (larger.size() == most_slices) throw Unreadable("limits: too many normal forms");
          budget.spend(1 + before.size() + form.size());
          larger.push_back(before);
          larger.back().insert(form.begin(), form.end());
        }
      }
      all = std::move(larger);
    }
    return all;
  }

 private:
  struct Shape {
    std::size_t rows, cols, first;
  };
  // G W and, dual, G^-T W; from the right W G^-1 and, dual, W G^T
  struct Action {
    std::size_t weight;
    bool left;
    bool dual;
  };
  struct Group {
    bool orthogonal = false;
    std::vector<Action> acts;
  };

  [[nodiscard]] Action read_action(const Field& field) const {
    Object object(field);
    const std::string& side = object.take("side").text();
    object.take("side").require(side == "left" || side == "right", "neither left nor right");
    const auto dual = object.find("dual");
    return {object.take("weight").count(1, weights_.size()) - 1, side == "left", dual && dual->boolean()};
  }

  // Of the weight as G sees it: of W, or of its transpose where G stands on the right.
  [[nodiscard]] std::size_t rows(const Action& act) const {
    return act.left ? weights_[act.weight].rows : weights_[act.weight].cols;
  }
  [[nodiscard]] std::size_t cols(const Action& act) const {
    return act.left ? weights_[act.weight].cols : weights_[act.weight].rows;
  }
  [[nodiscard]] std::size_t unknown(const Action& act, std::size_t row, std::size_t col) const {
    const Shape& w = weights_[act.weight];
    return w.first + (act.left ? row + col * w.rows : col + row * w.rows);
  }

  // The derivative of the loss where G moves along a matrix that is 1 at (a, b), and -1 at (b, a) if orthogonal: G^-1
  // along minus that matrix, its transpose along the transpose.
  [[nodiscard]] Sparse derivative(const Group& group, std::size_t a, std::size_t b) const {
    Sparse sum;
    const auto move = [&](const Action& act, std::size_t to, std::size_t from, int sign) {
      budget.spend(cols(act));
      for (std::size_t col = 0; col < cols(act); ++col) {
        Sparse velocity;
        velocity.add(Monomial(1, static_cast<char16_t>(unknown(act, from, col))), sign);
        sum.add_product(gradient_[unknown(act, to, col)], velocity);
      }
    };
    for (const Action& act : group.acts) {
      // d(G W) = E W; d(W G^T)^T = E W^T; d(G^-T W) = -E^T W; d(W G^-1)^T = -E^T W^T
      const bool plain = act.left ? !act.dual : act.dual;
      if (plain) {
        move(act, a, b, 1);
        if (group.orthogonal) move(act, b, a, -1);
      } else {
        move(act, b, a, -1);
        if (group.orthogonal) move(act, a, b, 1);
      }
    }
    return sum;
  }

  [[nodiscard]] bool invariant(const Group& group) const {
    const std::size_t size = rows(group.acts.front());
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = group.orthogonal ? a + 1 : 0; b < size; ++b)
        if (!derivative(group, a, b).is_zero()) return false;
    if (!group.orthogonal || size == 0) return true;
    std::set<std::size_t> flipped;  // by the matrix that changes the sign of the first row
    for (const Action& act : group.acts)
      for (std::size_t col = 0; col < cols(act); ++col) flipped.insert(unknown(act, 0, col));
    return std::all_of(loss_.terms().begin(), loss_.terms().end(), [&](const auto& term) {
      std::size_t signs = 0;
      for (const char16_t position : term.first) {
        budget.spend(1);
        signs += flipped.contains(position) ? 1 : 0;
      }
      return signs % 2 == 0;
    });
  }

  [[nodiscard]] std::vector<Fixed> forms(const Group& group) const {
    const Action& act = group.acts.front();
    std::vector<Fixed> all;
    if (group.orthogonal) {
      Fixed& zeros = all.emplace_back();
      for (std::size_t row = 1; row < rows(act); ++row)
        for (std::size_t col = 0; col < std::min(row, cols(act)); ++col) zeros[unknown(act, row, col)] = 0;
      return all;
    }
    for (std::size_t rank = 0; rank <= std::min(rows(act), cols(act)); ++rank) {
      // the first choice of `rank` columns, and then the next in lexicographic order
      std::vector<char> chosen(cols(act), 0);
      std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(rank), 1);
      do {
        if (all.size() == most_slices) throw Unreadable("limits: too many normal forms");
        budget.spend((1 + rows(act)) * cols(act));
        all.push_back(echelon(act, chosen));
      } while (std::prev_permutation(chosen.begin(), chosen.end()));
    }
    return all;
  }

  // Row k begins with a one in the k-th column chosen, which has nothing else; rows without a column are zero.
  [[nodiscard]] Fixed echelon(const Action& act, const std::vector<char>& chosen) const {
    Fixed fixed;
    std::size_t row = 0;  // of the next pivot
    for (std::size_t col = 0; col < cols(act); ++col) {
      if (chosen[col] != 0) {
        for (std::size_t k = 0; k < rows(act); ++k) fixed[unknown(act, k, col)] = k == row ? 1 : 0;
        ++row;
      } else {
        for (std::size_t k = row; k < rows(act); ++k) fixed[unknown(act, k, col)] = 0;
      }
    }
    return fixed;
  }

  const std::vector<Sparse>& gradient_;
  const Sparse& loss_;
  std::vector<Shape> weights_;
  std::vector<Group> groups_;
};

}  // namespace verifier
