"""Settings of the filing service."""

from pydantic import Field

from chassis.settings import Settings


class FilingSettings(Settings):
    import_largest_file: int = Field(10_000_000, description="bytes of an uploaded XLSX or CSV")
    import_largest_unpacked: int = Field(100_000_000, description="bytes of an XLSX when it is unpacked")
    import_most_rows: int = Field(5_000, description="rows of one upload, the titles apart")
