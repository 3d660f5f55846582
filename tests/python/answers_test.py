"""Exact answers against values by hand, and against what the command line prints."""

from fractions import Fraction

import numpy
import pytest

import rankscape
from rankscape import Inertia, Verdict


def test_numbers_are_exact():
    # loss 1/2 (a x - b)^2 at x = b/a: 0 there; its Hessian is a^2
    found = rankscape.classify(loss="1/2*(a*x - b)^2", at={"x": Fraction(2, 3)}, data={"a": 3, "b": 2})
    assert found.verdict is Verdict.GLOBAL_MINIMIZER
    assert found.value == 0 and isinstance(found.value, Fraction)
    assert found.inertia == (0, 0, 1)
    # x^2 / 2 at x = 0.1: the float is not a tenth; its value is half the square of the binary rational that it is
    found = rankscape.classify(loss="x^2/2", at={"x": 0.1}, hessian=True)
    assert found.verdict is Verdict.NOT_CRITICAL and found.critical is False
    assert found.value == Fraction(0.1) ** 2 / 2 != Fraction(1, 200)
    assert found.largest_gradient_entry == Fraction(0.1)
    assert found.gradient_norm.lo <= Fraction(0.1) <= found.gradient_norm.hi
    # the string is a tenth
    assert rankscape.classify(loss="x^2/2", at={"x": "0.1"}).value == Fraction(1, 200)
    # both eigenvalues of [[0, 1], [1, 0]]
    found = rankscape.classify(loss="x*y", at="x = 0, y = 0")
    assert found.verdict == "strict_saddle" and found.inertia == Inertia(1, 0, 1)
    assert found.lambda_min.lo <= -1 <= found.lambda_min.hi and found.lambda_max.lo <= 1 <= found.lambda_max.hi
    assert isinstance(found.lambda_min.lo, Fraction)


@pytest.mark.parametrize("kind", ["float64", "float32", "int64", "object", "list"])
def test_arrays_of_all_kinds(kind):
    X, W1, W2 = numpy.eye(2), numpy.array([[0.0, 0.0]]), numpy.array([[0.0], [0.0]])
    Y = numpy.diag([2.0, 1.0])
    arrays = [X, Y, W1, W2]
    if kind == "list":
        arrays = [a.tolist() for a in arrays]
    elif kind == "object":
        arrays = [numpy.array([[Fraction(x) for x in row] for row in a], dtype=object) for a in arrays]
    else:
        arrays = [a.astype(kind) for a in arrays]
    X, Y, W1, W2 = arrays
    found = rankscape.classify(model="deep-linear", data={"X": X, "Y": Y}, weights=[W1, W2])
    # at the origin of a network with two layers: loss tr(YY') = 5, Hessian +-2 on pairs, zero nowhere but one S
    assert found.value == 5 and found.S == () and found.verdict is Verdict.STRICT_SADDLE
    assert found.inertia == (2, 0, 2)


def test_half_precision_is_what_it_is():
    third = numpy.float16(1) / numpy.float16(3)
    found = rankscape.classify(loss="x", at={"x": numpy.array(third)}, hessian=True)
    assert found.value == Fraction(float(third))


def test_long_double_keeps_its_digits():
    number = numpy.longdouble(1) + numpy.finfo(numpy.longdouble).eps
    found = rankscape.classify(loss="x", at={"x": numpy.array([number])[0]}, hessian=True)
    assert found.value == 1 + Fraction(1, 2**63)
    assert rankscape.classify(loss="sum(i in {1}: x)", at={"x": number}, hessian=True).value == found.value


def test_classify_is_what_the_command_line_says(program, tmp_path):
    point = rankscape.point([2, 2, 2], S=[2], stratum="1:1*1 2:2*1", position="aligned", data="canonical")
    path = tmp_path / "point.json"
    code, written, _ = program(
        "point", "--widths", "2,2,2", "--S", "2", "--stratum", "1:1*1 2:2*1", "--position", "aligned", "--data", "canonical"
    )
    assert code == 0 and point.json == written
    program("point", "--widths", "2,2,2", "--S", "2", "--stratum", "1:1*1 2:2*1", "--position", "aligned",
            "--data", "canonical", "--json", path)  # fmt: skip
    code, said, _ = program("classify", path)
    assert code == 0
    for given in (path, str(path), point, point.json):
        assert rankscape.classify(given).json == said
    found = rankscape.classify(point)
    assert found.inertia == (2, 3, 3) and found.S == (2,) and found.stratum == ((1, 1, 1), (2, 2, 1))


def test_certificates_are_written(tmp_path):
    path = tmp_path / "certificate.json"
    found = rankscape.classify(loss="x^2 - y^2", at="x = 0, y = 0", certificate=path)
    assert found.verdict is Verdict.STRICT_SADDLE
    assert path.read_text().startswith("{")


def test_time_limits_leave_it_undecided():
    found = rankscape.classify(loss="x^2", at="x = 0", time_limit=1e-9)
    assert found.verdict is Verdict.UNDECIDED and found.critical is None and not found.certified
    assert "time limit" in found.reason


def test_derive(program):
    code, said, _ = program("derive", "--loss", "norm2(A - U*V')", "--at", "U = [1; 0], V = [1; 0]", "--data",
                            "A = [2, 0; 0, 1]", "--json", "-")  # fmt: skip
    assert code == 0
    by_text = rankscape.derive(loss="norm2(A - U*V')", at="U = [1; 0], V = [1; 0]", data="A = [2, 0; 0, 1]")
    by_arrays = rankscape.derive(
        loss="norm2(A - U*V')", at={"U": [1, 0], "V": [1, 0]}, data={"A": numpy.diag([2, 1])}
    )
    assert by_text.json == by_arrays.json == said
    assert [g.name for g in by_text.gradient] == ["d/dU", "d/dV"]
    assert by_text.gradient[0].text == "-2*R*V" and str(by_text).splitlines()[-1] == "where R = A - U*V'"
    code, said, _ = program("derive", "deep-linear", "--size", "2,2,2", "--free", "m=3", "--json", "-")
    assert rankscape.derive("deep-linear", size=[2, 2, 2], free={"m": 3}).json == said
    point = rankscape.point([2, 2, 2], S=[1, 2])
    assert rankscape.derive(point=point).gradient
