#include "certificate/coq_bounds.hpp"

#include <rankscape/error.hpp>

#include "certificate/coq_terms.hpp"

namespace rankscape::certificate::coq {

namespace {

[[noreturn]] void unproved_bound(const std::string& by) {
  throw InputError("the claim is that of a global minimizer by " + by);
}

std::string cover(const Json& evidence) {
  return fmt::format("Cover {} ({})\n      ({})\n      ({})", number(evidence.at("separator")),
                     filled_matrix(evidence.at("cover")), psd(evidence.at("psd").at(0)), psd(evidence.at("psd").at(1)));
}

std::string convex_term(const Json& term) {
  if (term.contains("free")) return "Free " + term.at("free").dump();
  if (term.contains("above")) return "Bounded " + term.at("above").dump();
  if (term.contains("gram")) {
    const Json& gram = term.at("gram");
    const bool normed = gram.is_array() && gram.size() == 2;
    const std::string nodes = normed ? fmt::format("NormedGram {} {}", gram.at(0).dump(), gram.at(1).dump())
                                     : "Gram " + (gram.is_array() ? gram.at(0) : gram).dump();
    return fmt::format("{} ({})", nodes, psd(term.at("psd")));
  }
  if (term.contains("nuclear")) {
    const Json& nodes = term.at("nuclear");
    return fmt::format("Nuclear {} {} {} ({})", nodes.at(0).dump(), nodes.at(1).dump(), nodes.at(2).dump(),
                       psd(term.at("psd"), 2));
  }
  unproved_bound(term.begin().key());
}

// Of a distance of a product from a matrix that is not scaled, and of nothing else.
std::string decay(const Json& node, const Json& terms, const Json& program) {
  const Json& nodes = terms.at(0).at("decay");
  const Json& square = program.at(nodes.at(0).get<std::size_t>());
  const bool plain = terms.size() == 1 && square.at(0) == "dot" && square.at(1) == square.at(2) &&
                     program.at(square.at(1).get<std::size_t>()).at(0) == "subtract";
  if (!plain) unproved_bound("decay of a scaled distance or beside other terms");
  return fmt::format("Decay {} ({}, {}, {}) ({})", node.dump(), nodes.at(0).dump(), nodes.at(1).dump(),
                     nodes.at(2).dump(), cover(terms.at(0)));
}

std::string convex(const Json& node, const Json& terms, const Json& program) {
  for (const Json& term : terms) {
    if (term.contains("decay")) return decay(node, terms, program);
  }
  return fmt::format("Convex {} {}", node.dump(), list(terms, convex_term));
}

}  // namespace

std::string bound(const Json& evidence, const Json& program) {
  const auto by = evidence.at("by").get<std::string>();
  const Json& node = evidence.at("node");
  if (by == "convex") return convex(node, evidence.at("terms"), program);
  if (by == "rank_trace")
    return fmt::format("RankTrace {} ({}) ({})", node.dump(), cover(evidence),
                       option(evidence, "least_squares", filled_matrix));
  if (by == "gram_trace") return fmt::format("GramTrace {} ({})", node.dump(), cover(evidence));
  unproved_bound(by);
}

}  // namespace rankscape::certificate::coq
