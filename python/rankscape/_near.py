"""Which exact critical points lie near weights in floating point."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR
from fractions import Fraction
from typing import Any, Mapping, Optional, Union

from . import _html
from ._numbers import Enclosure, matrix, number
from ._results import Inertia, StringInStratum, Verdict, _stratum


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
