"""What a centre says of itself, as plain values."""
