"""The registry: lists, enterprises and the journal."""
