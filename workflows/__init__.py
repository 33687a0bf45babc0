"""Orchestration only: when services are asked to do what. No database, no HTTP."""
