"""Real windows, driven by keys and read by a screen reader."""
