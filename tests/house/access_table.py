"""URL × role: who may open which of our addresses. A new address without a line here fails the suite.

To add one: find its name with its namespaces (``seller:orders``), and say who may, and an example of the address where it
holds a number or a name:

    "seller:orders": SELLERS,
    "seller:order": SELLER.at(lambda w: reverse("seller:order", args=[w.order.number])),
    "seller:ship": SELLER.at(lambda w: …).posted,

``w`` is the world of world.py; an address changed by POST only is ``posted`` (an empty form is sent, and whatever a form
may answer is fine). A rule names the roles that may; the others must be told 403 or 404 or be led to opening a shop, and
nobody signed in must be led to sign in (or, ``hidden``, be told 404).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse

from incubator.learning.attending import token_for
from tests.house.world import ROLES


@dataclass(frozen=True)
class Rule:
    """Who may open an address, how it is asked for, and an example of it."""

    may: frozenset[str]
    address: Callable | None = None
    method: str = "get"
    signs_in: bool = True

    def at(self, address: Callable) -> "Rule":
        return replace(self, address=address)

    @property
    def posted(self) -> "Rule":
        return replace(self, method="post")

    @property
    def hidden(self) -> "Rule":
        """Nobody signed in is told 403 or 404 as well, instead of being led to sign in."""
        return replace(self, signs_in=False)

    def expected(self, role: str) -> str:
        """``open``, ``sign in`` or ``refused``."""
        if role in self.may:
            return "open"
        return "sign in" if role == "anonymous" and self.signs_in else "refused"


def only(*roles: str) -> Rule:
    """These roles, and nobody else."""
    return Rule(frozenset(roles))


PUBLIC = only(*ROLES)
SIGNED_IN = only(*(role for role in ROLES if role != "anonymous"))
BUYER = only("buyer")
"""What belongs to the buyer of the world."""
SELLERS = only("seller", "second_seller")
SELLER = only("seller")
"""What belongs to the first seller of the world."""
INCUBATORS = only("incubator", "neighbour", "operator")
INCUBATOR = only("incubator", "operator")
"""What belongs to the first county of the world."""
OPERATOR = only("operator")


def to(name: str, attribute: str) -> Callable:
    """The address ``name`` of a thing of the world: ``to("seller:order", "order.number")``."""

    def address(world):
        thing = world
        for step in attribute.split("."):
            thing = getattr(thing, step)
        return reverse(name, args=[thing])

    return address


def of_order(name: str) -> Callable:
    """An address below a purchase's unguessable one."""
    return lambda w: reverse(name, args=[w.order.purchase.token, w.order.number])


def of_parcel(name: str) -> Callable:
    """An address of the parcel of the world's order."""
    return lambda w: reverse(name, args=[w.order.number, w.order.parcels.get().pk])


def of_case(name: str, *more, token: bool = False) -> Callable:
    """An address of the world's case; with ``token`` one below its purchase's unguessable one."""

    def address(world):
        start = [world.case.order.purchase.token] if token else []
        return reverse(name, args=[*start, world.case.number, *more])

    return address


def of_case_photo(name: str, *, token: bool = False) -> Callable:
    """The address of the photo shown in the world's case."""
    return lambda w: of_case(name, w.case_photo.pk, token=token)(w)


def of_guest_complaint(name: str, *, photo: bool = False) -> Callable:
    """An address of the guest's complaint, below her purchase's unguessable one."""

    def address(world):
        found = world.guest_complaint
        more = [found.photos.get().pk] if photo else []
        return reverse(name, args=[found.order.purchase.token, found.number, *more])

    return address


def of_thread_photo(name: str) -> Callable:
    """The address of the picture in the world's thread."""
    return lambda w: reverse(name, args=[w.message_photo.message.thread_id, w.message_photo.pk])


ACCESS: dict[str, Rule] = {
    # the house
    "home": PUBLIC,
    "healthz": PUBLIC,
    "metrics": PUBLIC,
    "cookies": PUBLIC,
    "robots": PUBLIC,
    "manifest": PUBLIC,
    "gallery": PUBLIC,
    "area-tree": PUBLIC.at(lambda w: reverse("area-tree", args=["23"])),
    "text-size": PUBLIC.posted,
    "set_language": PUBLIC.posted,
    "sitemap-index": PUBLIC,
    "django.contrib.sitemaps.views.sitemap": PUBLIC.at(lambda w: "/sitemap-products.xml"),
    # Wagtail's pages
    "wagtail_serve": PUBLIC.at(lambda w: "/about/"),
    "wagtailcore_authenticate_with_password": only()
    .hidden.at(lambda w: reverse("wagtailcore_authenticate_with_password", args=[1, 1]))
    .posted,
    # accounts
    "accounts:sign-in": PUBLIC,
    "accounts:sign-in-code": PUBLIC,
    "accounts:second": SIGNED_IN,
    "accounts:second-set-up": only("incubator", "neighbour", "editor", "operator", "reviewer"),
    "accounts:second-codes": only(),
    "accounts:sign-up": PUBLIC,
    "accounts:sign-out": PUBLIC.posted,
    "accounts:password": PUBLIC,
    "accounts:password-code": PUBLIC,
    "accounts:password-link": PUBLIC.at(lambda w: reverse("accounts:password-link", args=["MQ", "a-b"])),
    # catalogue, shops, producers
    "catalogue:index": PUBLIC,
    "catalogue:suggest": PUBLIC,
    "catalogue:category": PUBLIC.at(lambda w: w.category.get_absolute_url()),
    "catalogue:questions": PUBLIC.at(to("catalogue:questions", "goods.pk")),
    "catalogue:reviews": PUBLIC.at(to("catalogue:reviews", "goods.pk")),
    "catalogue:detail": PUBLIC.at(lambda w: w.goods.get_absolute_url()),
    "sellers:shop": PUBLIC.at(lambda w: w.shop.get_absolute_url()),
    "sharing:go": PUBLIC.at(to("sharing:go", "share_link.code")),
    "sharing:link-poster": PUBLIC.at(lambda w: reverse("sharing:link-poster", args=[w.share_link.code, "webp"])),
    "sharing:product": PUBLIC.at(to("sharing:product", "goods.pk")),
    "sharing:product-poster": PUBLIC.at(lambda w: reverse("sharing:product-poster", args=[w.goods.pk, "webp"])),
    "sharing:shop": PUBLIC.at(to("sharing:shop", "shop.slug")),
    "sharing:shop-poster": PUBLIC.at(lambda w: reverse("sharing:shop-poster", args=[w.shop.slug, "webp"])),
    "producers:detail": PUBLIC.at(lambda w: w.producer.get_absolute_url()),
    # basket, checkout, payment: a guest has only the unguessable link, so whoever has it may
    "basket:summary": PUBLIC,
    "basket:add": PUBLIC.posted,
    "basket:buy": PUBLIC.posted,
    "basket:change": only().hidden.at(lambda w: reverse("basket:change", args=[1])).posted,
    "basket:province": PUBLIC.posted,
    "basket:voucher": PUBLIC,
    "checkout:index": PUBLIC,
    "checkout:quote": PUBLIC.posted,
    "checkout:parse-address": PUBLIC.posted,
    "checkout:purchase": PUBLIC.at(to("checkout:purchase", "purchase.token")),
    "checkout:cancel": PUBLIC.at(to("checkout:cancel", "purchase.token")).posted,
    "checkout:order": PUBLIC.at(of_order("checkout:order")),
    "checkout:order-receive": PUBLIC.at(of_order("checkout:order-receive")).posted,
    "checkout:order-cancel": PUBLIC.at(of_order("checkout:order-cancel")).posted,
    "stripe-webhook": PUBLIC.posted,
    "checkout:ask": PUBLIC.at(of_order("checkout:ask")),
    "checkout:invoice": PUBLIC.at(of_order("checkout:invoice")),
    "checkout:invoice-file": PUBLIC.at(
        lambda w: reverse("checkout:invoice-file", args=[w.invoice.order.purchase.token, w.invoice.order.number])
    ),
    "checkout:case": PUBLIC.at(of_case("checkout:case", token=True)),
    "checkout:case-deed": PUBLIC.at(of_case("checkout:case-deed", "say", token=True)).posted,
    "checkout:case-photo": PUBLIC.at(of_case_photo("checkout:case-photo", token=True)),
    "checkout:complain-order": PUBLIC.at(of_order("checkout:complain-order")),
    "checkout:complaint": PUBLIC.at(of_guest_complaint("checkout:complaint")),
    "checkout:complaint-withdraw": PUBLIC.at(of_guest_complaint("checkout:complaint-withdraw")).posted,
    "checkout:complaint-photo": PUBLIC.at(of_guest_complaint("checkout:complaint-photo", photo=True)),
    "payment:pay": PUBLIC.at(to("payment:pay", "attempt.key")).posted,
    "payment:ask": PUBLIC.at(to("payment:ask", "attempt.key")).posted,
    "payment:back": PUBLIC.at(to("payment:back", "attempt.key")),
    "payment:demo": PUBLIC.at(to("payment:demo", "attempt.key")),
    "payment:slip": PUBLIC.at(to("payment:slip", "transfer.key")).posted,
    # the buyer's account
    "customer:account": SIGNED_IN,
    "customer:orders": SIGNED_IN,
    "customer:orders-claim": SIGNED_IN.posted,
    "customer:order": BUYER.at(to("customer:order", "order.number")),
    "customer:order-receive": BUYER.at(to("customer:order-receive", "order.number")).posted,
    "customer:order-cancel": BUYER.at(to("customer:order-cancel", "order.number")).posted,
    "customer:ask": BUYER.at(to("customer:ask", "order.number")),
    "customer:invoice": BUYER.at(to("customer:invoice", "order.number")),
    "customer:invoice-file": BUYER.at(to("customer:invoice-file", "invoice.order.number")),
    "customer:cases": SIGNED_IN,
    "customer:case": BUYER.at(of_case("customer:case")),
    "customer:case-deed": BUYER.at(of_case("customer:case-deed", "say")).posted,
    "customer:case-photo": BUYER.at(of_case_photo("customer:case-photo")),
    "customer:threads": SIGNED_IN,
    "customer:thread": BUYER.at(to("customer:thread", "message_photo.message.thread_id")),
    "customer:thread-photo": BUYER.at(of_thread_photo("customer:thread-photo")),
    "customer:about-product": SIGNED_IN.at(to("customer:about-product", "goods.pk")),
    "customer:about-order": BUYER.at(to("customer:about-order", "order.number")),
    "customer:review": BUYER.at(to("customer:review", "review.line.order.number")),
    "customer:review-more": BUYER.at(to("customer:review-more", "review.pk")).posted,
    "customer:complaints": SIGNED_IN,
    "customer:complain-product": SIGNED_IN.at(to("customer:complain-product", "goods.pk")),
    "customer:complain-shop": SIGNED_IN.at(to("customer:complain-shop", "shop.slug")),
    "customer:complain-order": BUYER.at(to("customer:complain-order", "order.number")),
    "customer:complaint": BUYER.at(to("customer:complaint", "complaint.number")),
    "customer:complaint-withdraw": BUYER.at(to("customer:complaint-withdraw", "complaint.number")).posted,
    "customer:complaint-photo": BUYER.at(
        lambda w: reverse("customer:complaint-photo", args=[w.complaint.number, w.complaint.photos.get().pk])
    ),
    "customer:addresses": SIGNED_IN,
    "customer:address-new": SIGNED_IN,
    "customer:address": BUYER.at(to("customer:address", "address.pk")),
    "customer:address-usual": BUYER.at(to("customer:address-usual", "address.pk")).posted,
    "customer:address-delete": BUYER.at(to("customer:address-delete", "address.pk")).posted,
    "customer:notices": SIGNED_IN,
    "customer:notices-read": SIGNED_IN.posted,
    "customer:notice-ways": SIGNED_IN,
    "customer:notice": BUYER.at(to("customer:notice", "notice.pk")),
    "customer:security": SIGNED_IN,
    "customer:password": SIGNED_IN,
    "customer:nickname": SIGNED_IN,
    "customer:mobile": SIGNED_IN,
    "customer:email": SIGNED_IN,
    "customer:sessions-end": SIGNED_IN.posted,
    "customer:session-end": BUYER.at(to("customer:session-end", "session.handle")).posted,
    "customer:privacy": SIGNED_IN,
    "customer:export": SIGNED_IN,
    "customer:close": SIGNED_IN,
    "customer:withdraw": BUYER.at(to("customer:withdraw", "given_consent.pk")).posted,
    "customer:favourites": SIGNED_IN,
    "customer:favourite": SIGNED_IN.at(to("customer:favourite", "goods.pk")).posted,
    # the seller centre
    "seller:home": SELLERS,
    "seller:open": SIGNED_IN,
    "seller:money": SELLERS,
    "seller:money-withdraw": SELLERS.posted,
    "seller:money-statement": SELLERS,
    "seller:money-statement-table": SELLERS,
    "seller:money-statement-paper": SELLERS,
    "seller:invoices": SELLERS,
    "seller:invoice": SELLER.at(to("seller:invoice", "invoice.pk")),
    "seller:invoice-decline": SELLER.at(to("seller:invoice-decline", "invoice.pk")).posted,
    "seller:invoice-file": SELLER.at(to("seller:invoice-file", "invoice.pk")),
    "seller:money-account": SELLERS,
    "seller:money-transfers": SELLERS.posted,
    "seller:money-transfers-back": SELLERS,
    "seller:links": SELLERS,
    "seller:links-table": SELLERS,
    "seller:link": SELLER.at(to("seller:link", "share_link.pk")),
    "seller:link-end": SELLER.at(to("seller:link-end", "share_link.pk")).posted,
    "seller:team": SELLERS,
    "seller:leave": SELLERS,
    "seller:team-role": SELLER.at(to("seller:team-role", "member.pk")).posted,
    "seller:team-remove": SELLER.at(to("seller:team-remove", "member.pk")).posted,
    "seller:invitation-link": SELLER.at(to("seller:invitation-link", "invitation.pk")).posted,
    "seller:invitation-withdraw": SELLER.at(to("seller:invitation-withdraw", "invitation.pk")).posted,
    "seller:join": PUBLIC.at(to("seller:join", "invitation_token")),
    "seller:act-for": only().at(lambda w: reverse("seller:act-for")).posted,
    "seller:orders": SELLERS,
    "seller:slips": SELLERS,
    "seller:labels": SELLERS,
    "seller:orders-table": SELLERS,
    "seller:orders-bulk": SELLERS,
    "seller:order": SELLER.at(to("seller:order", "order.number")),
    "seller:parcel": SELLER.at(of_parcel("seller:parcel")),
    "seller:parcel-undo": SELLER.at(of_parcel("seller:parcel-undo")).posted,
    "seller:products": SELLERS,
    "seller:product-new": SELLERS,
    "seller:product-edit": SELLER.at(to("seller:product-edit", "goods.pk")).posted,
    "seller:product-again": SELLER.at(to("seller:product-again", "goods.pk")).posted,
    "seller:product-stock": SELLER.at(to("seller:product-stock", "goods.pk")),
    "seller:product-shelf": SELLER.at(to("seller:product-shelf", "goods.pk")).posted,
    "seller:closure": SELLERS,
    "seller:promotions": SELLERS,
    "seller:promotions-table": SELLERS,
    "seller:promotion-new": SELLERS,
    "seller:promotion": SELLER.at(to("seller:promotion", "promotion.pk")),
    "seller:promotion-move": SELLER.at(
        lambda w: reverse("seller:promotion-move", args=[w.promotion.pk, "pause"])
    ).posted,
    "seller:licences": SELLERS,
    "seller:licence-photo": SELLER.at(to("seller:licence-photo", "licence.pk")),
    "seller:low-stock": SELLERS.posted,
    "seller:pools": SELLERS,
    "seller:supply": SELLERS,
    "seller:supply-revoke": only("second_seller").at(to("seller:supply-revoke", "grant.pk")).posted,
    "seller:supply-sell": SELLER.at(to("seller:supply-sell", "grant.pk")).posted,
    "seller:goods-table": SELLERS,
    "seller:goods-table-file": SELLERS,
    "seller:goods-table-undo": SELLER.at(to("seller:goods-table-undo", "goods_import.pk")).posted,
    "seller:paper": SELLER.at(to("seller:paper", "paper.pk")),
    "seller:draft": SELLER.at(to("seller:draft", "draft.key")),
    "seller:draft-photos": SELLER.at(to("seller:draft-photos", "draft.key")).posted,
    "seller:draft-take-back": SELLER.at(to("seller:draft-take-back", "draft.key")).posted,
    "seller:draft-drop": SELLER.at(to("seller:draft-drop", "draft.key")).posted,
    "seller:threads": SELLERS,
    "seller:thread": SELLER.at(to("seller:thread", "message_photo.message.thread_id")),
    "seller:thread-photo": SELLER.at(of_thread_photo("seller:thread-photo")),
    "seller:questions": SELLERS,
    "seller:answer": SELLER.at(to("seller:answer", "question.pk")).posted,
    "seller:reviews": SELLERS,
    "seller:review-reply": SELLER.at(to("seller:review-reply", "review.pk")).posted,
    "seller:complaints": SELLERS,
    "seller:complaint-speak": SELLER.at(to("seller:complaint-speak", "complaint.number")).posted,
    "seller:cases": SELLERS,
    "seller:case": SELLER.at(of_case("seller:case")),
    "seller:case-deed": SELLER.at(of_case("seller:case-deed", "say")).posted,
    "seller:case-photo": SELLER.at(of_case_photo("seller:case-photo")),
    # the incubator's workspace
    "incubator:today": INCUBATORS,
    "incubator:members:cooperatives": INCUBATORS,
    "incubator:members:cooperative": INCUBATOR.at(to("incubator:members:cooperative", "cooperative.pk")),
    "incubator:members:cooperative-shop": INCUBATOR.at(to("incubator:members:cooperative-shop", "cooperative.pk")),
    "incubator:members:partner-shop": INCUBATOR.at(to("incubator:members:partner-shop", "ecommerce_partner.pk")),
    "incubator:members:partners": INCUBATORS,
    "incubator:members:strategic-partners": INCUBATORS,
    "incubator:members:strategic-partner": INCUBATORS.at(
        to("incubator:members:strategic-partner", "strategic_partner.pk")
    ),
    "incubator:members:bodies": INCUBATORS,
    "incubator:members:body": INCUBATOR.at(to("incubator:members:body", "body.pk")),
    "incubator:members:body-export": INCUBATOR.at(to("incubator:members:body-export", "body.pk")),
    "incubator:members:new-body": INCUBATORS,
    "incubator:members:new-strategic-partner": INCUBATORS,
    "incubator:members:join": INCUBATOR.at(to("incubator:members:join", "body.pk")).posted,
    "incubator:members:move-membership": INCUBATOR.at(
        lambda w: reverse("incubator:members:move-membership", args=[w.body.memberships.get().pk])
    ).posted,
    "incubator:members:offer": INCUBATORS.at(to("incubator:members:offer", "strategic_partner.pk")).posted,
    "incubator:members:take-part": INCUBATORS.at(
        lambda w: reverse(
            "incubator:members:take-part", args=[w.strategic_partner.programmes.get_or_create(name="样例项目")[0].pk]
        )
    ).posted,
    # parks
    "incubator:parks:parks": INCUBATORS,
    "incubator:parks:export": INCUBATORS,
    "incubator:parks:new": INCUBATORS,
    "incubator:parks:open": PUBLIC,
    "incubator:parks:join": SIGNED_IN.at(to("incubator:parks:join", "park.pk")),
    "incubator:parks:mine": BUYER.at(to("incubator:parks:mine", "desk_application.pk")),
    "incubator:parks:requests": INCUBATORS,
    "incubator:parks:requests-export": INCUBATORS,
    "incubator:parks:park": INCUBATOR.at(to("incubator:parks:park", "park.pk")),
    "incubator:parks:change": INCUBATOR.at(to("incubator:parks:change", "park.pk")),
    "incubator:parks:add-desks": INCUBATOR.at(to("incubator:parks:add-desks", "park.pk")).posted,
    "incubator:parks:appoint": INCUBATOR.at(to("incubator:parks:appoint", "park.pk")).posted,
    "incubator:parks:apply": INCUBATOR.at(to("incubator:parks:apply", "park.pk")),
    "incubator:parks:desk-use": INCUBATOR.at(
        lambda w: reverse("incubator:parks:desk-use", args=[w.park.desks.get().pk])
    ).posted,
    "incubator:parks:leave": INCUBATOR.at(to("incubator:parks:leave", "committee_member.pk")).posted,
    "incubator:parks:tenancy": INCUBATOR.at(to("incubator:parks:tenancy", "team.pk")),
    "incubator:parks:change-team": INCUBATOR.at(to("incubator:parks:change-team", "team.pk")),
    "incubator:parks:move": INCUBATOR.at(to("incubator:parks:move", "team.pk")).posted,
    "incubator:parks:book": INCUBATOR.at(to("incubator:parks:book", "team.pk")).posted,
    "incubator:parks:ask": INCUBATOR.at(to("incubator:parks:ask", "team.pk")).posted,
    "incubator:parks:free": INCUBATOR.at(to("incubator:parks:free", "desk_booking.pk")).posted,
    "incubator:parks:line": INCUBATOR.at(
        lambda w: reverse("incubator:parks:line", args=[w.team.lines.first().pk])
    ).posted,
    "incubator:parks:move-request": INCUBATOR.at(to("incubator:parks:move-request", "service_request.pk")).posted,
    "incubator:parks:register": only().at(to("incubator:parks:register", "service_request.pk")).posted,
    "incubator:parks:move-referral": INCUBATOR.at(
        lambda w: reverse("incubator:parks:move-referral", args=[w.service_request.referral.pk])
    ).posted,
    "incubator:learning:funnel": INCUBATORS,
    "incubator:learning:cohort": INCUBATOR.at(to("incubator:learning:cohort", "enrolment.cohort.pk")),
    "incubator:learning:programme-new": INCUBATORS,
    "incubator:learning:cohort-new": INCUBATORS,
    "incubator:learning:cohort-change": INCUBATOR.at(to("incubator:learning:cohort-change", "enrolment.cohort.pk")),
    "incubator:learning:session-new": INCUBATOR.at(to("incubator:learning:session-new", "enrolment.cohort.pk")),
    "incubator:learning:roster": INCUBATOR.at(to("incubator:learning:roster", "enrolment.cohort.pk")).posted,
    "incubator:learning:roster-run": INCUBATOR.at(
        lambda w: reverse("incubator:learning:roster-run", args=[w.enrolment.cohort_id, w.roster_run.pk])
    ),
    "incubator:learning:session": INCUBATOR.at(to("incubator:learning:session", "school_session.pk")),
    "incubator:learning:session-code": INCUBATOR.at(to("incubator:learning:session-code", "school_session.pk")),
    "incubator:learning:assignments": INCUBATORS,
    "incubator:learning:assignment": INCUBATOR.at(to("incubator:learning:assignment", "submission.pk")),
    "incubator:learning:learner-name": INCUBATOR.at(to("incubator:learning:learner-name", "enrolment.pk")).posted,
    "incubator:learning:certify": INCUBATOR.at(to("incubator:learning:certify", "enrolment.pk")).posted,
    "incubator:learning:revoke": INCUBATOR.at(to("incubator:learning:revoke", "certificate.pk")),
    "incubator:learning:events": INCUBATORS,
    "incubator:learning:event": INCUBATOR.at(to("incubator:learning:event", "gathering.pk")),
    "incubator:learning:event-new": INCUBATORS,
    "incubator:learning:event-change": INCUBATOR.at(to("incubator:learning:event-change", "gathering.pk")),
    "incubator:learning:event-put-down": INCUBATOR.at(to("incubator:learning:event-put-down", "gathering.pk")).posted,
    "incubator:learning:event-let-in": INCUBATOR.at(to("incubator:learning:event-let-in", "registration.pk")).posted,
    "incubator:learning:event-code": INCUBATOR.at(to("incubator:learning:event-code", "gathering.pk")),
    "events:event": PUBLIC.at(to("events:event", "gathering.code")),
    "events:here": SIGNED_IN.at(lambda w: reverse("events:here", args=[token_for(w.gathering)])),
    # training: anybody may check a certificate, its holder and her teachers print it
    "lesson-worker": PUBLIC,
    "seller:listing-worker": PUBLIC,
    "enrol": SIGNED_IN.at(lambda w: f"{w.lesson_page.course_page().url}enrol/").posted,
    "lesson-learnt": SIGNED_IN.at(lambda w: f"{w.lesson_page.url}learnt/").posted,
    "certificate-name": SIGNED_IN.at(lambda w: f"{w.lesson_page.course_page().url}name/").posted,
    "lesson-assignment": SIGNED_IN.at(lambda w: f"{w.lesson_page.url}assignment/").posted,
    "lesson-quiz": SIGNED_IN.at(lambda w: f"{w.lesson_page.url}quiz/").posted,
    "learning:check": PUBLIC,
    "learning:attend": SIGNED_IN.at(lambda w: reverse("learning:attend", args=[token_for(w.school_session)])),
    "learning:certificate": PUBLIC.at(to("learning:certificate", "certificate.code")),
    "learning:certificate-paper": only("seller", "incubator", "operator").hidden.at(
        to("learning:certificate-paper", "certificate.code")
    ),
    "impact:figures": PUBLIC,
    "impact:csv": PUBLIC.at(lambda w: reverse("impact:csv") + f"?snapshot={w.released_snapshot.pk}"),
    "incubator:impact:snapshots": INCUBATORS,
    "incubator:impact:snapshot": INCUBATOR.at(to("incubator:impact:snapshot", "snapshot.pk")),
    "incubator:impact:release": INCUBATOR.at(to("incubator:impact:release", "snapshot.pk")).posted,
    "incubator:impact:behind": INCUBATOR.at(to("incubator:impact:behind", "snapshot.pk")),
    "incubator:households:households": OPERATOR,
    "incubator:households:register": OPERATOR,
    "incubator:households:export": OPERATOR.posted,
    "incubator:households:household": OPERATOR.at(to("incubator:households:household", "household.key")),
    "incubator:households:withdraw": OPERATOR.at(to("incubator:households:withdraw", "household.key")).posted,
    "incubator:households:end-link": OPERATOR.at(
        lambda w: reverse("incubator:households:end-link", args=[w.household.links.get().pk])
    ).posted,
    "incubator:sales:figures": INCUBATORS,
    "incubator:sales:export": INCUBATORS,
    "incubator:sales:stalled": INCUBATORS,
    "incubator:sales:stalled-export": INCUBATORS,
    "incubator:sales:value": INCUBATORS,
    "incubator:sales:value-export": INCUBATORS,
    "incubator:sales:raw-price": only("incubator", "operator").at(
        lambda w: reverse("incubator:sales:raw-price") + f"?good={w.sold_good}"
    ),
    "incubator:sales:imports": INCUBATORS,
    "incubator:sales:bring": INCUBATORS,
    "incubator:sales:bring-as": INCUBATORS.posted,
    "incubator:sales:take-in": INCUBATORS.posted,
    "incubator:sales:import": INCUBATOR.at(to("incubator:sales:import", "sales_import.pk")),
    "incubator:sales:undo": INCUBATOR.at(to("incubator:sales:undo", "sales_import.pk")).posted,
    "incubator:sales:unattributed": INCUBATORS,
    "incubator:sales:attribute": only().at(lambda w: reverse("incubator:sales:attribute")).posted,
    "incubator:sales:teach": INCUBATORS.posted,
    "incubator:sales:accounts": INCUBATORS,
    "incubator:sales:forget": INCUBATOR.at(
        lambda w: reverse("incubator:sales:forget", args=[w.sales_import.account_id])
    ).posted,
    "incubator:income:waterfall": INCUBATORS,
    "incubator:income:waterfall-export": INCUBATORS,
    "incubator:income:costs": INCUBATORS,
    "incubator:income:drop-cost": INCUBATOR.at(to("incubator:income:drop-cost", "cost_rule.pk")).posted,
    "incubator:income:rounds": OPERATOR,
    "incubator:income:new-round": OPERATOR,
    "incubator:income:round": OPERATOR.at(to("incubator:income:round", "income_round.pk")),
    "incubator:income:finish": OPERATOR.at(to("incubator:income:finish", "income_round.pk")).posted,
    "incubator:income:round-export": OPERATOR.at(to("incubator:income:round-export", "income_round.pk")).posted,
    "incubator:agreements:open-goods": INCUBATOR.at(to("incubator:agreements:open-goods", "cooperation.pk")).posted,
    "incubator:agreements:close-goods": INCUBATOR.at(to("incubator:agreements:close-goods", "cooperation.pk")).posted,
    "incubator:agreements:charge": INCUBATOR.at(to("incubator:agreements:charge", "cooperation.pk")).posted,
    "incubator:agreements:split": INCUBATOR.at(to("incubator:agreements:split", "agreed_fair.pk")),
    "incubator:agreements:take-split": INCUBATOR.at(to("incubator:agreements:take-split", "agreed_fair.pk")).posted,
    "incubator:agreements:agreements": INCUBATORS,
    "incubator:agreements:export": INCUBATORS,
    "incubator:agreements:draw-up": INCUBATORS,
    "incubator:agreements:agreement": INCUBATOR.at(to("incubator:agreements:agreement", "cooperation.pk")),
    "incubator:agreements:terms": INCUBATOR.at(to("incubator:agreements:terms", "cooperation.pk")),
    "incubator:agreements:move": INCUBATOR.at(to("incubator:agreements:move", "cooperation.pk")).posted,
    "incubator:agreements:paper": INCUBATOR.at(to("incubator:agreements:paper", "cooperation.pk")),
    "incubator:agreements:count-good": INCUBATOR.at(to("incubator:agreements:count-good", "cooperation.pk")).posted,
    "incubator:agreements:leave-out-good": INCUBATOR.at(
        to("incubator:agreements:leave-out-good", "agreement_good.pk")
    ).posted,
    "incubator:fairs:fairs": INCUBATORS,
    "incubator:fairs:plan": INCUBATORS,
    "incubator:fairs:fair": INCUBATOR.at(to("incubator:fairs:fair", "fair.pk")),
    "incubator:fairs:move": INCUBATOR.at(to("incubator:fairs:move", "fair.pk")).posted,
    "incubator:fairs:enrol": INCUBATOR.at(to("incubator:fairs:enrol", "fair.pk")).posted,
    "incubator:fairs:begin": INCUBATOR.at(to("incubator:fairs:begin", "fair.pk")).posted,
    "incubator:fairs:registered": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:registered", args=[w.fair.pk, "products"])
    ),
    "incubator:fairs:slots": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:slots", args=[w.fair.pk, "partners", w.fair.partners.first().pk])
    ).posted,
    "incubator:fairs:sheet": INCUBATOR.at(lambda w: reverse("incubator:fairs:sheet", args=[w.fair.pk, "products"])),
    "incubator:fairs:sheet-sample": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:sheet-sample", args=[w.fair.pk, "products"])
    ),
    "incubator:fairs:sheet-take-in": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:sheet-take-in", args=[w.fair.pk, "products"])
    ).posted,
    "incubator:fairs:undo": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:undo", args=[w.fair.pk, w.fair_import.pk])
    ).posted,
    "incubator:fairs:run": INCUBATOR.at(to("incubator:fairs:run", "match_run.pk")),
    "incubator:fairs:export": INCUBATOR.at(to("incubator:fairs:export", "match_run.pk")),
    "incubator:fairs:compare": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:compare", args=[w.second_match_run.pk]) + "?with=1"
    ),
    "incubator:fairs:approve": INCUBATOR.at(to("incubator:fairs:approve", "match_run.pk")).posted,
    "incubator:fairs:pair": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:pair", args=[w.match_run.pk]) + "?product=P1&partner=E1"
    ),
    "incubator:fairs:timetable": INCUBATOR.at(to("incubator:fairs:timetable", "fair.pk")),
    "incubator:fairs:timetable-cards": INCUBATOR.at(to("incubator:fairs:timetable-cards", "timetable.pk")),
    "incubator:fairs:timetable-export": INCUBATOR.at(to("incubator:fairs:timetable-export", "timetable.pk")),
    "incubator:fairs:card": PUBLIC.at(to("incubator:fairs:card", "meeting_card")),
    "incubator:fairs:open": PUBLIC,
    "incubator:fairs:apply": PUBLIC.at(lambda w: reverse("incubator:fairs:apply", args=[w.open_fair.pk, "products"])),
    "incubator:fairs:application": PUBLIC.at(to("incubator:fairs:application", "fair_application.key")),
    "incubator:fairs:applications": INCUBATOR.at(to("incubator:fairs:applications", "open_fair.pk")),
    "incubator:fairs:check-application": INCUBATOR.at(to("incubator:fairs:check-application", "fair_application.pk")),
    "incubator:fairs:decide-application": INCUBATOR.at(
        to("incubator:fairs:decide-application", "fair_application.pk")
    ).posted,
    "incubator:fairs:override": INCUBATOR.at(
        lambda w: reverse("incubator:fairs:override", args=[w.match_run.pk]) + "?product=P1&partner=E1"
    ).posted,
    "incubator:fairs:override-approve": INCUBATOR.at(to("incubator:fairs:override-approve", "fair_override.pk")).posted,
    "incubator:fairs:override-remove": INCUBATOR.at(to("incubator:fairs:override-remove", "fair_override.pk")).posted,
    "incubator:members:partner": INCUBATOR.at(to("incubator:members:partner", "ecommerce_partner.pk")),
}

PREFIXES: dict[str, Rule] = {
    "_util/login/": PUBLIC,
    "cms/login/": PUBLIC,
    "cms/logout/": PUBLIC,
    "cms/": only("editor", "operator"),
    "dashboard/listings/": only("reviewer", "operator"),
    "dashboard/shops/": only("reviewer", "operator"),
    "dashboard/": OPERATOR,
}
"""Rooms of Wagtail and Oscar, by the beginning of their addresses: everything below answers by role alone.

The first beginning that fits counts, so a room of the dashboard that a role may enter stands before ``dashboard/``.
"""
