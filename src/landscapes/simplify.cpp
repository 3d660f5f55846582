// Simpler points: one index of one size is dropped from every array that has it. Nothing is promised of the result.
#include "landscapes/locate.hpp"

#include <rankscape/adviser.hpp>

namespace rankscape {

namespace {

// A size, or an entry of a list of sizes.
struct Size {
  std::size_t position = 0;
  Indices index;
};

// Is the formula this size, some formula of it, or without it?
enum class Use : unsigned char { bare, compound, none };

class Dropper {
 public:
  Dropper(const Landscape::Data& data, const Found& found) : data_(data), found_(found) {}

  // Without index k (from 0) of the size; nothing where it occurs otherwise than bare.
  std::optional<Found> without(const Size& size, long k) const {
    Found smaller = {Environment(*data_.words), std::vector<std::map<Indices, RationalMatrix>>(data_.arrays.size()),
                     found_.given};
    smaller.values.take_sizes(found_.values);
    const long value = std::get<long>(found_.values.stored(size.position).at(size.index));
    smaller.values.put(size.position, size.index, value - 1);
    for (std::size_t a = 0; a < data_.arrays.size(); ++a) {
      const Declaration& array = data_.arrays[a];
      bool shortens = false;
      for (const ExprPtr& domain : array.pattern.domains) {
        const auto* range = domain->as<language::Range>();
        const Use use = range != nullptr && !range->down ? used(domain->child(1), {}, size) : used(*domain, {}, size);
        if (use == Use::none) continue;
        const bool plain = use == Use::bare && array.pattern.domains.size() == 1 && range != nullptr && !range->down &&
                           used(domain->child(0), {}, size) == Use::none;
        if (!plain) return std::nullopt;
        shortens = true;
      }
      for (const auto& [indices, matrix] : found_.arrays[a]) {
        RationalMatrix rest = matrix;
        const bool square = array.type.form == Type::Form::symmetric;
        for (std::size_t e = 0; e < array.type.extents.size(); ++e) {
          const Use use = used(*array.type.extents[e], indices, size);
          if (use == Use::compound) return std::nullopt;
          if (use == Use::none) continue;
          if (e == 0) rest = without_row(rest, k);
          if (e == 1 || square) rest = without_row(rest.transpose(), k).transpose();
        }
        if (!shortens) {
          smaller.arrays[a].emplace(indices, std::move(rest));
          continue;
        }
        const long first = found_.arrays[a].begin()->first.front();
        if (indices.front() == first + k) continue;
        const Indices to{indices.front() > first + k ? indices.front() - 1 : indices.front()};
        smaller.arrays[a].emplace(to, std::move(rest));
      }
    }
    return smaller;
  }

 private:
  static RationalMatrix without_row(const RationalMatrix& a, Index row) {
    if (row >= a.rows()) return a;
    RationalMatrix b(a.rows() - 1, a.cols());
    b << a.topRows(row), a.bottomRows(a.rows() - row - 1);
    return b;
  }

  Use used(const Expr& tree, const Indices& variables, const Size& size) const {
    if (const auto* feature = tree.as<language::Feature>()) {
      if (feature->position != size.position) {
        const Word& word = (*data_.words)[feature->position];
        // a definition may hide the size
        return word.role == Role::definition ? Use::compound : Use::none;
      }
      Indices at;
      for (const ExprPtr& argument : tree.children)
        at.push_back(evaluate_integer(*argument, found_.values, variables));
      return at == size.index ? Use::bare : Use::none;
    }
    for (const ExprPtr& child : tree.children) {
      if (used(*child, variables, size) != Use::none) return Use::compound;
    }
    return Use::none;
  }

  const Landscape::Data& data_;
  const Found& found_;
};

}  // namespace

std::vector<Point> Landscape::simplifications(const Point& point) const {
  std::vector<Point> simpler;
  if (data_->adviser != nullptr) simpler = data_->adviser->simplifications(point);
  const Found found = locate_point(*data_, point);
  const Dropper dropper(*data_, found);
  for (const SizeItem& item : data_->sizes) {
    for (const auto& [index, value] : found.values.stored(item.position)) {
      const long size = std::get<long>(value);
      const long least = item.least ? evaluate_integer(*item.least, found.values) : 1;
      for (long k = 0; k < size && size > least; ++k) {
        try {
          if (const auto smaller = dropper.without({item.position, index}, k))
            simpler.push_back(point_of(*data_, *smaller));
        } catch (const Undefined&) {  // a type that is not defined there
        }
      }
    }
  }
  return simpler;
}

}  // namespace rankscape
