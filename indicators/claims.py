"""What the figures say about a claimed strength: they bear it out, leave it open, or contradict it.

In come location quotients as the release has them; out goes one word, for which pages have a
sentence. The same limits hold for every cluster and every area.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

Verdict = Literal["strong", "above", "open", "below", "unknown"]
STRONG = 1.5  # a location quotient from which a strength is called clear


def verdict(lq: float, lq_low: float, lq_high: float) -> Verdict:
    """Return what a quotient, or its interval where the figure is secret, says about a strength.

    `strong` at least 1.5 and `above` at least 1, both whatever the secret figure is; `below` less
    than 1 whatever it is; `open` if the interval has 1 inside; `unknown` without any bound.

    Args:
        lq: the quotient, NaN where the figure is secret.
        lq_low: its lower end there, NaN where it is not secret.
        lq_high: its upper end there; NaN where nothing bounds it.
    """
    low, high = (lq, lq) if not np.isnan(lq) else (lq_low, lq_high)
    if np.isnan(low):
        return "unknown"
    if low >= 1.0:
        return "strong" if low >= STRONG else "above"
    return "below" if high < 1.0 else "open"
