"""Rules of initiatives: meetings, places, calls for applications, feedback."""
