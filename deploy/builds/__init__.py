"""Builds of the workflows side by side: which gets which cases, and how an operator goes from one to another."""
