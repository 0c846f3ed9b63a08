"""Rules and value types as pure functions: no database, no window."""
