"""Goals, how they stand, and notes that tell a story: for the page, and for its PDF.

In come files of goals and notes (installed, or of one browser session) and figures of the store;
out go blocks of a document, Streamlit elements and files that read back equal.
"""
