"""A small world for the table of addresses: people of every role, and one of everything they may or may not see.

Each thing is made when a page first asks for it. Add yours as a ``cached_property``.
"""

import uuid
from contextlib import contextmanager
from datetime import time, timedelta
from decimal import Decimal
from functools import cached_property

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from fpdf import FPDF

from incubator.impact import actions as impact
from incubator.income import actions as income
from incubator.learning import registering
from incubator.matching import actions as matching
from incubator.matching import cards
from incubator.matching.models import FairApplication
from incubator.members.models import Body, StrategicPartner
from marketplace.accounts.models import Session, User
from marketplace.accounts.sessions import SessionStore
from marketplace.aftersales.models import CasePhoto
from marketplace.catalogue.models import Category
from marketplace.complaints import actions as complaints
from marketplace.core import consent, notices
from marketplace.core.models import ImportRun
from marketplace.demo import accounts
from marketplace.invoices import actions as invoices
from marketplace.offering import actions as offering
from marketplace.opening import actions as opening
from marketplace.opening import renewing
from marketplace.order import actions as orders
from marketplace.partner import actions as partner
from marketplace.payment import actions as payments
from marketplace.producers.models import Producer
from marketplace.reviews import actions as reviews
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.sharing import actions as sharing
from marketplace.talk import actions as talk
from marketplace.talk.models import MessagePhoto
from tests import fairs, incubator, pages, promos, school, shop, teams
from tests.cases import a_case, an_order, photo

ENDINGS = {
    "buyer": "01",
    "seller": "02",
    "second_seller": "03",
    "incubator": "04",
    "editor": "05",
    "operator": "06",
    "reviewer": "07",
    "neighbour": "09",
}
"""Role → end of the demo account's number. ``neighbour`` is incubator staff of another county; ``anonymous`` has none."""
ROLES = ("anonymous", *ENDINGS)


class World:
    """People and things; ``of`` a thing is always the buyer's, the (first) seller's, or the first county's."""

    def __init__(self):
        accounts.load()
        shop.country()
        self.shop, self.other_shop = shop.seller("样例粮铺", fee="6.00"), shop.seller("别家样例店", fee="6.00")
        team.join(seller=self.shop, user=self.person("seller"), role=TeamRole.OWNER)
        team.join(seller=self.other_shop, user=self.person("second_seller"), role=TeamRole.OWNER)

    def person(self, role: str) -> User:
        return accounts.by_ending(ENDINGS[role])

    @cached_property
    def member(self):
        """A packer of the first seller's, nobody else we know."""
        somebody = User.objects.create_user(mobile="13900000077", nickname="样例帮手")
        return team.join(seller=self.shop, user=somebody, role=TeamRole.PACKER)

    @cached_property
    def invitation(self):
        """Of the first seller, for a packer; its link is ``invitation_token``."""
        invited = {"seller": self.shop, "role": TeamRole.PACKER, "by": self.person("seller"), "at": timezone.now()}
        found, self.invitation_token = team.invite(key=uuid.uuid4(), **invited)
        return found

    @cached_property
    def invitation_token(self):
        assert self.invitation
        return self.__dict__["invitation_token"]

    @cached_property
    def goods(self):
        return shop.product(self.shop)

    @cached_property
    def share_link(self):
        """Of the first seller's shop."""
        given = {"sharer": "campaign", "label": "样例", "key": uuid.uuid4(), "by": None, "at": timezone.now()}
        return sharing.make(seller=self.shop, product=None, **given)

    @cached_property
    def licence(self):
        """A business licence of the first seller, sent to staff."""
        file = ContentFile(photo().read(), "licence.webp")
        return renewing.renew(seller=self.shop, kind="licence", file=file, valid_until=None, by=None, at=timezone.now())

    @cached_property
    def grant(self):
        """The first seller may sell loose goods of the second."""
        heap = partner.make_pool(seller=self.other_shop, name="散装新米", grams=100_000, by=None)
        today = timezone.localdate()
        return partner.grant_supply(
            pool=heap, seller=self.shop, floor_per_kg=Decimal("6.00"), starts_on=today, by=None, at=timezone.now()
        )

    @cached_property
    def goods_import(self):
        """A table of goods of the first seller, carried out."""
        return ImportRun.objects.create(kind="listings", scope=f"seller:{self.shop.pk}", at=timezone.now())

    @cached_property
    def paper(self):
        """Photographed by the first seller for another shop of hers."""
        person, now = self.person("seller"), timezone.now()
        asked = opening.begin(applicant=person, at=now)
        opening.keep_papers(opening=asked, papers={"licence": ContentFile(b"webp")}, by=person, at=now)
        return asked.papers.get()

    @cached_property
    def draft(self):
        """Of the first seller, just begun."""
        return offering.keep(key=uuid.uuid4(), seller=self.shop, words={}, by=self.person("seller"), at=timezone.now())

    @cached_property
    def promotion(self):
        """A voucher of the first seller's."""
        return promos.promotion(self.shop, code="WORLD", off="5.00")

    @cached_property
    def purchase(self):
        """Unpaid, the buyer's, of the first seller."""
        return shop.buy(self.goods, owner=self.person("buyer"))

    @cached_property
    def attempt(self):
        return self.purchase.attempts.get()

    @cached_property
    def transfer(self):
        """An attempt to pay by bank transfer."""
        return shop.buy(self.goods, owner=self.person("buyer"), payment_method="transfer").attempts.get()

    @cached_property
    def order(self):
        """Paid and on its way."""
        bought = shop.buy(self.goods, owner=self.person("buyer"))
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
        order = bought.orders.get()
        orders.ship(order=order, carrier="shunfeng", tracking_number="SF00000001", by=None, at=timezone.now())
        return order

    @cached_property
    def case(self):
        """The buyer asks the first seller about a spoilt bag."""
        return a_case(an_order(of=self.shop, owner=self.person("buyer")))

    @cached_property
    def case_photo(self):
        return CasePhoto.objects.get(entry__case=self.case)

    @cached_property
    def complaint(self):
        """The buyer's, about an order of the first seller, whom staff have asked."""
        made = complaints.make(
            about=self.order,
            kind="quality",
            text="有异味",
            photos=[photo()],
            key=uuid.uuid4(),
            by=self.person("buyer"),
            at=timezone.now(),
        )
        return complaints.tell_seller(
            complaint=made, text="请说明这批米的保存情况", by=self.person("operator"), at=timezone.now()
        )

    @cached_property
    def guest_complaint(self):
        """By the link of a guest's purchase of the first seller's goods."""
        order = an_order(of=self.shop)
        told = {"kind": "service", "text": "没人回复", "photos": [photo()], "key": uuid.uuid4()}
        return complaints.make(about=order, by=None, at=timezone.now(), **told)

    @cached_property
    def invoice(self):
        """The buyer's, of the first seller, with its file."""
        now = timezone.now()
        asked = {"kind": "person", "title": "抬头样例", "tax_number": "", "email": "sample@example.com"}
        invoice = invoices.ask(order=self.order, by=self.person("buyer"), at=now, **asked)
        sheet = FPDF()
        sheet.add_page()
        paper = ContentFile(bytes(sheet.output()), "sample.pdf")
        return invoices.issue(invoice=invoice, number="2600000001", file=paper, by=self.person("seller"), at=now)

    @cached_property
    def review(self):
        """The buyer's, of the first seller's goods."""
        order = an_order(of=self.shop, owner=self.person("buyer"), received=True)
        return reviews.write(
            line=order.lines.first(),
            product_score=5,
            seller_score=4,
            text="米香",
            by=order.user,
            at=timezone.now(),
        )

    @cached_property
    def question(self):
        """The buyer asks the first seller in public."""
        return talk.ask(product=self.goods, text="甜吗", by=self.person("buyer"), at=timezone.now())

    @cached_property
    def message_photo(self):
        """The buyer shows the first seller something, about her goods."""
        thread = talk.about_product(self.goods, self.person("buyer"), timezone.now())
        told = {"side": "buyer", "text": "您好", "photos": [photo()], "key": uuid.uuid4()}
        talk.send(thread=thread, by=self.person("buyer"), at=timezone.now(), **told)
        return MessagePhoto.objects.get()

    @cached_property
    def address(self):
        """In the buyer's address book."""
        return self.person("buyer").addresses.first()

    @cached_property
    def notice(self):
        """Told to the buyer."""
        buyer = self.person("buyer")
        notices.tell(user=buyer, cause="sample", subject="示例通知", body="示例内容", link="/account/orders/")
        return buyer.notices.get(cause="sample")

    @cached_property
    def session(self):
        """A browser the buyer is signed in with."""
        ends = SessionStore().get_expiry_date()
        return Session.objects.create(session_key="s" * 32, expire_date=ends, user=self.person("buyer"))

    @cached_property
    def given_consent(self):
        """Of the buyer, to something one can take back."""
        return consent.give(user=self.person("buyer"), purpose="sample", version="1", at=timezone.now())

    @cached_property
    def category(self):
        return Category.add_root(name="粮油")

    @cached_property
    def producer(self):
        return Producer.objects.create(name="示例农家", slug="sample-farm", kind="household", area=incubator.NEHE)

    @cached_property
    def cooperative(self):
        return incubator.cooperative()

    @cached_property
    def ecommerce_partner(self):
        return incubator.partner()

    @cached_property
    def fair(self):
        """A matching fair of the first county with two on each side."""
        return fairs.registered(self.person("incubator"))

    @cached_property
    def match_run(self):
        return fairs.run(self.fair, self.person("incubator"))

    @cached_property
    def second_match_run(self):
        assert self.match_run
        return fairs.run(self.fair, self.person("incubator"), 2)

    @cached_property
    def cooperation(self):
        """A letter of intent with its paper."""
        from tests import deals

        return deals.agreement(self.cooperative, self.ecommerce_partner, by=self.person("incubator"))

    @cached_property
    def agreement_good(self):
        from tests import deals

        return deals.counted(self.cooperation, "A-1")

    @cached_property
    def sales_import(self):
        """A file of an account of the first county."""
        from tests import deals

        account = deals.account()
        return account.imports.create(file_name="a.csv", digest="-", state="done", started_at=timezone.now())

    @cached_property
    def sold_good(self):
        """How the figures know a good that an account of the first county sold."""
        from tests import deals

        deals.sale(1, on=timezone.localdate(), code="A-1")
        return "code:A-1"

    @cached_property
    def household(self):
        """Linked to the cooperative; only who holds the permission may know who it is."""
        from tests import families

        return families.household(self.cooperative)

    @cached_property
    def snapshot(self):
        """Of the first county's city, not yet released."""
        day = timezone.localdate()
        by = self.person("incubator")
        return impact.take_snapshot(area=incubator.QIQIHAR, since=day, until=day, by=by, at=timezone.now())

    @cached_property
    def released_snapshot(self):
        return impact.release(snapshot=self.snapshot, by=self.person("operator"), at=timezone.now())

    @cached_property
    def timetable(self):
        matching.approve_plan(run=self.match_run, by=self.person("incubator"), at=timezone.now())
        self.fair.refresh_from_db()
        return matching.make_timetable(
            fair=self.fair, tables=2, slots=2, begins=time(9), minutes=20, by=None, at=timezone.now()
        )

    @cached_property
    def meeting_card(self):
        """What stands in the code of the first card."""
        return cards.cards(cards.meetings_of(self.timetable))[0].token(self.timetable)

    @cached_property
    def fair_override(self):
        """A pin of the first pair."""
        pair = {"product": self.fair.products.get(code="P1"), "partner": self.fair.partners.get(code="E1")}
        by = self.person("incubator")
        return matching.place_override(fair=self.fair, kind="pin", reason="样例", by=by, at=timezone.now(), **pair)

    @cached_property
    def fair_import(self):
        return ImportRun.objects.create(
            kind="fair_products", scope=self.fair.scope, file_name="products.csv", digest="-", at=timezone.now()
        )

    @cached_property
    def open_fair(self):
        """One that anybody can register for."""
        day = timezone.localdate() + timedelta(days=30)
        return fairs.fair(self.person("incubator"), name="样例报名对接会", state="registration", held_on=day)

    @cached_property
    def fair_application(self):
        """Rice, by the public form."""
        values = {
            "cooperative_name": "样例合作社", "county": incubator.GANNAN, "name": "新米", "category": "grain_oil",
            "schemes": [], "volume_t": "10", "season_from": 1, "season_to": 12, "floor_price": "6.00",
            "needs_cold_chain": False, "slots": 1,
        }  # fmt: skip
        return FairApplication.objects.create(
            fair=self.open_fair, side="products", name="样例合作社", contact="样例", phone="0452-1234567", values=values,
            sent_at=timezone.now(),
        )  # fmt: skip

    @cached_property
    def agreed_fair(self):
        """A fair with a letter of intent from one of its proposals."""
        from tests import deals

        fair = self.match_run.fair
        matching.enrol_strangers(fair=fair, by=self.person("incubator"))
        proposal = self.match_run.proposals.select_related("product", "partner").first()
        proposal.product.refresh_from_db()
        proposal.partner.refresh_from_db()
        deals.agreement(
            proposal.product.cooperative, proposal.partner.partner, self.person("incubator"), proposal=proposal
        )
        return fair

    @cached_property
    def cost_rule(self):
        day = timezone.localdate()
        common = {"code": "", "kind": "fee", "basis": "percent", "value": 1, "since": day, "until": None, "evidence": 0}
        return income.set_cost(account=self.sales_import.account, by=None, at=timezone.now(), **common)

    @cached_property
    def income_round(self):
        """Of the first county's cooperative."""
        day = timezone.localdate()
        return income.open_round(
            cooperative=self.cooperative, since=day, until=day, basis="declared", distributable_fen=100, evidence=0,
            by=self.person("incubator"), at=timezone.now(),
        )  # fmt: skip

    @cached_property
    def park(self):
        """Of the first county, with one desk."""
        return teams.park()

    @cached_property
    def desk_application(self):
        """A team that a buyer asked a desk for."""
        return teams.team(self.park, "买家团队", self.person("buyer"), user=self.person("buyer"))

    @cached_property
    def team(self):
        return teams.resident(self.park, by=self.person("incubator"))

    @cached_property
    def desk_booking(self):
        return teams.book(self.park.desks.get(), self.team, timezone.localdate())

    @cached_property
    def service_request(self):
        """The team asks for capital."""
        return teams.ask(self.team, "capital", self.person("incubator"))

    @cached_property
    def committee_member(self):
        return self.park.committee.create(name="样例导师", since=timezone.localdate())

    @cached_property
    def strategic_partner(self):
        return StrategicPartner.objects.create(name="示例战略合作方", kind=StrategicPartner.Kind.values[0])

    @cached_property
    def body(self):
        """The cooperative is a member of it."""
        body = Body.objects.create(name="示例联合会", kind=Body.Kind.FEDERATION, area=incubator.QIQIHAR)
        body.memberships.create(cooperative=self.cooperative, state="admitted")
        return body

    @cached_property
    def school_session(self):
        """One day of a class of the first county's."""
        return school.on_site(1).sessions.get()

    @cached_property
    def enrolment(self):
        """The buyer's, in that class."""
        return school.enrolled(self.school_session.cohort, school.learner(user=self.person("buyer")))

    @cached_property
    def gathering(self):
        """An event of the first county's."""
        return school.gathering()

    @cached_property
    def registration(self):
        now = timezone.now()
        return registering.put_down(gathering=self.gathering, name="示例来宾", mobile="", by=None, at=now)

    @cached_property
    def submission(self):
        """What the buyer handed in for a lesson of that class."""
        return school.handed_in(self.enrolment)

    @cached_property
    def certificate(self):
        """Of a course the seller finished online."""
        course = school.course("another-course")
        return school.learn(
            school.enrolled(school.cohort(course), school.learner(user=self.person("seller")))
        ).certificate

    @cached_property
    def roster_run(self):
        cohort = self.enrolment.cohort
        return ImportRun.objects.create(
            kind="roster", scope=f"cohort:{cohort.pk}", file_name="roster.xlsx", digest="", at=timezone.now()
        )

    @cached_property
    def lesson_page(self):
        """The lesson of a course with pages."""
        return pages.lesson()


@contextmanager
def one_world(blocker):
    """A world for several tests, of which nothing stays: whoever changes it does so in a transaction of her own."""
    with blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True
        with whole:
            yield World()
            transaction.set_rollback(True)
