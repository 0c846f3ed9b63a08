"""Programmes: initiatives, their meetings, and what comes after them."""
