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
template class LDLT<MatrixXd>;
template class LLT<MatrixXd>;

}  // namespace Eigen
