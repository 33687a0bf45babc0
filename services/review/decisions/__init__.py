"""Decisions: prepared by one person, signed by another."""
