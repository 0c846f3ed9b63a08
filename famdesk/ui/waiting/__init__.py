"""The waiting room, as Today and the intake show it, and the screen for the families."""
