"""Campaigns as a whole: how far they have come, who is late, and how the panels ranked."""
