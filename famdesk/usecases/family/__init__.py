"""Families: who belongs to whom, who lives where, who decides for a minor, and the genogram."""
