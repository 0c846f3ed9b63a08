"""The records, by matter: what is stored, as mapped classes."""
