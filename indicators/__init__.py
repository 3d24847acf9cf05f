"""Indicators: declared in `registry/`, computed by `build`, read back by `store`.

In come observations as published; out go values with mark, qualifier, rank and lineage. Nothing
here knows a publisher's file format or a page of the app.
"""
