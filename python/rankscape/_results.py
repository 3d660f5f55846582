"""What the functions return. Every answer keeps the JSON of the command line as `json`."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Union

from . import _core, _html
from ._numbers import Enclosure, matrix, number


class Verdict(str, enum.Enum):
    """What is certified of a point; docs/glossary.md explains each."""

    NOT_CRITICAL = "not_critical"
    GLOBAL_MINIMIZER = "global_minimizer"
    LOCAL_MINIMIZER = "local_minimizer"
    STRICT_SADDLE = "strict_saddle"
    LOCAL_MAXIMIZER = "local_maximizer"
    NON_STRICT_SADDLE = "non_strict_saddle"
    SECOND_ORDER = "second_order"
    UNDECIDED = "undecided"

    def __str__(self) -> str:
        return self.value


class Inertia(NamedTuple):
    """Numbers of negative, zero and positive eigenvalues."""

    neg: int
    zero: int
    pos: int

    @classmethod
    def _of(cls, json: Optional[Mapping[str, int]]) -> Optional["Inertia"]:
        return None if json is None else cls(json["neg"], json["zero"], json["pos"])


class StringInStratum(NamedTuple):
    """A string of a stratum: where it starts, its length, how often it occurs."""

    start: int
    length: int
    multiplicity: int


def _stratum(json: Any) -> Optional[tuple[StringInStratum, ...]]:
    return None if json is None else tuple(StringInStratum(*one) for one in json)


def _tuple(json: Any) -> Any:
    return None if json is None else tuple(json)


@dataclass(frozen=True)
class Classification:
    """The verdict on one point (rankscape-verdict/1)."""

    verdict: Verdict
    critical: Optional[bool]  #: None where the time limit came first
    certified: bool
    reason: str
    value: Union[Fraction, Enclosure, None]
    inertia: Optional[Inertia]  #: of the Hessian
    lambda_min: Optional[Enclosure]
    lambda_max: Optional[Enclosure]
    escape_order: Optional[int]
    local: bool  #: second_order, and proved a local minimizer
    gradient_norm: Optional[Enclosure]  #: where the point is not critical
    largest_gradient_entry: Optional[Fraction]  #: likewise
    critical_up_to_rounding: bool  #: not critical, but as near as floats come: a case for `rankscape near`
    model: Optional[str]
    loss: Optional[str]
    r: Optional[int]
    rmax: Optional[int]
    S: Optional[tuple[int, ...]]
    tightened: Optional[bool]
    stratum: Optional[tuple[StringInStratum, ...]]
    multipliers: Mapping[str, Any]  #: of the constraints, exact, by their names
    json: Mapping[str, Any] = field(repr=False, compare=False)  #: all fields, those of the landscape too

    @classmethod
    def _of(cls, json: dict) -> "Classification":
        rounding = json.pop("critical_up_to_rounding", False)  # the command line says it on the standard error
        return cls(
            verdict=Verdict(json["verdict"]),
            critical=json["critical"],
            certified=json["certified"],
            reason=json["reason"],
            value=number(json.get("value")),
            inertia=Inertia._of(json.get("inertia")),
            lambda_min=number(json.get("lambda_min")),
            lambda_max=number(json.get("lambda_max")),
            escape_order=json.get("escape_order"),
            local=json.get("local", False),
            gradient_norm=number(json.get("gradient_norm")),
            largest_gradient_entry=number(json.get("largest_gradient_entry")),
            critical_up_to_rounding=rounding,
            model=json.get("model"),
            loss=json.get("loss"),
            r=json.get("r"),
            rmax=json.get("rmax"),
            S=_tuple(json.get("S")),
            tightened=json.get("tightened"),
            stratum=_stratum(json.get("stratum")),
            multipliers={name: number(value) for name, value in json.get("multipliers", {}).items()},
            json=json,
        )

    def _repr_html_(self) -> str:
        names = ("verdict", "reason", "value", "inertia", "lambda_min", "lambda_max", "escape_order", "gradient_norm", "r", "S",
                 "tightened", "multipliers")  # fmt: skip
        rows = [(name, getattr(self, name)) for name in names if getattr(self, name) not in (None, {})]
        shown = [(name, str(tuple(value)) if name == "inertia" else value) for name, value in rows]
        return _html.table(("", self.model or self.loss or ""), shown)


@dataclass(frozen=True)
class Formula:
    """`name = text`, in the language of statements and in LaTeX."""

    name: str
    text: str
    name_latex: str
    latex: str

    @classmethod
    def _of(cls, json: dict) -> "Formula":
        return cls(json["name"], json["text"], json["name_latex"], json["latex"])

    def __str__(self) -> str:
        return f"{self.name} = {self.text}"


@dataclass(frozen=True)
class Derivation:
    """A loss, its gradient and its second differential (rankscape-derivation/1)."""

    value: Formula
    gradient: tuple[Formula, ...]
    second_differential: Formula
    where: tuple[Formula, ...]  #: abbreviations that the others use
    checked: str  #: how the second derivation, by GiNaC, agreed
    multipliers: Optional[str]  #: their name, where the loss has constraints and `value` is the Lagrangian
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "Derivation":
        return cls(
            value=Formula._of(json["value"]),
            gradient=tuple(Formula._of(one) for one in json["gradient"]),
            second_differential=Formula._of(json["second_differential"]),
            where=tuple(Formula._of(one) for one in json["where"]),
            checked=json["checked"],
            multipliers=json.get("multipliers"),
            json=json,
        )

    def _lines(self) -> tuple[Formula, ...]:
        return (self.value, *self.gradient, self.second_differential)

    def __str__(self) -> str:
        return "\n".join([*map(str, self._lines()), *(f"where {one}" for one in self.where)])

    def _repr_latex_(self) -> str:
        lines = [f"{one.name_latex} &= {one.latex}" for one in self._lines()]
        lines += [rf"\text{{where }} {one.name_latex} &= {one.latex}" for one in self.where]
        return "$$\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}$$"


@dataclass(frozen=True)
class Stratum:
    """A stratum of the critical set, of every S with r elements."""

    r: int
    stratum: tuple[StringInStratum, ...]
    tightened: bool
    chain_length: Optional[int]

    def __str__(self) -> str:
        return " ".join(f"{s.start}:{s.length}*{s.multiplicity}" for s in self.stratum) or "-"


@dataclass(frozen=True)
class Strata:
    """The strata of a deep linear network. A sequence of :class:`Stratum`, unless they were only counted."""

    widths: tuple[int, ...]
    strata: int  #: their number
    cases: int  #: number of pairs (S, stratum)
    by_rank: tuple[int, ...]
    list: Optional[tuple[Stratum, ...]] = field(repr=False)
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "Strata":
        listed = json.get("list")
        if listed is not None:
            listed = tuple(
                Stratum(one["r"], _stratum(one["stratum"]), one["tightened"], one["chain_length"]) for one in listed
            )
        return cls(tuple(json["widths"]), json["strata"], json["cases"], tuple(json["by_rank"]), listed, json)

    def __len__(self) -> int:
        return self.strata

    def __iter__(self) -> Iterator[Stratum]:
        if self.list is None:
            raise TypeError("the strata were only counted (count_only=True)")
        return iter(self.list)

    def svg(self) -> str:
        """The strata ordered by ranks, coloured by what is certified at a point of each.

        :raises InputError: more than can be drawn
        """
        return _core.strata_svg(",".join(map(str, self.widths)))

    def _repr_html_(self) -> str:
        rows = [(r, count) for r, count in enumerate(self.by_rank)]
        return _html.table(("r", "strata"), rows, f"widths {self.widths}: {self.strata} strata, {self.cases} cases")

    def _repr_svg_(self) -> Optional[str]:
        return self.svg() if self.strata <= 40 else None  # as many as stay readable in a notebook


@dataclass(frozen=True)
class CriticalValue:
    S: tuple[int, ...]
    value: Union[Fraction, Enclosure]
    distinct: int  #: number of its value among the distinct ones, from the smallest
    coincides: bool  #: other sets have it too
    global_minimum: bool


@dataclass(frozen=True)
class CriticalValues:
    """All critical values of a deep linear network, by the sets S."""

    widths: tuple[int, ...]
    rmax: int
    trace_Syy: Fraction
    sets: int
    distinct: int
    values: tuple[CriticalValue, ...]
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "CriticalValues":
        found = tuple(
            CriticalValue(tuple(one["S"]), number(one["value"]), one["distinct"], one["coincides"], one["global_minimum"])
            for one in json["values"]
        )
        return cls(
            tuple(json["widths"]), json["rmax"], Fraction(json["trace_Syy"]), json["sets"], json["distinct"], found, json
        )

    @property
    def minimum(self) -> Union[Fraction, Enclosure]:
        """The global minimum."""
        return next(one.value for one in self.values if one.global_minimum)

    def __getitem__(self, S: Any) -> Union[Fraction, Enclosure]:
        """The value of a set S."""
        wanted = tuple(sorted(S))
        for one in self.values:
            if one.S == wanted:
                return one.value
        raise KeyError(S)

    def _repr_html_(self) -> str:
        rows = [(one.S, one.value, "global minimum" if one.global_minimum else "") for one in self.values[:50]]
        caption = f"widths {self.widths}: {self.distinct} distinct values"
        return _html.table(("S", "value", ""), rows, caption, max(0, len(self.values) - 50))


@dataclass(frozen=True)
class Point:
    """An exact point (rankscape-point/1). Matrices are tuples of rows of Fractions; `numpy.array(W, dtype=float)`."""

    model: Optional[str]
    data: Mapping[str, Any]
    weights: Any
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "Point":
        weights = json["weights"]
        if isinstance(weights, dict):
            weights = {name: matrix(value) for name, value in weights.items()}
        else:
            weights = tuple(matrix(value) for value in weights)
        return cls(json.get("model"), {name: matrix(value) for name, value in json["data"].items()}, weights, json)


@dataclass(frozen=True)
class Finding:
    kind: str  #: "good", "bad" or "note"
    subject: str
    text: str
    json: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Audit:
    """What was found of a landscape file (rankscape-landscape-audit/1)."""

    landscape: str
    good: Optional[bool]  #: None where the time ended and nothing was wrong up to there
    findings: tuple[Finding, ...]
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict) -> "Audit":
        findings = tuple(Finding(one["kind"], one["subject"], one["text"], one) for one in json["findings"])
        return cls(json["landscape"], json["good"], findings, json)

    @property
    def bad(self) -> tuple[Finding, ...]:
        """Where the file does not keep its word."""
        return tuple(one for one in self.findings if one.kind == "bad")

    def _repr_html_(self) -> str:
        rows = [(one.kind, one.subject, one.text) for one in self.findings]
        said = {True: "all is well", False: "something is wrong", None: "stopped"}[self.good]
        return _html.table(("", "of", "found"), rows, f"{self.landscape}: {said}")
