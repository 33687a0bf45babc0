"""Objections to enterprises on notice. Who objects is sealed."""
