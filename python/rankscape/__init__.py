"""rankscape: machine-checked theorems about loss landscapes.

The functions are the commands of the program ``rankscape``, with the same answers. Numbers come in as ``int``,
``fractions.Fraction``, ``float`` (the exact binary rational that it is), string (``"-7/3"``, ``"0.1"``: what it spells)
or NumPy arrays; exact numbers come out as ``Fraction``, enclosed ones as pairs of them (:class:`Enclosure`).

Input that cannot be used raises :class:`InputError`, with the line that the program prints. Long calls release the
interpreter's lock and can be interrupted (Ctrl-C). Functions that derive symbolically (:func:`check`, :func:`derive`,
:func:`landscape`) wait for each other where several threads call them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping as _Mapping
from typing import Any, Callable, Iterable, Mapping, Optional, Sequence, Union, overload

from . import _core, _numbers
from ._errors import InputError, InternalFault
from ._near import Nearby, NearbyPoint, Neighbour, Neighbourhood
from ._numbers import Array, Enclosure, Exact, Number
from ._report import Case, Report, Summary
from ._results import (
    Audit,
    Classification,
    CriticalValue,
    CriticalValues,
    Derivation,
    Finding,
    Formula,
    Inertia,
    Point,
    Strata,
    Stratum,
    StringInStratum,
    Verdict,
)

__all__ = [
    "classify", "check", "near", "near_point", "derive", "strata", "values", "point", "landscape",
    "Audit", "Case", "Classification", "CriticalValue", "CriticalValues", "Derivation", "Enclosure", "Finding", "Formula",
    "Inertia", "InputError", "InternalFault", "Nearby", "NearbyPoint", "Neighbour", "Neighbourhood", "Point", "Report",
    "Strata", "Stratum", "StringInStratum", "Summary", "Verdict",
]  # fmt: skip

__version__: str = _core.version

PathLike = Union[str, "os.PathLike[str]"]
PointLike = Union[PathLike, Point, Mapping[str, Any]]


def _given(point: Optional[PointLike], option: str) -> tuple[str, str]:
    """A file and no text, or text and no file."""
    if isinstance(point, Point):
        return "", json.dumps(point.json)
    if isinstance(point, _Mapping):
        return "", _numbers.point_to_json(point)
    if isinstance(point, (str, os.PathLike)) and os.fspath(point):
        return os.fspath(point), ""
    raise InputError(f"{option}: expected a file, a point or a mapping, found {point!r}")


def _point(point, model, loss, at, weights, data) -> tuple[str, str, str, str, str]:
    """File, text, loss, at, data: what of a point is said in which way."""
    if (point is not None) + (model is not None) + (loss is not None) != 1:
        raise InputError("expected one of: a point, a model, a loss")
    if point is not None:
        if at is not None or weights is not None or data is not None:
            raise InputError("at, weights and data go with a loss or a model; the point has its own")
        return (*_given(point, "point"), "", "", "")
    if model is not None:
        if at is not None or weights is None or data is None:
            raise InputError("a model goes with weights and data")
        return "", _numbers.point_to_json({"model": _numbers.path(model), "data": data, "weights": weights}), "", "", ""
    if weights is not None:
        raise InputError("weights go with a model; the point of a loss is said by at")
    if not isinstance(at, str) or not isinstance(data or "", str):  # names with values
        if not isinstance(at, _Mapping) or not isinstance(data or {}, _Mapping):
            raise InputError("at and data: expected both as text (\"x = 0\") or both as mappings ({\"x\": 0})")
        return "", _numbers.point_to_json({"loss": loss, "data": data or {}, "weights": at}), "", "", ""
    return "", "", loss, at, data or ""


def classify(
    point: Optional[PointLike] = None,
    *,
    model: Optional[PathLike] = None,
    weights: Union[Sequence[Array], Mapping[str, Array], None] = None,
    loss: Optional[str] = None,
    at: Union[str, Mapping[str, Array], None] = None,
    data: Union[str, Mapping[str, Array], None] = None,
    hessian: bool = False,
    certificate: Optional[PathLike] = None,
    time_limit: Optional[float] = None,
    landscapes: Optional[PathLike] = None,
) -> Classification:
    """The certified verdict on one exact point.

    The point is a file (POINT.json or a certificate), what :func:`point` returns, or a mapping of that form; or a
    ``model`` (the id of a landscape, or its file) with ``weights`` and ``data``; or a ``loss`` with ``at`` and ``data``.

    >>> classify(loss="(x - y^2)*(x - 2*y^2)", at={"x": 0, "y": 0}).verdict
    <Verdict.NON_STRICT_SADDLE: 'non_strict_saddle'>

    :param hessian: the inertia of the Hessian also where the gradient is not zero
    :param certificate: a file that is written, for ``rankscape-verify``
    :param time_limit: seconds; the verdict is undecided when they do not suffice
    :param landscapes: a folder of landscape files beside the installed ones
    """
    file, text, loss_, at_, data_ = _point(point, model, loss, at, weights, data)
    answer = _core.classify(
        file, text, loss_, at_, data_, bool(hessian), _numbers.path(certificate), _numbers.seconds(time_limit),
        _numbers.path(landscapes),
    )  # fmt: skip
    return Classification._of(json.loads(answer))


def derive(
    landscape: Optional[PathLike] = None,
    *,
    size: Union[str, Sequence[Any], None] = None,
    free: Optional[Mapping[str, int]] = None,
    point: Optional[PointLike] = None,
    loss: Optional[str] = None,
    at: Union[str, Mapping[str, Array], None] = None,
    data: Union[str, Mapping[str, Array], None] = None,
    landscapes: Optional[PathLike] = None,
) -> Derivation:
    """Gradient and second differential of a loss as matrix formulas, checked against GiNaC.

    >>> [str(g) for g in derive(loss="norm2(A - x*x')", at="x = [1; 0]", data="A = [2, 0; 0, 1]").gradient]
    ["d/dx = -2*R*x - 2*R'*x"]

    :param landscape: its id or file, at the shape ``size`` (default: the largest example of the file)
    :param free: sizes of the data alone, which no shape says
    :param point: a point whose landscape and shapes are meant
    """
    if landscape is not None:
        if point is not None or loss is not None or at is not None or data is not None:
            raise InputError("a landscape goes with size and free; expected no point and no loss beside it")
        said = ",".join(f"{name}={value}" for name, value in (free or {}).items())
        name = _numbers.path(landscape)
        if not name:
            raise InputError("landscape: expected an id or a file")
        size_ = "" if size is None else _numbers.shape(size, "size")
        arguments = (name, size_, said, "", "", "", "", "")
    else:
        if size is not None or free is not None:
            raise InputError("size and free go with a landscape")
        file, text, loss_, at_, data_ = _point(point, None, loss, at, None, data)
        arguments = ("", "", "", file, text, loss_, at_, data_)
    return Derivation._of(json.loads(_core.derive(*arguments, _numbers.path(landscapes))))


def near(
    weights: Union[PathLike, Mapping[str, Array], Sequence[Array]],
    data: Union[PathLike, Mapping[str, Array]],
    *,
    convention: Optional[str] = None,
    layers: Sequence[str] = (),
    radius: Optional[Number] = None,
    strata: Optional[int] = None,
) -> Neighbourhood:
    """Which exact critical points of a deep linear network lie near weights in floating point.

    :param weights: a file (as ``rankscape near`` takes them), the layers in order, or arrays by name as in a state_dict
    :param data: a file, or a mapping with X and Y, or Sxx and Sxy
    :param convention: ``"columns"``, ``"torch"`` or ``"keras"``, where the shapes leave more than one reading
    :param layers: names of the arrays that are layers, in order, a bias behind its matrix (default: all, in natural
        order of their names)
    :param radius: is there a critical point within this distance?
    :param strata: how many more strata to try in search of a nearer point (default: 400 up to 100 parameters, else none)
    """
    weights_file, weights_text = _arrays(weights, "weights")
    data_file, data_text = _arrays(data, "data")
    if strata is not None and (isinstance(strata, bool) or not isinstance(strata, int) or not 0 <= strata <= 10**6):
        raise InputError(f"strata: expected an integer from 0 to 1000000, found {strata!r}")
    answer, reading = _core.near(
        weights_file, weights_text, data_file, data_text, convention or "", list(layers), _radius(radius), strata
    )
    return Neighbourhood._of(json.loads(answer), reading)


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
    said = _point(point, model, loss, at, weights, data)
    return Nearby._of(json.loads(_core.near_point(*said, _radius(radius), _numbers.path(landscapes))))


def _radius(radius: Optional[Number]) -> str:
    return "" if radius is None else _numbers.rationals([radius], "radius")


def _arrays(arrays: Any, option: str) -> tuple[str, str]:
    """A file and no text, or text and no file."""
    if isinstance(arrays, (str, os.PathLike)) and os.fspath(arrays):
        return os.fspath(arrays), ""
    if isinstance(arrays, _Mapping):
        return "", json.dumps(_numbers.named_to_json(arrays, f"{option}"))
    if option == "weights" and isinstance(arrays, (list, tuple)):
        return "", json.dumps({str(k + 1): _numbers.array_to_json(one, f"weights/{k}") for k, one in enumerate(arrays)})
    raise InputError(f"{option}: expected a file or arrays by name, found {type(arrays).__name__}")


def strata(widths: Sequence[int], *, count_only: bool = False) -> Strata:
    """The strata of the critical set of a deep linear network, that is the possible rank patterns.

    >>> strata([2, 2, 2]).by_rank
    (1, 1, 1)

    :param count_only: without the list, for widths that have millions of strata
    """
    text = _numbers.integers(widths, "widths")
    return Strata._of(json.loads(_core.strata(text, bool(count_only))))


def values(
    widths: Sequence[int],
    *,
    eigenvalues: Union[Sequence[Number], str, None] = None,
    data: Optional[PointLike] = None,
) -> CriticalValues:
    """All critical values of a deep linear network.

    >>> values([3, 2, 3], eigenvalues=[9, 4, 1]).minimum
    Fraction(1, 1)

    :param eigenvalues: of Sigma, decreasing (``--lambda``); or else
    :param data: a file or a mapping with X and Y; without either the eigenvalues are dy^2, ..., 4, 1
    """
    if eigenvalues is not None and data is not None:
        raise InputError("eigenvalues and data exclude each other")
    file, text = _data(data)
    said = "" if eigenvalues is None else _numbers.rationals(eigenvalues, "eigenvalues")
    if eigenvalues is not None and not said:
        raise InputError("eigenvalues: expected as many as the last width says")
    return CriticalValues._of(json.loads(_core.values(_numbers.integers(widths, "widths"), said, file, text)))


def _data(data: Optional[PointLike]) -> tuple[str, str]:
    if isinstance(data, _Mapping) and "data" not in data:
        return "", json.dumps(_numbers.named_to_json(data, "/data"))
    return ("", "") if data is None else _given(data, "data")


def point(
    widths: Sequence[int],
    *,
    S: Iterable[int] = (),
    stratum: Union[str, Sequence[Sequence[int]]] = "",
    position: str = "generic",
    data: Union[str, Mapping[str, Array]] = "general",
    seed: int = 1,
) -> Point:
    """One exact critical point of a deep linear network.

    >>> classify(point([2, 2, 2], S=[2], stratum=[(1, 1, 1), (2, 2, 1)])).inertia
    Inertia(neg=2, zero=3, pos=3)

    :param S: indices of the eigenvectors selected, from 1 on
    :param stratum: strings ``"start:length*multiplicity ..."``, or triples of these (see :func:`strata`)
    :param position: ``"generic"`` or ``"aligned"``
    :param data: ``"canonical"``, ``"square"`` or ``"general"``, with an ending off the hypotheses as in
        ``"general+repeated"``; a file ``.json``; or a mapping with X and Y, of rational spectrum
    """
    if not isinstance(stratum, str):
        stratum = " ".join(f"{start}:{length}*{count}" for start, length, count in stratum)
    kind, file, text = "given", "", ""
    if isinstance(data, str) and not data.endswith(".json"):
        kind = data
    else:
        file, text = _data(data)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**64:
        raise InputError(f"seed: expected an integer from 0 to {2**64 - 1}, found {seed!r}")
    selected = _numbers.integers(S, "S")
    answer = _core.point(_numbers.integers(widths, "widths"), selected, stratum, position, kind, file, text, seed)
    return Point._of(json.loads(answer))


def landscape(
    landscape: PathLike,
    *,
    sizes: Sequence[Any] = (),
    seed: int = 1,
    time_limit: Optional[float] = None,
    landscapes: Optional[PathLike] = None,
) -> Audit:
    """Checks a landscape file as a compiler would: shapes, derivation, symmetries, families of critical points.

    A file that does not keep its word is an :class:`Audit` with ``good == False``; one that cannot be read raises.

    :param sizes: shapes instead of the file's examples: ``[(2, 1), ([3, 2], [1])]``
    :param time_limit: seconds; ``good`` is None when they do not suffice
    """
    shapes = [_numbers.shape(size, "sizes") for size in sizes]
    answer = _core.landscape(
        _numbers.path(landscape), shapes, seed, _numbers.seconds(time_limit), _numbers.path(landscapes)
    )
    return Audit._of(json.loads(answer))


def _show(finished: int, total: int) -> None:
    end = "\n" if finished == total else ""
    print(f"\r{finished} of {total} cases", end=end, file=sys.stderr, flush=True)


@overload
def check(statements: PathLike, **options: Any) -> Report: ...
@overload
def check(statements: Sequence[PathLike], **options: Any) -> list[Report]: ...


def check(
    statements: Union[PathLike, Sequence[PathLike]],
    *,
    sizes: Sequence[Any] = (),
    points: Union[Sequence[PointLike], Mapping[str, PointLike]] = (),
    jobs: int = 0,
    seed: int = 1,
    samples: Optional[int] = None,
    time_limit: Optional[float] = None,
    landscapes: Optional[PathLike] = None,
    progress: Union[Callable[[int, int], Any], bool, None] = None,
) -> Union[Report, list[Report]]:
    """Checks a statement (its file or id) on exact critical points; a list of statements gives a list of reports.

    >>> check("achour2024-classification", sizes=[(2, 2, 2)]).summary.agree
    24

    :param sizes: shapes to check instead of the statement's scope
    :param points: points to judge instead of the scope, by the names that the report gives them
    :param jobs: threads (0: as many as the machine has); the report is the same for every number
    :param samples: points for each case instead of the scope's
    :param time_limit: seconds; cases not finished by then are undecided
    :param progress: called as ``progress(finished, total)`` on the calling thread; what it raises ends the run. True
        shows a line on the standard error
    """
    alone = isinstance(statements, (str, os.PathLike))
    names = [_numbers.path(one) for one in ([statements] if alone else statements)]
    if not names:
        raise InputError("statements: expected at least one")
    named = points.items() if isinstance(points, _Mapping) else ((None, one) for one in points)
    given = []
    for k, (name, one) in enumerate(named):
        file, text = _given(one, f"points[{k}]")
        given.append((str(name) if name is not None else file or f"points[{k}]", file, text))
    if given and (len(sizes) or samples is not None):
        raise InputError("points are judged instead of cases; sizes and samples do not go with them")
    if samples is not None and not 1 <= samples <= 1000000:
        raise InputError(f"samples: expected an integer from 1 to 1000000, found {samples}")
    answer = _core.check(
        names, [_numbers.shape(size, "sizes") for size in sizes], given, jobs, seed, samples,
        _numbers.seconds(time_limit), _numbers.path(landscapes), _show if progress is True else progress or None,
    )  # fmt: skip
    codes, _, text = answer.partition("\n")
    report = json.loads(text)
    reports = report["reports"] if report["format"] == "rankscape-reports/1" else [report]
    results = [Report._of(one, code) for one, code in zip(reports, json.loads(codes))]
    return results[0] if alone else results
