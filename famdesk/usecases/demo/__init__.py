"""The demo centre: a real profile with invented families and colleagues."""
