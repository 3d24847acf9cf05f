"""The datasheet as one document: its sections in their order, sources, and how to read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages._ui import data, text
from pages._ui.benchmark import Benchmark
from pages._ui.numbers import date
from pages._ui.paper import pdf
from pages._ui.paper.model import Block, Document, Foot, Heading, Points, Source
from pages._ui.sheet import commuting, dependence, development, findings, strengths, theme
from pages._ui.sheet.subject import Subject, of

SECTIONS: tuple[Callable[[Subject], list[Block]], ...] = (
    findings.blocks,
    dependence.blocks,
    strengths.blocks,
    development.blocks,
    partial(theme.blocks, key="labour"),
    partial(theme.blocks, key="people"),
    commuting.blocks,
    partial(theme.blocks, key="business"),
    partial(theme.blocks, key="cars"),
)
BRACKETS = r" \([^)]*\)$"  # "(Regionaldatenbank)" behind the name of a publisher
READ = ("secret", "interval", "missing", "rank", "break", "group")


@st.cache_resource(max_entries=64, show_spinner=False)
def sections(path: str, area: str, bench: Benchmark, language: str) -> tuple[Block, ...]:
    """Return all blocks of a datasheet, the same for page and PDF."""
    subject = of(path, area, bench, language)
    found = [block for make_section in SECTIONS for block in make_section(subject)]
    return (*found, *_sources(subject, found), *_reading(subject))


def document(path: str, area: str, bench: Benchmark, language: str) -> Document:
    """Return the datasheet with what stands at its head and foot."""
    subject = of(path, area, bench, language)
    t = subject.t
    blocks = sections(path, area, bench, language)
    return Document(
        title=t("steckbrief.heading", area=subject.name),
        subtitle=subtitle(subject),
        language=language,
        blocks=blocks,
        foot=Foot(
            t("steckbrief.foot", sources="; ".join(_publishers(subject, blocks))),
            text.release_line(data.release(path), language),
            date(dt.datetime.now(dt.UTC).date(), language),
        ),
    )


def subtitle(subject: Subject) -> str:
    """Return key of the area and what it is compared with."""
    kind = "kreis" if subject.is_kreis else "larger"
    return subject.t(f"steckbrief.subtitle.{kind}", key=subject.area, bench=subject.bench.label)


def make(path: str, area: str, bench: Benchmark, language: str) -> bytes:
    """Return the datasheet as a PDF."""
    return pdf.write(document(path, area, bench, language))


def _publishers(subject: Subject, blocks: Sequence[Block]) -> dict[str, str]:
    """Return publisher -> how it wants to be named, of all sources of some blocks."""
    used = {name for block in blocks if isinstance(block, Source) for name in block.datasets}
    frame = data.datasets(subject.path)
    mine = frame[frame["id"].isin(used)]
    names = mine[f"publisher_name_{subject.language}"].str.replace(BRACKETS, "", regex=True)
    return dict(zip(names, mine["attribution"], strict=True))


def _sources(subject: Subject, blocks: Sequence[Block]) -> list[Block]:
    """Return how the publishers want to be named."""
    items = tuple(
        (f"{publisher}:", said) for publisher, said in _publishers(subject, blocks).items()
    )
    return [Heading(subject.t("steckbrief.section.sources")), Points(items)]


def _reading(subject: Subject) -> list[Block]:
    """Return what marks, intervals, ranks and breaks mean."""
    t = subject.t
    items = tuple(
        (t(f"steckbrief.read.{name}"), t(f"steckbrief.read.{name}.said")) for name in READ
    )
    return [Heading(t("steckbrief.section.reading")), Points(items)]
