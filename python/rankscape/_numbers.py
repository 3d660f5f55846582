"""Numbers and arrays on the way in and out. Nothing is rounded: a float is the binary rational that it is."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Sequence, Union

from ._errors import InputError

Exact = Union[int, Fraction]
#: What is taken for a number. A string is read as the exact number it spells: "-7/3", "0.1", "1e-3".
Number = Union[int, Fraction, Decimal, float, str]
#: A number, a list of them (a column), or a list of rows; NumPy arrays likewise.
Array = Any


class Enclosure(NamedTuple):
    """A number proved to lie between two rationals."""

    lo: Fraction
    hi: Fraction

    def __float__(self) -> float:
        """The middle, rounded."""
        return float((self.lo + self.hi) / 2)


# Python refuses to read or write more than some 4300 digits at once (sys.set_int_max_str_digits).
_AT_ONCE = 4000

# A list of matrices is nested three deep.
_DEEPEST = 16


def shown(value: Any) -> str:
    """What was given, for a message: the beginning of it, where it can be written at all."""
    try:
        return "".join(c if c.isprintable() else "?" for c in f"{value!r:.60}")
    except (RecursionError, ValueError):  # nested too deeply; more digits than Python writes
        return type(value).__name__


def _digits(value: int) -> str:
    if value < 0:
        return "-" + _digits(-value)
    if value.bit_length() < 3 * _AT_ONCE:
        return str(value)
    places = value.bit_length() * 3 // 20  # about half
    high, low = divmod(value, 10**places)
    return _digits(high) + _digits(low).rjust(places, "0")


def _integer(text: str) -> int:
    if text.startswith("-"):
        return -_integer(text[1:])
    if len(text) <= _AT_ONCE:
        return int(text)
    places = len(text) // 2
    return _integer(text[:-places]) * 10**places + _integer(text[-places:])


def fraction(value: Union[int, str]) -> Fraction:
    """A rational as rankscape writes it."""
    if isinstance(value, int) or len(value) <= _AT_ONCE:
        return Fraction(value)
    numerator, _, denominator = value.partition("/")
    return Fraction(_integer(numerator), _integer(denominator or "1"))


def _number_to_json(value: Any, place: str) -> Union[int, str]:
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        raise InputError(f"{place}: expected a number, found {value}")
    if isinstance(value, Integral):
        whole = int(value)
        return whole if abs(whole) < 2**63 else _digits(whole)
    if isinstance(value, str):
        return value
    if isinstance(value, Rational):
        return f"{_digits(int(value.numerator))}/{_digits(int(value.denominator))}"
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, complex) or type(value).__name__.startswith(("complex", "clongdouble")):
        raise InputError(f"{place}: {value} is complex, expected a real number")
    if hasattr(value, "as_integer_ratio"):  # float, Decimal, NumPy's floating-point scalars
        try:
            numerator, denominator = value.as_integer_ratio()
        except (ValueError, OverflowError):
            raise InputError(f"{place}: {value} is no number") from None
        return f"{_digits(int(numerator))}/{_digits(int(denominator))}"
    raise InputError(f"{place}: expected a number, found {type(value).__name__}")


def array_to_json(value: Any, place: str, depth: int = 0) -> Any:
    """A number, or nested lists of them, as a point file spells them."""
    if depth > _DEEPEST:
        raise InputError(f"{place[:60]}: expected numbers, found lists nested more than {_DEEPEST} deep")
    if hasattr(value, "tolist"):  # the arrays and scalars of NumPy, tensors
        dtype = getattr(value, "dtype", None)
        if getattr(dtype, "kind", "") != "f" or dtype.itemsize <= 8:
            value = value.tolist()
        elif value.shape:  # long doubles, which Python's lists would leave as they are
            value = list(value)
        else:
            value = value[()]
    if isinstance(value, (list, tuple)) and not isinstance(value, Enclosure):
        return [array_to_json(part, f"{place}/{k}", depth + 1) for k, part in enumerate(value)]
    return _number_to_json(value, place)


def named_to_json(values: Mapping[str, Any], place: str) -> dict:
    return {str(name): array_to_json(value, f"{place}/{name}") for name, value in values.items()}


def point_to_json(point: Mapping[str, Any]) -> str:
    """A rankscape-point/1 whose numbers are Python's."""
    result: dict = {"format": "rankscape-point/1"}
    for key, value in point.items():
        if key == "data" and isinstance(value, Mapping):
            result[key] = named_to_json(value, "/data")
        elif key == "weights" and isinstance(value, Mapping):
            result[key] = named_to_json(value, "/weights")
        elif key == "weights":
            result[key] = array_to_json(value, "/weights")
        else:
            result[key] = value
    try:
        return json.dumps(result)
    except (TypeError, ValueError) as error:
        raise InputError(f"point: {error}") from None
    except RecursionError:
        raise InputError("point: nested too deeply") from None


def assignments(values: Mapping[str, Any], option: str) -> str:
    """As the language spells numbers and matrices by name: "A = [2, 0; 0, 1], c = 1/2"."""
    said = []
    for name, value in values.items():
        rows = array_to_json(value, f"{option}/{name}")
        if isinstance(rows, list):
            rows = [row if isinstance(row, list) else [row] for row in rows]
            if any(isinstance(entry, list) for row in rows for entry in row):
                raise InputError(f"{option}/{name}: expected a number or a matrix")
            said.append(f"{name} = [{'; '.join(', '.join(map(str, row)) for row in rows)}]")
        else:
            said.append(f"{name} = {rows}")
    return ", ".join(said)


def number(value: Any) -> Union[Fraction, Enclosure, None]:
    """A number as rankscape writes it: exact, or enclosed."""
    if value is None:
        return None
    if isinstance(value, dict):
        return Enclosure(Fraction(Decimal(value["lo"])), Fraction(Decimal(value["hi"])))
    return fraction(value)


def matrix(value: Any) -> Any:
    """A number, column or matrix as rankscape writes it: Fractions (or enclosures) in nested tuples."""
    if isinstance(value, list):
        return tuple(matrix(part) for part in value)
    return number(value)


def integers(values: Union[Iterable[Any], int], option: str) -> str:
    """As the command line spells a list of integers; it is judged there."""
    if isinstance(values, str):
        return values
    parts = [values] if isinstance(values, Integral) else _parts(values, option)
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, Integral):
            raise InputError(f"{option}: expected integers, found {shown(part)}")
    return ",".join(_digits(int(part)) for part in parts)


def _parts(values: Any, option: str) -> list:
    if isinstance(values, (bytes, Mapping)) or not hasattr(values, "__iter__") or getattr(values, "shape", None) == ():
        raise InputError(f"{option}: expected integers, found {type(values).__name__}")
    return list(values)


def shape(value: Any, option: str) -> str:
    """`(3, 2)` or `([3, 2], [1])` as the command line spells shapes."""
    if isinstance(value, str):
        return value
    parts = [value] if isinstance(value, Integral) else _parts(value, option)
    if any(isinstance(part, (list, tuple)) for part in parts):
        return ",".join(
            f"[{integers(part, option)}]" if isinstance(part, (list, tuple)) else integers([part], option) for part in parts
        )
    return integers(parts, option)


def rationals(values: Sequence[Any], option: str) -> str:
    if isinstance(values, str):
        return values
    if not hasattr(values, "__iter__") or getattr(values, "shape", None) == ():
        raise InputError(f"{option}: expected numbers, found {type(values).__name__}")
    return ",".join(str(_number_to_json(value, f"{option}[{k}]")) for k, value in enumerate(values))


def seconds(value: Optional[float]) -> str:
    """Empty for no limit; what is no positive number is refused by the library."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise InputError(f"time_limit: expected a number of seconds, found {shown(value)}")
    try:
        return repr(float(value))
    except OverflowError:
        raise InputError("time_limit: expected a number of seconds, found one that is out of range") from None
