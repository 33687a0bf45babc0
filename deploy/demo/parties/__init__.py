"""The people and systems of the scheme, each working through the public API with the rights of their own role."""
