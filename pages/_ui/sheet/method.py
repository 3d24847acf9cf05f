"""What the registry says about how an indicator is computed."""

from __future__ import annotations

from functools import cache

from indicators.registry import load_registry

CHANGES = frozenset({"growth", "change"})


@cache
def _changes() -> frozenset[str]:
    entries = load_registry().entries()
    return frozenset(entry.id for _, _, entry in entries if entry.formula.kind in CHANGES)


def is_change(indicator: str) -> bool:
    """Return whether an indicator is itself a change over years."""
    return indicator in _changes()
