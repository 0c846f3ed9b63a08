"""Consents as the file, the calendar and the settings show them."""
