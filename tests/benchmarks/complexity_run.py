"""One run of ours and of `ecomplexity` on one matrix: `python -m tests.benchmarks.complexity_run`.

Prints seconds of both and the largest differences as JSON.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from ecomplexity import ecomplexity

from indicators.formulas.complexity import complexity
from indicators.formulas.relatedness import density, proximity
from indicators.formulas.specialisation import advantage, location_quotient

DISTRICTS, OCCUPATIONS, YEARS = 400, 144, 13
RUNS = 5


def persons() -> np.ndarray:
    """Return years × districts × occupations, as skewed as employees are, a tenth of them 0."""
    rng = np.random.default_rng(13)
    size = rng.lognormal(10.9, 0.7, DISTRICTS)
    frequency = rng.dirichlet(np.full(OCCUPATIONS, 0.5))
    profile = rng.gamma(2.0, 0.5, (DISTRICTS, OCCUPATIONS))
    drift = rng.normal(1.0, 0.03, (YEARS, DISTRICTS, OCCUPATIONS)).cumprod(axis=0)
    return rng.poisson(np.abs(size[:, None] * frequency * profile * drift)).astype(float)


def ours(table: np.ndarray) -> dict[str, np.ndarray]:
    """Return what `ecomplexity` is asked for, years in front."""
    quotient = location_quotient(
        table, table.sum(axis=2), table.sum(axis=1), table.sum(axis=(1, 2))
    )
    presence = advantage(quotient).astype(float)
    found = complexity(presence)
    return {
        "rca": quotient,
        "density": density(presence, proximity(presence)),
        "eci": found.areas,
        "pci": found.activities,
    }


def theirs(table: np.ndarray) -> pd.DataFrame:
    """Return their frame; the check of log-supermodularity, which we do not have, is left out."""
    year, district, occupation = (axis.ravel() for axis in np.indices(table.shape))
    frame = pd.DataFrame({"y": year, "a": district, "o": occupation, "persons": table.ravel()})
    columns = {"time": "y", "loc": "a", "prod": "o", "val": "persons"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ecomplexity(frame, columns, verbose=False, check_logsupermodularity=False)


def differences(found: dict[str, np.ndarray], frame: pd.DataFrame) -> dict[str, float]:
    """Return the largest difference per figure; infinity where more than 1 % is not known."""
    ordered = frame.sort_values(["y", "a", "o"])
    parts = {"eci": (slice(None), slice(None), 0), "pci": (slice(None), 0)}
    result = {}
    for name, figures in found.items():
        cube = ordered[name].to_numpy(dtype=float).reshape(found["rca"].shape)
        known = ~np.isnan(figures)
        apart = np.abs(figures[known] - cube[parts.get(name, ...)][known])
        result[name] = float(apart.max()) if known.mean() > 0.99 else float("inf")
    return result


def main() -> None:
    """Measure and print."""
    table = persons()
    result: dict[str, object] = {"differences": differences(ours(table), theirs(table))}
    result["ours"] = best(lambda: ours(table))
    result["theirs"] = best(lambda: theirs(table))
    sys.stdout.write(json.dumps(result) + "\n")


def best(action: Callable[[], object]) -> float:
    """Return the seconds of the fastest of RUNS runs: what nobody else has disturbed."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
