"""Session notes: written, sealed, signed, found, given out, and the sealed envelope."""
