"""What the filing service is made of."""

from chassis.service import Service
from services.filing.activities import orders
from services.filing.api import campaigns, declarations, drafts, imports, nominations, schemes
from services.filing.consumers import STATUS
from services.filing.settings import FilingSettings

SERVICE = Service(
    name="filing",
    title="Filing",
    routers=(
        schemes.router,
        campaigns.router,
        declarations.router,
        drafts.router,
        nominations.router,
        imports.router,
    ),
    settings=FilingSettings,
    consumers=(STATUS,),
    orders=orders,
    uploads={imports.router.prefix: "import_largest_file"},
)
