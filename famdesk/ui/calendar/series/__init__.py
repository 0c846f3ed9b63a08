"""Series of appointments in the editor."""
