"""Sheets about appointments: the calendar as it is seen, the day, the slip that is taken home."""
