"""Arguments, judged before anything runs: what cannot be used raises :class:`InputError`, whatever is wrong with it."""

from __future__ import annotations

import json
import operator
import os
from collections.abc import Mapping
from typing import Any, Optional, Union

from . import _numbers
from ._errors import InputError
from ._results import Point

PathLike = Union[str, "os.PathLike[str]"]
PointLike = Union[PathLike, Point, "Mapping[str, Any]"]


def text(value: Any, option: str) -> str:
    """A string that can be written down. None: empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{option}: expected text, found {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{option}: at character {error.start + 1} stands half of a surrogate pair, expected text") from None
    return value


def path(value: Any, option: str) -> str:
    """A file's name. None: empty."""
    if value is None or isinstance(value, str):
        return text(value, option)
    if not isinstance(value, os.PathLike):
        raise InputError(f"{option}: expected a file, found {type(value).__name__}")
    return text(os.fspath(value), option)


def whole(value: Any, option: str, least: int, most: int) -> int:
    """An integer, NumPy's too; a truth value is none."""
    try:
        if isinstance(value, bool) or type(value).__name__ == "bool_":
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise InputError(f"{option}: expected an integer from {least} to {most}, found {_numbers.shown(value)}") from None
    if not least <= number <= most:
        found = str(number) if number.bit_length() < 200 else "one that is out of range"
        raise InputError(f"{option}: expected an integer from {least} to {most}, found {found}")
    return number


def listed(values: Any, option: str) -> list:
    """What an iterable that is no text holds."""
    if isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__iter__") or getattr(values, "shape", None) == ():
        raise InputError(f"{option}: expected a sequence, found {type(values).__name__}")
    return list(values)


def names(values: Any, option: str) -> list[str]:
    found = listed(values, option)
    if None in found:
        raise InputError(f"{option}: expected texts, found None")
    return [text(one, f"{option}[{k}]") for k, one in enumerate(found)]


def statements(given: Any) -> tuple[list[str], bool]:
    """Their names, and whether it is one alone."""
    alone = isinstance(given, (str, os.PathLike))
    found = [path(one, "statements") for one in ([given] if alone else listed(given, "statements"))]
    if not found or "" in found:
        raise InputError("statements: expected files or ids, at least one")
    return found, alone


def shapes(values: Any, option: str) -> list[str]:
    """Of `[(2, 2, 2), ([3, 2], [1])]`."""
    return [text(_numbers.shape(one, option), option) for one in listed(values, option)]


def point(given: Any, option: str) -> tuple[str, str]:
    """A file and no text, or text and no file."""
    if isinstance(given, Point):
        return "", json.dumps(given.json)
    if isinstance(given, Mapping):
        return "", _numbers.point_to_json(given)
    if isinstance(given, (str, os.PathLike)) and os.fspath(given):
        return path(given, option), ""
    raise InputError(f"{option}: expected a file, a point or a mapping, found {_numbers.shown(given)}")


def located(given, model, loss, at, weights, data) -> tuple[str, str, str, str, str]:
    """File, text, loss, at, data: what of a point is said in which way."""
    if (given is not None) + (model is not None) + (loss is not None) != 1:
        raise InputError("expected one of: a point, a model, a loss")
    if given is not None:
        if at is not None or weights is not None or data is not None:
            raise InputError("at, weights and data go with a loss or a model; the point has its own")
        return (*point(given, "point"), "", "", "")
    if model is not None:
        if at is not None or weights is None or data is None:
            raise InputError("a model goes with weights and data")
        said = {"model": path(model, "model"), "data": data, "weights": weights}
        return "", _numbers.point_to_json(said), "", "", ""
    if weights is not None:
        raise InputError("weights go with a model; the point of a loss is said by at")
    loss = text(loss, "loss")
    if not isinstance(at, str) or not isinstance(data or "", str):  # names with values
        if not isinstance(at, Mapping) or not isinstance(data or {}, Mapping):
            raise InputError("at and data: expected both as text (\"x = 0\") or both as mappings ({\"x\": 0})")
        return "", _numbers.point_to_json({"loss": loss, "data": data or {}, "weights": at}), "", "", ""
    return "", "", loss, text(at, "at"), text(data, "data")


def arrays(given: Any, option: str) -> tuple[str, str]:
    """A file and no text, or text and no file."""
    if isinstance(given, (str, os.PathLike)) and os.fspath(given):
        return path(given, option), ""
    if isinstance(given, Mapping):
        return "", json.dumps(_numbers.named_to_json(given, option))
    if option == "weights" and isinstance(given, (list, tuple)):
        return "", json.dumps({str(k + 1): _numbers.array_to_json(one, f"weights/{k}") for k, one in enumerate(given)})
    raise InputError(f"{option}: expected a file or arrays by name, found {type(given).__name__}")


def run(given: Any) -> tuple[str, list[tuple[int, str]]]:
    """Of training: a folder or an archive, or the checkpoints by step, which the answer sorts."""
    if isinstance(given, (str, os.PathLike)) and os.fspath(given):
        return path(given, "trajectory"), []
    if not isinstance(given, Mapping) or not given:
        raise InputError(f"trajectory: expected a folder, an .npz or weights by step, found {_numbers.shown(given)}")
    steps = [(whole(step, "trajectory", 0, 2**62), weights) for step, weights in given.items()]
    if len({step for step, _ in steps}) < len(steps):
        raise InputError("trajectory: two checkpoints of one step")
    checkpoints = []
    for step, weights in sorted(steps, key=lambda one: one[0]):
        if not isinstance(weights, (Mapping, list, tuple)):
            raise InputError(f"trajectory: step {step}: expected arrays, found {type(weights).__name__}")
        checkpoints.append((step, arrays(weights, "weights")[1]))
    return "", checkpoints


def data_of(given: Any) -> tuple[str, str]:
    """Of X and Y: a file and no text, text and no file, or neither."""
    if isinstance(given, Mapping) and "data" not in given:
        return "", json.dumps(_numbers.named_to_json(given, "/data"))
    return ("", "") if given is None else point(given, "data")


def radius(given: Any) -> str:
    return "" if given is None else text(_numbers.rationals([given], "radius"), "radius")


def listener(progress: Any, show: Any) -> Any:
    """What is called while a run goes on, or None."""
    if progress is True:
        return show
    if progress is None or progress is False or callable(progress):
        return progress or None
    raise InputError(f"progress: expected a function of two numbers or True, found {type(progress).__name__}")


def seed(value: Any) -> int:
    return whole(value, "seed", 0, 2**64 - 1)


def samples(value: Any) -> Optional[int]:
    return None if value is None else whole(value, "samples", 1, 1000000)


def jobs(value: Any) -> int:
    return whole(value, "jobs", 0, 1024)
