#pragma once
// GiNaC expressions as a scalar type of Eigen, so that a formula templated over its scalar (a product of matrices, a
// squared norm) becomes an expression by instantiating it. Only ring operations are used, so nothing depends on the
// domain of the symbols (a GiNaC::realsymbol stored as a symbol is a different symbol afterwards).
//
// GiNaC and CLN share reference-counted nodes without locks: expressions must stay on the thread that made them.

#include <ginac/ginac.h>

#include <Eigen/Core>

namespace Eigen {

template <>
struct NumTraits<GiNaC::ex> : GenericNumTraits<GiNaC::ex> {
  using Real = GiNaC::ex;
  using NonInteger = GiNaC::ex;
  using Nested = GiNaC::ex;
  using Literal = int;  // integer literals convert exactly; a double would bring floating point into a proof
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 1,
    AddCost = 50,
    MulCost = 50
  };
};

}  // namespace Eigen
