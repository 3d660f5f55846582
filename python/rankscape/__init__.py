"""rankscape: machine-checked theorems about loss landscapes.

The functions are the commands of the program ``rankscape``, with the same answers. Numbers come in as ``int``,
``fractions.Fraction``, ``float`` (the exact binary rational that it is), string (``"-7/3"``, ``"0.1"``: what it spells)
or NumPy arrays; exact numbers come out as ``Fraction``, enclosed ones as pairs of them (:class:`Enclosure`).

Input that cannot be used raises :class:`InputError`, with the line that the program prints. Long calls release the
interpreter's lock and can be interrupted (Ctrl-C). Functions that derive symbolically (:func:`check`, :func:`derive`,
:func:`landscape`, :func:`sweep`) wait for each other where several threads call them.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping as _Mapping
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Optional, Sequence, Union, overload

from . import _core, _given, _numbers, _sweep
from ._errors import InputError, InternalFault
from ._given import PathLike, PointLike
from ._near import Itinerary, Nearby, NearbyPoint, Neighbour, Neighbourhood, Stop, Visit, near, near_point
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
from ._solve import Component, CriticalPoint, Solution, solve

if TYPE_CHECKING:
    import distributed

__all__ = [
    "classify", "check", "sweep", "near", "near_point", "solve", "derive", "strata", "values", "point", "landscape",
    "Audit", "Case", "Classification", "Component", "CriticalPoint", "CriticalValue", "CriticalValues", "Derivation",
    "Enclosure", "Finding", "Formula", "Inertia", "InputError", "InternalFault", "Itinerary", "Nearby", "NearbyPoint",
    "Neighbour", "Neighbourhood", "Point", "Report", "Solution", "Stop", "Strata", "Stratum", "StringInStratum", "Summary",
    "Verdict", "Visit",
]  # fmt: skip

__version__: str = _core.version


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
    said = _given.located(point, model, loss, at, weights, data)
    answer = _core.classify(
        *said, bool(hessian), _given.path(certificate, "certificate"), _numbers.seconds(time_limit),
        _given.path(landscapes, "landscapes"),
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
        if not isinstance(free or {}, _Mapping):
            raise InputError(f"free: expected sizes by name, found {type(free).__name__}")
        said = ",".join(f"{name}={value}" for name, value in (free or {}).items())
        name = _given.path(landscape, "landscape")
        if not name:
            raise InputError("landscape: expected an id or a file")
        size_ = "" if size is None else _given.text(_numbers.shape(size, "size"), "size")
        arguments = (name, size_, _given.text(said, "free"), "", "", "", "", "")
    else:
        if size is not None or free is not None:
            raise InputError("size and free go with a landscape")
        arguments = ("", "", "", *_given.located(point, None, loss, at, None, data))
    return Derivation._of(json.loads(_core.derive(*arguments, _given.path(landscapes, "landscapes"))))


def strata(widths: Sequence[int], *, count_only: bool = False) -> Strata:
    """The strata of the critical set of a deep linear network, that is the possible rank patterns.

    >>> strata([2, 2, 2]).by_rank
    (1, 1, 1)

    :param count_only: without the list, for widths that have millions of strata
    """
    text = _given.text(_numbers.integers(widths, "widths"), "widths")
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
    file, text = _given.data_of(data)
    said = "" if eigenvalues is None else _given.text(_numbers.rationals(eigenvalues, "eigenvalues"), "eigenvalues")
    if eigenvalues is not None and not said:
        raise InputError("eigenvalues: expected as many as the last width says")
    widths_ = _given.text(_numbers.integers(widths, "widths"), "widths")
    return CriticalValues._of(json.loads(_core.values(widths_, said, file, text)))


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
        triples = [_numbers.integers(one, "stratum").split(",") for one in _given.listed(stratum, "stratum")]
        if any(len(triple) != 3 for triple in triples):
            raise InputError("stratum: expected triples of start, length and multiplicity")
        stratum = " ".join(f"{start}:{length}*{count}" for start, length, count in triples)
    kind, file, text = "given", "", ""
    if isinstance(data, str) and not data.endswith(".json"):
        kind = _given.text(data, "data")
    else:
        file, text = _given.data_of(data)
    answer = _core.point(
        _given.text(_numbers.integers(widths, "widths"), "widths"), _given.text(_numbers.integers(S, "S"), "S"),
        _given.text(stratum, "stratum"), _given.text(position, "position"), kind, file, text, _given.seed(seed),
    )  # fmt: skip
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
    name = _given.path(landscape, "landscape")
    if not name:
        raise InputError("landscape: expected an id or a file")
    answer = _core.landscape(
        name, _given.shapes(sizes, "sizes"), _given.seed(seed), _numbers.seconds(time_limit),
        _given.path(landscapes, "landscapes"),
    )  # fmt: skip
    return Audit._of(json.loads(answer))


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
    names, alone = _given.statements(statements)
    named = points.items() if isinstance(points, _Mapping) else ((None, one) for one in _given.listed(points, "points"))
    given = []
    for k, (name, one) in enumerate(named):
        file, text = _given.point(one, f"points[{k}]")
        given.append((_given.text(str(name), "points") if name is not None else file or f"points[{k}]", file, text))
    shapes = _given.shapes(sizes, "sizes")
    if given and (shapes or samples is not None):
        raise InputError("points are judged instead of cases; sizes and samples do not go with them")
    options = _core.CheckOptions(
        names, shapes, given, _given.jobs(jobs), _given.seed(seed), _given.samples(samples),
        _numbers.seconds(time_limit), _given.path(landscapes, "landscapes"),
    )  # fmt: skip
    reports = Report._all(_core.check(options, _given.listener(progress, _sweep.show("cases"))))
    return reports[0] if alone else reports


def sweep(
    statements: Union[PathLike, Sequence[PathLike]],
    *,
    client: Optional["distributed.Client"] = None,
    sizes: Sequence[Any] = (),
    jobs: int = 1,
    seed: int = 1,
    samples: Optional[int] = None,
    landscapes: Optional[PathLike] = None,
    report: Optional[PathLike] = None,
    folder: Optional[PathLike] = None,
    shards: Optional[int] = None,
    progress: Union[Callable[[int, int], Any], bool, None] = None,
) -> Union[Report, list[Report]]:
    """:func:`check`, cut into shards that run as tasks of a dask cluster. The report is the same, byte for byte.

    >>> sweep("achour2024-classification", sizes=[(2, 2, 2)]).summary.agree
    24

    A shard whose worker is lost runs again on another. Workers import rankscape, of the same version, and see statements
    and landscapes under the same names; what a worker did of another version or of other files is refused. Tasks of one
    worker process wait for each other, so give a worker one thread: ``LocalCluster(threads_per_worker=1)``.

    :param client: the cluster (None: the shards run here, one after the other)
    :param jobs: threads of one task (0: as many as its machine has)
    :param report: a file, as of ``check --json``: the report is written there case by case, however many there are, and
        the reports returned have no ``cases``
    :param folder: where the shards' journals are kept: the same call goes on from there after an interruption (None: a
        temporary one). Workers that see the folder write there, of others the journals are sent, each in one piece
    :param shards: how many (default: eight for each thread of the cluster, at least 16)
    :param progress: called as ``progress(finished, shards)`` on the calling thread; what it raises ends the sweep. True
        shows a line on the standard error
    """
    _sweep.check_client(client)
    names, alone = _given.statements(statements)
    question = {
        "statements": [os.path.abspath(name) if os.path.isfile(name) else name for name in names],
        "sizes": _given.shapes(sizes, "sizes"),
        "points": [],
        "jobs": _given.jobs(jobs),
        "seed": _given.seed(seed),
        "samples": _given.samples(samples),
        "time_limit": "",
        "landscapes": os.path.abspath(landscapes) if _given.path(landscapes, "landscapes") else "",
    }
    count = _sweep.shards_for(client) if shards is None else _given.whole(shards, "shards", 1, 100_000)
    written_to = _given.path(report, "report") or None
    if written_to is not None:
        _core.check_writable(written_to)
    listener = _given.listener(progress, _sweep.show("shards"))
    kept = _given.path(folder, "folder")
    with contextlib.ExitStack() as stack:
        if kept:
            kept = os.path.abspath(kept)
            os.makedirs(kept, exist_ok=True)
        else:
            kept = stack.enter_context(tempfile.TemporaryDirectory(prefix="rankscape-sweep-"))
        journals = _sweep.Shards(question, count, kept)
        _sweep.run_all(client, journals, listener)
        options = _core.CheckOptions(**{**question, "jobs": 0})
        reports = Report._all(_core.merge(options, journals.paths(), written_to or "", None), written_to)
    return reports[0] if alone else reports
