"""Chat platforms: a slash command in, the answer of the same engine out, as each platform shows it.

Knows no web framework. A platform is one module with `verify`, `to_command` and `to_payload`;
`command` and `reply` know no platform. Nothing here makes a request of its own.
"""
