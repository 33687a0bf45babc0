"""Plays all parties of one campaign through the public APIs."""
