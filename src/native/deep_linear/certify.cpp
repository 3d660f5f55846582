// What a certificate says of a deep linear network beyond loss and derivatives: ranks of the product and of the
// complementary blocks, the selection S, whether the point is tightened.
#include "certificate/evidence.hpp"
#include "native/deep_linear/advice.hpp"

namespace rankscape::deep_linear {

namespace {

using certificate::Claims;
using certificate::Node;
using certificate::Workspace;

// The partial products of the layers as nodes.
class Nodes {
 public:
  Nodes(Workspace& workspace, int layers) : workspace_(workspace) {
    for (int h = 1; h <= layers; ++h)
      weights_.push_back(workspace.input("W(" + std::to_string(h) + ")"));
    X_ = workspace.input("X");
    Y_ = workspace.input("Y");
    Sxy_ = workspace.multiply(X_, workspace.transpose(Y_));
  }

  /// W_to ... W_{from+1}; nothing when it is the identity
  [[nodiscard]] std::optional<Node> between(int from, int to) {
    std::optional<Node> product;
    for (int h = from + 1; h <= to; ++h) {
      const Node w = weights_[static_cast<std::size_t>(h) - 1];
      product = product ? workspace_.multiply(w, *product) : w;
    }
    return product;
  }
  [[nodiscard]] Node mid(int i, int j, Index width) {
    const auto product = between(j, i - 1);
    return product ? *product : workspace_.identity(width);
  }
  [[nodiscard]] Node out(int i, int j, int layers) {
    Node node = Sxy_;
    if (const auto right = between(0, j - 1)) node = workspace_.multiply(*right, node);
    if (const auto left = between(i, layers)) node = workspace_.multiply(node, *left);
    return node;
  }
  /// Sigma = Z^T Sxy with Sxx Z = Sxy, Z a constant.
  [[nodiscard]] Node sigma(const RationalMatrix& least_squares) {
    const Node Z = workspace_.constant(least_squares);
    const Node Sxx = workspace_.multiply(X_, workspace_.transpose(X_));
    workspace_.equate(workspace_.multiply(Sxx, Z), Sxy_);
    return workspace_.multiply(workspace_.transpose(Z), Sxy_);
  }

 private:
  Workspace& workspace_;
  std::vector<Node> weights_;
  Node X_ = 0;
  Node Y_ = 0;
  Node Sxy_ = 0;
};

}  // namespace

void DeepLinearAdvice::certify(Claims& claims) const {
  Nodes nodes(claims.workspace, layers());
  claims.ranks.push_back(certificate::rank_claim("r", claims.workspace, nodes.between(0, layers()).value()));
  if (!at_.critical()) return;
  try {
    const IndexSet selected = S();
    const Node sigma_node = nodes.sigma(solve(sxx(), sxy()).value());
    claims.selections.push_back(certificate::selection_claim("S", claims.workspace, sigma_node, claims.ranks.front(),
                                                             lambda(), {selected.begin(), selected.end()}));
  } catch (const Undefined&) {
    // not unique: nothing is claimed
  }
  certificate::ListClaim list{"tightened", "r", {}, tightened()};
  for (int i = 2; i <= layers(); ++i) {
    for (int j = 1; j < i; ++j) {
      const std::string pivot = "(" + std::to_string(i) + "," + std::to_string(j) + ")";
      const Node mid = nodes.mid(i, j, widths_[static_cast<std::size_t>(j)]);
      const Node out = nodes.out(i, j, layers());
      claims.ranks.push_back(certificate::rank_claim("mid" + pivot, claims.workspace, mid));
      claims.ranks.push_back(certificate::rank_claim("out" + pivot, claims.workspace, out));
      list.pairs.emplace_back("mid" + pivot, "out" + pivot);
    }
  }
  claims.lists.push_back(std::move(list));
}

}  // namespace rankscape::deep_linear
