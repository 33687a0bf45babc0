"""The registry: enterprises, published lists with their history, and the journal of all events."""
