"""Plumbing that knows no word of the scheme."""
