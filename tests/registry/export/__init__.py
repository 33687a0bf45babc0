"""Files made of a list."""
