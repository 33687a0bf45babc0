"""Who may administer: the administrator all of it, officers what the services let them keep."""

from chassis.auth.access import allow
from contracts.enums import Role

ADMINS = allow(Role.ADMIN)
KEEPERS = allow(Role.ADMIN, Role.OFFICER)
