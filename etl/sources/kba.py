"""Federal Motor Transport Authority: the workbook FZ 1 from the mirror of Mobilithek.

The authority's own site answers programs with HTTP 503 and a page of its firewall; the mirror
has single editions, whose addresses stand in `sources.yml`.
"""

from __future__ import annotations

from etl.sources.files import plan
from etl.sources.files import workbook as fetch

__all__ = ["fetch", "plan"]
