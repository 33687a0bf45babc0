"""A database of the review service, for each test."""

import pytest

from chassis.db import Database
from tests.fixtures.databases import MakeDatabase


@pytest.fixture
async def review(service_database: MakeDatabase) -> Database:
    return await service_database("review")
