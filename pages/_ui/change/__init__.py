"""The room of the page on change: what is read, said, drawn and tabled about it.

In come a page and its view; out go what is drawn, the address of the view, and the readers that a
datasheet uses as well.
"""
