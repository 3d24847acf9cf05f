"""What the page of data is made of: choosing, preview, files, bulk files, releases, explanation.

In come choices of the address and the readers of `indicators`; out go tables, files and links.
"""
