// rankscape inertia: the exact inertia of a symmetric matrix of any source, with a certificate.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>
#include <rankscape/report/output.hpp>

#include "certificate/evidence.hpp"
#include "certificate/write.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "numeric/extreme_eigenvalues.hpp"
#include "text/matrix_file.hpp"
#include "text/number_json.hpp"

namespace rankscape::cli {

namespace {

struct InertiaOptions {
  std::string file;
  std::string json;
  std::string certificate;
};

void require_symmetric(const RationalMatrix& a, const std::string& file) {
  if (a.rows() != a.cols())
    throw InputError(fmt::format("{}: a {} x {} matrix, expected a symmetric one", file, a.rows(), a.cols()));
  if (a.rows() == 0) throw InputError(file + ": an empty matrix");
  if (a.rows() > text::most_rows) throw InputError(fmt::format("{}: more than {} rows", file, text::most_rows));
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < i; ++j)
      if (a(i, j) != a(j, i))
        throw InputError(fmt::format(
            "{}: not symmetric: entry ({}, {}) is {}, entry ({}, {}) is {}; the symmetric part is (A + A^T)/2", file,
            i + 1, j + 1, to_string(a(i, j)), j + 1, i + 1, to_string(a(j, i))));
}

Json vector(const RationalMatrix& rows, Index k) {  // of integers
  Json json = Json::array();
  for (Index j = 0; j < rows.cols(); ++j)
    json.push_back(to_string(rows(k, j)));
  return json;
}

// Nine places behind the point, or twelve digits where entries are long: all of 600 digits and nine places would cost
// far more than the inertia.
Rational width_for(const RationalMatrix& a) {
  Rational largest = 0;
  for (Index k = 0; k < a.size(); ++k)
    largest = std::max(largest, Rational(abs(a.data()[k])));
  return std::max(Rational(1, 1'000'000'000), Rational(largest / 1'000'000'000'000));
}

int run(const InertiaOptions& options) {
  const RationalMatrix a = text::read_matrix(options.file);
  require_symmetric(a, options.file);
  const Inertia inertia = rankscape::inertia(a);
  std::optional<Enclosure> lambda_min;
  std::optional<Enclosure> lambda_max;
  try {
    const auto extremes = extreme_eigenvalues(inertia, a, {.width = width_for(a)});
    if (extremes && has_decimal(extremes->least) && has_decimal(extremes->greatest)) {
      lambda_min = extremes->least;
      lambda_max = extremes->greatest;
    }
  } catch (const WidthNotReached& reason) {
    std::cerr << "rankscape: " << reason.what() << '\n';
  }
  const certificate::InertiaClaim claim = certificate::inertia_claim(a, inertia, lambda_min, lambda_max);
  if (!options.certificate.empty()) {
    const std::string text = certificate::to_text(certificate::to_json(a, claim));
    if (const auto why = certificate::beyond_limits(text, a.rows())) {
      std::cerr << fmt::format(
          "rankscape: {}: the certificate is not written: rankscape-verify could not read it: {}\n",
          options.certificate, *why);
      return undecided;
    }
    write_file(options.certificate, [&](std::ostream& out) { out << text; });
  }
  Json json;
  json["format"] = "rankscape-inertia-result/1";
  json["n"] = a.rows();
  json["inertia"] = inertia_to_json(inertia);
  json["lambda_min"] = lambda_min ? enclosure_to_json(*lambda_min) : Json(nullptr);
  json["lambda_max"] = lambda_max ? enclosure_to_json(*lambda_max) : Json(nullptr);
  // integer vectors v with v^T A v < 0, A v = 0, v^T A v > 0
  if (inertia.negative > 0) json["witness"]["neg"] = vector(claim.frame, 0);
  if (inertia.zero > 0) json["witness"]["zero"] = vector(claim.null, 0);
  if (inertia.positive > 0) json["witness"]["pos"] = vector(claim.frame, inertia.negative);
  if (!options.json.empty()) write_json(options.json, json);
  if (options.json != "-") {
    const std::string where = lambda_min ? fmt::format(" in [{}, {}]", json["lambda_min"]["lo"].get<std::string>(),
                                                       json["lambda_max"]["hi"].get<std::string>())
                                         : std::string();
    std::cout << fmt::format("{} x {}: {} negative, {} zero, {} positive eigenvalues{}\n", a.rows(), a.cols(),
                             inertia.negative, inertia.zero, inertia.positive, where);
  }
  return success;
}

}  // namespace

void add_inertia(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("inertia", "exact inertia of a symmetric matrix");
  auto options = std::make_shared<InertiaOptions>();
  command->add_option("matrix", options->file, "MATRIX.json, .csv or .npy; floats are read as the fractions they are")
      ->required()
      ->type_name(input_file);
  command->add_option("--certificate", options->certificate, "write evidence that rankscape-verify checks")
      ->type_name(output_file);
  command->add_option("--json", options->json, "write the answer (- for the standard output)")->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace rankscape::cli
