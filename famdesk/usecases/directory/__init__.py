"""The directory: access points and their hours, places, bodies, services."""
