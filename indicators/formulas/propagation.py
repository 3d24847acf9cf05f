"""Bounds that follow from one sum at a time, carried on until nothing changes.

This is exact elimination where one cell of a sum is unknown, and a valid outer bound elsewhere; it
leaves the linear programmes only what needs several sums at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

FloatArray = NDArray[np.float64]

TOLERANCE = 1e-6  # persons; ends closer than this are the same
_SWEEPS = 100  # an outer bound is valid after any number of sweeps


@dataclass(frozen=True)
class System:
    """Unknown cells x with `lower` ≤ x ≤ `upper` and |matrix · x − total| ≤ slack.

    `matrix` is sums × cells with entries ±1; `total` and `slack` have one entry per sum.
    """

    matrix: sparse.csr_array
    total: FloatArray
    slack: FloatArray
    lower: FloatArray
    upper: FloatArray

    @property
    def possible(self) -> bool:
        """False where an upper bound lies below its lower bound or a sum of nothing is off."""
        crossed = np.any(self.lower > self.upper + TOLERANCE)
        empty = np.diff(self.matrix.indptr) == 0
        return not crossed and not np.any(np.abs(self.total[empty]) > self.slack[empty] + TOLERANCE)

    def tightened(self) -> System:
        """Return the system with the bounds that follow from single sums."""
        entries = _Entries.of(self.matrix)
        lower, upper = self.lower, self.upper
        for _ in range(_SWEEPS):
            low, high = entries.sweep(self, lower, upper)
            # A fixed cell would shift by rounding errors for ever.
            moved = np.any(low > lower + TOLERANCE) or np.any(high < upper - TOLERANCE)
            lower, upper = np.maximum(lower, low), np.minimum(upper, high)
            if not moved or np.any(lower > upper + TOLERANCE):
                break
        return replace(self, lower=lower, upper=upper)

    def without(self, known: NDArray[np.bool_], values: FloatArray) -> System:
        """Return the system of the other cells, with `values` put in for the known ones."""
        part = self.matrix[:, np.flatnonzero(~known)]
        total = self.total - self.matrix[:, np.flatnonzero(known)] @ values[known]
        return System(
            sparse.csr_array(part), total, self.slack, self.lower[~known], self.upper[~known]
        )

    def block(self, rows: NDArray[np.intp], cells: NDArray[np.intp]) -> System:
        """Return the system of some sums and the cells that occur in them."""
        return System(
            sparse.csr_array(self.matrix[rows][:, cells]),
            self.total[rows],
            self.slack[rows],
            self.lower[cells],
            self.upper[cells],
        )


@dataclass(frozen=True)
class _Entries:
    """The entries of a matrix of ±1, one array element each."""

    row: NDArray[np.intp]
    cell: NDArray[np.intp]
    positive: NDArray[np.bool_]
    rows: int

    @classmethod
    def of(cls, matrix: sparse.csr_array) -> _Entries:
        entries = matrix.tocoo()
        row, cell = entries.coords
        return cls(row, cell, entries.data > 0, matrix.shape[0])

    def sweep(
        self, system: System, lower: FloatArray, upper: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return the bounds that every sum gives to every cell of it, the strictest per cell."""
        least = np.where(self.positive, lower[self.cell], -upper[self.cell])
        most = np.where(self.positive, upper[self.cell], -lower[self.cell])
        at_most = (system.total + system.slack)[self.row] - self._others(least)
        at_least = (system.total - system.slack)[self.row] - self._others(most)
        low, high = lower.copy(), upper.copy()
        np.maximum.at(low, self.cell, np.where(self.positive, at_least, -at_most))
        np.minimum.at(high, self.cell, np.where(self.positive, at_most, -at_least))
        return low, high

    def _others(self, ends: FloatArray) -> FloatArray:
        """Return, per entry, the sum of the ends of the other entries of its row."""
        infinite = np.isinf(ends)
        finite = np.where(infinite, 0.0, ends)
        total = np.bincount(self.row, finite, self.rows)[self.row] - finite
        count = np.bincount(self.row, infinite, self.rows)[self.row] - infinite
        sign = np.sign(ends[infinite][0]) if np.any(infinite) else 1.0
        return np.where(count > 0, sign * np.inf, total)
