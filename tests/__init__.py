"""The tests of the project; a package so that they can share helpers."""
