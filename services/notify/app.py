"""What notify is made of."""

from chassis.service import Service
from services.notify import api, webhook_api
from services.notify.consumers import MESSAGES
from services.notify.sender import send_messages
from services.notify.settings import NotifySettings

SERVICE = Service(
    name="notify",
    title="Messages",
    routers=(api.router, webhook_api.router),
    settings=NotifySettings,
    consumers=(MESSAGES,),
    loops=(send_messages,),
)
