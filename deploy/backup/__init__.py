"""Takes the whole platform to one archive, and brings it back into an empty place.

The order, and why nothing is lost or doubled by it, is told in docs/operator.md ("What one archive holds together").
"""
