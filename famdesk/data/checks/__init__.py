"""Proofs that the data are whole, for `famdesk verify`."""
