"""What crosses a border: events, orders, ids and the words they use. Plain pydantic, no I/O."""
