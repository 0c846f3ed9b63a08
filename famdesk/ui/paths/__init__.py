"""Paths of care: the open ones, the team's talks about cases, how long notes stay and how they are destroyed."""
