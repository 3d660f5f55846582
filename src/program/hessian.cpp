// The rational path. The integer entries of a block are sums over its terms of s U with s an entry of one factor and U
// a row of the other, which FLINT adds as vectors.

#include "program/hessian.hpp"

#include <flint/fmpz_vec.h>

#include <map>

namespace rankscape::program {
namespace {

using Kind = SecondDifferential::Kind;
using Term = SecondDifferential::Term;

class IntVec {
 public:
  explicit IntVec(Index size) : size_(size), value_(_fmpz_vec_init(size)) {}
  IntVec(const IntVec&) = delete;
  IntVec& operator=(const IntVec&) = delete;
  ~IntVec() { _fmpz_vec_clear(value_, size_); }
  [[nodiscard]] fmpz* get() { return value_; }

 private:
  slong size_;
  fmpz* value_;
};

flint::IntMat transposed(const flint::IntMat& a) {
  flint::IntMat result(fmpz_mat_ncols(a.get()), fmpz_mat_nrows(a.get()));
  fmpz_mat_transpose(result.get(), a.get());
  return result;
}

// factor a b / (da db) over the denominator of the block
void multiplier(fmpz* to, const Term& term, const std::vector<FractionMatrix>& values, const fmpz* denominator) {
  flint::Int part;
  fmpz_mul(part.get(), values[term.a].denominator.get(), values[term.b].denominator.get());
  fmpz_divexact(to, denominator, part.get());
  fmpz_set_mpz(part.get(), mpq_denref(term.factor.backend().data()));
  fmpz_divexact(to, to, part.get());
  fmpz_set_mpz(part.get(), mpq_numref(term.factor.backend().data()));
  fmpz_mul(to, to, part.get());
}

// Adds a term to the block, column by column of the block.
void add_term(fmpz* block, const Term& term, const std::vector<FractionMatrix>& values, const fmpz* denominator,
              const Coordinates::Block& to_i, const Coordinates::Block& to_j) {
  flint::Int multiple;
  multiplier(multiple.get(), term, values, denominator);
  const flint::IntMat& a = values[term.a].numerators;
  const flint::IntMat& b = values[term.b].numerators;
  // entry (p + k rows, l + m rows) of the block: single(k, l, m) * vector(l, k, m)[p]
  flint::IntMat vectors = term.kind == Kind::straight ? flint::IntMat(fmpz_mat_nrows(a.get()), fmpz_mat_ncols(a.get()))
                                                      : transposed(term.kind == Kind::transposed ? b : a);
  if (term.kind == Kind::straight) fmpz_mat_set(vectors.get(), a.get());
  if (!fmpz_is_one(multiple.get())) fmpz_mat_scalar_mul_fmpz(vectors.get(), vectors.get(), multiple.get());
  const Index size = to_i.size();
  for (Index m = 0; m < to_j.cols; ++m) {
    for (Index l = 0; l < to_j.rows; ++l) {
      fmpz* const column = block + (m * to_j.rows + l) * size;
      for (Index k = 0; k < to_i.cols; ++k) {
        const fmpz* single = b.at(0, 0);
        Index row = m;
        switch (term.kind) {
          case Kind::straight:
            single = b.at(k, l);
            break;
          case Kind::transposed:
            single = a.at(m, k);
            row = l;
            break;
          case Kind::inner:
            single = b.at(l, m);
            row = k;
            break;
        }
        if (fmpz_is_zero(single)) continue;
        _fmpz_vec_scalar_addmul_fmpz(column + k * to_i.rows, vectors.at(row, 0), to_i.rows, single);
      }
    }
  }
}

void set(Rational& to, const fmpz* numerator, const fmpz* denominator, bool integral) {
  if (fmpz_is_zero(numerator)) return;
  auto& value = to.backend().data();
  fmpz_get_mpz(mpq_numref(value), numerator);
  if (integral) return;
  fmpz_get_mpz(mpq_denref(value), denominator);
  mpq_canonicalize(value);
}

}  // namespace

Coordinates::Coordinates(const Program& program) {
  for (const Input& input : program.inputs) {
    if (!input.is_weight) continue;
    blocks.push_back({size, input.rows, input.cols});
    size += input.rows * input.cols;
  }
}

RationalMatrix hessian(const SecondDifferential& second, const std::vector<FractionMatrix>& values) {
  const Coordinates at(second.program);
  RationalMatrix result(at.size, at.size);  // entries begin as 0
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const Term*>> terms;
  for (const Term& term : second.terms)
    terms[{term.i, term.j}].push_back(&term);
  flint::Int part;
  for (const auto& [position, members] : terms) {
    const Coordinates::Block& to_i = at.blocks[position.first];
    const Coordinates::Block& to_j = at.blocks[position.second];
    flint::Int denominator;
    fmpz_one(denominator.get());
    for (const Term* term : members) {
      flint::Int own;
      fmpz_set_mpz(part.get(), mpq_denref(term->factor.backend().data()));
      fmpz_mul(own.get(), values[term->a].denominator.get(), values[term->b].denominator.get());
      fmpz_mul(own.get(), own.get(), part.get());
      fmpz_lcm(denominator.get(), denominator.get(), own.get());
    }
    const bool integral = fmpz_is_one(denominator.get());
    IntVec block(to_i.size() * to_j.size());
    for (const Term* term : members)
      add_term(block.get(), *term, values, denominator.get(), to_i, to_j);
    const bool diagonal = position.first == position.second;
    for (Index col = 0; col < to_j.size(); ++col) {
      for (Index row = diagonal ? col : 0; row < to_i.size(); ++row) {
        fmpz* const entry = block.get() + col * to_i.size() + row;
        if (diagonal) fmpz_add(entry, entry, block.get() + row * to_i.size() + col);
        Rational& to = result(to_i.offset + row, to_j.offset + col);
        set(to, entry, denominator.get(), integral);
        if ((!diagonal || row != col) && !to.is_zero()) result(to_j.offset + col, to_i.offset + row) = to;
      }
    }
  }
  return result;
}

}  // namespace rankscape::program
