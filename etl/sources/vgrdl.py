"""Accounts of the Länder: the workbook of disposable income at its address.

The address changes with each release and stands in `sources.yml`; under an old one the portal
answers with its page "not found", which is refused with where to look.
"""

from __future__ import annotations

from etl.sources.files import plan
from etl.sources.files import workbook as fetch

__all__ = ["fetch", "plan"]
