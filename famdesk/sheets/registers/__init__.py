"""Registers and records: what was printed, processed, counted, destroyed; the recovery sheet."""
