"""Register of municipalities (Destatis): the workbook of the Kreise at its address.

The address has been the same for years; its content is that of the last closed year. Errors are
web pages, some with HTTP 200.
"""

from __future__ import annotations

from etl.sources.files import plan
from etl.sources.files import workbook as fetch

__all__ = ["fetch", "plan"]
