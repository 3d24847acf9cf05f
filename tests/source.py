"""The code of the repository as syntax trees: imports, texts, and how messages are asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "app.py", *sorted((ROOT / "pages").glob("[!_]*.py")))
UI = tuple(sorted((ROOT / "pages" / "_ui").rglob("*.py")))
MESSAGE = re.compile(r"[a-z0-9_.]+")
LETTERS = re.compile(r"[a-z]{3}")
HOLE, ANY = "\0", r"[A-Za-z0-9_.]+"


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(folder: str) -> list[Path]:
    """Return the Python files of a top-level folder."""
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the full names a file imports, wherever in the file; `a.b.c` for names as well."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def constants(path: Path) -> list[tuple[int, str]]:
    """Return (line, text) of every string in a file except docstrings."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
    ]


def patterns(path: Path) -> Iterator[re.Pattern[str]]:
    """Yield what the f-strings of a file that look like message ids can become."""
    words = {text for _, text in constants(path) if MESSAGE.fullmatch(text)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr) and (found := pattern(node, words)):
            yield found


def pattern(node: ast.JoinedStr, words: Collection[str] = ()) -> re.Pattern[str] | None:
    """Return the ids an f-string can become; None if its fixed part is no part of an id.

    Without a word of its own it can become what is made of `words` only.
    """
    parts = [str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values]
    fixed = "".join(part for part in parts if part != HOLE)
    if not MESSAGE.fullmatch(fixed):
        return None
    hole = ANY if LETTERS.search(fixed) else f"(?:{'|'.join(map(re.escape, sorted(words)))})"
    return re.compile("".join(hole if part == HOLE else re.escape(part) for part in parts))


def asked(path: Path) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    """Yield each call that asks for a text, with the alternatives of its first argument."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args and _asks(node.func):
            yield node, _alternatives(node.args[0])


def _asks(function: ast.expr) -> bool:
    """`t(…)`, `page.t(…)`, `Texts(…)(…)` and `t.count(…)` ask for a text."""
    if isinstance(function, ast.Name):
        return function.id == "t"
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Name) and function.func.id == "Texts"
    if isinstance(function, ast.Attribute):
        return function.attr == "t" or (function.attr == "count" and _asks_itself(function.value))
    return False


def _asks_itself(value: ast.expr) -> bool:
    name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    return name == "t"


def _alternatives(argument: ast.expr) -> list[ast.expr]:
    if isinstance(argument, ast.IfExp):
        return [*_alternatives(argument.body), *_alternatives(argument.orelse)]
    return [argument]
