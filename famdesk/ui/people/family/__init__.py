"""The family tab of a file and its dialogs."""
