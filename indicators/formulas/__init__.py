"""Pure functions of statistics: arrays in, arrays out, no file, no table, no area name.

In come cells with value, bounds, mark and qualifier; out go cells of the same shape.
"""
