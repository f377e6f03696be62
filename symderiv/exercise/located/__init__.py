"""A file as nodes that know where each character of them stands."""
