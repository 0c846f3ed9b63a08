"""The centre itself: its profile, the look of its sheets, its figures and registers."""
