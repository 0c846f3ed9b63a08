"""Settings: the centre, hours and closures, staff, appearance, safety."""
