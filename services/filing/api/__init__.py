"""The door of the filing service."""
