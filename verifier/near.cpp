// rankscape-near/1 and rankscape-free/1 (docs/certificates.md): claims about the critical points of a deep linear
// network near given weights.
#include "verifier/near.hpp"

namespace verifier {

namespace {

using Selection = std::set<std::size_t>;

class NearChecker {
 public:
  NearChecker(const Json& json, Report& report)
      : report_(report), root_({&json, "", &report.not_verified}), network_(labelled()) {
    report.point = sha256(root_.take("format").text() + "\n" + network_.identity_text);
    if (const auto products = root_.find("products")) pieces_.emplace(network_, *products);
  }

  void run(bool has_points) {
    if (const auto only = root_.find("only_S")) check_only(*only);
    if (const auto empty = root_.find("empty")) check_empty(*empty);
    if (has_points) {
      const Field field = root_.take("points");
      const auto points = field.list();
      field.require(!points.empty(), "there is none");
      for (const Field& point : points) check_point(point);
    } else if (report_.verified.empty()) {
      root_.take("empty");  // or only_S
    }
  }

 private:
  Object& labelled() {
    root_.take("format");
    root_.take_label("key", report_.key);
    report_.landscape = "deep-linear";
    return root_;
  }
  const Pieces& pieces(const Field& field) const {
    field.require(pieces_.has_value(), "needs the products");
    return *pieces_;
  }
  static Q radius_of(Object& claim) {
    const Field field = claim.take("radius");
    Q radius = field.number();
    field.require(radius >= 0, "is negative");
    return radius;
  }

  // Every critical point within the radius has the product of this S: for blocks of eigenvalues, each in S or not, the
  // trace of Sigma restricted to the block tells.
  void check_only(const Field& field) {
    Object claim(field);
    const Selection part = network_.selection(claim.take("S"));
    const Q radius = radius_of(claim);
    const Eigenbasis& sigma = network_.sigma();
    const Matrix<Z> pushed = network_.product() * network_.sxy;
    const Matrix<Z> inside = transposed(sigma.q) * pushed * sigma.q;
    const Q moved = pieces(field).moves(0, network_.layers(), radius * network_.stretch);
    std::size_t first = 0;
    for (const Field& item : claim.take("blocks").list()) {
      const std::size_t size = item.count(1, network_.dy() - first);
      Selection members;
      Q trace = 0;
      Q values = 0;
      for (std::size_t i = first; i < first + size; ++i) {
        item.require(part.contains(i) == part.contains(first), "a block is cut by S");
        members.insert(i);
        trace += inside.at(i, i);
        values += sigma.d[i] + sigma.f;
      }
      const Q eps = sigma.error(item, members);
      const Q doubt = norm(pushed) * root(Q(Z(size))) * eps * (2 + eps);
      const Q distance = (part.contains(first) ? values - trace : trace) + doubt;
      const Q reach = norm(network_.sxy * columns(sigma.q, first, size)) + norm(network_.sxy) * eps;
      item.require(distance + moved * reach < sigma.least(first + size - 1), "the radius is not shown");
      first += size;
    }
    field.require(first == network_.dy(), "the blocks do not cover the eigenvalues");
    only_ = {part, radius};
    report_.verified.emplace_back("S of every critical point within a radius");
  }

  // No critical point within the radius: by the gradient, or since no strings have the ranks that survive.
  void check_empty(const Field& field) {
    Object claim(field);
    const Q radius = radius_of(claim);
    const Q reach = radius * network_.stretch;
    if (const auto by_gradient = claim.find("gradient")) {
      std::vector<Matrix<Z>> along;
      if (const auto direction = claim.find("direction")) {
        const auto layers = direction->list();
        direction->require(layers.size() == network_.layers(), "not a matrix for each layer");
        for (const Matrix<Z>& w : network_.w) along.push_back(of_shape(layers[along.size()], w.rows, w.cols));
      }
      by_gradient->require(by_gradient->boolean() && gradient_stays(pieces(field), reach, std::move(along)),
                           "the radius is not shown");
    } else {
      std::set<std::size_t> excluded;
      for (const Field& item : claim.take("strings").list()) excluded.insert(check_farkas(item, pieces(field), reach));
      for (std::size_t r = 0; r <= network_.rmax(); ++r)
        field.require(excluded.contains(r) || (only_ && radius <= only_->second && r != only_->first.size()),
                      "a rank of the product is not excluded");
    }
    empty_ = radius;
    report_.verified.emplace_back("no critical point within a radius");
  }

  // Multiplicities m >= 0 of strings have [strings through node a] m = d_a - r and, for pieces, [strings that pass] m
  // >= surviving rank - r; weights (>= 0 for pieces) add these up to something impossible. \return r
  [[nodiscard]] std::size_t check_farkas(const Field& field, const Pieces& pieces, const Q& radius) const {
    Object claim(field);
    const std::size_t r = claim.take("r").count(0, network_.rmax());
    const std::size_t nodes = network_.widths.size();
    std::map<String, Q> sums;
    for (std::size_t a = 0; a < nodes; ++a)
      for (std::size_t length = 1; length < nodes; ++length)
        if (String{a, length}.admissible(nodes)) sums[{a, length}] = 0;
    Q required = 0;
    for (const Field& item : claim.take("terms").list()) {
      const auto parts = item.list();
      item.require(parts.size() == 3, "not [start, length, weight]");
      const std::size_t a = parts[0].position(nodes);
      const std::size_t length = parts[1].count(1, nodes);
      const Q weight = parts[2].number();
      item.require(length == 1 || weight >= 0, "a weight is negative");
      const std::size_t least = length == 1 ? network_.widths[a] : pieces.surviving(a, length - 1, radius);
      required += weight * (Q(Z(least)) - Q(Z(r)));
      for (auto& [string, sum] : sums)
        if (string.passes(a, length, nodes)) sum += weight;
    }
    for (const auto& [string, sum] : sums) field.require(sum <= 0, "a string is not excluded");
    field.require(required > 0, "proves nothing");
    return r;
  }

  // For a direction v, or half the gradient at the weights, <v, half the gradient> stays positive within rho: its
  // derivative along v is exact, the higher terms are bounded by norms of pieces.
  [[nodiscard]] bool gradient_stays(const Pieces& pieces, const Q& rho, std::vector<Matrix<Z>> v) const {
    const std::size_t H = network_.layers();
    using Jet = std::pair<Matrix<Z>, Matrix<Z>>;  // value and derivative along v
    const auto times = [](const Jet& a, const Jet& b) {
      return Jet{a.first * b.first, a.second * b.first + a.first * b.second};
    };
    const auto flip = [](const Jet& a) { return Jet{transposed(a.first), transposed(a.second)}; };
    const auto fixed = [](const Matrix<Z>& a) { return Jet{a, Matrix<Z>(a.rows, a.cols)}; };
    const auto gradient = [&](const std::vector<Jet>& w) {
      std::vector<Jet> right{fixed(identity(network_.dx()))};
      for (const Jet& layer : w) right.push_back(times(layer, right.back()));
      Jet residual = times(right.back(), fixed(network_.sxx));
      residual.first = residual.first - transposed(network_.sxy);
      std::vector<Jet> parts(H);
      Jet left = fixed(identity(network_.dy()));
      for (std::size_t h = H; h-- > 0; left = times(left, w[h]))
        parts[h] = times(times(flip(left), residual), flip(right[h]));
      return parts;
    };
    std::vector<Jet> w;
    for (const Matrix<Z>& layer : network_.w) w.push_back(fixed(layer));
    const auto at_weights = gradient(w);
    Q slope = 0;
    Q square = 0;
    for (std::size_t h = 0; h < H; ++h) {
      if (v.size() == h) v.push_back(at_weights[h].first);
      w[h].second = v[h];
      slope += dot(v[h], at_weights[h].first).at(0, 0);
      square += square_norm(v[h]);
    }
    Q bent = 0;
    for (const Jet& part : gradient(w)) bent += square_norm(part.second);
    const Q size = root(square);
    const Q residual = norm(network_.product() * network_.sxx - transposed(network_.sxy));
    const std::vector<Q> sums = pieces.sums(0, H);
    const auto most = [&](std::size_t q) { return root(sums[q] * binomial(H, q) / power(Q(Z(H)), q)); };
    const auto along = [&](std::size_t q) {
      return root(sums[q] * Q(Z(q)) * binomial(H, q - 1) / power(Q(Z(H)), q - 1));
    };
    Q lost = 0;
    for (std::size_t b = 1; b <= H; ++b) {
      if (b >= 3) lost += residual * along(b) * power(rho, b - 1);
      for (std::size_t a = 1; a <= H; ++a)
        if (a + b >= 3) lost += network_.sxx_norm * most(a) * along(b) * power(rho, a + b - 1);
    }
    return root(bent) * rho + size * lost < slope;
  }

  struct Strings {
    std::map<String, std::size_t> multiplicity;
    std::vector<std::vector<std::size_t>> which;  // copies at each node, in order
    [[nodiscard]] std::size_t passing(std::size_t a, std::size_t length) const {
      std::size_t sum = 0;
      for (const auto& [s, m] : multiplicity) sum += s.passes(a, length, which.size()) ? m : 0;
      return sum;
    }
  };

  [[nodiscard]] Strings read_stratum(const Field& field, std::size_t r) const {
    const std::size_t nodes = network_.widths.size();
    Strings strings;
    for (const Field& item : field.list()) {
      const auto parts = item.list();
      item.require(parts.size() == 3, "not [start, length, multiplicity]");
      const String s{parts[0].position(nodes), parts[1].count(1, nodes)};
      item.require(s.admissible(nodes), "not a string of a critical point");
      item.require(strings.multiplicity.emplace(s, parts[2].count(1, most_entries)).second, "a string stands twice");
    }
    strings.which.resize(nodes);
    for (std::size_t h = 0; h < nodes; ++h)
      field.require(strings.passing(h, 1) + r == network_.widths[h], "the strings do not add up to the widths");
    std::size_t copy = 0;
    std::vector<std::size_t> inputs;  // copies that start at node 0: behind the others there
    for (const auto& [s, m] : strings.multiplicity)
      for (std::size_t k = 0; k < m; ++k, ++copy) {
        for (std::size_t h = 0; h < nodes; ++h)
          if (s.passes(h, 1, nodes)) (h == 0 && s.start == 0 ? inputs : strings.which[h]).push_back(copy);
      }
    strings.which[0].insert(strings.which[0].end(), inputs.begin(), inputs.end());
    return strings;
  }

  // r coordinates of the product, then each copy at node h - 1 to the same copy at node h.
  [[nodiscard]] static Matrix<Z> connection(const Strings& strings, std::size_t h, std::size_t r) {
    const auto& to = strings.which[h];
    const auto& from = strings.which[h - 1];
    return matrix_of(r + to.size(), r + from.size(), [&](std::size_t i, std::size_t j) {
      return Q(i < r || j < r ? (i == j ? 1 : 0) : (to[i - r] == from[j - r] ? 1 : 0));
    });
  }

  // Those of the critical point, which are free where the last layer has a bias.
  [[nodiscard]] std::map<std::size_t, Matrix<Z>> hidden_biases(Object& claim) const {
    std::map<std::size_t, Matrix<Z>> hidden;
    if (!network_.centred) return hidden;
    const Field field = claim.take("hidden_biases");
    const auto given = field.list();
    field.require(given.size() + 1 == network_.biases.size(), "not one for each hidden layer that has a bias");
    auto next = given.begin();
    for (const auto& [h, bias] : network_.biases)
      if (h < network_.layers()) hidden[h] = of_shape(*next++, bias.rows, 1);
    return hidden;
  }

  // What the first layer of the critical point has beside, zero on the span of the inputs: free.
  [[nodiscard]] Matrix<Z> unseen_part(Object& claim) const {
    const Matrix<Z>& first = network_.first;
    const auto given = claim.find("unseen");
    if (!given) return {first.rows, first.cols};
    Matrix<Z> part = of_shape(*given, first.rows, first.cols);
    given->require((part * network_.span).is_zero(), "not zero on the span of the inputs");
    return part;
  }

  // The squared distance of the weights to the critical point of the file, at least (docs/certificates.md).
  [[nodiscard]] Q square_distance(const Field& field, Object& claim, const Selection& part,
                                  const Strings& strings) const {
    const std::size_t H = network_.layers();
    const std::size_t r = part.size();
    const std::size_t q = network_.dy() - r;
    const std::size_t dx = network_.dx();
    field.require(network_.has_first_layer(), "needs P_plus and null_rows");
    const auto frames = claim.take("G").list();
    const auto inverses = claim.take("R").list();
    field.require(frames.size() == H && inverses.size() == H, "not one matrix G and R for each layer");
    std::vector<Matrix<Z>> g;
    std::vector<Matrix<Z>> inverse;
    std::vector<Q> off;  // of the inverse
    for (std::size_t h = 0; h < H; ++h) {
      const std::size_t n = h == 0 ? dx - r : network_.widths[h];
      g.push_back(of_shape(frames[h], n, n));
      inverse.push_back(of_shape(inverses[h], n, n));
      const Q delta = norm(g[h] * inverse[h] - identity(n));
      inverses[h].require(delta < 1, "not an approximate inverse of G");
      off.push_back(norm(inverse[h]) * delta / (1 - delta));
    }
    frames[0].require(block(g[0], q, dx - r - q, 0, q).is_zero(), "not block triangular");
    const Eigenbasis& sigma = network_.sigma();
    const Q eps = sigma.error(field, part);
    Matrix<Z> flipped(0, network_.dy());  // rows of S, then the others
    for (const bool in : {true, false})
      for (std::size_t i = 0; i < network_.dy(); ++i)
        if (part.contains(i) == in) flipped = stacked(flipped, transposed(columns(sigma.q, i, 1)));

    Q sum = 0;
    const auto apart = [&](const Matrix<Z>& difference, const Q& error) {
      const Q square = square_norm(difference);
      sum += error == 0 ? square : power(root(square) + error, 2);
    };
    const std::map<std::size_t, Matrix<Z>> hidden = hidden_biases(claim);
    Matrix<Z> reached = network_.x_mean;  // by the mean input, behind the layers so far
    Q off_reached = 0;
    // `layer` is within `error` of a layer of a critical point of the user's network
    const auto place = [&](std::size_t h, const Matrix<Z>& given, const Matrix<Z>& layer, const Q& error) {
      apart(given - layer, error);
      if (!network_.centred) return;
      off_reached = norm(layer) * off_reached + error * (norm(reached) + off_reached);
      reached = layer * reached;
      if (hidden.contains(h)) {
        apart(network_.biases.at(h) - hidden.at(h), 0);
        reached = reached + hidden.at(h);
      }
      // the last bias of a critical point takes the mean input to the mean output
      if (h == H) apart(network_.biases.at(H) - (network_.y_mean - reached), off_reached);
    };
    const auto add = [&](std::size_t h, const Matrix<Z>& v, const Q& error) {
      if (h > 1 || network_.span.entries.empty()) return place(h, network_.w[h - 1], v, error);
      // any W_1* with W_1* B = W_1'*
      const Matrix<Z> moved = network_.first + (v - network_.w.front()) * network_.span_inverse;
      place(1, network_.first, moved + unseen_part(claim), error * norm(network_.span_inverse));
    };
    const Matrix<Z> front = g[1] * connection(strings, 1, r);
    const Matrix<Z> below = stacked(rows(flipped, r, q) * network_.p_plus, network_.null_rows);
    const Q moved = eps * (norm(network_.p_plus) + network_.p_plus_error) + (1 + sigma.e) * network_.p_plus_error +
                    network_.null_error;
    const Q selected = eps * (norm(network_.p) + network_.p_error) + (1 + sigma.e) * network_.p_error;
    const Matrix<Z> rest = columns(front, r, dx - r);
    add(1, front * stacked(rows(flipped, 0, r) * network_.p, inverse[0] * below),
        norm(columns(front, 0, r)) * selected + norm(rest) * off[0] * (norm(below) + moved) +
            norm(rest * inverse[0]) * moved);
    for (std::size_t h = 2; h < H; ++h) {
      const Matrix<Z> from = g[h] * connection(strings, h, r);
      add(h, from * inverse[h - 1], norm(from) * off[h - 1]);
    }
    const Matrix<Z> j = connection(strings, H, r);
    const Matrix<Z> corner = block(g[0], 0, q, 0, q);
    const Matrix<Z> left = beside(transposed(rows(flipped, 0, r)), transposed(rows(flipped, r, q)) * corner) * j;
    const Matrix<Z> back = j * inverse[H - 1];
    const Q size = norm(corner);
    add(H, left * inverse[H - 1],
        (norm(left) + eps * (1 + size) * norm(j)) * off[H - 1] +
            eps * (norm(rows(back, 0, r)) + size * norm(rows(back, r, q))));
    return sum;
  }

  void check_point(const Field& field) {
    Object claim(field);
    const Selection part = network_.selection(claim.take("S"));
    const std::size_t r = part.size();
    const Strings strings = read_stratum(claim.take("stratum"), r);
    const Q square = square_distance(field, claim, part, strings);
    check_class(claim, part, strings);
    const Field distance = claim.take("distance");
    Object ends(distance);
    const Field hi = ends.take("hi");
    hi.require(hi.number() >= 0 && square <= power(hi.number(), 2), "the critical point is not shown to be so near");
    report_.verified.emplace_back("a critical point within a distance, its S, stratum, inertia and verdict");
    if (const auto lo = ends.find("lo")) {
      lo->require(is_below(lo->number(), part, strings), "points of the stratum may be nearer");
      report_.verified.emplace_back("a lower bound of the distance to the stratum");
    }
  }

  [[nodiscard]] bool is_below(const Q& lo, const Selection& part, const Strings& strings) const {
    if (lo <= empty_ || (only_ && part != only_->first && lo <= only_->second)) return true;
    if (!pieces_) return false;
    const Q reach = lo * network_.stretch;
    const std::size_t H = network_.layers();
    Q tails = 0;
    for (std::size_t h = 1; h <= H; ++h) tails += pieces_->tail(h, part.size() + strings.passing(h - 1, 2));
    if (reach * reach <= tails) return true;
    for (std::size_t a = 0; a <= H; ++a)
      for (std::size_t steps = 1; steps <= H; ++steps)
        if (pieces_->surviving(a, steps, reach) > part.size() + strings.passing(a, steps + 1)) return true;
    return false;
  }

  void check_class(Object& claim, const Selection& part, const Strings& strings) {
    const std::size_t nodes = network_.widths.size();
    const std::size_t r = part.size();
    std::size_t inversions = 0;
    for (const std::size_t s : part)
      for (std::size_t k = 0; k < s; ++k) inversions += part.contains(k) ? 0 : 1;
    std::size_t planes = 0;
    const auto last = [&](const String& s) { return (s.start + s.length - 1) % nodes; };
    const auto outer = [&](const String& s) { return s.start + s.length > nodes; };
    for (const auto& [v, m] : strings.multiplicity)
      for (const auto& [u, n] : strings.multiplicity)
        if (outer(v) && v.start <= last(u) + 1 && (outer(u) || u.start <= last(v) + 1)) planes += m * n;
    std::size_t parameters = 0;
    for (const Matrix<Z>& w : network_.w) parameters += w.entries.size();
    parameters += network_.first.entries.size() - network_.w.front().entries.size();  // where the data do not span
    const std::size_t neg = inversions + planes;
    std::size_t pos = r * (network_.dx() + network_.dy() - r) - inversions + planes;
    if (network_.centred) {
      pos += network_.dy();
      for (const auto& [h, bias] : network_.biases) parameters += bias.rows;
    }
    const Field field = claim.take("inertia");
    Object inertia(field);
    field.require(inertia.take("neg").count(0, parameters) == neg && inertia.take("pos").count(0, parameters) == pos &&
                      inertia.take("zero").count(0, parameters) == parameters - neg - pos,
                  "not that of the stratum");
    bool distinct = true;
    const Eigenbasis& sigma = network_.sigma();
    for (std::size_t i = 0; i + 1 < sigma.d.size(); ++i)
      distinct = distinct && sigma.d[i] - sigma.d[i + 1] > 2 * sigma.f;
    const bool leading = part.empty() || *part.rbegin() + 1 == r;
    const std::string verdict = leading && r == network_.rmax() ? "global_minimizer"
                                : !leading || planes > 0        ? "strict_saddle"
                                : distinct                      ? "non_strict_saddle"
                                                                : "second_order";
    const Field given = claim.take("verdict");
    if (given.text() != verdict) given.reject("the stratum gives " + verdict);
    if (report_.verdict.empty()) report_.verdict = verdict;
  }

  Report& report_;
  Object root_;
  Network network_;
  std::optional<Pieces> pieces_;
  std::optional<std::pair<Selection, Q>> only_;
  Q empty_ = 0;
};

}  // namespace

void check_near(const Json& json, bool has_points, Report& report) {
  if (!json.contains("data")) throw Unreadable("an answer without evidence: rankscape near --certificate writes it");
  NearChecker(json, report).run(has_points);
}

}  // namespace verifier
