"""The few rules that Streamlit's theme does not cover: tables, cards, footer."""

from __future__ import annotations

CSS = """
.stMainBlockContainer { padding-top: 3.2rem; padding-bottom: 3rem; }
.sm-table { overflow-x: auto; margin: .25rem 0 1rem; }
.sm-table.sm-tall { max-height: 30rem; overflow-y: auto; }
.sm-table table { border-collapse: collapse; width: 100%; font-size: .9rem; }
.sm-table caption { text-align: left; font-weight: 600; padding: .3rem 0; }
.sm-table th, .sm-table td { padding: .3rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid rgba(128,140,150,.35); }
.sm-table thead th { position: sticky; top: 0; background: #e6eaee; color: #1c2733; }
.sm-table .num { text-align: right; font-variant-numeric: tabular-nums; }
.sm-table tr.ours td { font-weight: 600; }
.sm-pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; margin-bottom: .8rem; }
.sm-pair p { font-weight: 600; font-size: .9rem; margin: .2rem 0; }
.sm-pair ul { margin: 0; padding-left: 1.2rem; }
.sm-pair li { font-size: .95rem; margin: 0 0 .2rem; }
.sm-list { margin: 0; padding: 0; font-size: .95rem; display: grid; grid-template-columns: 9rem 1fr;
  gap: .15rem 1rem; }
@media (max-width: 700px) { .sm-list, .sm-pair { grid-template-columns: 1fr; } }
.sm-list dt { font-weight: 600; }
.sm-list dd { margin: 0; overflow-wrap: anywhere; }
.sm-card h3, .sm-entry h4 { font-size: 1rem; margin: 0 0 .2rem; padding: 0; }
.sm-card .value { font-size: 1.7rem; font-weight: 600; line-height: 1.2; }
.sm-card .when { font-size: .85rem; opacity: .8; margin: 0 0 .3rem; }
.sm-card p, .sm-card ul { font-size: .95rem; margin: .2rem 0; }
.sm-card img { display: block; margin: .2rem 0; max-width: 100%; }
.sm-lead { font-size: 1.1rem; font-weight: 600; margin: 0; }
.sm-text { margin: 0; }
.sm-caption { font-weight: 600; font-size: .95rem; margin: 0; }
.sm-note { font-size: .85rem; opacity: .85; margin: 0; }
.sm-points { margin: 0; padding-left: 1.2rem; }
.sm-points li { margin: 0 0 .4rem; }
.sm-entry { border-top: 1px solid rgba(128,140,150,.35); padding: .6rem 0; }
.sm-entry.chosen { border-left: 4px solid currentColor; padding-left: .6rem; }
[data-testid="stPageLink"] p { white-space: normal; overflow: visible; }
[data-testid="stMain"] [data-testid="stPageLink"] p { text-decoration: underline; }
a.sm-why { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
.sm-compare td { min-width: 7.6rem; font-size: .85rem; }
.sm-compare thead th { vertical-align: bottom; }
.sm-compare :is(th, td):first-child { position: sticky; left: 0; z-index: 1; min-width: 10.6rem;
  max-width: 11rem; background: #e6eaee; color: #1c2733; hyphens: auto;
  overflow-wrap: anywhere; }
.sm-compare thead th:first-child { z-index: 2; }
.sm-compare .figure { font-size: .98rem; font-weight: 600; }
.sm-compare .year { white-space: nowrap; opacity: .85; }
.sm-compare .year.odd { border: 1px solid currentColor; border-radius: 3px; padding: 0 .25rem; }
.sm-compare .line { display: block; line-height: 1.25; margin-top: .15rem; }
.sm-compare img { display: block; width: 112px; height: 30px; margin: .2rem 0; }
@media (max-width: 700px) { .sm-compare :is(th, td):first-child { min-width: 7.4rem;
  max-width: 7.5rem; font-size: .75rem; } }
.sm-panel { min-height: 2.9rem; }
ul.sm-lines { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0;
  padding: 0; font-size: .9rem; }
.sm-lines img { vertical-align: middle; }
.sm-footer { border-top: 1px solid rgba(128,140,150,.5); margin-top: 2rem; padding-top: .6rem;
  font-size: .82rem; opacity: .85; }
.sm-footer p { margin: 0 0 .15rem; }
"""
