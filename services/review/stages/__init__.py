"""Rounds of stages: opened, concluded, closed by their deadline."""
