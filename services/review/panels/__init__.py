"""Panels of experts: seats, interests, scores, the count."""
