"""Which version of the code this process runs, told with its metrics."""

from importlib.metadata import version

from prometheus_client import Gauge

VERSION = version("liaison")
BUILD = Gauge("liaison_build_info", "1, with the version of the code that runs", ["version"])
BUILD.labels(VERSION).set(1)
