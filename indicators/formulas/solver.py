"""Smallest and largest value of every cell under all sums at once, by linear programming (HiGHS).

Source: Dobra & Fienberg 2000, PNAS 97:11885; Isserman & Westervelt 2006, IRSR 29:311; the choice of
objectives that settle many cells at once follows Gleixner et al. 2017, J. Global Optim. 67:731.

The result is that of two linear programmes per cell on the whole table. Three things make it quick:
cells that one sum determines are put in first; sums that share no unknown cell fall into separate
blocks; and the bounds that single sums give are mostly attained, which one solution shows for
hundreds of cells. Only the ends that no solution attains are solved for one by one. Whole numbers
are not demanded: an interval may be wider than whole persons allow, never narrower.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse import csgraph

from indicators.formulas.propagation import TOLERANCE, FloatArray, System

BoolArray = NDArray[np.bool_]

_WORTHWHILE = 3  # ends; a solution for many ends must settle that many to be tried again


class ImpossibleError(ValueError):
    """No values of the cells satisfy all sums."""


def extremes(system: System) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and the largest value of every cell under all sums.

    Raises:
        ImpossibleError: the sums contradict each other.
    """
    tight = system.tightened()
    if not tight.possible:
        raise ImpossibleError("The sums contradict each other.")
    lower, upper = tight.lower.copy(), tight.upper.copy()
    fixed = upper - lower <= TOLERANCE
    lower[fixed] = upper[fixed] = _snapped((lower[fixed] + upper[fixed]) / 2)
    rest = tight.without(fixed, lower)
    if not rest.possible:
        raise ImpossibleError("The sums contradict each other.")
    places = np.flatnonzero(~fixed)
    for rows, cells in _blocks(rest.matrix):
        lower[places[cells]], upper[places[cells]] = _Block(rest.block(rows, cells)).solved()
    return lower, upper


def excess(system: System) -> FloatArray:
    """Return, per sum, by how much it is off (Σ parts − whole) where all are off the least.

    The total of all amounts beyond the slack is the least possible; 0 everywhere if the sums do
    not contradict each other.
    """
    rows, cells = system.matrix.shape
    identity = sparse.eye_array(rows)
    parts = [system.matrix, -identity, identity, -identity]
    bounds = [
        *zip(system.lower, system.upper, strict=True),
        *((-slack, slack) for slack in system.slack),
        *((0.0, np.inf) for _ in range(2 * rows)),
    ]
    costs = np.r_[np.zeros(cells + rows), np.ones(2 * rows)]
    found = linprog(costs, A_eq=sparse.hstack(parts), b_eq=system.total, bounds=bounds)
    if found.x is None:
        raise ImpossibleError(found.message)
    below, above = found.x[cells + rows : cells + 2 * rows], found.x[cells + 2 * rows :]
    amounts: FloatArray = above - below
    return np.where(np.abs(amounts) > TOLERANCE, amounts, 0.0)


def _blocks(matrix: sparse.csr_array) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield the sums and cells of each block: what is not tied by any chain of sums."""
    rows, cells = matrix.shape
    if not cells:
        return
    graph = sparse.block_array([[None, matrix], [matrix.T, None]])
    count, label = csgraph.connected_components(graph, directed=False)
    for block in range(count):
        members = np.flatnonzero(label == block)
        inside = members[members >= rows] - rows
        if inside.size:
            yield members[members < rows], inside


class _Block:
    """One block: the bounds proved so far and the smallest and largest values seen so far."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.cells = system.lower.size
        self.seen_low = np.full(self.cells, np.inf)
        self.seen_high = np.full(self.cells, -np.inf)
        self.slack_rows = np.flatnonzero(system.slack > 0)
        loose = sparse.eye_array(system.total.size).tocsc()[:, self.slack_rows]
        self.equations = sparse.hstack([system.matrix, loose]).tocsc()

    def solved(self) -> tuple[FloatArray, FloatArray]:
        """Return the bounds once every one of them is attained by a solution."""
        self._settle_together()
        sums_first = np.argsort(self._is_sum() * -1, kind="stable")
        for cell in sums_first:
            for side in (1.0, -1.0):
                if self._open(side)[cell]:
                    self._settle(int(cell), side)
        return _snapped(self.system.lower), _snapped(self.system.upper)

    def _settle_together(self) -> None:
        """Push all open ends outwards at once, as long as a solution attains several of them.

        The weights are random (with a fixed seed), since ends that exclude each other need
        solutions of their own.
        """
        random = np.random.default_rng(1)
        for side in (-1.0, 1.0):
            before = np.inf
            while before > 0:
                ends = self._open(side)
                settled = before - ends.sum()
                if not ends.any() or settled < _WORTHWHILE:
                    break
                before = float(ends.sum())
                self._solution(side * ends * random.uniform(0.5, 1.0, self.cells))

    def _settle(self, cell: int, side: float) -> None:
        """Solve for one end of one cell and carry a stricter bound on to the others."""
        costs = np.zeros(self.cells)
        costs[cell] = side
        value = float(self._solution(costs)[cell])
        name = "lower" if side > 0 else "upper"
        bound = getattr(self.system, name)
        if abs(bound[cell] - value) <= TOLERANCE:
            return
        stricter = bound.copy()
        stricter[cell] = value
        proved = replace(self.system, **{name: stricter})
        tighter = proved.tightened()
        self.system = tighter if tighter.possible else proved

    def _solution(self, costs: FloatArray) -> FloatArray:
        """Return the cells of least cost, and remember the values seen."""
        system = self.system
        slack = system.slack[self.slack_rows]
        bounds = np.column_stack(
            [np.r_[system.lower, -slack], np.r_[np.maximum(system.upper, system.lower), slack]]
        )
        every = np.r_[costs, np.zeros(slack.size)]
        found = linprog(
            every,
            A_eq=self.equations,
            b_eq=system.total,
            bounds=bounds,
            method="highs",
            options={"presolve": False},  # propagation has done its work, at half the time
        )
        if found.x is None:
            raise ImpossibleError(found.message)
        values: FloatArray = found.x[: self.cells]
        self.seen_low = np.minimum(self.seen_low, values)
        self.seen_high = np.maximum(self.seen_high, values)
        return values

    def _open(self, side: float) -> BoolArray:
        """Return the finite ends (lower for side 1, upper for −1) that no solution attains yet."""
        if side > 0:
            return self.seen_low > self.system.lower + TOLERANCE
        # Without a published sum above it, a cell has no upper bound, and its end stays infinite.
        return (self.seen_high < self.system.upper - TOLERANCE) & np.isfinite(self.system.upper)

    def _is_sum(self) -> BoolArray:
        """Return which cells are themselves sums of others."""
        entries = self.system.matrix.tocoo()
        result = np.zeros(self.cells, dtype=np.bool_)
        result[entries.coords[1][entries.data < 0]] = True
        return result


def _snapped(values: FloatArray) -> FloatArray:
    """Return values with solver noise taken off: whole and half numbers where close to one."""
    finite = np.where(np.isfinite(values), values, 0.0)
    halves = np.round(finite * 2) / 2
    close = np.isfinite(values) & (np.abs(finite - halves) <= 2 * TOLERANCE)
    return np.where(close, halves, values)
