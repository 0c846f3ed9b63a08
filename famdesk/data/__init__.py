"""Records, engine, keys, journal and migrations; nothing above this layer imports SQLAlchemy for itself."""
