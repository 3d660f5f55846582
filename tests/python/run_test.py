"""near(trajectory=..): the itinerary of a run, as the command line gives it."""

import shutil
from fractions import Fraction
from xml.etree import ElementTree

import numpy
import pytest

import rankscape
from rankscape import InputError

STEPS = (3800, 160000)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A folder with two checkpoints of the narrow run, and its data."""
    from conftest import SOURCE

    folder = tmp_path_factory.mktemp("run")
    for step in STEPS:
        shutil.copy(SOURCE / f"tests/near/data/narrow-step-{step:06}.npz", folder)
    return folder, SOURCE / "tests/near/data/narrow-data.npz"


def test_the_itinerary_is_the_command_lines(run, program, tmp_path):
    folder, data = run
    seen = []
    found = rankscape.near(
        trajectory=folder, data=data, convention="columns", progress=lambda *at: seen.append(at)
    )
    figure = tmp_path / "run.svg"
    code, said, _ = program(
        "near", "--trajectory", folder, "--data", data, "--convention", "columns", "--json", "-", "--figure", figure
    )
    assert code == 0 and found.json == said and found.open is None
    assert found.svg() == figure.read_text() == found._repr_svg_()
    assert ElementTree.fromstring(found.svg()).tag.endswith("svg")
    assert seen[-1] == (2, 2)
    # typed: what the single checkpoint says, and the visits
    assert [stop.step for stop in found] == list(STEPS) and len(found) == 2
    alone = rankscape.near(folder / "narrow-step-003800.npz", data, convention="columns")
    assert (found[0].only_S, found[0].nearest, found[0].empty_radius) == (alone.only_S, alone.nearest, alone.empty_radius)
    assert isinstance(found[0].loss, rankscape.Enclosure) and found[0].loss.lo > found[1].loss.hi > 0
    visit = found.visits[0]
    assert visit.S == found[0].sits_at == (1,) and visit.closest_step == 3800 and visit.nearest == found[0].nearest
    assert set(found[0].collapsed) == {one.S for one in found.visits}
    assert isinstance(found[0].collapsed[1,], Fraction)
    assert found[0].collapsed[1,] >= found[0].nearest.distance.lo
    assert "2 checkpoints" in found._repr_html_()


def test_weights_by_step(run):
    folder, data = run
    arrays = {step: dict(numpy.load(folder / f"narrow-step-{step:06}.npz")) for step in reversed(STEPS)}
    given = rankscape.near(trajectory=arrays, data=dict(numpy.load(data)), convention="columns")
    files = rankscape.near(trajectory=folder, data=data, convention="columns")
    assert given.visits == files.visits
    assert [one.nearest for one in given] == [one.nearest for one in files]


def test_what_cannot_be_proved_is_said():
    undecided = rankscape.Itinerary._of({"open": "step 0: undecided: why", "notes": []})
    assert undecided.open == "step 0: undecided: why" and len(undecided) == 0 and undecided.visits == ()
    assert "why" in undecided._repr_html_() and undecided._repr_svg_() is None
    with pytest.raises(InputError, match="why"):
        undecided.svg()


def test_wrong_runs(run, tmp_path):
    folder, data = run
    for wrong in (
        {"trajectory": {}},
        {"trajectory": 3},
        {"trajectory": {0: 3}},
        {"trajectory": {-1: [1]}},
        {"trajectory": {"0": [numpy.eye(2)]}},
        {"trajectory": tmp_path / "nowhere"},
        {"trajectory": folder, "weights": folder / "narrow-step-003800.npz"},
        {"trajectory": folder, "radius": 1},
        {"trajectory": {0: [numpy.eye(2)], 1: [numpy.eye(3)]}},
        {},
    ):
        with pytest.raises(InputError):
            rankscape.near(data=data, convention="columns", **wrong)
