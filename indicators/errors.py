"""Refusals of the registry and of the store, as sentences that say what to do."""

from __future__ import annotations


class RegistryError(ValueError):
    """An entry of the registry that is wrong, or that the warehouse cannot serve."""


class UnknownIndicatorError(KeyError):
    """An indicator that this release does not have."""

    def __init__(self, indicator: str, known: list[str]) -> None:
        """Name the indicator that was asked for, and those that exist."""
        super().__init__(indicator)
        self.indicator, self.known = indicator, known

    def __str__(self) -> str:
        """Say which indicator is unknown and which are known."""
        return f"There is no indicator {self.indicator!r}. Known are: {', '.join(self.known)}."
