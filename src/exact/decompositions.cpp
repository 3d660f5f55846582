// The one instantiation of each of Eigen's decompositions.
#include "exact/decompositions.hpp"

namespace Eigen {

template class BDCSVD<MatrixXd>;
template class JacobiSVD<MatrixXd>;
template class SelfAdjointEigenSolver<MatrixXd>;
template class ColPivHouseholderQR<MatrixXd>;
template class HouseholderQR<MatrixXd>;
template class FullPivLU<MatrixXd>;
template class PartialPivLU<MatrixXd>;
template class PartialPivLU<MatrixXcd>;
template class LDLT<MatrixXd>;
template class LLT<MatrixXd>;
template SelfAdjointEigenSolver<MatrixXd>& SelfAdjointEigenSolver<MatrixXd>::compute(const EigenBase<MatrixXd>&, int);
template LDLT<MatrixXd>& LDLT<MatrixXd>::compute(const EigenBase<MatrixXd>&);
template LLT<MatrixXd>& LLT<MatrixXd>::compute(const EigenBase<MatrixXd>&);

}  // namespace Eigen
