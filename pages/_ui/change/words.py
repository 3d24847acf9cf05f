"""What the figures of change say in words: pure functions of rows of the reader."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR

from indicators.change_store import Kind
from pages._ui.benchmark import Benchmark
from pages._ui.i18n import Texts
from pages._ui.numbers import known, number, outwards, signed
from pages._ui.places import opening
from pages._ui.tables import Row

PARTS = ("national", "mix", "regional")
NAMED = 3  # categories that a sentence names
NONE = "–"


def parts_of(method: str) -> tuple[str, ...]:
    """Return the parts that a method has."""
    return (*PARTS, "allocation") if method == "esteban_marquillas" else PARTS


def persons(row: Row, name: str, t: Texts, sign: bool = True) -> str:
    """Return a figure in persons, or the interval it lies in, or that it is secret."""
    value = known(row.get(name))
    if value is not None:
        return signed(value, 0, t.language) if sign else number(value, 0, t.language)
    low, high = known(row.get(f"{name}_lower")), known(row.get(f"{name}_upper"))
    if low is None or high is None:
        return t("mark.secret") if row.get("mark") == "secret" else NONE
    ends = outwards(low, 0, ROUND_FLOOR), outwards(high, 0, ROUND_CEILING)
    write = signed if sign else number
    return t(
        "wandel.between", lower=write(ends[0], 0, t.language), upper=write(ends[1], 0, t.language)
    )


def rate(value: object, t: Texts) -> str:
    """Return a change in percent with its sign, or a dash."""
    found = known(value)
    return NONE if found is None else t("wandel.percent", number=signed(found, 1, t.language))


def reading(row: Row, kind: Kind, method: str, bench: Benchmark, where: str, t: Texts) -> list[str]:
    """Return what happened, how it splits, what that means, and that it is no cause."""
    said = {"first": row["first"], "last": row["last"], "where": where}
    counted = t(f"wandel.counted.{kind}")
    if known(row["change"]) is None:
        amount = persons(row, "change", t)
        return [opening(t("wandel.said.secret", counted=counted, amount=amount, **said))]
    change = float(row["change"])
    course = t(
        f"wandel.said.{direction(change)}",
        counted=counted,
        base=number(float(row["base"]), 0, t.language),
        end=number(float(row["end"]), 0, t.language),
        amount=number(abs(change), 0, t.language),
        rate=rate(row["growth"], t),
        **said,
    )
    amounts = {name: persons(row, name, t) for name in (*PARTS, "allocation")}
    kind_of = "em" if method == "esteban_marquillas" else "parts"
    split = t(f"wandel.said.{kind_of}", label=bench.label, **amounts)
    return [opening(course), split, meaning(row, bench, t)]


def direction(value: float) -> str:
    """Return `rose`, `fell` or `same`, by the number as it is shown."""
    shown = round(value)
    return "same" if shown == 0 else "rose" if shown > 0 else "fell"


def meaning(row: Row, bench: Benchmark, t: Texts) -> str:
    """Return how far the area is from where the growth of the benchmark would have led, or ''."""
    parts = [known(row[name]) for name in ("regional", "allocation")]
    if None in parts:
        return ""
    rest = sum(part for part in parts if part is not None)
    word = "more" if round(rest) > 0 else "less" if round(rest) < 0 else "same"
    amount = number(abs(rest), 0, t.language)
    return t(f"wandel.said.meaning.{word}", amount=amount, label=bench.label)


def strongest(rows: list[Row], names: dict[str, str], t: Texts) -> str:
    """Return which categories grew and shrank most, '' where none did."""
    sure = [row for row in rows if counts(row)]
    parts = []
    for kind, order in (("up", -1), ("down", 1)):
        ordered = sorted(sure, key=lambda row, by=order: by * float(row["change"]))[:NAMED]  # type: ignore[misc]
        found = [row for row in ordered if order * round(float(row["change"])) < 0]
        if found:
            listed = ", ".join(
                f"{names[str(row['code'])]} ({persons(row, 'change', t)})" for row in found
            )
            parts.append(t(f"wandel.said.{kind}", listed=listed))
    return " ".join(parts)


def counts(row: Row) -> bool:
    """Return whether a category is part of the published sum."""
    found = known(row.get("change")) is not None and known(row.get("mix")) is not None
    return found and not row["without_benchmark"]


def gaps(row: Row, kind: Kind, categories: int, bench: Benchmark, t: Texts) -> list[str]:
    """Return what is secret or left out in the sums of an area and of its benchmark."""
    said = []
    if row["secret"]:
        whole = persons(row | {"change": None}, "change", t)
        said.append(
            t(
                f"wandel.gaps.{'sum' if kind == 'occupation' else 'range'}",
                n=int(row["secret"]),
                all=categories,
                whole=whole,
            )
        )
    if row["left_out"]:
        said.append(t("wandel.gaps.parts", n=number(float(row["left_out"]), 0, t.language)))
    if row["without_benchmark"]:
        said.append(t("wandel.gaps.benchmark", n=int(row["without_benchmark"]), label=bench.label))
    if row["benchmark_left_out"]:
        left = number(float(row["benchmark_left_out"]), 0, t.language)
        said.append(t("wandel.gaps.of", n=left, label=bench.label))
    return said
