"""solve: typed answers, and the same JSON as the command line's."""

import shutil
import subprocess
from fractions import Fraction

import pytest
from conftest import BINARY

import rankscape
from rankscape import InputError, Verdict

pytestmark = pytest.mark.skipif(shutil.which("Singular") is None, reason="Singular is not installed")


def test_the_solution_is_the_command_lines(program, tmp_path):
    certificate = tmp_path / "complete.json"
    found = rankscape.solve(loss="(x^2 - a)^2 + y^2", data={"a": Fraction(1, 4)}, certificate=certificate)
    code, said, _ = program("solve", "--loss", "(x^2 - a)^2 + y^2", "--data", "a = 1/4", "--json", "-")
    assert code == 0 and found.json == said
    assert found.complete and found.decided and found.incomplete_because is None and found.unknowns == ("x", "y")
    # by hand: minima at x = +-1/2, a saddle at 0 of value 1/16
    assert {(one.at["x"], one.at["y"], one.value, one.verdict) for one in found.points} == {
        (Fraction(1, 2), 0, 0, Verdict.GLOBAL_MINIMIZER),
        (Fraction(-1, 2), 0, 0, Verdict.GLOBAL_MINIMIZER),
        (0, 0, Fraction(1, 16), Verdict.STRICT_SADDLE),
    }
    assert all(component.dimension == 0 and component.real for component in found) and len(found) == len(found.components)
    assert "complete" in found._repr_html_()
    assert subprocess.run([BINARY / "rankscape-verify", certificate], capture_output=True, check=False).returncode == 0


def test_a_landscape_and_matrices(program):
    found = rankscape.solve("symmetric-factorization", size=[2, 1])
    code, said, _ = program("solve", "symmetric-factorization", "--size", "2,1", "--json", "-")
    assert found.json == said and found.decided == (code == 0)
    of_matrices = rankscape.solve(loss="norm2(A - u*v')", at={"u": [0, 0], "v": [0]}, data={"A": [[1], [2]]})
    as_text = rankscape.solve(loss="norm2(A - u*v')", at="u = [0; 0], v = [0]", data="A = [1; 2]")
    assert of_matrices.json == as_text.json and of_matrices.components


def test_real_points_and_symmetries(program, tmp_path):
    loss = "(x^2 + 2*y^2)^2 + (z^2 + 1)^2"  # complex critical lines, and 0
    everywhere = rankscape.solve(loss=loss)
    certificate = tmp_path / "real.json"
    real = rankscape.solve(loss=loss, real=True, certificate=certificate)
    assert real.json == program("solve", "--real", "--loss", loss, "--json", "-")[1]
    assert [point.at for point in real.points] == [{"x": 0, "y": 0, "z": 0}] and len(everywhere) > len(real) == 1
    assert real.complete and real.real_points_only and everywhere.complete and not everywhere.real_points_only
    assert subprocess.run([BINARY / "rankscape-verify", certificate], capture_output=True, check=False).returncode == 0

    circle = rankscape.solve("symmetric-factorization", size=[1, 2], data={"M": [[1]]})
    slices = rankscape.solve("symmetric-factorization", size=[1, 2], data={"M": [[1]]}, gauge=True)
    assert "gauge" in slices.json and "gauge" not in circle.json and slices.real_points_only
    # x^2 + y^2 = 1 modulo O(2): the points where y = 0
    assert max(one.dimension for one in circle) == 1 and max(one.dimension for one in slices) == 0
    assert {point.value for point in slices.points} == {point.value for point in circle.points}


def test_counting():
    found = rankscape.solve(loss="x^4 + y^4 - x*y - x", count=True)
    assert found.complete and found.decided and found.json["by"] == "count"
    (least,) = found.points  # irrational: in a box
    assert least.at is None and least.verdict == Verdict.GLOBAL_MINIMIZER and least.inertia.pos == 2
    assert len(least.json["near"]) == 2 and -0.7566 < float(least.value.lo) <= float(least.value.hi) < -0.7565
    (component,) = found
    assert component.degree == 9 and component.dimension == 0 and "complete" in found._repr_html_()


def test_wrong_questions():
    for wrong in (
        {},
        {"landscape": "deep-linear"},
        {"landscape": "deep-linear", "loss": "x"},
        {"landscape": "deep-linear", "size": [9, 9, 9]},
        {"loss": "sin(x)"},
        {"loss": "x^2", "size": [1]},
        {"loss": "x^2", "time_limit": 0},
        {"loss": "x^2 + a", "data": {"a": [[[1]]]}},
        {"loss": "x^2 + a", "data": 3},
        {"loss": "x\ud800"},
        {"loss": "x^2", "seed": -1},
        {"loss": "x^2", "count": True, "gauge": True},
    ):
        with pytest.raises(InputError):
            rankscape.solve(**wrong)
