"""Reports of :func:`rankscape.check`."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Union

from . import _html
from ._numbers import Enclosure, number
from ._results import Inertia, StringInStratum, Verdict, _stratum, _tuple

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Summary:
    """Counts of the cases inside the hypotheses, and of those outside."""

    cases: int
    agree: int
    refuted: int
    undecided: int
    outside: int
    uncovered: int
    vacuous: bool
    by_verdict: Mapping[Verdict, int]


@dataclass(frozen=True)
class Case:
    """A critical point, what the statement says of it and what was found."""

    key: str
    inside: Optional[bool]  #: the hypotheses
    case: Optional[str]
    predicted: Optional[str]
    found: Verdict
    agrees: Optional[bool]  #: None where the statement is not judged, or undecided
    claims: Mapping[str, Optional[bool]]
    value: Union[Fraction, Enclosure, None]
    inertia: Optional[Inertia]
    lambda_min: Optional[Enclosure]
    escape_order: Optional[int]
    validity: Optional[str]  #: "samples", or "all parameters"
    r: Optional[int]
    S: Optional[tuple[int, ...]]
    stratum: Optional[tuple[StringInStratum, ...]]
    tightened: Optional[bool]
    json: Mapping[str, Any] = field(repr=False, compare=False)  #: all fields, those of the landscape too

    @classmethod
    def _of(cls, json: dict) -> "Case":
        return cls(
            key=json["key"],
            inside=json.get("inside"),
            case=json.get("case"),
            predicted=json.get("predicted"),
            found=Verdict(json["found"]),
            agrees=json.get("agrees"),
            claims=json.get("claims") or {},
            value=number(json.get("value")),
            inertia=Inertia._of(json.get("inertia")),
            lambda_min=number(json.get("lambda_min")),
            escape_order=json.get("escape_order"),
            validity=json.get("validity"),
            r=json.get("r"),
            S=_tuple(json.get("S")),
            stratum=_stratum(json.get("stratum")),
            tightened=json.get("tightened"),
            json=json,
        )


@dataclass(frozen=True)
class Report:
    """What was found of a statement (rankscape-report/1). A sequence of its cases."""

    statement: str
    title: str
    source: str
    model: str
    seed: int
    input_sha256: str
    summary: Summary
    cases: tuple[Case, ...] = field(repr=False)
    exit_code: int  #: of the command line: 0 agreement, 1 refuted, 3 undecided or vacuous
    json: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, json: dict, exit_code: int) -> "Report":
        counts = dict(json["summary"])
        by_verdict = {Verdict(name): count for name, count in counts.pop("by_verdict").items()}
        names = ("cases", "agree", "refuted", "undecided", "outside", "uncovered", "vacuous")
        return cls(
            statement=json["statement"],
            title=json["title"],
            source=json["source"],
            model=json["model"],
            seed=json["seed"],
            input_sha256=json["input_sha256"],
            summary=Summary(**{name: counts[name] for name in names}, by_verdict=by_verdict),
            cases=tuple(Case._of(one) for one in json["cases"]),
            exit_code=exit_code,
            json=json,
        )

    @property
    def ok(self) -> bool:
        """Everything was checked and agrees (or is refuted as a statement known to be false should be)."""
        return self.exit_code == 0

    @property
    def refuted(self) -> tuple[Case, ...]:
        """The counterexamples."""
        return tuple(one for one in self.cases if one.agrees is False)

    def __len__(self) -> int:
        return len(self.cases)

    def __iter__(self) -> Iterator[Case]:
        return iter(self.cases)

    def __getitem__(self, k: int) -> Case:
        return self.cases[k]

    def to_pandas(self) -> "pandas.DataFrame":
        """A row for each case, a column for each field; exact numbers stay Fractions, inertia becomes neg, zero, pos."""
        import pandas

        rows = []
        for one in self.cases:
            row = dict(one.json)
            row.pop("inertia", None)
            row["found"] = one.found.value
            row["value"], row["lambda_min"] = one.value, one.lambda_min
            for name in Inertia._fields:
                row[name] = None if one.inertia is None else getattr(one.inertia, name)
            for name in ("S", "stratum"):
                if name in row:
                    row[name] = getattr(one, name)
            for name, holds in (row.pop("claims", None) or {}).items():
                row[f"claim: {name}"] = holds
            rows.append(row)
        return pandas.DataFrame(rows)

    def _repr_html_(self) -> str:
        groups: dict = {}
        for one in self.cases:
            shape = one.json.get(self.json["shape_key"])
            shape = ",".join(map(str, shape)) if isinstance(shape, list) else shape
            at = (shape, one.r, one.case, one.found.value)
            counts = groups.setdefault(at, [0, 0])
            counts[0] += 1
            counts[1] += one.agrees is True
        rows = [(*at, total, f"{agree}/{total}") for at, (total, agree) in groups.items()]
        s = self.summary
        caption = f"{self.title}: {s.agree} of {s.cases} cases certified, {s.refuted} refuted, {s.undecided} undecided"
        header = (self.json["shape_key"], "r", "case", "verdict", "cases", "agree")
        return _html.table(header, rows[:60], caption, max(0, len(rows) - 60))
