"""People: search first, then the file."""
