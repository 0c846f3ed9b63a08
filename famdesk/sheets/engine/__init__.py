"""Text of any script on paper: levels of direction, runs by script and font, shapes, lines, glyphs in the file."""
