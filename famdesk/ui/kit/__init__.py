"""Shared parts of the window: theme, icons, runner, forms, messages, calendar grid."""
