"""Bytes of a YAML file as plain lists, dictionaries and strings, each with its line.

Nothing is constructed: every scalar stays the text that a person typed, so that `01`, `no` and
`1:30` mean what they say. What could exhaust a server (size, depth, references) is refused before
a tree is built.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

MOST_BYTES, MOST_PARTS, DEEPEST = 500_000, 40_000, 8
SHOWN = 60  # characters of a value that a finding repeats
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CORE = "tag:yaml.org,2002:"
NULL = f"{CORE}null"
TAGS = frozenset(
    CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
WIDE = (BOM_UTF32_LE, BOM_UTF32_BE, BOM_UTF16_LE, BOM_UTF16_BE)
CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ufffd\U00010000-\U0010ffff]")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file: where, the value that stands there, and a code for the words.

    `line` counts from 1; 0 where there is no file behind. `parts` fill the words of the code: texts
    as they stand, whole numbers as the reader's language writes them.
    """

    line: int
    path: str
    value: str
    code: str
    parts: Mapping[str, str | int] = field(default_factory=dict)


class Refusal(ValueError):  # noqa: N818 - it carries a finding, and is not an error of the program
    """A file of which nothing can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass
class Document:
    """The content of a file, the line of every path in it, and what its form has wrong."""

    content: Any
    lines: dict[Path, int]
    findings: list[Finding] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def finding(self, path: Path, value: object, code: str, **parts: str | int) -> Finding:
        """Return a finding at a path of this file."""
        return Finding(self.line(path), written(path), short(value), code, parts)


def load(content: bytes) -> Document:
    """Return what a file holds.

    Raises:
        Refusal: it is too large, not UTF-8, not one YAML document, or uses what is not allowed.
    """
    text = _decoded(content)
    try:
        _bounded(text)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise Refusal(_unreadable(text, error)) from error
    document = Document(None, {})
    document.content = _plain(node, (), document) if node is not None else None
    return document


def written(path: Path) -> str:
    """Return a path as `goals[3].target.year`, entries counted from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def short(value: object) -> str:
    """Return a value as a finding repeats it; '' for lists, mappings and nothing."""
    if not isinstance(value, str | int | float):
        return ""
    text = str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Refusal(Finding(1, "", "", "too_large", {"limit": MOST_BYTES // 1000}))
    if content.startswith(WIDE) or b"\0" in content:
        raise Refusal(Finding(1, "", "", "utf16"))
    try:
        text = content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        letter = bytes([byte]).decode("cp1252", "replace")
        parts: dict[str, str | int] = {"byte": f"0x{byte:02X}", "letter": letter}
        raise Refusal(Finding(line, "", "", "encoding", parts)) from error
    if (sign := CONTROL.search(text)) is not None:
        line = text.count("\n", 0, sign.start()) + 1
        raise Refusal(Finding(line, "", f"U+{ord(sign.group()):04X}", "control"))
    return text


def _bounded(text: str) -> None:
    """Refuse references, depth, size and a second document while the parser is still streaming."""
    depth = parts = documents = 0
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        line = event.start_mark.line + 1
        if anchor := getattr(event, "anchor", None):
            raise Refusal(Finding(line, "", short(anchor), "alias"))
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        parts += isinstance(event, yaml.NodeEvent)
        if documents > 1:
            raise Refusal(Finding(line, "", "---", "documents"))
        if depth > DEEPEST:
            raise Refusal(Finding(line, "", "", "deep", {"limit": DEEPEST}))
        if parts > MOST_PARTS:
            raise Refusal(Finding(line, "", "", "too_many_parts", {"limit": MOST_PARTS}))


def _unreadable(text: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Finding(1, "", "", "yaml", {"column": "1"})
    lines = text.splitlines()
    line = min(mark.line + 1, max(len(lines), 1))
    said = lines[line - 1].strip() if lines else ""
    return Finding(line, "", short(said), "yaml", {"column": str(mark.column + 1)})


def _plain(node: Any, path: Path, document: Document) -> Any:
    """Return a node without what it may not have; note lines and findings on the way."""
    document.lines.setdefault(path, node.start_mark.line + 1)
    if node.tag not in TAGS:
        document.findings.append(document.finding(path, node.tag.removeprefix(CORE), "tag"))
        return None
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == NULL else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, place), document) for place, child in enumerate(node.value)]
    return _mapping(node, path, document)


def _mapping(node: Any, path: Path, document: Document) -> dict[str, Any]:
    """Return a mapping with its lines; an entry that stands there twice is a finding."""
    found: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for key, child in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        line = key.start_mark.line + 1
        if not name or name in seen:
            code, first = ("twice", str(seen[name])) if name else ("shape", "")
            parts = {"first": first} if name else {}
            where = written((*path, name) if name else path)
            document.findings.append(Finding(line, where, short(name), code, parts))
            continue
        seen[name] = line
        document.lines[*path, name] = line
        found[name] = _plain(child, (*path, name), document)
    return found
