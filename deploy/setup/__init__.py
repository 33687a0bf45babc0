"""What `make` runs before anything else, to get this machine ready."""
