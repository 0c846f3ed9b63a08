"""Files that come in and go out: parsed to plain values, written from rows."""
