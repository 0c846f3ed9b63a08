"""Printable sheets: one module per sheet, a frozen content and a function that renders it."""
