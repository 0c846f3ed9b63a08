"""What people do with FamDesk: use-cases (the only code that writes) and queries (frozen rows)."""
