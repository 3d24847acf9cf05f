"""Bounds of secret cells in panels, from what the published sums leave, and their protection.

In come panels and official totals; out go panels whose intervals obey the confidentiality rule.
What is in between must not be stored or shown: `most_hidden` and the bounds that it sets.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indicators.formulas.cells import FloatArray
from indicators.formulas.protection import protect
from indicators.panel import Panel, bounded, hidden_cells, published, summed
from indicators.vintage import Areas

# Industry groups of table 13111-07-05-4 and the group that each is a part of, that group first.
NESTED = {
    "A": "", "B-F": "", "G-U": "",
    "B-E": "B-F", "F": "B-F", "C": "B-E",
    "G-I": "G-U", "J": "G-U", "K": "G-U", "L": "G-U", "M-N": "G-U", "O-Q": "G-U", "R-U": "G-U",
}  # fmt: skip
COMPLETE = ("", "B-F", "G-U")  # groups of NESTED of which all parts are listed


def most_hidden(panel: Panel, areas: Areas, totals: FloatArray) -> FloatArray:
    """Return what all secret cells of an area can hold together, areas × years; infinity if open.

    An official total less all published cells. For a district the total of its region or Land
    counts as well, the smallest wins. A total that leaves less than one person for each secret cell
    contradicts the table (one of them was revised since) and bounds nothing. It is an outer bound:
    totals also hold employees without a stated occupation.

    Args:
        panel: districts on the boundary vintage.
        areas: the areas.
        totals: official totals over all codes, areas × years, NaN where there is none.
    """
    whole = summed(panel, areas).cells
    known = published(whole).sum(axis=1)
    count = hidden_cells(whole).sum(axis=1)
    rest = totals - known
    rest = np.where(rest >= count, rest, np.inf)
    return np.asarray(np.min([rest[around] for around in _containers(areas)], axis=0))


def within_totals(panel: Panel, areas: Areas, most: FloatArray) -> Panel:
    """Return the panel with larger areas summed up and every secret part bounded and protected.

    Args:
        panel: districts on the boundary vintage; codes may be sums of codes.
        areas: the areas.
        most: see `most_hidden`.
    """
    inside = _at_most(panel, most)
    whole = _at_most(summed(inside, areas), most)
    return protected(whole, published(whole.cells))


def within_groups(
    panel: Panel, areas: Areas, parents: Mapping[str, str], complete: Collection[str]
) -> Panel:
    """Return a panel of nested codes, summed up, bounded by groups and Länder, protected.

    A cell holds at most what its group has beyond the published parts, and at most what its Land
    has beyond the published districts; where the parts of a group are all listed, at least what the
    other parts cannot hold. `parents` names each group before its parts, `complete` the groups of
    which all parts are listed.
    """
    known, open_ = published(panel.cells), ~panel.cells.known
    low, high = panel.cells.span()
    for code, parent in parents.items():
        here, above, parts = _family(panel, code, parent, parents)
        others = known[:, parts].sum(axis=1) - known[:, here]
        left = np.maximum(high[:, above] - others, known[:, here])
        land = _left_by_land(panel.cells.value[:, here], known[:, here], areas)
        high[:, here] = np.where(open_[:, here], np.fmin(left, land), high[:, here])
    for code, parent in parents.items():
        if parent in complete:
            here, above, parts = _family(panel, code, parent, parents)
            least = low[:, above] - (high[:, parts].sum(axis=1) - high[:, here])
            least = np.fmax(low[:, here], np.fmin(least, high[:, here]))
            low[:, here] = np.where(open_[:, here], least, low[:, here])
    base = published(summed(panel, areas).cells)
    return protected(summed(bounded(panel, low, high), areas), base)


def grouped_within(panel: Panel, groups: Mapping[str, list[str]], whole: str) -> Panel:
    """Return one code per group of leaf codes that add up to `whole`, protected.

    The interval of a group is its members' or what the others leave of the whole, whichever is
    narrower. Cells may have protected bounds already.
    """
    leaves = sorted({code for code in panel.codes if code.isdigit()})
    low, high = panel.only(leaves).cells.span()
    total = panel.only([whole]).cells.value[:, 0]
    result = panel.grouped(dict(groups))
    for position, codes in enumerate(groups.values()):
        inside = np.isin(leaves, codes)
        least = np.fmax(low[:, inside].sum(axis=1), total - high[:, ~inside].sum(axis=1))
        most = np.fmin(high[:, inside].sum(axis=1), total - low[:, ~inside].sum(axis=1))
        cells = result.cells
        hidden = np.isnan(cells.value[:, position]) & ~np.isnan(least) & (most >= least)
        base = np.nansum(panel.only(codes).cells.value, axis=1)
        ends = protect(*(np.where(hidden, end - base, np.nan).clip(0.0) for end in (least, most)))
        for name, end in zip(("lower", "upper"), ends, strict=True):
            getattr(cells, name)[:, position] = np.where(hidden, base + end, np.nan)
    return result


def protected(panel: Panel, base: FloatArray) -> Panel:
    """Return the panel with every hidden part widened by the confidentiality rule.

    The hidden part of a sum is protected like a cell, then its published part `base` is added.
    """
    cells, hidden = panel.cells, hidden_cells(panel.cells)
    low, high = protect(*(np.where(hidden, end - base, 0.0) for end in (cells.lower, cells.upper)))
    return replace(
        panel,
        cells=replace(
            cells,
            lower=np.where(hidden, base + low, np.nan),
            upper=np.where(hidden, base + high, np.nan),
        ),
    )


def _family(
    panel: Panel, code: str, parent: str, parents: Mapping[str, str]
) -> tuple[int, int, list[int]]:
    """Return the positions of a code, of its group and of all parts of the group."""
    here, above = panel.positions([code, parent])
    return here, above, panel.positions([one for one, of in parents.items() if of == parent])


def _at_most(panel: Panel, most: FloatArray) -> Panel:
    upper = panel.cells.lower + most[:, np.newaxis, :]
    return bounded(panel, np.full_like(upper, np.nan), upper)


def _containers(areas: Areas) -> list[NDArray[np.intp]]:
    """Return per area the position of itself, its region and its Land; itself where there is none.

    Only districts have containers. The key of a region is the first three digits of its districts'.
    """
    place = {area: position for position, area in enumerate(areas.ids)}
    own = np.arange(len(areas.ids))
    around = [[place.get(area[:length], -1) for area in areas.ids] for length in (3, 2)]
    return [own, *(np.where(areas.kreis & (np.array(ring) >= 0), ring, own) for ring in around)]


def _left_by_land(value: FloatArray, known: FloatArray, areas: Areas) -> FloatArray:
    """Return what the Land of each district has in a code beyond the other published districts."""
    land = _containers(areas)[-1]
    inside = np.zeros_like(known)
    np.add.at(inside, land, np.where(areas.kreis[:, np.newaxis], known, 0.0))
    left = value[land] - inside[land] + known
    return np.where(areas.kreis[:, np.newaxis], np.maximum(left, known), np.nan)
