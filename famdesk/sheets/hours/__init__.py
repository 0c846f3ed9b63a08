"""Sheets about where and when: opening hours, and where a family can go next."""
