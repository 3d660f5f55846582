"""Small tables for notebooks."""

from __future__ import annotations

import html
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any, Iterable, Sequence

from ._numbers import Enclosure


def decimal(value: Fraction, rounding: str) -> str:
    """Six digits, rounded so that a bound stays one."""
    context = Context(prec=6, rounding=rounding)
    return format(context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(context), "g")


def text(value: Any) -> str:
    if value is None:
        return "&ndash;"
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, Enclosure):
        return f"[{decimal(value.lo, ROUND_FLOOR)}, {decimal(value.hi, ROUND_CEILING)}]"
    if isinstance(value, Fraction):
        said = str(value)
        return said if len(said) <= 24 else f"{float(value):.6g}&hellip;"
    if isinstance(value, tuple):
        return "{" + ", ".join(html.escape(str(part)) for part in value) + "}"
    return html.escape(str(value))


def table(header: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "", more: int = 0) -> str:
    parts = ["<table>"]
    if caption:
        parts.append(f"<caption>{html.escape(caption)}</caption>")
    parts.append("<thead><tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in header) + "</tr></thead><tbody>")
    for row in rows:
        parts.append("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>")
    if more:
        parts.append(f'<tr><td colspan="{len(header)}">and {more} more</td></tr>')
    parts.append("</tbody></table>")
    return "".join(parts)
