"""The HTTP service over the public names of `kb`: look-ups, search, answers and the built site."""
