"""What the registry is made of."""

from chassis.service import Service
from services.registry.activities import orders
from services.registry.api import checks, enterprises, journal, lists, verification
from services.registry.consumers import decisions
from services.registry.consumers import journal as journal_consumer
from services.registry.settings import RegistrySettings

SERVICE = Service(
    name="registry",
    title="registry",
    settings=RegistrySettings,
    routers=(checks.router, lists.router, enterprises.router, journal.router, verification.router),
    consumers=(journal_consumer, decisions),
    orders=orders,
    uploads={checks.UPLOADED: "check_largest_proof"},
)
