"""Session notes: one's own sessions at the left, the text at the right."""
