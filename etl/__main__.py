"""`python -m etl`: stage, snapshot and build."""

from etl.cli import app

app()
