#include "answers/audit.hpp"

#include <nlohmann/json.hpp>

namespace rankscape::answers {

Json finding_json(const Landscape& landscape, const Finding& finding) {
  Json json = {{"kind", finding.kind == Finding::Kind::good  ? "good"
                        : finding.kind == Finding::Kind::bad ? "bad"
                                                             : "note"},
               {"subject", finding.subject},
               {"text", finding.text}};
  if (finding.shape) json[landscape.shape_key()] = finding.shape->to_json();
  if (finding.point) json["point"] = landscape.to_json(*finding.point);
  return json;
}

Json audit_json(const Landscape& landscape, Json good, Json findings) {
  return {{"format", "rankscape-landscape-audit/1"},
          {"landscape", landscape.id()},
          {"good", std::move(good)},
          {"findings", std::move(findings)}};
}

}  // namespace rankscape::answers
