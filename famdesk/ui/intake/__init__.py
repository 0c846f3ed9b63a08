"""The intake: info contact in one line, the accesses of a day, the access card."""
