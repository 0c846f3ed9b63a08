"""Sheets in the window: the real PDF before it is printed, the print dialog, saving and mailing."""
