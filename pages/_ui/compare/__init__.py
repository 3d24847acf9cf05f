"""Comparison: areas and groups of areas side by side, the scatter, and the composite index.

In come the choices of the address and figures of a release; out go tables, charts, sentences and
files of page /vergleich. Groups are computed by `indicators.groups` and cached here.
"""
