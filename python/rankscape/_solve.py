"""All critical points of a small landscape."""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Iterator, Mapping, Optional, Sequence, Union

from . import _core, _given, _html, _numbers
from ._given import PathLike
from ._numbers import Array, Enclosure, number
from ._results import Inertia, Verdict


@dataclass(frozen=True)
class CriticalPoint:
    """A real point of a component."""

    verdict: Verdict
    inertia: Optional[Inertia]  #: of the Hessian
    value: Union[Fraction, Enclosure]
    at: Optional[Mapping[str, Fraction]]  #: by unknown; None where it is not rational: `json` has its number field or enclosures
    local: bool  #: second_order, and proved a local minimizer
    reason: str
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict, unknowns: tuple[str, ...]) -> "CriticalPoint":
        at = json.get("at")
        return cls(
            verdict=Verdict(json["verdict"]),
            inertia=Inertia._of(json.get("inertia")),
            value=number(json["value"]),
            at=None if at is None else {name: number(value) for name, value in zip(unknowns, at)},
            local=json.get("local", False),
            reason=json["reason"],
            json=json,
        )


@dataclass(frozen=True)
class Component:
    """An irreducible component of the critical set over the rationals."""

    dimension: int
    degree: int
    generators: tuple[str, ...]
    real: Optional[bool]  #: has it real points? None: open
    points: tuple[CriticalPoint, ...]  #: all real ones, in dimension 0; samples in higher ones
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict, unknowns: tuple[str, ...]) -> "Component":
        return cls(
            dimension=json["dimension"],
            degree=json["degree"],
            generators=tuple(json["generators"]),
            real=json["real"],
            points=tuple(CriticalPoint._of(one, unknowns) for one in json["samples"]),
            json=json,
        )


@dataclass(frozen=True)
class Solution:
    """What `solve` found (rankscape-solution/1). A sequence of components."""

    #: it is proved that every critical point lies in a component: complex ones too, or where ``real_points_only`` real
    #: ones. With ``gauge``: is moved into one by a symmetry
    complete: bool
    real_points_only: bool
    decided: bool  #: complete, and of every component it is known whether it has real points, and what these are
    incomplete_because: Optional[str]
    unknowns: tuple[str, ...]
    components: tuple[Component, ...]
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, answer: dict) -> "Solution":
        if "undecided" in answer:
            return cls(False, False, False, answer["undecided"], (), (), {})
        json = answer["solution"]
        unknowns = tuple(json["unknowns"])
        return cls(
            complete=json["complete"],
            real_points_only=json.get("real_points_only", False),
            decided=answer["decided"],
            incomplete_because=json.get("incomplete_because"),
            unknowns=unknowns,
            components=tuple(Component._of(one, unknowns) for one in json["components"]),
            json=json,
        )

    @property
    def points(self) -> tuple[CriticalPoint, ...]:
        """Of all components."""
        return tuple(point for component in self.components for point in component.points)

    def __len__(self) -> int:
        return len(self.components)

    def __iter__(self) -> Iterator[Component]:
        return iter(self.components)

    def __getitem__(self, k: int) -> Component:
        return self.components[k]

    def _repr_html_(self) -> str:
        rows = []
        for component in self.components:
            for one in component.points or (None,):
                where = "" if one is None or one.at is None else ", ".join(f"{name} = {x}" for name, x in one.at.items())
                said = ("no real points" if component.real is False else "open",) if one is None else (one.verdict,)
                rows.append((component.dimension, component.degree, one and one.value, *said,
                             "" if one is None else str(tuple(one.inertia or ())), where))  # fmt: skip
        caption = "complete" if self.complete else f"not certified complete: {self.incomplete_because}"
        header = ("dimension", "degree", "value", "verdict", "inertia", "where")
        return _html.table(header, rows[:60], caption, max(0, len(rows) - 60))


def solve(
    landscape: Optional[PathLike] = None,
    *,
    size: Union[str, Sequence[Any], None] = None,
    loss: Optional[str] = None,
    at: Union[str, Mapping[str, Array], None] = None,
    data: Union[str, Mapping[str, Array], None] = None,
    gauge: bool = False,
    real: bool = False,
    count: bool = False,
    seed: int = 1,
    time_limit: float = 60,
    certificate: Optional[PathLike] = None,
    landscapes: Optional[PathLike] = None,
) -> Solution:
    """All critical points of a small polynomial landscape, with a proof that these are all. Asks Singular.

    >>> [point.verdict.value for point in solve(loss="(x^2 - 1)^2").points]
    ['local_maximizer', 'global_minimizer', 'global_minimizer']

    :param landscape: its id or file, at the shape ``size``; or else a ``loss``
    :param at: shapes of unknowns that are no numbers: ``"U = zeros(2, 1)"``, or arrays of that shape by name
    :param data: constants, by name or as text; of a landscape also a kind of data
    :param gauge: modulo symmetries of the loss: weights are brought to triangular or reduced echelon form by groups of
        matrices that leave the loss alone, so that orbits become fewer points; ``json["gauge"]`` names the groups
    :param real: real points only: what sums of squares exclude is left out, and ``complete`` may be said of real points
        alone (``json["real_points_only"]``); where that decides less, the answer without it
    :param count: by Bezout's bound alone, without Singular, where all critical points are simple and none is at infinity;
        otherwise that is tried where Singular is missing or leaves something open
    :param time_limit: seconds for each of the two questions to Singular; not ``complete`` when they do not suffice
    :param certificate: a file that is written where the list is complete, for ``rankscape-verify``
    """
    said = [
        _given.text(_numbers.assignments(one, name) if isinstance(one, Mapping) else one, name)
        for name, one in (("at", at), ("data", data))
    ]
    answer = _core.solve(
        _given.path(landscape, "landscape"), "" if size is None else _given.text(_numbers.shape(size, "size"), "size"),
        _given.text(loss, "loss"), *said, bool(gauge), bool(real), bool(count), _given.seed(seed), _numbers.seconds(60 if time_limit is None else time_limit),
        _given.path(certificate, "certificate"), _given.path(landscapes, "landscapes"),
    )  # fmt: skip
    return Solution._of(json_module.loads(answer))
