"""The way of a figure from a publisher's file to the warehouse.

In come official files exactly as published; out go the embedded snapshot and a release of the
warehouse. Nothing here knows a page of the app.
"""
