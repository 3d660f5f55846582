#pragma once
// Eigen's decompositions of matrices of doubles (and one of complex ones), compiled once: each source that instantiates
// BDCSVD for itself takes half a minute. They propose; exact arithmetic or an enclosure decides. Give them a MatrixXd,
// not an expression: their members that take any expression are compiled once for that only.

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SVD>

namespace Eigen {

extern template class BDCSVD<MatrixXd>;
extern template class JacobiSVD<MatrixXd>;
extern template class SelfAdjointEigenSolver<MatrixXd>;
extern template class ColPivHouseholderQR<MatrixXd>;
extern template class HouseholderQR<MatrixXd>;
extern template class FullPivLU<MatrixXd>;
extern template class PartialPivLU<MatrixXd>;
extern template class PartialPivLU<MatrixXcd>;
extern template class LDLT<MatrixXd>;
extern template class LLT<MatrixXd>;
extern template SelfAdjointEigenSolver<MatrixXd>& SelfAdjointEigenSolver<MatrixXd>::compute(const EigenBase<MatrixXd>&,
                                                                                            int);
extern template LDLT<MatrixXd>& LDLT<MatrixXd>::compute(const EigenBase<MatrixXd>&);
extern template LLT<MatrixXd>& LLT<MatrixXd>::compute(const EigenBase<MatrixXd>&);

}  // namespace Eigen
