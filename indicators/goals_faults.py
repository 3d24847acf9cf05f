"""What the model says against an entry, under the codes that the application has words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from indicators.goals_yaml import Document, Finding, Path
from indicators.model import Strict

SHAPES = frozenset(
    {"model_type", "tuple_type", "list_type", "string_type", "model_attributes_type"}
)
NUMBERS = frozenset(
    {"float_parsing", "float_type", "finite_number", "int_parsing", "int_type", "int_from_float",
     "int_parsing_size"}
)  # fmt: skip


def fault(document: Document, path: Path, said: ErrorDetails, model: type[Strict]) -> Finding:
    """Return what the model says against an entry, under a code of ours."""
    at = (*path, *said["loc"])
    value, kind, last = said["input"], said["type"], str(at[-1])
    shown = "" if kind == "missing" else value
    if kind == "extra_forbidden" and last.isdigit():
        return document.finding(at, last, "comma")  # `value: 6,5` within braces
    if kind == "extra_forbidden":
        return document.finding(at, last, "unknown_entry", known=_siblings(model, said["loc"]))
    if kind == "string_too_long":
        limit = int(said["ctx"]["max_length"])
        return document.finding(at, shown, "too_long", limit=limit, count=len(str(value)))
    return document.finding(at, shown, _code(kind, last, value))


def _code(kind: str, last: str, value: object) -> str:
    if value is None:
        return "missing"
    if kind in NUMBERS:
        if not isinstance(value, str):
            return "shape"
        return "comma" if value.replace(",", "", 1).lstrip("-").isdigit() else "number"
    if kind in SHAPES:
        return "shape"
    if kind == "string_pattern_mismatch":
        return "initials" if last == "author" else "identifier"
    if kind in ("greater_than_equal", "less_than_equal"):
        return "order_range" if last == "order" else "year_range"
    if kind in ("missing", "string_too_short"):
        return "missing"
    return kind if kind == "wording" else "date" if kind.startswith("date") else "invalid"


def _siblings(model: type[Strict], loc: Sequence[str | int]) -> str:
    """Return the fields that the mapping around a location may have."""
    inner: Any = model
    for part in loc[:-1]:
        if isinstance(part, str):
            inner = _model_of(inner.model_fields[part].annotation)
    return fields(inner)


def _model_of(annotation: Any) -> Any:
    """Return the model inside `Model | None` or `tuple[Model, ...]`."""
    inside = (part for part in getattr(annotation, "__args__", ()) if hasattr(part, "model_fields"))
    return annotation if hasattr(annotation, "model_fields") else next(inside)


def fields(model: type[Strict]) -> str:
    """Return the names of the fields of a model."""
    return ", ".join(model.model_fields)
