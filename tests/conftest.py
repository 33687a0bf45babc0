"""Fixtures of all tests."""

pytest_plugins = [
    "tests.fixtures.sharing",
    "tests.fixtures.servers",
    "tests.fixtures.databases",
    "tests.fixtures.places",
    "tests.fixtures.store",
    "tests.fixtures.apps",
    "tests.access.world",
]
