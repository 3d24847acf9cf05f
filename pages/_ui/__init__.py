"""What the pages share: the shell, the address, texts, maps, charts, tables and downloads.

Figures enter from `indicators.store` only and leave as finished pieces of a page; nothing here
knows a publisher, writes SQL or computes an indicator.
"""
