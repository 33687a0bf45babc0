"""The pages, one module or folder an area."""
