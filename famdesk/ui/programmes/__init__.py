"""Programmes: initiatives, their meetings, who is enrolled, who came."""
