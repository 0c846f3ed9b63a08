"""The rows of the rights table, by area."""
