"""Hostile input: one clear line, the command line's where it has the same input; never a crash, never a verdict."""

import json
import math
from fractions import Fraction

import numpy
import pytest

import rankscape
from rankscape import InputError


def refusal(call):
    with pytest.raises(InputError) as caught:
        call()
    line = str(caught.value)
    assert line and "\n" not in line and "\x1b" not in line
    return line


def test_the_same_line_as_the_command_line(program, tmp_path):
    cases = {
        "absent.json": None,
        "empty.json": "",
        "list.json": "[1, 2]",
        "twice.json": '{"model": "x", "model": "y"}',
        "unknown.json": json.dumps({"format": "rankscape-point/1", "model": "deep-liner", "data": {}, "weights": []}),
        "shape.json": json.dumps({"format": "rankscape-point/1", "model": "deep-linear",
                                  "data": {"X": [[1]], "Y": [[1]]}, "weights": [[[1, 2]]]}),
        "nan.json": '{"format": "rankscape-point/1", "loss": "x^2", "weights": {"x": NaN}}',
        "escape.json": json.dumps({"format": "rankscape-point/1", "loss": "x^2 + \x1b[31m", "weights": {"x": 1}}),
    }  # fmt: skip
    for name, text in cases.items():
        if text is not None:
            (tmp_path / name).write_text(text)
        path = tmp_path / name
        code, _, line = program("classify", path)
        assert code == 2
        assert "rankscape: " + refusal(lambda: rankscape.classify(path)) == line


def test_the_same_line_for_arguments(program):
    def said(*arguments):
        code, _, line = program(*arguments)
        assert code == 2
        return line.removeprefix("rankscape: ")

    assert refusal(lambda: rankscape.classify(loss="x +", at="x = 0")) == said(
        "classify", "--loss", "x +", "--at", "x = 0"
    )
    assert refusal(lambda: rankscape.derive("deep-liner")) == said("derive", "deep-liner")
    assert refusal(lambda: rankscape.derive("deep-linear", free={"k": 2})) == said("derive", "deep-linear", "--free", "k=2")
    assert refusal(lambda: rankscape.check("kawaguch2016")) == said("check", "kawaguch2016")
    assert refusal(lambda: rankscape.landscape("nowhere.toml")) == said("landscape", "nowhere.toml")
    assert refusal(lambda: rankscape.strata([3])) == said("strata", "--widths", "3")
    assert refusal(lambda: rankscape.point([2, 2, 2], S=[3])) == said("point", "--widths", "2,2,2", "--S", "3")
    assert refusal(lambda: rankscape.point([2, 2, 2], data="genral")) == said(
        "point", "--widths", "2,2,2", "--data", "genral"
    )
    assert refusal(lambda: rankscape.values([2, 2, 2], eigenvalues=[4])) == said("values", "--widths", "2,2,2", "--lambda", "4")


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, numpy.float32("nan"), numpy.array([1.0, numpy.inf]), 1j, numpy.complex64(1),
     numpy.array([1 + 0j]), True, numpy.bool_(True), None, {}, object(), b"1", "one", "1/0", numpy.array(["x"]),
     numpy.array("2020-01-01", dtype="datetime64[D]"), [[1], [2, 3]], [[[[1]]]], []],
)  # fmt: skip
def test_no_numbers(value):
    refusal(lambda: rankscape.classify(loss="norm2(x)", at={"x": value}))


def test_places_are_named():
    weights = [numpy.eye(2), numpy.array([[1.0, 2.0], [math.nan, 0.0]])]
    line = refusal(lambda: rankscape.classify(model="deep-linear", data={"X": [[1]], "Y": [[1]]}, weights=weights))
    assert line == "/weights/1/1/0: nan is no number"


def test_arguments_that_do_not_go_together():
    for call in (
        lambda: rankscape.classify(),
        lambda: rankscape.classify("a.json", loss="x"),
        lambda: rankscape.classify("a.json", data={}),
        lambda: rankscape.classify(model="deep-linear"),
        lambda: rankscape.classify(loss="x", at="x = 0", data={"a": 1}),
        lambda: rankscape.classify(loss="x", weights=[1]),
        lambda: rankscape.classify(""),
        lambda: rankscape.classify(3),
        lambda: rankscape.derive(),
        lambda: rankscape.derive(""),
        lambda: rankscape.derive("deep-linear", loss="x", at="x = 0"),
        lambda: rankscape.derive(loss="x", at="x = 0", size=[1]),
        lambda: rankscape.values([2, 2, 2], eigenvalues=[2, 1], data={"X": [[1]], "Y": [[1]]}),
        lambda: rankscape.values([2, 2, 2], eigenvalues=[]),
        lambda: rankscape.values([2, 2, 2], data={"X": [[1]]}),
        lambda: rankscape.check([]),
        lambda: rankscape.check(["kawaguchi2016", "kawaguchi2016"]),
        lambda: rankscape.check("kawaguchi2016", points=["p.json"], sizes=[(2, 2)]),
        lambda: rankscape.check("kawaguchi2016", samples=0),
        lambda: rankscape.check("kawaguchi2016", sizes=[(2, 2.0)]),
        lambda: rankscape.check("kawaguchi2016", time_limit=-1),
        lambda: rankscape.check("kawaguchi2016", time_limit=math.nan),
        lambda: rankscape.strata([2, -2]),
        lambda: rankscape.strata([2, True]),
        lambda: rankscape.strata([10**9, 2]),
        lambda: rankscape.strata([Fraction(2), 2]),
        lambda: rankscape.point([2, 2, 2], seed=-1),
        lambda: rankscape.point([2, 2, 2], stratum="1:1"),
        lambda: rankscape.point([2, 2, 2], position="nowhere"),
        lambda: rankscape.landscape("deep-linear", landscapes="/nonexistent"),
        lambda: rankscape.classify(loss="x^2", at="x = 0", certificate="/proc/nowhere/c.json"),
    ):
        refusal(call)


def test_wrong_types_raise_type_errors():
    for call in (lambda: rankscape.strata(None), lambda: rankscape.check(None), lambda: rankscape.point([2, 2], S=None)):
        with pytest.raises((TypeError, InputError)):
            call()


def test_deep_and_large_input():
    deep = 1
    for _ in range(100):
        deep = [deep]
    refusal(lambda: rankscape.classify(loss="x", at={"x": deep}))
    huge = 10**5000
    found = rankscape.classify(loss="x^2", at={"x": huge}, hessian=True)
    assert found.value == huge**2
    cycle = []
    cycle.append(cycle)
    with pytest.raises((InputError, RecursionError)):
        rankscape.classify(loss="x", at={"x": cycle})
