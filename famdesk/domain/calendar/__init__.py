"""Rules of time: hours, holidays, intervals, series, reminders."""
