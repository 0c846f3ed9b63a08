"""Today: open now, the day, to do."""
