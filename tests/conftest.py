"""Fixtures of all tests."""

pytest_plugins = [
    "tests.fixtures.sharing",
    "tests.fixtures.servers",
    "tests.fixtures.databases",
    "tests.fixtures.apps",
    "tests.access.world",
]
