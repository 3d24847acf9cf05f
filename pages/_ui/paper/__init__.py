"""A document as data, and the two ways it leaves: tagged PDF (`pdf.write`) and page (`screen`).

In comes finished text in the reader's language and figures with the words that they are shown by;
out go bytes or Streamlit elements. Nothing here reads a release or knows an indicator.
"""
