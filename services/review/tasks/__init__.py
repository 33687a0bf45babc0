"""Tasks of people, and their verdicts on them."""
