"""Exit code 0 when RabbitMQ need not be installed: its program is here, or a broker we can use runs."""

import asyncio
import sys

from deploy.servers.rabbitmq import rabbitmq_script
from deploy.stack.broker import find_broker
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings


def is_there(settings: StackSettings) -> bool:
    if rabbitmq_script() or settings.broker_url:
        return True
    vhost = f"liaison-{Keys(settings.state / 'keys', settings).installation}"
    return settings.find_servers and asyncio.run(find_broker(vhost)) is not None


if __name__ == "__main__":
    sys.exit(0 if is_there(StackSettings()) else 1)
