"""What buyers of the demonstration say: after-sale cases in every state, reviews, questions, messages, complaints, links shared.

All by the verbs that serve real people; every text says or shows that it is made up.
"""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.aftersales import actions as cases
from marketplace.aftersales.models import Case
from marketplace.aftersales.rules import Wish
from marketplace.complaints import actions as complaints
from marketplace.complaints.states import Kind, Outcome
from marketplace.order.models import Order, Purchase
from marketplace.order.states import OrderState
from marketplace.reviews import actions as reviews
from marketplace.seller.capabilities import TeamRole
from marketplace.sharing import actions as sharing
from marketplace.talk import actions as talk
from marketplace.talk.models import Side

from . import accounts

NAMESPACE = uuid.UUID("7d0b6f0e-2c58-4a35-9d53-0b4a4a0e7d11")
HOUR = timedelta(hours=1)
SOME_YUAN = Decimal("5.00")


def key(name: str) -> uuid.UUID:
    """The same for the same name, so that loading twice says nothing twice."""
    return uuid.uuid5(NAMESPACE, name)


@transaction.atomic
def load() -> int:
    """Once; returns how many cases there are."""
    if not Case.objects.exists():
        now = timezone.now()
        tell_cases(now)
        tell_reviews()
        tell_talk(now)
        tell_complaints(now)
        share(now)
    return Case.objects.count()


def order_of(purchase: int, place: int = 0) -> Any:
    """An order of the stories in orders.py: the n-th purchase, its n-th order. Its seller, buyer and goods are all there."""
    bought = Purchase.objects.order_by("placed_at")[purchase]
    return Order.objects.filter(purchase=bought).order_by("id")[place]


def owner_of(order: Order) -> User | None:
    member = order.seller.members.filter(role=TeamRole.OWNER).select_related("user").first()
    return member.user if member else None


def picture_of(order: Order) -> ContentFile:
    """The drawn picture of what was bought stands for a photo of it."""
    image = order.lines.order_by("id").first().product.whole.images.order_by("display_order").first()
    with default_storage.open(image.original.name) as file:
        return ContentFile(file.read(), name="photo.webp")


def ask(order: Order, kind: str, reason: str, text: str, at: datetime, amount: Decimal = SOME_YUAN) -> Case:
    line = order.lines.order_by("id").first()
    wanted = [Wish(line, 1, Decimal("0.00") if kind == "resend" else amount)]
    return cases.open_case(
        order=order,
        kind=kind,
        reason=reason,
        text=text,
        wishes=wanted,
        photos=[picture_of(order)],
        by=order.user,
        at=at,
    )


def tell_cases(now: datetime) -> None:
    """One of each: waiting for the shop, an offer, goods on their way back, staff's turn, paid, refused, withdrawn."""
    ask(order_of(7), "compensation", "damaged", "示例：箱角压坏，有一小袋漏了。", now - 3 * HOUR)
    offered = ask(order_of(6), "compensation", "short", "示例：称了一下，少了二两。", now - 20 * HOUR)
    line = offered.order.lines.order_by("id").first()
    words = "示例：抱歉，按少的份量退给您。"
    cases.offer(
        case=offered,
        amounts={line.pk: Decimal("3.00")},
        by=owner_of(offered.order),
        text=words,
        at=now - 10 * HOUR,
    )
    escalated = ask(order_of(6, 1), "refund", "different", "示例：和图片差别很大。", now - 30 * HOUR)
    cases.refuse(
        case=escalated, by=owner_of(escalated.order), at=now - 26 * HOUR, text="示例：图片为示意，已在页面注明。"
    )
    cases.escalate(case=escalated, by=escalated.order.user, at=now - 12 * HOUR, text="示例：请平台看看照片。")
    settled(order_of(1, 0), now)
    returned(order_of(3, 0))
    dropped = ask(order_of(3, 1), "compensation", "other", "示例：以为少发了一件。", after(order_of(3, 1)))
    cases.withdraw(case=dropped, by=dropped.order.user, at=after(dropped.order) + HOUR)


def after(order: Order) -> datetime:
    """The day after it was received."""
    return (order.received_at or order.date_placed) + timedelta(days=1)


def settled(order: Order, now: datetime) -> None:
    """Paid within hours."""
    case = ask(order, "compensation", "damaged", "示例：两个袋子破了口。", after(order))
    cases.agree(case=case, by=owner_of(order), at=after(order) + 5 * HOUR, text="示例：已退款，下次加厚包装。")


def returned(order: Order) -> None:
    """Agreed, and sent back."""
    at = after(order)
    case = ask(order, "return", "wrong", "示例：发成了另一种规格。", at)
    cases.agree(
        case=case,
        by=owner_of(order),
        at=at + 4 * HOUR,
        return_address="示例收件人 13800000002 示例县示例路 1 号",
        text="",
    )
    cases.send_back(case=case, by=order.user, at=at + 30 * HOUR, carrier="zhongtong", tracking_number="DEMO00000099")


SAID = (
    (5, 5, "示例评价：米粒整齐，煮出来有香味，家里老人爱吃。", "示例回复：谢谢，新米到了再告诉您。"),
    (4, 5, "示例评价：味道不错，箱子角压了一点。", ""),
    (5, 4, "示例评价：比超市的新鲜，物流慢了一天。", "示例回复：山里发车少，下次早一天寄。"),
    (3, 4, "示例评价：一般，可能是我煮的时间不够。", ""),
    (5, 5, "示例评价：第二次买，还是一样好。", ""),
)


def tell_reviews() -> None:
    """Of what was received, each with a photo every second time; the first is followed up."""
    received = Order.objects.filter(status=OrderState.COMPLETED, user__isnull=False).order_by("id")
    lines = [line for order in received for line in order.lines.order_by("id") if line.product]
    for number, (line, said) in enumerate(zip(lines, SAID, strict=False)):
        goods, shop, text, answer = said
        at = after(line.order) + number * HOUR
        photos = [picture_of(line.order)] if number % 2 == 0 else []
        review = reviews.write(
            line=line, product_score=goods, seller_score=shop, text=text, photos=photos, by=line.order.user, at=at
        )
        if answer:
            reviews.reply(review=review, text=answer, by=owner_of(line.order), at=at + 6 * HOUR)
        if number == 0:
            reviews.follow_up(
                review=review, text="示例追评：吃了两周，没有生虫。", by=line.order.user, at=at + 48 * HOUR
            )


def tell_talk(now: datetime) -> None:
    """Questions with and without an answer, and two threads: one answered, one that waits."""
    rice = order_of(0).lines.order_by("id").first().product.whole
    owner, buyers = owner_of(order_of(0)), [accounts.by_ending(ending) for ending in ("01", "21", "22")]
    answered = talk.ask(product=rice, text="示例提问：是今年的新米吗？", by=buyers[1], at=now - 50 * HOUR)
    talk.answer(question=answered, text="示例回答：是，十月打的。", by=owner, at=now - 44 * HOUR)
    talk.ask(product=rice, text="示例提问：煮粥要泡多久？", by=buyers[2], at=now - 5 * HOUR)
    about = talk.about_product(rice, buyers[2], now)
    talk.send(
        thread=about,
        side=Side.BUYER,
        text="示例：十斤装能分成两袋吗？",
        key=key("m1"),
        by=buyers[2],
        at=now - 30 * HOUR,
    )
    talk.send(
        thread=about, side=Side.SELLER, text="示例：可以，下单时备注就行。", key=key("m2"), by=owner, at=now - 28 * HOUR
    )
    order = order_of(1, 0)
    thread = talk.about_order(order, now)
    talk.send(
        thread=thread,
        side=Side.BUYER,
        text="示例：收到了，谢谢。能开收据吗？",
        key=key("m3"),
        by=order.user,
        at=now - HOUR,
    )


def tell_complaints(now: datetime) -> None:
    """One that waits, one staff asked the seller about, one answered."""
    first, staff = order_of(0), accounts.by_ending(accounts.OPERATOR)
    other, text = accounts.by_ending("22"), "示例投诉：问了两天没有回复。"
    shop = order_of(3, 1).seller
    complaints.make(about=shop, kind=Kind.SERVICE, text=text, key=key("c1"), by=other, at=now - 6 * HOUR)
    rice = first.lines.order_by("id").first().product.whole
    asked = complaints.make(
        about=rice,
        kind=Kind.UNTRUE,
        text="示例投诉：页面写当季，请平台核实。",
        photos=[picture_of(first)],
        key=key("c2"),
        by=accounts.by_ending("01"),
        at=now - 40 * HOUR,
    )
    complaints.take_up(complaint=asked, by=staff, at=now - 30 * HOUR)
    complaints.tell_seller(complaint=asked, text="示例：请说明这批米的加工日期。", by=staff, at=now - 29 * HOUR)
    order, text = order_of(1, 1), "示例投诉：运费比页面多。"
    made = {"about": order, "text": text, "by": order.user, "at": now - 200 * HOUR}
    done = complaints.make(kind=Kind.PRICE, key=key("c3"), **made)
    found = "示例答复：该地区按偏远地区计费，页面已注明。"
    complaints.answer(complaint=done, outcome=Outcome.UNFOUNDED, text=found, by=staff, at=now - 150 * HOUR)


def share(now: datetime) -> None:
    """Links of the first seller, one of which carried an order."""
    order = order_of(0)
    owner, rice = owner_of(order), order.lines.order_by("id").first().product.whole
    shown = {"seller": order.seller, "by": owner, "at": now - timedelta(days=40)}
    fair = sharing.make(product=rice, sharer="campaign", label="示例：秋季展销", key=key("s1"), **shown)
    sharing.make(
        product=None, sharer="county", area=order.seller.area, label="示例：县里的公众号", key=key("s2"), **shown
    )
    for _n in range(12):
        sharing.count_visit(fair)
    sharing.carry(purchase=order.purchase, code=fair.code, at=order.date_placed)
