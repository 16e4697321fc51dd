"""The reading edition: lessons, tables and shelf as a site that needs no Python and no network."""
