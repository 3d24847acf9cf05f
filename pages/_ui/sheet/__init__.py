"""The datasheet: what the figures say of one area, built once as a document for page and PDF.

In come an area, a benchmark and figures of a release; out go blocks of `paper.model`, every
sentence written by a stated rule. Only `view` draws.
"""
