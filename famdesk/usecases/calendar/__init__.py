"""The calendar: appointments, series, who and what they take, and other programs' files."""
