"""Rules of session notes: kinds, release, the sealed envelope, emergency access, paths of care."""
