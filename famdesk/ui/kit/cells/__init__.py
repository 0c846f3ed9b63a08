"""The calendar's months and weeks as cells: painted, driven by keyboard and mouse, read aloud."""
