"""A finished Plotly figure that is sent as it stands.

Streamlit lets Plotly check every dictionary anew on each run, which costs more than all the rest
of a page. A figure that is built once, kept and covered by tests needs that once, not each time.
"""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure


class ReadyFigure(BaseFigure):  # type: ignore[misc]
    """A figure whose specification is given; it must not be changed."""

    def __init__(self, specification: dict[str, Any]) -> None:
        # Not calling the base class is the point: it would check and copy everything.
        object.__setattr__(self, "specification", specification)

    def to_dict(self) -> dict[str, Any]:
        """Return the specification: data and layout, as Plotly writes them."""
        specification: dict[str, Any] = self.specification
        return specification
