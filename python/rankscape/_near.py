"""Which exact critical points lie near weights in floating point, and which a run of training passes."""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR
from fractions import Fraction
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence, Union, overload

from . import _core, _given, _html, _sweep
from ._errors import InputError
from ._given import PathLike, PointLike
from ._numbers import Array, Enclosure, Number, matrix, number
from ._results import Inertia, StringInStratum, Verdict, _stratum, _tuple


@dataclass(frozen=True)
class Neighbour:
    """An exact critical point that is proved to be there."""

    S: tuple[int, ...]
    stratum: tuple[StringInStratum, ...]
    inertia: Inertia
    verdict: Verdict
    distance: Enclosure  #: no point of this S and stratum is nearer than `lo`, and there is one within `hi`

    @classmethod
    def _of(cls, json: Optional[dict]) -> Optional["Neighbour"]:
        if json is None:
            return None
        return cls(
            tuple(json["S"]),
            _stratum(json["stratum"]),
            Inertia._of(json["inertia"]),
            Verdict(json["verdict"]),
            number(json["distance"]),
        )


@dataclass(frozen=True)
class Neighbourhood:
    """What is proved of the critical points near some weights (rankscape-near/1)."""

    widths: tuple[int, ...]
    empty_radius: Fraction  #: no critical point is nearer
    only_S: Optional[tuple[int, ...]]  #: the S of every critical point within `only_radius`
    only_radius: Optional[Fraction]
    nearest: Optional[Neighbour]  #: over the strata that were tried
    most_degenerate: Optional[Neighbour]  #: the least rank of the Hessian among those not much farther
    found: tuple[Neighbour, ...] = field(repr=False)
    within_radius: Optional[bool]  #: is there a critical point within the radius asked for? None: open, or not asked
    reading: str  #: how the arrays lie
    open: Optional[str]  #: why nothing can be proved; None where something is
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict, reading: str) -> "Neighbourhood":
        only = json.get("only_S")
        within = json.get("within_radius", {}).get("critical_point")
        return cls(
            widths=tuple(json.get("widths", ())),
            empty_radius=number(json.get("empty_radius", 0)),
            only_S=tuple(only["S"]) if only else None,
            only_radius=number(only["radius"]) if only else None,
            nearest=Neighbour._of(json.get("nearest")),
            most_degenerate=Neighbour._of(json.get("most_degenerate")),
            found=tuple(Neighbour._of(one) for one in json.get("found", ())),
            within_radius={"yes": True, "no": False}.get(within),
            reading=reading,
            open=json.get("open"),
            json=json,
        )

    def _repr_html_(self) -> str:
        rows = [(one.S, str(one.verdict), str(tuple(one.inertia)), one.distance) for one in self.found[:20]]
        caption = f"no critical point within {_html.decimal(self.empty_radius, ROUND_FLOOR)}"
        if self.only_S is not None:
            S = ", ".join(map(str, self.only_S))
            caption += f"; every critical point within {_html.decimal(self.only_radius, ROUND_FLOOR)} has S = {{{S}}}"
        return _html.table(("S", "verdict", "inertia", "distance"), rows, caption, max(0, len(self.found) - 20))


@dataclass(frozen=True)
class NearbyPoint:
    """An exact critical point, proved to be there; `weights` has its coordinates, enclosed, as rows by name."""

    inertia: Inertia  #: of the Hessian; `zero` is the dimension of the orbit
    verdict: Verdict
    distance: Enclosure
    value: Union[Fraction, Enclosure]
    weights: Mapping[str, Any]
    alone_within: Fraction  #: every critical point within is this one, up to isometries of the loss; 0: not proved
    not_global: bool  #: the loss is proved lower elsewhere

    @classmethod
    def _of(cls, json: Optional[dict]) -> Optional["NearbyPoint"]:
        if json is None:
            return None
        return cls(
            Inertia._of(json["inertia"]),
            Verdict(json["verdict"]),
            number(json["distance"]),
            number(json["value"]),
            {name: matrix(rows) for name, rows in json["weights"].items()},
            number(json["alone_within"]),
            json.get("global") is False,
        )


@dataclass(frozen=True)
class Nearby:
    """What is proved of the critical points near floats on any landscape (rankscape-near/1)."""

    model: Optional[str]
    loss: Optional[str]
    parameters: int
    empty_radius: Fraction  #: no critical point is nearer
    nearest: Optional[NearbyPoint]
    reason: Optional[str]  #: why none could be certified
    within_radius: Optional[bool]  #: is there a critical point within the radius asked for? None: open, or not asked
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "Nearby":
        within = json.get("within_radius", {}).get("critical_point")
        return cls(
            model=json.get("model"),
            loss=json.get("loss"),
            parameters=json["parameters"],
            empty_radius=number(json["empty_radius"]),
            nearest=NearbyPoint._of(json.get("nearest")),
            reason=json.get("reason"),
            within_radius={"yes": True, "no": False}.get(within),
            json=json,
        )

    def _repr_html_(self) -> str:
        rows: list = [("no critical point within", _html.decimal(self.empty_radius, ROUND_FLOOR))]
        if self.nearest is None:
            rows.append(("none certified", self.reason))
        else:
            one = self.nearest
            rows += [
                ("verdict", one.verdict),
                ("inertia", str(tuple(one.inertia))),
                ("distance", one.distance),
                ("value", one.value),
                ("alone within", _html.decimal(one.alone_within, ROUND_FLOOR)),
            ]
        return _html.table(("", self.model or self.loss or ""), rows)


@dataclass(frozen=True)
class Stop:
    """A checkpoint of a run."""

    step: int
    loss: Optional[Union[Fraction, Enclosure]]  #: None where only Sxx and Sxy are given
    sits_at: Optional[tuple[int, ...]]  #: the S of the visit; None in transit
    empty_radius: Fraction  #: no critical point is nearer
    only_S: Optional[tuple[int, ...]]  #: the S of every critical point within `only_radius`
    only_radius: Optional[Fraction]
    nearest: Optional[Neighbour]
    most_degenerate: Optional[Neighbour]
    collapsed: Mapping[tuple[int, ...], Optional[Fraction]]  #: by S: at most so far is the most degenerate stratum
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict, collapsed: list) -> "Stop":
        only = json.get("only_S")
        return cls(
            step=json["step"],
            loss=number(json.get("loss")),
            sits_at=_tuple(json["sits_at"]),
            empty_radius=number(json["empty_radius"]),
            only_S=tuple(only["S"]) if only else None,
            only_radius=number(only["radius"]) if only else None,
            nearest=Neighbour._of(json.get("nearest")),
            most_degenerate=Neighbour._of(json.get("most_degenerate")),
            collapsed={tuple(S): number(at) for S, at in zip(collapsed, json["collapsed"])},
            json=json,
        )


@dataclass(frozen=True)
class Visit:
    """A stretch of checkpoints beside critical points of one S."""

    S: tuple[int, ...]
    first_step: int
    last_step: int
    closest_step: int
    nearest: Neighbour
    strict: Optional[Neighbour]  #: the nearest strict saddle that was certified on the visit
    non_strict: Optional[Neighbour]  #: likewise

    @classmethod
    def _of(cls, json: dict) -> "Visit":
        saddles = {name: json.get(name, {}).get("saddle") for name in ("strict", "non_strict")}
        return cls(
            S=tuple(json["S"]),
            first_step=json["first_step"],
            last_step=json["last_step"],
            closest_step=json["closest_step"],
            nearest=Neighbour._of(json["nearest"]),
            strict=Neighbour._of(saddles["strict"]),
            non_strict=Neighbour._of(saddles["non_strict"]),
        )


@dataclass(frozen=True)
class Itinerary:
    """A run of training as a walk past critical points (rankscape-itinerary/1). A sequence of its stops."""

    widths: tuple[int, ...]
    stops: tuple[Stop, ...] = field(repr=False)
    visits: tuple[Visit, ...]
    notes: tuple[str, ...]  #: how the arrays lie, what was not used
    open: Optional[str]  #: why nothing can be proved; None where something is
    json: Mapping[str, Any] = field(repr=False, compare=False)
    picture: Optional[str] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, answer: dict) -> "Itinerary":
        json = answer.get("itinerary", {})
        return cls(
            widths=tuple(json.get("widths", ())),
            stops=tuple(Stop._of(one, json["collapsed_S"]) for one in json.get("stops", ())),
            visits=tuple(Visit._of(one) for one in json.get("visits", ())),
            notes=tuple(answer["notes"]),
            open=answer.get("open"),
            json=json,
            picture=answer.get("svg"),
        )

    def __len__(self) -> int:
        return len(self.stops)

    def __iter__(self) -> Iterator[Stop]:
        return iter(self.stops)

    def __getitem__(self, k: int) -> Stop:
        return self.stops[k]

    def svg(self) -> str:
        """The loss over the steps with the visits, and the distances to the collapsed strata.

        :raises InputError: nothing could be proved
        """
        if self.picture is None:
            raise InputError(self.open or "there is nothing to draw")
        return self.picture

    def _repr_svg_(self) -> Optional[str]:
        return self.picture

    def _repr_html_(self) -> str:
        if self.open is not None:
            return _html.table(("undecided",), [(self.open,)])
        rows = [
            (one.S, f"{one.first_step} to {one.last_step}", one.closest_step, one.nearest.distance,
             str(one.nearest.verdict), str(tuple(one.nearest.inertia)))
            for one in self.visits
        ]  # fmt: skip
        return (self.picture or "") + _html.table(
            ("S", "steps", "closest at", "distance", "verdict", "inertia"), rows, f"{len(self.stops)} checkpoints"
        )


Weights = Union[PathLike, Mapping[str, Array], Sequence[Array]]


@overload
def near(weights: Weights, data: Union[PathLike, Mapping[str, Array]], **options: Any) -> Neighbourhood: ...
@overload
def near(*, trajectory: Union[PathLike, Mapping[int, Any]], data: Any, **options: Any) -> Itinerary: ...


def near(
    weights: Optional[Weights] = None,
    data: Union[PathLike, Mapping[str, Array], None] = None,
    *,
    trajectory: Union[PathLike, Mapping[int, Union[Mapping[str, Array], Sequence[Array]]], None] = None,
    convention: Optional[str] = None,
    layers: Sequence[str] = (),
    radius: Optional[Number] = None,
    strata: Optional[int] = None,
    progress: Union[Callable[[int, int], Any], bool, None] = None,
) -> Union[Neighbourhood, Itinerary]:
    """Which exact critical points of a deep linear network lie near weights in floating point.

    :param weights: a file (as ``rankscape near`` takes them), the layers in order, or arrays by name as in a state_dict
    :param data: a file, or a mapping with X and Y, or Sxx and Sxy (with biases also Sx, Sy and S1)
    :param trajectory: instead of weights a run: a folder with a file for each checkpoint, an .npz with members
        STEP/NAME, or a mapping from steps to weights. The answer is an :class:`Itinerary`: which saddles, when, how near
    :param convention: ``"columns"``, ``"torch"`` or ``"keras"``, where the shapes leave more than one reading
    :param layers: names of the arrays that are layers, in order, a bias behind its matrix (default: all, in natural
        order of their names)
    :param radius: is there a critical point within this distance?
    :param strata: how many more strata to try in search of a nearer point (default: 400 up to 100 parameters, else none)
    :param progress: of a run: called as ``progress(finished, checkpoints)`` on the calling thread; True shows a line
    """
    if (weights is None) == (trajectory is None):
        raise InputError("expected either weights or a trajectory")
    data_ = _given.arrays(data, "data")
    how = (_given.text(convention, "convention"), _given.names(layers, "layers"))
    tries = None if strata is None else _given.whole(strata, "strata", 0, 10**6)
    if trajectory is not None:
        if radius is not None:
            raise InputError("radius: goes with weights")
        listener = _given.listener(progress, _sweep.show("checkpoints"))
        return Itinerary._of(json_module.loads(_core.near_trajectory(*_given.run(trajectory), *data_, *how, tries, listener)))
    answer, reading = _core.near(*_given.arrays(weights, "weights"), *data_, *how, _given.radius(radius), tries)
    return Neighbourhood._of(json_module.loads(answer), reading)


def near_point(
    point: Optional[PointLike] = None,
    *,
    model: Optional[PathLike] = None,
    weights: Union[Sequence[Array], Mapping[str, Array], None] = None,
    loss: Optional[str] = None,
    at: Union[str, Mapping[str, Array], None] = None,
    data: Union[str, Mapping[str, Array], None] = None,
    radius: Optional[Number] = None,
    landscapes: Optional[PathLike] = None,
) -> Nearby:
    """The exact critical point near floats, on any landscape (``rankscape near --point``, ``near --loss``).

    The point is said as to :func:`classify`.

    >>> found = near_point(loss="(x^2 - 2)^2", at={"x": 1.41421356})
    >>> found.nearest.verdict, found.nearest.inertia, round(float(found.nearest.weights["x"][0][0]), 9)
    (<Verdict.LOCAL_MINIMIZER: 'local_minimizer'>, Inertia(neg=0, zero=0, pos=1), 1.414213562)

    :param radius: is there a critical point within this distance?
    """
    said = _given.located(point, model, loss, at, weights, data)
    answer = _core.near_point(*said, _given.radius(radius), _given.path(landscapes, "landscapes"))
    return Nearby._of(json_module.loads(answer))
