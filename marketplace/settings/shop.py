"""What Oscar is told about our shop."""

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403

OSCAR_SHOP_NAME = _("Yanxing")
OSCAR_SHOP_TAGLINE = _("Good things from home, and where they come from")
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_CURRENCY_FORMAT = {"CNY": {"format": "¥#,##0.00"}}
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_SLUG_FUNCTION = "marketplace.core.pinyin.slug"
OSCAR_THUMBNAILER = "oscar.core.thumbnails.EasyThumbnails"
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "state", "country")
OSCAR_BASKET_COOKIE_OPEN = "basket"
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 999

# Order states are moved by marketplace.order.states; Oscar only needs the names for its lists.
OSCAR_INITIAL_ORDER_STATUS = "awaiting_payment"
OSCAR_INITIAL_LINE_STATUS = "awaiting_payment"
OSCAR_ORDER_STATUS_PIPELINE = {
    "awaiting_payment": (),
    "awaiting_shipment": (),
    "awaiting_receipt": (),
    "completed": (),
    "closed": (),
}

# Oscar imports Haystack; we search with modelsearch and keep Haystack silent.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

# The dashboard shows what operators use, in few headings, so that they stand in one row. No offers or vouchers of Oscar's.
OSCAR_DASHBOARD_DEFAULT_ACCESS_FUNCTION = "marketplace.dashboard.access.is_shown"
OSCAR_DASHBOARD_NAVIGATION = [
    {"label": _("Orders"), "icon": "fas fa-shopping-cart", "url_name": "dashboard:order-list"},
    {
        "label": _("Help for buyers"),
        "icon": "fas fa-comments",
        "children": [
            {"label": _("After-sale cases"), "url_name": "dashboard:case-list"},
            {"label": _("Complaints"), "url_name": "dashboard:complaints"},
            {"label": _("Reviews"), "url_name": "dashboard:buyer-reviews"},
            {"label": _("Product questions"), "url_name": "dashboard:questions"},
        ],
    },
    {
        "label": _("Money"),
        "icon": "fas fa-coins",
        "children": [
            {"label": _("Transfers to confirm"), "url_name": "dashboard:transfer-list"},
            {"label": _("Refunds to make"), "url_name": "dashboard:refund-list"},
            {"label": _("Payments"), "url_name": "dashboard:money-payments"},
            {"label": _("Provider's news"), "url_name": "dashboard:money-news"},
            {"label": _("Payouts"), "url_name": "dashboard:money-payouts"},
            {"label": _("Statements"), "url_name": "dashboard:money-statements"},
            {"label": _("Invoices to issue"), "url_name": "dashboard:money-invoices"},
            {"label": _("Income of sellers"), "url_name": "dashboard:income"},
            {"label": _("Adjustments"), "url_name": "dashboard:money-adjustments"},
            {"label": _("Reconciliation"), "url_name": "dashboard:money-reconcile"},
        ],
    },
    {
        "label": _("Catalogue"),
        "icon": "fas fa-sitemap",
        "children": [
            {"label": _("Listings to review"), "url_name": "dashboard:listing-queue"},
            {"label": _("Products"), "url_name": "dashboard:listing-goods"},
            {"label": _("Categories"), "url_name": "dashboard:catalogue-category-list"},
            {"label": _("Low stock alerts"), "url_name": "dashboard:stock-alert-list"},
            {"label": _("Promotions"), "url_name": "dashboard:promotions"},
        ],
    },
    {
        "label": _("Sellers"),
        "icon": "fas fa-store",
        "children": [
            {"label": _("Applications for shops"), "url_name": "dashboard:shop-applications"},
            {"label": _("Papers of shops"), "url_name": "dashboard:shop-licences"},
            {"label": _("All sellers"), "url_name": "dashboard:partner-list"},
        ],
    },
    {
        "label": _("Staff and accounts"),
        "icon": "fas fa-users",
        "children": [
            {"label": _("Staff"), "url_name": "dashboard:staff"},
            {"label": _("Accounts"), "url_name": "dashboard:users-index"},
        ],
    },
    {
        "label": _("Operations"),
        "icon": "fas fa-heartbeat",
        "children": [
            {"label": _("Running the site"), "url_name": "dashboard:failed-tasks"},
            {"label": _("Unsent messages"), "url_name": "dashboard:stuck-notices"},
            {"label": _("Updates not passed on yet"), "url_name": "dashboard:money-outbox"},
        ],
    },
]

UNPAID_ONLINE_MINUTES = 30
UNPAID_TRANSFER_HOURS = 72
RECEIPT_CONFIRMED_AFTER_DAYS = 10
RECEIPT_CONFIRMED_AFTER_CASE_DAYS = 3
"""How long a buyer has at least to confirm receipt once an after-sale case of the order is settled."""
PARCEL_UNDO_MINUTES = 60
"""How long a seller may take back a parcel noted by mistake."""
CASH_ON_DELIVERY_LIMIT = 500
"""Largest purchase in yuan that may be paid to the courier."""
PRODUCTS_PER_PAGE = 24
