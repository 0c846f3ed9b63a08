"""The sheets: choose, see the real PDF, print or save it."""
