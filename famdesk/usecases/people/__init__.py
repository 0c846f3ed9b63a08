"""Persons: their files, how they are found, doubles, and the rights over their data."""
