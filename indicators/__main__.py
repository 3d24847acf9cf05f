"""Prints the catalogue of indicators as Markdown: `python -m indicators de` or `en`."""

from __future__ import annotations

import sys

from indicators.catalogue import catalogue


def main(arguments: list[str]) -> int:
    """Write the catalogue in the language asked for (German without one) to standard output."""
    language = arguments[0] if arguments else "de"
    if language not in ("de", "en"):
        sys.stderr.write(f"The catalogue exists in de and en, not in {language!r}.\n")
        return 2
    sys.stdout.write(catalogue(language))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
