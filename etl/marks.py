"""From the text of a cell to a value and a mark.

A sign is never a number: what it means is declared per table, and a sign that is not declared
is an error. `-` of an area that did not exist is dissolved; `-` where nothing is impossible
(a total of a measure with a lower limit) is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from etl.errors import SourceError
from etl.formats import Source

WITHOUT_VALUE = ("secret", "not_applicable", "not_yet", "unreliable", "dissolved", "missing")


def read_values(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return `value` (float, NaN without one), `mark` and `qualifier` for the cells of a file.

    Raises:
        SourceError: a text that is neither a number nor a declared sign, or an unknown flag.
    """
    signs = {**source.dataset.signs, **(source.layout.signs or {})}
    if "number" in frame:
        empty = frame["number"].isna()
        if empty.any() and "" not in signs:
            _refuse(frame, empty, source, "an empty cell has no declared meaning in this table")
        value, mark = frame["number"].astype(float), _marks(frame["number"], empty, signs.get(""))
    else:
        value, mark = _parse(frame, signs, source)
    mark = mark.mask((mark == "value") & (value == 0), "zero")
    result = pd.DataFrame({"value": value.mask(mark.isin(WITHOUT_VALUE)), "mark": mark})
    result["qualifier"] = ""
    return _apply_flags(result, frame, source) if "flag" in frame else result


def _marks(number: pd.Series, empty: pd.Series, sign: str | None) -> pd.Series:
    return pd.Series("value", index=number.index).mask(empty, sign)


def _parse(
    frame: pd.DataFrame, signs: Mapping[str, str], source: Source
) -> tuple[pd.Series, pd.Series]:
    decimal = source.layout.options.get("decimal", ",")
    thousands = source.layout.options.get("thousands", "")
    texts = pd.Series(frame["text"].unique()).astype(str)
    plain = texts.str.replace(thousands, "", regex=False) if thousands else texts
    if decimal != ".":
        plain = plain.mask(plain.str.contains(".", regex=False), "?")
        plain = plain.str.replace(decimal, ".", regex=False)
    numeric = plain.str.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
    unknown = ~numeric & ~texts.isin(list(signs))
    if unknown.any():
        wrong = frame["text"].isin(texts[unknown])
        known = ", ".join(repr(sign) for sign in signs)
        _refuse(
            frame, wrong, source, f"this is neither a number nor a sign of this table ({known})"
        )
    numbers = dict(zip(texts, plain.where(numeric, "nan").astype(float), strict=True))
    value = frame["text"].map(numbers).astype(float)
    mark = frame["text"].map(dict(signs.items()))
    mark = mark.where(value.isna(), "value")
    zeros = (mark == "zero") & value.isna()
    return value.mask(zeros, 0.0), mark


def _apply_flags(result: pd.DataFrame, frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """A flag is one or more letters; each is a qualifier, or a mark that outweighs the value."""
    flags = source.layout.flags
    for text in frame["flag"].unique():
        here = frame["flag"] == text
        for letter in text if text else "":
            if letter not in flags:
                _refuse(frame, here, source, "the flag is not declared for this table", "flag")
            meaning = flags[letter]
            if meaning in WITHOUT_VALUE:
                weak = here & (meaning == "unreliable") & result["value"].notna()
                result.loc[here & ~weak, "mark"] = meaning
                result.loc[weak, "mark"] = "unreliable"
                result.loc[here & (meaning != "unreliable"), "value"] = np.nan
            else:
                result.loc[here, "qualifier"] = meaning
    return result


def _refuse(
    frame: pd.DataFrame, wrong: pd.Series, source: Source, problem: str, column: str = "text"
) -> None:
    row = frame[wrong].iloc[0]
    raise SourceError(
        source.place(int(row["line"]), str(row["column"])),
        problem,
        "See what the publisher means by it and declare it in datasets.yml.",
        row.get(column),
    )
