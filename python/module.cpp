// rankscape._core: what the commands answer, for Python. Texts in and JSON out; rankscape/__init__.py makes objects of
// it. Nothing is computed or formatted here.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <rankscape/audit.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/tool.hpp>

#include "answers/arguments.hpp"
#include "answers/audit.hpp"
#include "answers/classification.hpp"
#include "answers/derivation.hpp"
#include "answers/given_data.hpp"
#include "answers/itinerary.hpp"
#include "answers/library.hpp"
#include "answers/near.hpp"
#include "answers/near_landscape.hpp"
#include "answers/point.hpp"
#include "answers/solve.hpp"
#include "answers/strata.hpp"
#include "answers/strata_figure.hpp"
#include "answers/values.hpp"
#include "call.hpp"
#include "certificate/write.hpp"
#include "check.hpp"
#include "check/nearby_point.hpp"
#include "check/points.hpp"
#include "given.hpp"
#include "text/utf8.hpp"

namespace rankscape::python {

namespace {

namespace py = pybind11;

DeadlineScope::Clock::time_point deadline(const Seconds& limit) {
  using Clock = DeadlineScope::Clock;
  return limit ? Clock::now() + std::chrono::duration_cast<Clock::duration>(*limit) : Clock::time_point::max();
}

std::string classify(const Given& given, const std::string& loss, const std::string& at, const std::string& data,
                     bool hessian, const std::string& certificate, const std::string& time_limit,
                     const std::string& landscapes) {
  const auto library = landscape_library(landscapes);
  const Json point = loss.empty() ? given.point() : point_file_of(loss, at, data);
  if (!certificate.empty()) check_writable(certificate);
  const answers::Classification found = answers::classify(
      *library, point, given.file, {.form_hessian = !certificate.empty(), .everywhere = hessian}, seconds(time_limit));
  if (!certificate.empty() && found.evidence.verdict != Verdict::undecided) {
    const std::string text = certificate::to_text(found.certificate());
    if (const auto limit = certificate::beyond_limits(text))
      throw InputError("no certificate is written, as rankscape-verify could not read it: " + *limit);
    write_file(certificate, [&](std::ostream& out) { out << text; });
  }
  Json json = found.json();
  if (found.critical_up_to_rounding()) json["critical_up_to_rounding"] = true;
  return json.dump();
}

std::string derive(const std::string& landscape, const std::string& size, const std::string& free, const Given& given,
                   const std::string& loss, const std::string& at, const std::string& data,
                   const std::string& landscapes) {
  const auto library = landscape_library(landscapes);
  const SymbolicLock alone;
  if (!landscape.empty()) return answers::derive(library->at(landscape), size, free).json.dump();
  const Json point = loss.empty() ? given.point() : point_file_of(loss, at, data);
  return answers::derive_point(*library, point, std::filesystem::path(given.file).parent_path()).json.dump();
}

std::string strata(const std::string& widths, bool count_only) {
  const answers::StrataCount count = answers::count_strata(parse_integers(widths, "widths"));
  Json json = count.json();
  if (!count_only) json["list"] = answers::list_strata(count, [](long, const deep_linear::Stratum&) {});
  return json.dump();
}

std::string values(const std::string& widths, const std::string& lambda, const Given& data) {
  const deep_linear::Widths numbers = parse_integers(widths, "widths");
  if (!data.file.empty() || !data.text.empty()) return answers::values_at(numbers, data.point(), data.file).dump();
  if (lambda.empty()) return answers::values(numbers, std::nullopt).dump();
  return answers::values(numbers, parse_rationals(lambda, "lambda")).dump();
}

std::string point(const std::string& widths, const std::string& S, const std::string& stratum,
                  const std::string& position, const std::string& kind, const Given& data, std::uint64_t seed) {
  answers::DeepLinearPoint asked;
  asked.widths = parse_integers(widths, "widths");
  if (!S.empty()) asked.S = parse_integers(S, "S");
  asked.stratum = stratum;
  asked.position = position;
  asked.data = kind;
  if (!data.file.empty() || !data.text.empty()) asked.given = given_data_of(data.point(), data.file);
  asked.seed = seed;
  return answers::point(*landscape_library(""), asked).dump();
}

// Arrays of a file, or of JSON text: by name.
std::vector<near::NamedMatrix> arrays(const Given& given, const std::string& name) {
  return given.file.empty() ? near::arrays_of(given.text, name) : near::read_arrays(given.file);
}

std::optional<Rational> parse_radius(const std::string& text) {
  if (text.empty()) return std::nullopt;
  Rational radius = parse_rational(text);
  if (radius <= 0) throw InputError("radius " + text + ": expected a positive number");
  return radius;
}

std::pair<std::string, std::string> near(const Given& weights, const Given& data, const std::string& convention,
                                         const std::vector<std::string>& layers, const std::string& radius,
                                         std::optional<int> strata) {
  answers::NearQuestion question;
  question.weights_file = weights.file.empty() ? "weights.json" : weights.file;
  question.data_file = data.file.empty() ? "data.json" : data.file;
  question.naming = {convention, layers};
  question.radius = parse_radius(radius);
  question.weights = arrays(weights, question.weights_file);
  question.data = arrays(data, question.data_file);
  answers::Nearness found(question);
  if (!found.open().empty())
    return {Json{{"format", "rankscape-near/1"}, {"open", found.open()}}.dump(), found.reading()};
  found.analyse(strata.value_or(answers::usual_strata(found.network())));
  return {found.json().dump(), found.reading()};
}

// The itinerary, its notes and its picture.
std::string near_trajectory(const std::string& run, const std::vector<std::pair<long, std::string>>& checkpoints,
                            const Given& data, const near::Naming& naming, std::optional<int> strata,
                            Progress& progress) {
  answers::RunQuestion question;
  question.title = run.empty() ? "run" : run;
  question.data_file = data.file.empty() ? "data.json" : data.file;
  question.data = arrays(data, question.data_file);
  question.naming = naming;
  question.strata = strata;
  if (checkpoints.empty()) {
    question.run = near::read_run(run, data.file);
  } else {
    for (const auto& checkpoint : checkpoints) {
      const std::string name = "step " + std::to_string(checkpoint.first);
      const std::string& text = checkpoint.second;
      question.run.checkpoints.push_back(
          {checkpoint.first, name, [name, &text] { return near::arrays_of(text, name + ".json"); }});
    }
  }
  progress.total(question.run.checkpoints.size());
  Json notes = Json::array();
  const answers::Itinerary found(
      question, [&](const std::string& note) { notes.push_back(note); }, [&] { progress.finished(); });
  if (!found.open().empty()) return Json{{"open", found.open()}, {"notes", notes}}.dump();
  return Json{{"itinerary", found.json()}, {"notes", notes}, {"svg", found.svg()}}.dump();
}

std::string near_point(const Given& given, const std::string& loss, const std::string& at, const std::string& data,
                       const std::string& radius, const std::string& landscapes) {
  const auto library = landscape_library(landscapes);
  const Json point = loss.empty() ? given.point() : point_file_of(loss, at, data);
  return answers::near_on_landscape(*library, point, given.file, parse_radius(radius)).json().dump();
}

std::string solve(const answers::SolveQuestion& question, const std::string& certificate,
                  const std::string& landscapes) {
  const auto library = landscape_library(landscapes);
  if (!certificate.empty()) check_writable(certificate);
  const answers::Solved found = answers::solve(*library, question, [](Index) {});
  if (!found.answered()) return Json{{"undecided", found.undecided}}.dump();
  if (!certificate.empty() && found.complete())
    write_file(certificate, [&](std::ostream& out) { out << found.certificate(); });
  return Json{{"solution", found.json()}, {"decided", found.decided()}}.dump();
}

std::string landscape(const std::string& name, const std::vector<std::string>& sizes, std::uint64_t seed,
                      const std::string& time_limit, const std::string& landscapes) {
  const auto library = landscape_library(landscapes);
  const Landscape& asked = library->at(name);
  AuditOptions options;
  options.seed = seed;
  options.shapes = parse_shapes(sizes, "sizes");
  options.examine_approximate = [seed](const Recipe& recipe, const Instance& floats) {
    return fault_of_approximate(recipe, floats, seed);
  };
  const SymbolicLock alone;
  const DeadlineScope scope(deadline(seconds(time_limit)));
  Json findings = Json::array();
  bool bad = false;
  Json good;
  try {
    good = audit(asked, options, [&](const Finding& finding) {
      bad = bad || finding.kind == Finding::Kind::bad;
      findings.push_back(answers::finding_json(asked, finding));
    });
  } catch (const DeadlineExceeded&) {
    if (bad) good = false;
  }
  return answers::audit_json(asked, std::move(good), std::move(findings)).dump();
}

Given given_of(const std::string& file, const std::string& text) {
  return {file, text};
}

void declare(py::module_& m) {
  m.attr("version") = tool_info().version;
  m.attr("git") = tool_info().git;
  m.def("classify", [](const std::string& file, const std::string& text, const std::string& loss, const std::string& at,
                       const std::string& data, bool hessian, const std::string& certificate,
                       const std::string& time_limit, const std::string& landscapes) {
    return call(
        [&](Progress&) {
          return classify(given_of(file, text), loss, at, data, hessian, certificate, time_limit, landscapes);
        },
        py::none());
  });
  m.def("derive", [](const std::string& landscape, const std::string& size, const std::string& free,
                     const std::string& file, const std::string& text, const std::string& loss, const std::string& at,
                     const std::string& data, const std::string& landscapes) {
    return call(
        [&](Progress&) { return derive(landscape, size, free, given_of(file, text), loss, at, data, landscapes); },
        py::none());
  });
  m.def("strata", [](const std::string& widths, bool count_only) {
    return call([&](Progress&) { return strata(widths, count_only); }, py::none());
  });
  m.def("strata_svg", [](const std::string& widths) {
    return call([&](Progress&) { return answers::strata_svg(parse_integers(widths, "widths")); }, py::none());
  });
  m.def("values",
        [](const std::string& widths, const std::string& lambda, const std::string& file, const std::string& text) {
          return call([&](Progress&) { return values(widths, lambda, given_of(file, text)); }, py::none());
        });
  m.def("point",
        [](const std::string& widths, const std::string& S, const std::string& stratum, const std::string& position,
           const std::string& kind, const std::string& file, const std::string& text, std::uint64_t seed) {
          return call([&](Progress&) { return point(widths, S, stratum, position, kind, given_of(file, text), seed); },
                      py::none());
        });
  m.def("near_point",
        [](const std::string& file, const std::string& text, const std::string& loss, const std::string& at,
           const std::string& data, const std::string& radius, const std::string& landscapes) {
          return call([&](Progress&) { return near_point(given_of(file, text), loss, at, data, radius, landscapes); },
                      py::none());
        });
  m.def("near", [](const std::string& weights_file, const std::string& weights, const std::string& data_file,
                   const std::string& data, const std::string& convention, const std::vector<std::string>& layers,
                   const std::string& radius, std::optional<int> strata) {
    std::string reading;
    std::string json = call(
        [&](Progress&) {
          auto [answer, how] =
              near(given_of(weights_file, weights), given_of(data_file, data), convention, layers, radius, strata);
          reading = std::move(how);
          return std::move(answer);
        },
        py::none());
    return std::pair(std::move(json), std::move(reading));
  });
  m.def("near_trajectory", [](const std::string& run, const std::vector<std::pair<long, std::string>>& checkpoints,
                              const std::string& data_file, const std::string& data, const std::string& convention,
                              const std::vector<std::string>& layers, std::optional<int> strata,
                              const py::object& listener) {
    return call(
        [&](Progress& progress) {
          return near_trajectory(run, checkpoints, given_of(data_file, data), {convention, layers}, strata, progress);
        },
        listener);
  });
  m.def("solve",
        [](const std::string& landscape, const std::string& size, const std::string& loss, const std::string& at,
           const std::string& data, bool gauge, bool real, bool count, std::uint64_t seed,
           const std::string& time_limit, const std::string& certificate, const std::string& landscapes) {
          const answers::SolveQuestion question{
              landscape, size, loss, at, data, gauge, seed, seconds(time_limit).value(), real, count};
          return call([&](Progress&) { return solve(question, certificate, landscapes); }, py::none());
        });
  m.def("landscape", [](const std::string& name, const std::vector<std::string>& sizes, std::uint64_t seed,
                        const std::string& time_limit, const std::string& landscapes) {
    return call([&](Progress&) { return landscape(name, sizes, seed, time_limit, landscapes); }, py::none());
  });
  // what a run is of, as dictionaries with its options would be
  py::class_<CheckOptions>(m, "CheckOptions")
      .def(py::init([](const std::vector<std::string>& statements, const std::vector<std::string>& sizes,
                       const std::vector<std::tuple<std::string, std::string, std::string>>& points, unsigned jobs,
                       std::uint64_t seed, std::optional<int> samples, const std::string& time_limit,
                       const std::string& landscapes) {
             CheckOptions options{statements, sizes, {}, jobs, seed, samples, time_limit, landscapes};
             for (const auto& [name, file, text] : points)
               options.points.emplace_back(name, given_of(file, text));
             return options;
           }),
           py::arg("statements"), py::arg("sizes"), py::arg("points"), py::arg("jobs"), py::arg("seed"),
           py::arg("samples"), py::arg("time_limit"), py::arg("landscapes"));
  m.def("check", [](const CheckOptions& options, const py::object& listener) {
    return call([&](Progress& progress) { return check(options, progress); }, listener);
  });
  m.def("check_shard", [](const CheckOptions& options, std::uint64_t number, std::uint64_t count,
                          const std::string& journal, const py::object& listener) {
    return call(
        [&](Progress& progress) {
          check_shard(options, number, count, journal, progress);
          return std::string();
        },
        listener);
  });
  m.def("check_journal",
        [](const CheckOptions& options, std::uint64_t number, std::uint64_t count, const std::string& journal) {
          return call(
              [&](Progress&) {
                check_journal(options, number, count, journal);
                return std::string();
              },
              py::none());
        });
  m.def("merge", [](const CheckOptions& options, const std::vector<std::string>& journals, const std::string& report,
                    const py::object& listener) {
    return call([&](Progress& progress) { return merge(options, journals, report, progress); }, listener);
  });
  m.def("check_writable", [](const std::string& path) { check_writable(path); });
}

}  // namespace

}  // namespace rankscape::python

PYBIND11_MODULE(_core, m) {
  using namespace rankscape;
  // raised under the names of rankscape/_errors.py
  const auto errors = pybind11::module_::import("rankscape._errors");
  static const pybind11::object input_error = errors.attr("InputError");
  static const pybind11::object fault = errors.attr("InternalFault");
  pybind11::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const InputError& error) {
      PyErr_SetString(input_error.ptr(), text::printable(error.what()).c_str());
    } catch (const std::logic_error& error) {
      PyErr_SetString(fault.ptr(), text::printable(error.what()).c_str());
    }
  });
  python::declare(m);
}
