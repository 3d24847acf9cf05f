"""JSON-stat 2.0 as Eurostat's statistics service writes it: one array over all dimensions.

Values come as a list or as an object whose keys count through the dimensions, the last one
fastest; a key that is absent is a cell without a value.
"""

from __future__ import annotations

import json
from itertools import product
from math import prod
from typing import Any

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.coded import Options, gunzip, refuse_unused, select, to_cells
from etl.formats.rules import CHANGED

TIME = "time"


def read(source: Source) -> Cells:
    """Return the cells of a JSON-stat file, plain or gzip; `line` counts them from 1.

    Raises:
        SourceError: no JSON-stat 2.0 dataset, a size that does not fit the codes, or dimensions
            other than declared.
    """
    options = Options.model_validate(source.layout.options)
    content = _content(source)
    codes = _codes(content, source)
    table = _table(content, codes, source)
    dimensions = [name for name in codes if name != TIME]
    table = select(table, options, source)
    refuse_unused(dimensions, table, options, source)
    table = table.assign(column="value")
    return Cells(to_cells(table, options, source), options.vintage or _updated(content))


def _content(source: Source) -> dict[str, Any]:
    data = gunzip(source)
    try:
        content = json.loads(data)
    except ValueError:
        content = None
    dataset = isinstance(content, dict) and content.get("class") == "dataset"
    if not dataset or content.get("version") != "2.0" or "value" not in content:
        raise SourceError(
            source.place(1),
            "this is no JSON-stat 2.0 dataset",
            CHANGED,
            data[:60].decode("latin-1"),
        )
    result: dict[str, Any] = content
    return result


def _codes(content: dict[str, Any], source: Source) -> dict[str, list[str]]:
    """Return the codes of every dimension in the order of its positions."""
    codes = {}
    for name, size in zip(content["id"], content["size"], strict=True):
        index = content["dimension"][name]["category"]["index"]
        order = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
        if len(order) != size:
            raise SourceError(
                source.place(column=name),
                f"the dimension has {len(order)} codes, its stated size is {size}",
                "Download it again.",
            )
        codes[name] = [str(code) for code in order]
    return codes


def _table(content: dict[str, Any], codes: dict[str, list[str]], source: Source) -> pd.DataFrame:
    size = prod(len(values) for values in codes.values())
    table = pd.DataFrame(list(product(*codes.values())), columns=list(codes))
    values, flags = (_spread(content.get(name), size, source) for name in ("value", "status"))
    table["text"] = [":" if value is None else f"{value:.15g}" for value in values]
    table["flag"] = ["" if flag is None else str(flag) for flag in flags]
    table.insert(0, "line", range(1, size + 1))
    return table


def _spread(found: Any, size: int, source: Source) -> list[Any]:
    """Return one entry per cell from a list or an object of positions."""
    if isinstance(found, list) and len(found) == size:
        return found
    if isinstance(found, list) or any(int(key) >= size for key in found or {}):
        raise SourceError(source.place(), f"the values do not fit {size} cells", CHANGED)
    entries = found or {}
    return [entries.get(str(position)) for position in range(size)]


def _updated(content: dict[str, Any]) -> str:
    """Return the day of the last update, '' where none is stated."""
    return str(content.get("updated", ""))[:10]
