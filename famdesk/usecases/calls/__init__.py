"""Calls for applications: what came, how it was judged, the ranking."""
