"""Reports of :func:`rankscape.check`."""

from __future__ import annotations

import json as json_module
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
    cases: Optional[tuple[Case, ...]] = field(repr=False)  #: None where they were written to a file instead
    exit_code: int  #: of the command line: 0 agreement, 1 refuted, 3 undecided or vacuous
    json: Mapping[str, Any] = field(repr=False, compare=False)
    written_to: Optional[str] = None  #: the file that has the cases

    @classmethod
    def _of(cls, json: dict, exit_code: int, written_to: Optional[str] = None) -> "Report":
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
            cases=tuple(Case._of(one) for one in json["cases"]) if written_to is None else None,
            exit_code=exit_code,
            json=json,
            written_to=written_to,
        )

    @classmethod
    def _all(cls, answer: str, written_to: Optional[str] = None) -> list["Report"]:
        """Of a line with exit codes and a report of one or several statements."""
        codes, _, text = answer.partition("\n")
        report = json_module.loads(text)
        reports = report["reports"] if report["format"] == "rankscape-reports/1" else [report]
        return [cls._of(one, code, written_to) for one, code in zip(reports, json_module.loads(codes))]

    @property
    def ok(self) -> bool:
        """Everything was checked and agrees (or is refuted as a statement known to be false should be)."""
        return self.exit_code == 0

    @property
    def refuted(self) -> tuple[Case, ...]:
        """The counterexamples."""
        return tuple(one for one in self if one.agrees is False)

    def _here(self) -> tuple[Case, ...]:
        if self.cases is None:
            raise TypeError(f"the cases were written to {self.written_to}")
        return self.cases

    def __len__(self) -> int:
        return len(self._here())

    def __iter__(self) -> Iterator[Case]:
        return iter(self._here())

    def __getitem__(self, k: int) -> Case:
        return self._here()[k]

    def to_pandas(self) -> "pandas.DataFrame":
        """A row for each case, a column for each field; exact numbers stay Fractions, inertia becomes neg, zero, pos."""
        import pandas

        rows = []
        for one in self:
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
        for one in self.cases or ():
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
