"""Measurements: each is a ratio to the plain cost of the same bytes, printed and bounded.

In come the snapshot, a release or the recordings; out goes one line per measurement.
"""
