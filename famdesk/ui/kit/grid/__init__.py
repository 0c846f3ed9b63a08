"""The calendar's grid of hours: painted, driven by keyboard and mouse, read aloud."""
