#include "cli/near_certificate.hpp"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <rankscape/report/output.hpp>

#include "certificate/write.hpp"

namespace rankscape::cli {

bool write_near_certificate(const std::string& path, const std::optional<Json>& certificate, long parameters) {
  const auto refuse = [&](const std::string& why) {
    std::cerr << fmt::format("rankscape: {}: the certificate is not written: {}\n", path, why);
    return false;
  };
  if (!certificate) return refuse("no claim was proved that it can show (docs/certificates.md)");
  const std::string text = certificate::to_text(*certificate);
  if (const auto why = certificate::beyond_limits(text, parameters))
    return refuse("rankscape-verify could not read it: " + *why);
  write_file(path, [&](std::ostream& out) { out << text; });
  return true;
}

}  // namespace rankscape::cli
