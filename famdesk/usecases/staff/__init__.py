"""Colleagues: accounts, roles, notices, who leaves, unfinished work."""
