// rankscape near: which exact critical points of a deep linear network lie near weights in floating point.
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <rankscape/error.hpp>
#include <rankscape/exact/enclosure.hpp>
#include <rankscape/point.hpp>

#include "answers/near.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/near_certificate.hpp"
#include "cli/near_landscape.hpp"
#include "cli/near_text.hpp"
#include "cli/usage.hpp"
#include "near/arrays.hpp"
#include "near/certificate.hpp"

namespace rankscape::cli {

namespace {

struct NearOptions {
  std::string weights;
  std::string data;
  std::string convention;
  std::string layers;
  std::string radius;
  std::string strata;
  std::string json;
  std::string certificate;
  std::string trajectory;
  std::string figure;
  NearLandscape other;  // a landscape of any kind
};

std::string line(const near::Certified& c) {
  const DecimalEnclosure distance = to_decimal(Enclosure(c.below, c.above), 9);
  return fmt::format("S = {}  [{}]  inertia ({}, {}, {})  {}  distance in [{}, {}]", braces(c.point.S),
                     deep_linear::to_string(c.point.stratum), c.inertia.negative, c.inertia.zero, c.inertia.positive,
                     to_string(c.verdict), distance.lo, distance.hi);
}

// What a set S says of all its critical points, whatever the stratum.
std::string meaning(const near::Network& network, const near::Selection& S) {
  if (!near::is_leading(S)) return "all of them strict saddles";
  if (static_cast<long>(S.size()) == network.rmax()) return "all of them global minimizers";
  return network.distinct() ? "all of them saddles" : "none of them a global minimizer";
}

// The question where it is not one of deep linear weights and data. \throws InputError  neither, or both
std::optional<NearLandscape> on_landscape(const NearOptions& options) {
  NearLandscape question = options.other;
  const bool file = !question.point.empty();
  const bool line = !question.loss.empty() || !question.at.empty();
  const bool weights = !options.weights.empty();
  if (static_cast<int>(file) + static_cast<int>(line) + static_cast<int>(weights) != 1)
    throw InputError(
        "near: expected WEIGHTS or --trajectory with --data, a point file (--point), or a function (--loss) and a "
        "point "
        "(--at)");
  if (weights) {
    if (options.data.empty()) throw InputError("near: WEIGHTS without --data");
    if (!question.landscape.empty() || !question.landscapes.empty())
      throw InputError("--landscape and --landscapes go with --point");
    return std::nullopt;
  }
  if (!options.convention.empty() || !options.layers.empty() || !options.strata.empty())
    throw InputError("--convention, --layers and --strata go with WEIGHTS");
  if (line && (question.loss.empty() || question.at.empty())) throw InputError("--loss and --at go together");
  if (file && !options.data.empty())
    throw InputError("--data goes with WEIGHTS or --loss: a point file holds its data");
  if (line && !question.landscape.empty()) throw InputError("--landscape goes with --point");
  question.data = options.data;
  question.json = options.json;
  question.certificate = options.certificate;
  return question;
}

int run_near(const NearOptions& options) {
  if (!options.trajectory.empty()) {
    if (!options.weights.empty() || !options.other.point.empty() || !options.other.loss.empty() ||
        !options.other.at.empty() || !options.other.landscape.empty() || !options.other.landscapes.empty())
      throw InputError("--trajectory: is asked about by itself, with --data");
    if (options.data.empty()) throw InputError("--trajectory: without --data");
    if (!options.radius.empty()) throw InputError("--radius: asks about one point, not about a run");
    if (!options.certificate.empty()) throw InputError("--certificate: of one point, not of a run");
    return run_trajectory({options.trajectory,
                           options.data,
                           {options.convention, parse_words(options.layers)},
                           options.strata,
                           options.json,
                           options.figure});
  }
  if (!options.figure.empty()) throw InputError("--figure: draws a run; it needs --trajectory");
  std::optional<Rational> radius;
  if (!options.radius.empty()) {
    radius = parse_rational(options.radius);
    if (*radius <= 0) throw InputError("--radius " + options.radius + ": expected a positive number");
  }
  if (const auto question = on_landscape(options)) {
    NearLandscape whole = *question;
    whole.radius = radius;
    return near_on_landscape(whole);
  }
  answers::NearQuestion asked;
  asked.weights_file = options.weights;
  asked.data_file = options.data;
  asked.naming = {options.convention, parse_words(options.layers)};
  asked.radius = radius;
  asked.weights = near::read_arrays(options.weights);
  asked.data = near::read_arrays(options.data);
  answers::Nearness found(asked);
  for (const std::string& note : found.notes())
    std::cerr << "rankscape: " << note << '\n';
  if (options.convention.empty()) std::cerr << "rankscape: read as " << found.reading() << ": nothing else fits\n";
  if (!found.open().empty()) {
    std::cerr << fmt::format("rankscape: {}: undecided: {}\n", options.weights, found.open());
    return undecided;
  }
  for (const std::string& note : found.problem().notes)
    std::cerr << "rankscape: " << note << '\n';
  found.analyse(options.strata.empty() ? answers::usual_strata(found.network()) : strata_asked(options.strata));
  if (!options.json.empty()) write_json(options.json, found.json());
  const near::Answer& answer = found.answer();
  const bool certified = options.certificate.empty() ||
                         write_near_certificate(options.certificate, near::certificate_of(found.problem(), answer));
  if (options.json != "-") {
    std::cout << fmt::format("no critical point within {}\n", rounded_below(answer.empty_radius()));
    if (found.only())
      std::cout << fmt::format("every critical point within {} has S = {}: {}\n", rounded_below(answer.only_radius),
                               braces(*answer.only), meaning(found.network(), *answer.only));
    if (answer.found.empty()) {
      std::cout << "no critical point could be certified\n";
    } else {
      std::cout << "nearest certified    " << line(answer.found.front()) << '\n';
      if (answer.most_degenerate != 0)
        std::cout << "most degenerate      " << line(answer.found[answer.most_degenerate]) << '\n';
    }
    if (radius) std::cout << fmt::format("a critical point within {}: {}\n", options.radius, found.within());
  }
  // a proved "no" answers the question of a radius, also where nothing is certified
  const bool answered = radius ? found.within() != "undecided" : !answer.found.empty();
  return answered && certified ? success : undecided;
}

}  // namespace

int strata_asked(const std::string& option) {
  const std::vector<long> given = parse_integers(option, "--strata");
  if (given.size() != 1) throw InputError("--strata " + option + ": expected one number");
  return static_cast<int>(given.front());
}

void add_near(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand(
      "near", "exact critical points near floats: weights of a deep linear network, or a point of any landscape");
  auto options = std::make_shared<NearOptions>();
  command
      ->add_option(
          "weights", options->weights,
          "a matrix a layer, in natural order of names: .npz, .safetensors, .json, or a folder of .npy or .csv")
      ->type_name(input_file);
  command
      ->add_option("--data", options->data,
                   "X and Y, or Sxx and Sxy (with biases also Sx, Sy, S1), in any of these; with --loss its constants: "
                   "\"A = [2, 0; 0, 1]\"")
      ->type_name(input_file);
  command->add_option("--point", options->other.point, "floats on any landscape: POINT.json")->type_name(input_file);
  command->add_option("--loss", options->other.loss, "a function instead: \"norm2(A - x*x')\"");
  command->add_option("--at", options->other.at, "its point: \"x = [1.2247; 1.2247]\"");
  command->add_option("--landscape", options->other.landscape,
                      "the landscape of a point file that names none: id or FILE.toml");
  command->add_option("--landscapes", options->other.landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--convention", options->convention,
                      "columns, torch or keras: how the arrays lie, where the shapes leave more than one reading");
  command->add_option("--layers", options->layers,
                      "the arrays that are layers, in order, a bias behind its matrix: a,b,c (default: all, in natural "
                      "order)");
  command->add_option("--radius", options->radius, "is there a critical point within this distance?");
  command->add_option("--strata", options->strata,
                      "how many more strata to try in search of a nearer point (default: 400 for at most 100 "
                      "parameters, else none; a try costs the cube of their number)");
  command
      ->add_option("--trajectory", options->trajectory,
                   "instead of WEIGHTS a run: a folder with a file for each checkpoint, the step in its name, or an "
                   ".npz with members STEP/NAME")
      ->type_name(input_file);
  command->add_option("--figure", options->figure, "draw the run: F.svg")->type_name(output_file);
  command->add_option("--certificate", options->certificate, "write evidence that rankscape-verify checks")
      ->type_name(output_file);
  command->add_option("--json", options->json, "write the answer (- for the standard output)")->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return run_near(*options); }; });
}

}  // namespace rankscape::cli
