"""The pages of the application, one thin file each, named as they appear in the address.

A page reads its controls, asks for figures once and hands them to `pages._ui`; it holds no
query, no number format and no text.
"""
