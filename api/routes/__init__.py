"""The routes, one noun a module: each reads one generation and gives back one representation."""
