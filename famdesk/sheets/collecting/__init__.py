"""From the office's queries to what the sheets say."""
