"""check, strata, values, landscape: typed answers, and the same JSON as the command line's."""

import json
from fractions import Fraction
from xml.etree import ElementTree

import numpy
import pandas
import pytest

import rankscape
from rankscape import Verdict


@pytest.fixture(scope="module")
def report():
    return rankscape.check("achour2024-classification", sizes=[(2, 2, 2)])


def test_the_report_is_the_command_lines(report, program):
    code, said, _ = program("check", "achour2024-classification", "--widths", "2,2,2", "--json", "-")
    assert code == 0 == report.exit_code
    assert report.json == said


def test_a_report_is_typed(report):
    # widths (2,2,2): strata (r=0), (r=1), (r=2) and both kinds of S; 24 cases as the README counts them
    assert report.ok and report.summary.cases == report.summary.agree == 24 == len(report)
    assert report.summary.by_verdict == {Verdict.GLOBAL_MINIMIZER: 6, Verdict.STRICT_SADDLE: 18}
    case = next(one for one in report if one.r == 0)
    assert case.found is Verdict.STRICT_SADDLE and case.S == () and case.agrees is True
    assert sum(case.inertia) == 8 and isinstance(case.value, (Fraction, rankscape.Enclosure))
    assert report.refuted == ()


def test_to_pandas(report):
    frame = report.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == 24
    assert (frame.neg + frame.zero + frame.pos == 8).all()
    assert frame.groupby("found").size().to_dict() == {"global_minimizer": 6, "strict_saddle": 18}
    assert all(isinstance(value, (Fraction, rankscape.Enclosure)) for value in frame["value"])


def test_a_wrong_statement_is_refuted(source):
    wrong = rankscape.check(source / "docs/examples/both-blocks.toml", sizes=[(2, 2, 2, 2)])
    assert wrong.exit_code == 1 and not wrong.ok
    assert wrong.summary.refuted == 14 == len(wrong.refuted)
    assert {one.predicted for one in wrong.refuted} == {"strict_saddle"}
    assert {one.found for one in wrong.refuted} == {Verdict.NON_STRICT_SADDLE}


def test_several_statements(program):
    names = ["achour2024-classification", "kawaguchi2016"]
    reports = rankscape.check(names, sizes=["2,1,2"])
    code, said, _ = program("check", *names, "--widths", "2,1,2", "--json", "-")
    assert [one.json for one in reports] == said["reports"]
    assert max(one.exit_code for one in reports) == code


def test_points_of_ones_own(program, tmp_path):
    point = rankscape.point([2, 2, 2], S=[2], stratum="1:1*1 2:2*1")
    path = tmp_path / "point.json"
    path.write_text(json.dumps(point.json))
    code, said, _ = program("check", "achour2024-classification", "--point", path, "--json", "-")
    assert code == 0
    assert rankscape.check("achour2024-classification", points=[path]).json == said
    named = rankscape.check("achour2024-classification", points={"mine": point})
    assert [case.key for case in named] == ["mine"] and named[0].found is Verdict.STRICT_SADDLE


def test_jobs_do_not_matter(report):
    again = rankscape.check("achour2024-classification", sizes=[(2, 2, 2)], jobs=1)
    assert again == report and again.json == report.json


def test_strata(program):
    code, said, _ = program("strata", "--widths", "3,2,3", "--json", "-")
    found = rankscape.strata([3, 2, 3])
    assert code == 0 and found.json == said
    assert len(found) == len(list(found)) == sum(found.by_rank)
    assert rankscape.strata((3, 2, 3), count_only=True).list is None
    with pytest.raises(TypeError):
        list(rankscape.strata([3, 2, 3], count_only=True))
    assert list(found.by_rank) == [len([s for s in found if s.r == r]) for r in range(3)]


def test_strata_give_points():
    for stratum in rankscape.strata([2, 2, 2, 2]):
        S = range(1, stratum.r + 1)
        found = rankscape.classify(rankscape.point([2, 2, 2, 2], S=S, stratum=stratum.stratum, data="canonical"))
        assert found.critical and found.S == tuple(S)
        assert found.tightened in (stratum.tightened, None) or found.r == 2
        assert found.stratum == stratum.stratum


def test_values(program):
    code, said, _ = program("values", "--widths", "3,2,3", "--lambda", "9,4,1", "--json", "-")
    found = rankscape.values([3, 2, 3], eigenvalues=[9, Fraction(4), "1"])
    assert code == 0 and found.json == said
    # tr(Syy) = 14 less the selected eigenvalues
    assert found[()] == 14 and found[{1}] == 5 and found[(1, 2)] == 1 == found.minimum
    with pytest.raises(KeyError):
        found[(1, 2, 3)]
    # Y = diag(1, 2), X = 1: eigenvalues 4 and 1
    found = rankscape.values([2, 1, 2], data={"X": numpy.eye(2), "Y": numpy.diag([1, 2])})
    assert found[()] == 5 and found.minimum == 1
    # eigenvalues (3 +- sqrt(5))/2 of [[1, 1], [1, 2]]: enclosed
    found = rankscape.values([2, 1, 2], data={"X": numpy.eye(2), "Y": [[1, 0], [1, 1]]})
    assert found.minimum.lo < found.minimum.hi
    assert found.minimum.lo**2 - 3 * found.minimum.lo + 1 > 0 > found.minimum.hi**2 - 3 * found.minimum.hi + 1
    assert abs(float(found.minimum) - (3 - 5**0.5) / 2) < 1e-15


def test_points(tmp_path):
    data = {"X": [[1, 0], [0, 1]], "Y": [[2, 0], [0, 1]]}
    found = rankscape.point([2, 2, 2], S=[1, 2], data=data, position="aligned")
    assert found.data["Y"] == ((2, 0), (0, 1)) and found.model == "deep-linear"
    product = numpy.array(found.weights[1], dtype=float) @ numpy.array(found.weights[0], dtype=float)
    assert numpy.allclose(product, [[2, 0], [0, 1]])
    path = tmp_path / "data.json"
    path.write_text(json.dumps(data))
    assert rankscape.point([2, 2, 2], S=[1, 2], data=str(path), position="aligned").weights == found.weights
    assert rankscape.point([2, 2, 2], S=[1, 2], seed=2**64 - 1).model == "deep-linear"


def test_landscape(program, tmp_path):
    audit = rankscape.landscape("phase-retrieval")
    path = tmp_path / "audit.json"
    code, _, _ = program("landscape", "phase-retrieval", "--json", path)
    assert code == 0 and audit.good and not audit.bad
    assert audit.json == json.loads(path.read_text())


def test_rich_display(report):
    shown = [
        report._repr_html_(),
        rankscape.classify(loss="x*y", at="x = 0, y = 0")._repr_html_(),
        rankscape.strata([2, 2, 2])._repr_html_(),
        rankscape.values([2, 2, 2])._repr_html_(),
        rankscape.landscape("phase-retrieval")._repr_html_(),
    ]
    for html in shown:
        assert ElementTree.fromstring(html.replace("&ndash;", "-").replace("&hellip;", "...")).tag == "table"
    assert "<script" not in rankscape.classify(loss="x*y*1", at="x = 0, y = 0")._repr_html_()
    svg = rankscape.strata([2, 2, 2])._repr_svg_()
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert rankscape.strata([9, 9, 9, 9])._repr_svg_() is None
    latex = rankscape.derive(loss="norm2(A - x*x')", at="x = [1; 0]", data="A = [2, 0; 0, 1]")._repr_latex_()
    assert latex.startswith("$$\\begin{aligned}") and latex.count("&=") == 4


def test_near(program, source):
    folder = source / "tests/near/data"
    weights, data = folder / "narrow-step-003800.npz", folder / "narrow-data.npz"
    code, said, _ = program("near", weights, "--data", data, "--convention", "columns", "--strata", "0", "--json", "-")
    found = rankscape.near(weights, data, convention="columns", strata=0)
    assert code == 0 and found.json == said
    arrays = numpy.load(weights)
    layers = [arrays[name] for name in sorted(arrays)]
    again = rankscape.near(layers, dict(numpy.load(data)), convention="columns", strata=0, radius=found.empty_radius)
    assert again.found == found.found and again.within_radius is False
    assert found.empty_radius < found.nearest.distance.lo < found.nearest.distance.hi
    with pytest.raises(rankscape.InputError):
        rankscape.near(layers, {"X": [[1]], "Y": [[1]]}, convention="columns")
    with pytest.raises(rankscape.InputError):
        rankscape.near(layers, dict(numpy.load(data)), convention="rows")
    layers[0] = layers[0] * numpy.nan
    with pytest.raises(rankscape.InputError, match="weights/0/0/0: nan is no number"):
        rankscape.near(layers, dict(numpy.load(data)), convention="columns")


def test_near_any_landscape(program, source, tmp_path):
    # 1/4 |A - x x'|^2 at the eigenvector (1, 1) of the eigenvalue 3, of length sqrt(3): printed floats of a paper
    A = [[2, 1], [1, 2]]
    at = {"x": numpy.array([1.224744871391589, 1.224744871391589])}
    found = rankscape.near_point(loss="norm2(A - x*x')/4", at=at, data={"A": A}, radius=1e-3)
    one = found.nearest
    assert one.verdict is Verdict.LOCAL_MINIMIZER and one.inertia == (0, 0, 2) and not one.not_global
    for ((x,),) in zip(one.weights["x"]):
        assert x.lo**2 < Fraction(3, 2) < x.hi**2 and x.hi - x.lo < Fraction(1, 10**20)
    assert one.value.lo <= Fraction(1, 4) <= one.value.hi  # the other eigenvalue is 1
    assert 0 < found.empty_radius <= one.distance.lo < one.distance.hi < Fraction(1, 10**15) < one.alone_within
    assert found.within_radius is True and found.reason is None
    # the same as the command line's
    point = {"format": "rankscape-point/1", "loss": "norm2(A - x*x')/4", "data": {"A": A},
             "weights": {"x": ["1.224744871391589", "1.224744871391589"]}}  # fmt: skip
    path = tmp_path / "point.json"
    path.write_text(json.dumps(point))
    code, said, _ = program("near", "--point", path, "--json", "-")
    assert code == 0 and rankscape.near_point(path).json == said == rankscape.near_point(point).json
    # not near anything, and where the loss has a constraint
    far = rankscape.near_point(loss="x", at={"x": 0.5})
    assert far.nearest is None and far.reason and far.within_radius is None
    with pytest.raises(rankscape.InputError, match="expected a positive number"):
        rankscape.near_point(loss="x^2", at={"x": 0.5}, radius=0)
    with pytest.raises(rankscape.InputError):
        rankscape.near_point(loss="1/x", at={"x": 0})
    assert "local_minimizer" in found._repr_html_() and far.reason in far._repr_html_()


def test_constraints(program):
    derived = rankscape.derive("rayleigh", size=[3])
    code, said, _ = program("derive", "rayleigh", "--size", "3", "--json", "-")
    assert code == 0 and derived.json == said and derived.multipliers == "mu"
    # x'Ax on the sphere at the second eigenvector: one eigenvalue above, one below, its own is the multiplier
    point = {"A": numpy.diag([3, 2, 1])}, {"x": numpy.array([0, 1, 0])}
    found = rankscape.classify(model="rayleigh", data=point[0], weights=point[1])
    assert found.verdict is Verdict.STRICT_SADDLE and found.inertia == (1, 0, 1)
    assert found.multipliers == {"sphere": 2} and isinstance(found.multipliers["sphere"], Fraction)
    assert rankscape.classify(loss="x^2", at={"x": 0}).multipliers == {}
    with pytest.raises(rankscape.InputError):  # near knows no constraints
        rankscape.near_point(model="rayleigh", data=point[0], weights=point[1])
