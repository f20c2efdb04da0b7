"""All subjects together, as every way of running shares them."""

from .apps import *  # noqa: F403
from .content import *  # noqa: F403
from .database import *  # noqa: F403
from .environment import ALLOWED_HOSTS, BASE_DIR, DATA_DIR, FIELD_KEY, SECRET_KEY, SITE_URL  # noqa: F401
from .files import *  # noqa: F403
from .languages import *  # noqa: F403
from .mail_and_logs import *  # noqa: F403
from .paces import *  # noqa: F403
from .payments import *  # noqa: F403
from .security import *  # noqa: F403
from .shop import *  # noqa: F403
from .templates import *  # noqa: F403
from .work import *  # noqa: F403

DEBUG = False
DEMO = False
"""True where demo accounts and the demo payment provider may be shown."""
DEMO_LOADERS = [
    "incubator.matching.demo.load",
    "incubator.members.demo.load",
    "incubator.sales.demo.load",
    "incubator.agreements.demo.load",
    "incubator.parks.demo.load",
    "incubator.households.demo.load",
    "incubator.income.demo.load",
    "incubator.impact.demo.load",
    "cms.demo.load",
]
"""Functions of further packages that `load_demo` calls after the shop's own, by dotted name and in order; each may run twice."""
