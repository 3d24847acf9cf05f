"""The room of the page on commuting: map of arcs, matrix, table of flows, development, reading.

A release comes in through `indicators.commuters` and the shared readers of figures; what leaves
are finished figures, tables and files, and the flows that a datasheet repeats.
"""
