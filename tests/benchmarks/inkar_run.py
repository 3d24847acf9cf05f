"""One reading of an INKAR zip as the pull and the build do it: `python -m …inkar_run FILE`.

Prints seconds, cells, and the peak memory before and after (MiB) as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from etl.conform import conform
from etl.formats import Source, inkar_bulk
from etl.model import load_catalogue


def peak() -> float:
    """Return the most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(path: Path) -> None:
    """Read the file and print what it took."""
    catalogue = load_catalogue()
    dataset = catalogue.datasets["inkar_2024"]
    (layout,) = [layout for layout in dataset.files if layout.format == "inkar_bulk"]
    source = Source(path, f"inkar/bulk/{path.name}", dataset, layout)
    before, start = peak(), time.perf_counter()
    cells = inkar_bulk.read(source)
    read, streamed = time.perf_counter() - start, peak()
    rows = conform(cells, source, catalogue)
    found = {"before": before, "streamed": streamed, "peak": peak(), "read": read}
    found |= {"seconds": time.perf_counter() - start, "cells": len(rows)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
