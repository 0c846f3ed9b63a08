"""What every sheet is made of: pages, texts, tables, signs, and the look of the centre."""
