"""`python -m deploy.healthy`: whether the process of this container is ready. The image's health check: it runs every
few seconds, so it imports next to nothing."""

import http.client
import sys

PORT = 8000
"""Where every process listens in its container."""

PATIENCE = 3


def is_ready() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready() else 1)
