"""Input-output analysis: deliveries, Leontief inverse, multipliers and regional coefficients.

Notation: Z deliveries from row to column (n × n, one currency), x output (n), y final demand (n),
A input coefficients, L Leontief inverse. Source: Miller & Blair 2009, Input–Output Analysis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def input_coefficients(deliveries: FloatArray, output: FloatArray) -> FloatArray:
    """Return a_ij = z_ij ÷ x_j (n × n, no unit); 0 in the column of a sector without output."""
    return _quotient(deliveries, output)


def leontief_inverse(coefficients: FloatArray) -> FloatArray:
    """Return L = (I − A)⁻¹ (n × n): output of i for one unit of final demand for j.

    Raises:
        ValueError: I − A has no inverse without negative elements: some sectors use up more than
            they deliver.
    """
    identity = np.eye(coefficients.shape[0])
    try:
        inverse = np.linalg.inv(identity - coefficients).astype(np.float64)
    except np.linalg.LinAlgError as error:
        raise ValueError("The input coefficients have no Leontief inverse.") from error
    if np.any(inverse < -1e-9):
        raise ValueError("The Leontief inverse has negative elements; check the coefficients.")
    return inverse


def output_multipliers(inverse: FloatArray) -> FloatArray:
    """Return the column sums of L (n): output of all sectors per unit of final demand for each."""
    result: FloatArray = inverse.sum(axis=0)
    return result


def employment_multipliers(
    inverse: FloatArray, persons: FloatArray, output: FloatArray
) -> FloatArray:
    """Return persons in all sectors per person in each sector (type I, n); NaN without persons."""
    per_output = _quotient(persons, output)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(per_output > 0, per_output @ inverse / per_output, np.nan)


def delivery_shares(deliveries: FloatArray, output: FloatArray, target: int) -> FloatArray:
    """Return d_i = z_i,target ÷ x_i (n, 0…1), and 1 for the target itself.

    The share of a sector's output that goes directly into the production of the target sector.
    """
    shares = _quotient(deliveries[:, target], output)
    shares[target] = 1.0
    return shares


def embodied_shares(
    inverse: FloatArray, final_demand: FloatArray, output: FloatArray, target: int
) -> FloatArray:
    """Return f_i = L_i,target · y_target ÷ x_i (n, 0…1).

    The share of a sector's output that is, over all stages, contained in final demand for the
    target. Over all targets the shares of a sector add up to 1.
    """
    return _quotient(inverse[:, target] * final_demand[target], output)


def flegg_lambda(region: float, nation: float, delta: float) -> float:
    """Return λ = [log2(1 + E_r ÷ E_n)]^δ (0…1) from employment; Flegg & Webber 1997, 2000.

    Raises:
        ValueError: the region is not a part of the nation, or δ is outside 0…1.
    """
    if not 0 <= region <= nation or nation <= 0 or not 0 <= delta < 1:
        raise ValueError("The region must be a part of the nation, and δ between 0 and 1.")
    return float(np.log2(1 + region / nation) ** delta)


def flegg_quotients(region: FloatArray, nation: FloatArray, delta: float) -> FloatArray:
    """Return FLQ_ij = λ · LQ_i ÷ LQ_j, on the diagonal λ · LQ_i (n × n), from employment by sector.

    NaN where the region has nobody in the buying sector.
    """
    quotients = _location_quotients(region, nation)
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = quotients[:, None] / np.where(quotients > 0, quotients, np.nan)[None, :]
    np.fill_diagonal(cross, quotients)
    return cross * flegg_lambda(float(region.sum()), float(nation.sum()), delta)


def augmented_flegg_quotients(region: FloatArray, nation: FloatArray, delta: float) -> FloatArray:
    """Return AFLQ: FLQ times log2(1 + LQ_j) for buying sectors with LQ_j > 1 (n × n)."""
    quotients = _location_quotients(region, nation)
    boost = np.where(quotients > 1, np.log2(1 + quotients), 1.0)
    return flegg_quotients(region, nation, delta) * boost[None, :]


def regional_coefficients(coefficients: FloatArray, quotients: FloatArray) -> FloatArray:
    """Return national coefficients times quotients cut at 1 (n × n); 0 where there is none."""
    return coefficients * np.minimum(np.nan_to_num(quotients), 1.0)


def _location_quotients(region: FloatArray, nation: FloatArray) -> FloatArray:
    return _quotient(region / region.sum(), nation / nation.sum())


def _quotient(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return above ÷ below, 0 where below is 0."""
    every = np.broadcast_to(np.asarray(below, dtype=np.float64), np.shape(above))
    return np.divide(above, every, out=np.zeros(np.shape(above)), where=every != 0)
