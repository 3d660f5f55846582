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


WRONG = [None, 3, 2.5, True, "\ud800", b"x", object(), [[]], {"a": object()}, ["\ud83d"], [None], float("nan"), 10**400, -1]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: type(one).__name__)
def test_wrong_types_are_wrong_input(wrong):
    """In place of any argument: a refusal, or an answer where it is a meaningful value there; no other exception."""
    X = numpy.eye(2)
    calls = {
        "strata": [{"widths": [2, 2, 2]}, ["widths"]],
        "point": [{"widths": [2, 2, 2]}, ["widths", "S", "stratum", "position", "data", "seed"]],
        "values": [{"widths": [2, 2, 2]}, ["widths", "eigenvalues", "data"]],
        "classify": [{"loss": "x^2", "at": {"x": 0}}, ["loss", "at", "data", "certificate", "time_limit", "landscapes", "point",
                                                       "model", "weights"]],
        "derive": [{"landscape": "deep-linear", "size": [1, 1, 1]}, ["landscape", "size", "free", "landscapes", "point", "loss"]],
        "near": [{"weights": [X, X], "data": {"X": X, "Y": X}, "convention": "columns"},
                 ["weights", "data", "convention", "layers", "radius", "strata", "trajectory"]],
        "near_point": [{"loss": "x^2", "at": {"x": 0}}, ["loss", "at", "data", "radius", "landscapes"]],
        "landscape": [{"landscape": "phase-retrieval", "sizes": [(1,)]}, ["landscape", "sizes", "seed", "time_limit", "landscapes"]],
        "check": [{"statements": "kawaguchi2016", "sizes": [(1, 1, 1)], "jobs": 1},
                  ["statements", "sizes", "points", "jobs", "seed", "samples", "time_limit", "landscapes", "progress"]],
        "sweep": [{"statements": "kawaguchi2016", "sizes": [(1, 1, 1)], "shards": 1},
                  ["statements", "sizes", "jobs", "seed", "samples", "landscapes", "client", "report", "shards", "progress"]],
    }  # fmt: skip
    refused = 0
    for name, (right, arguments) in calls.items():
        for argument in arguments:
            try:
                getattr(rankscape, name)(**{**right, argument: wrong})
            except InputError as error:
                assert "\n" not in str(error)
                refused += 1
    assert refused > 20


def test_half_surrogates_deep_nesting_and_numbers_of_threads():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    named = {}
    for _ in range(100_000):
        named = {"a": named}
    for call, part in (
        (lambda: rankscape.check("kawaguchi2016", jobs=-1), "jobs: expected an integer from 0 to 1024, found -1"),
        (lambda: rankscape.check(None), "statements: expected a sequence, found NoneType"),
        (lambda: rankscape.classify(loss="x\ud800", at="x = 0"), "loss: at character 2 stands half of a surrogate pair"),
        (lambda: rankscape.derive("\udc80.toml"), "landscape: at character 1"),
        (lambda: rankscape.classify({"loss": "x\ud800", "weights": {"x": 1}}), ""),
        (lambda: rankscape.classify(loss="x", at={"x": deep}), "nested more than 16 deep"),
        (lambda: rankscape.classify({"loss": "x", "weights": {"x": 1}, "note": named}), "nested too deeply"),
        (lambda: rankscape.near([deep], {"X": [[1]], "Y": [[1]]}), "nested more than 16 deep"),
        (lambda: rankscape.strata(deep), "expected integers"),
        (lambda: rankscape.check("kawaguchi2016", sizes=deep), ""),
        (lambda: rankscape.point([2, 2, 2], stratum=[(1, 1)]), "stratum: expected triples"),
        (lambda: rankscape.classify(loss="x", at="x = 0", time_limit=10**400), "time_limit"),
    ):
        assert part in refusal(call)


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
    refusal(lambda: rankscape.classify(loss="x", at={"x": cycle}))
