"""The frame around the views: top bar, rail, status line, command box."""
