"""Sheets about persons and families: each asks the safe-contact gate."""
