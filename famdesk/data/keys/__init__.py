"""Keys and what they seal: derivation, slots, shares, parts of session notes."""
