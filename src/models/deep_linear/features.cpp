// The vocabulary of the deep linear model: what statements may speak about.
#include <rankscape/error.hpp>

#include "models/deep_linear/generators.hpp"
#include "models/deep_linear/instance.hpp"

namespace rankscape::deep_linear {

namespace {

using Arguments = std::span<const Value>;

struct Feature {
  FeatureDeclaration declaration;
  Value (*evaluate)(const DeepLinearInstance&, Arguments);
};

// The k-th argument, an integer within [low, high].
int argument(Arguments arguments, std::size_t k, long low, long high, const char* what) {
  const long value = std::get<long>(arguments[k]);
  if (value < low || value > high) {
    throw Undefined(std::string(what) + ": " + std::to_string(value) + " is not between " + std::to_string(low) +
                    " and " + std::to_string(high));
  }
  return static_cast<int>(value);
}

struct Pivot {
  int i;
  int j;
};

Pivot pivot(const DeepLinearInstance& at, Arguments arguments, const char* what) {
  const int i = argument(arguments, 0, 2, at.layers(), what);
  return {i, argument(arguments, 1, 1, i - 1, what)};
}

// The derivative of the product map, V -> sum_h W_H...W_{h+1} V_h W_{h-1}...W_1, as a matrix: entries of the product
// column by column, weights as in the gradient.
RationalMatrix differential(const DeepLinearInstance& at) {
  const Index entries = at.products().product().size();
  Index n = 0;
  for (const RationalMatrix& w : at.point().weights)
    n += w.size();
  RationalMatrix result(entries, n);
  Index column = 0;
  for (int h = 1; h <= at.layers(); ++h) {
    const RationalMatrix block = kronecker(at.products().right(h).transpose(), at.products().left(h));
    result.middleCols(column, block.cols()) = block;
    column += block.cols();
  }
  return result;
}

// (A, B) -> A P + P B, whose image is the tangent space at P of the matrices of the rank of P.
RationalMatrix tangent(const DeepLinearInstance& at) {
  const RationalMatrix& product = at.products().product();
  const Index rows = product.rows();
  const Index cols = product.cols();
  RationalMatrix result(rows * cols, rows * rows + cols * cols);
  result << kronecker(product.transpose(), RationalMatrix::Identity(rows, rows)),
      kronecker(RationalMatrix::Identity(cols, cols), product);
  return result;
}

const std::vector<Feature>& table() {
  using I = const DeepLinearInstance&;
  using A = Arguments;
  constexpr Kind integer = Kind::integer;
  constexpr Kind matrix = Kind::matrix;
  static const std::vector<Feature> features{
      {{"H", {}, integer, "H", "number of layers"}, [](I at, A) -> Value { return long{at.layers()}; }},
      {{"dx", {}, integer, "d_x", "input dimension d(0)"}, [](I at, A) -> Value { return at.shape().front(); }},
      {{"dy", {}, integer, "d_y", "output dimension d(H)"}, [](I at, A) -> Value { return at.shape().back(); }},
      {{"d", {integer}, integer, "d_{#1}", "width of node h, 0 <= h <= H"},
       [](I at, A a) -> Value { return at.shape()[static_cast<std::size_t>(argument(a, 0, 0, at.layers(), "d(h)"))]; }},
      {{"m", {}, integer, "m", "number of samples"}, [](I at, A) -> Value { return long{at.X().cols()}; }},
      {{"r", {}, integer, "r", "rank of the product W_H...W_1"}, [](I at, A) -> Value { return long{at.r()}; }},
      {{"rmax", {}, integer, "r_{\\max}", "least width"}, [](I at, A) -> Value { return long{at.rmax()}; }},
      {{"S", {}, Kind::set, "\\mathcal{S}", "indices of the eigenvectors selected: W_H...W_1 = U_S U_S^T Syx Sxx^{-1}"},
       [](I at, A) -> Value { return at.S(); }},
      {{"lambda", {}, Kind::sequence, "\\lambda", "eigenvalues of Sigma, decreasing"},
       [](I at, A) -> Value { return std::vector<Real>(at.lambda().begin(), at.lambda().end()); }},
      {{"X", {}, matrix, "X", "inputs, dx x m"}, [](I at, A) -> Value { return at.X(); }},
      {{"Y", {}, matrix, "Y", "outputs, dy x m"}, [](I at, A) -> Value { return at.Y(); }},
      {{"Sxx", {}, matrix, "\\Sigma_{XX}", "X X^T"}, [](I at, A) -> Value { return at.sxx(); }},
      {{"Sxy", {}, matrix, "\\Sigma_{XY}", "X Y^T"}, [](I at, A) -> Value { return at.sxy(); }},
      {{"Syx", {}, matrix, "\\Sigma_{YX}", "Y X^T"},
       [](I at, A) -> Value { return RationalMatrix(at.sxy().transpose()); }},
      {{"Syy", {}, matrix, "\\Sigma_{YY}", "Y Y^T"}, [](I at, A) -> Value { return at.syy(); }},
      {{"Sigma", {}, matrix, "\\Sigma", "Syx Sxx^{-1} Sxy"}, [](I at, A) -> Value { return at.sigma(); }},
      {{"W", {integer}, matrix, "W_{#1}", "weights of layer h, 1 <= h <= H"},
       [](I at, A a) -> Value {
         return at.point().weights[static_cast<std::size_t>(argument(a, 0, 1, at.layers(), "W(h)")) - 1];
       }},
      {{"product", {}, matrix, "W_H\\cdots W_1", "the product of all layers"},
       [](I at, A) -> Value { return at.products().product(); }},
      {{"lft", {integer}, matrix, "W_H\\cdots W_{#1+1}", "W_H...W_{h+1}, 0 <= h <= H"},
       [](I at, A a) -> Value { return at.products().left(argument(a, 0, 0, at.layers(), "lft(h)")); }},
      {{"rgt", {integer}, matrix, "W_{#1-1}\\cdots W_1", "W_{h-1}...W_1, 1 <= h <= H + 1"},
       [](I at, A a) -> Value { return at.products().right(argument(a, 0, 1, at.layers() + 1, "rgt(h)")); }},
      {{"mid",
        {integer, integer},
        matrix,
        "W_{#1-1}\\cdots W_{#2+1}",
        "complementary block W_{i-1}...W_{j+1} of the pivot (i, j), H >= i > j >= 1"},
       [](I at, A a) -> Value {
         const auto [i, j] = pivot(at, a, "mid(i,j)");
         return at.products().mid(i, j);
       }},
      {{"out",
        {integer, integer},
        matrix,
        "W_{#2-1}\\cdots W_1\\Sigma_{XY}W_H\\cdots W_{#1+1}",
        "complementary block W_{j-1}...W_1 Sxy W_H...W_{i+1} of the pivot (i, j)"},
       [](I at, A a) -> Value {
         const auto [i, j] = pivot(at, a, "out(i,j)");
         return at.products().out(i, j);
       }},
      {{"differential",
        {},
        matrix,
        "\\mathrm{D}\\mu",
        "derivative of the product map at W, (dx dy) x n: V -> sum_h lft(h) V_h rgt(h)"},
       [](I at, A) -> Value { return differential(at); }},
      {{"tangent",
        {},
        matrix,
        "\\mathrm{T}",
        "spans the tangent space at the product P of the matrices of its rank: (A, B) -> A P + P B"},
       [](I at, A) -> Value { return tangent(at); }},
      {{"mult",
        {integer, integer},
        integer,
        "m_{#1,#2}",
        "multiplicity of the string that starts at node a, 0 <= a <= H, with len nodes, 1 <= len <= H"},
       [](I at, A a) -> Value {
         const int start = argument(a, 0, 0, at.layers(), "mult(a,len)");
         const int length = argument(a, 1, 1, at.layers(), "mult(a,len)");
         const auto& multiplicity = at.stratum().multiplicity;
         const auto found = multiplicity.find({start, length});
         return found == multiplicity.end() ? 0L : found->second;
       }},
      {{"chain_length",
        {},
        integer,
        "k_{\\min}",
        "least number of layers whose removal leaves only nonzero paths; undefined when there is none"},
       [](I at, A) -> Value {
         const auto chain = shortest_chain(at.stratum());
         if (!chain) throw Undefined("chain_length: every path through the data is zero");
         return static_cast<long>(chain->size());
       }},
      {{"orbit_dimension",
        {},
        integer,
        "\\dim G \\cdot W",
        "dimension of the orbit under invertible changes of basis of the hidden layers"},
       [](I at, A) -> Value { return long{orbit_dimension(generators<Rational>(at.shape()), at.point().weights)}; }},
  };
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& feature_declarations() {
  static const std::vector<FeatureDeclaration> declarations = [] {
    std::vector<FeatureDeclaration> list;
    for (const Feature& feature : table())
      list.push_back(feature.declaration);
    return list;
  }();
  return declarations;
}

Value DeepLinearInstance::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().at(position).evaluate(*this, arguments);
}

}  // namespace rankscape::deep_linear
