"""The working-day calendar, what is counted by it, and what moves with it."""
