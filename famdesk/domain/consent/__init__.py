"""Rules of consent and privacy: who signs, what stays how long, which numbers are not told."""
