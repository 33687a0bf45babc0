"""Cases as a whole: what there is to see of them, and their end without a decision."""
