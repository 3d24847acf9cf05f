"""Refusals of the registry and of the readers, as sentences that say what to do."""

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


class UnknownAreaError(KeyError):
    """An area that is not one of the boundary vintage."""

    def __init__(self, area: str) -> None:
        """Name the area that was asked for."""
        super().__init__(area)
        self.area = area

    def __str__(self) -> str:
        """Say which area is unknown and which would do."""
        return (
            f"There is no area {self.area!r}. A group takes the keys of districts (14511), of "
            "Länder (14), of region 145, or DG."
        )


class OverlapError(ValueError):
    """Two areas of a group that share a district, which would be counted twice."""

    def __init__(self, first: str, second: str) -> None:
        """Name both areas."""
        super().__init__(
            f"{first} and {second} have a district in common, which would be counted twice. "
            "Leave one of the two out."
        )
        self.first, self.second = first, second
