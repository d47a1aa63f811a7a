"""The published site: catalog to pages by pure functions, and a thin MkDocs plugin that calls them.

Nothing is imported here, so that the functions can be used where MkDocs is not installed.
"""
