"""How fast one person may do what costs others time or room; ``marketplace.accounts.pacing`` holds her to it.

Passwords, codes, vouchers and invitations have strict limits of their own, counted in the database.
"""

MINUTE = 60

PACES = {
    "post": (300, 10 * MINUTE),
    "words": (60, 10 * MINUTE),
    "upload": (600, 10 * MINUTE),
    "search": (120, MINUTE),
}
"""Name of a pace → so often in so many seconds, each person signed in. Every form counts towards ``post``, but for uploads: a phone
sends its photos one by one."""
PACE_OF_AN_ADDRESS = 5
"""So many times as much for all visitors behind one address together: a village shares one behind its mobile operator."""

PACED = {
    "words": [
        "catalogue:questions", "checkout:ask", "checkout:case-deed", "checkout:complain-order", "checkout:invoice",
        "customer:about-order", "customer:about-product", "customer:ask", "customer:case-deed", "customer:complain-order",
        "customer:complain-product", "customer:complain-shop", "customer:invoice", "customer:review", "customer:review-more",
        "customer:thread", "accounts:sign-up", "incubator:fairs:apply", "incubator:fairs:application", "seller:open",
    ],
    "upload": ["payment:slip", "seller:draft-photos", "seller:goods-table", "incubator:sales:take-in"],
    "search": ["catalogue:index", "catalogue:category", "catalogue:suggest", "learning:check"],
}  # fmt: skip
"""Which addresses belong to it: texts that somebody has to read, files that have to be looked through, searches."""
UNPACED = ["stripe-webhook", "payment:ask", "text-size", "set_language", "seller:draft"]
"""Posts that machines send by themselves, or that cost nothing: a draft saves itself while it is written."""
