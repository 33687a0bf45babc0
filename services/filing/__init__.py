"""Campaigns, declarations and nominations; the door for provincial systems."""
