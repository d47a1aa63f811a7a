"""HTTP over the public names of `kb`; of files, pages and the search engine it knows nothing."""
