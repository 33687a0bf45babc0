"""What somebody typed into a form that could not be taken: kept for an hour, for its writer alone."""
