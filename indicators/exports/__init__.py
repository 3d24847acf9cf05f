"""Files for analysts: what a file says of itself, and how it is written.

In come rows of a release and their description; out go bytes of CSV, XLSX, Parquet or JSON and
descriptors after CSVW and Frictionless. Nothing here asks a database or knows a page.
"""
