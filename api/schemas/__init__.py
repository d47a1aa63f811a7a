"""The wire: what domain values look like as JSON, and nowhere else.

Pydantic models alone, without a web framework, so that the command line and the static site write
the same bytes as the HTTP service. `writing.Writer` makes them from domain values.
"""
