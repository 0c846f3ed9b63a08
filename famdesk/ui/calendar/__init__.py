"""The calendar: day, week and list of appointments and meetings."""
