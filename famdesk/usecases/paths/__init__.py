"""Paths of care: opened and closed, the team's talks, how long notes stay, holds."""
