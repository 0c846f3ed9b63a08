"""Words and looks of what leaves the centre on paper or by mail."""
