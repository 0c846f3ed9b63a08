"""The guide: access points and their hours, services, bodies and places."""
