"""The people of the demonstration. All are made up and say so; their password is no secret."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.address.models import UserAddress

PASSWORD = "yanxing-demo"  # noqa: S105  (published on purpose)
OPERATOR = "06"
AUTHORS, EDITORS, PUBLISHERS = "Authors", "Editors", "Publishers"
"""Groups the content pages bring along: who writes drafts, who reviews, who publishes."""


@dataclass(frozen=True)
class Person:
    """Somebody to sign in as: the end of a mobile number 138000000.., a role, and what she may do."""

    ending: str
    role: str
    role_en: str
    writes: str = ""
    """The group of those who write pages that she belongs to."""
    is_operator: bool = False
    staff: Role | None = None
    area: str = ""

    @property
    def mobile(self) -> str:
        return f"+86138000000{self.ending}"


PEOPLE = (
    Person("01", "示例买家", "buyer"),
    Person("02", "示例商家卫东", "seller"),
    Person("03", "示例商家二", "second seller"),
    Person("04", "示例孵化员", "incubator staff", staff=Role.INCUBATOR, area="230200"),
    Person("05", "示例编辑", "content editor, publishes", writes=PUBLISHERS, staff=Role.EDITOR),
    Person(OPERATOR, "示例运营", "operator", is_operator=True),
    Person("07", "示例审核员", "listing reviewer", staff=Role.REVIEWER),
    Person("08", "示例孵化员二", "second person of the incubator", staff=Role.INCUBATOR, area="230200"),
    Person("09", "示例邻县员工", "staff of another county", staff=Role.INCUBATOR, area="230184"),
    Person("10", "示例合作社", "cooperative"),
    Person("11", "示例电商伙伴", "e-commerce partner"),
    Person("12", "示例讲师", "trainer", staff=Role.TRAINER),
    Person("13", "示例学员", "learner"),
    Person("14", "示例打包员", "packer"),
    Person("15", "示例记账员", "bookkeeper"),
    Person("16", "示例作者", "author of pages", writes=AUTHORS, staff=Role.EDITOR),
    Person("17", "示例审稿", "reviewer of pages", writes=EDITORS, staff=Role.EDITOR),
    Person("21", "示例买家乙", "another buyer"),
    Person("22", "示例买家丙", "another buyer"),
)

ADDRESSES = (
    ("01", "王示例", "230281104", "示例路 8 号 2 单元 301", True),
    ("01", "王示例（公司）", "110105", "样板大街 100 号示例大厦 6 层", False),
    ("21", "李样本", "310115", "假想路 66 弄 5 号 402", True),
    ("22", "赵样例", "440106", "虚构一路 12 号", True),
)
"""Ending of the buyer's number, recipient, place, way to the door, default or not."""


def load() -> int:
    """Make the people who are missing, with their addresses; returns how many there are."""
    for person in PEOPLE:
        make(person)
    for ending, name, area, detail, is_default in ADDRESSES:
        remember_address(by_ending(ending), name, area, detail, is_default)
    return len(PEOPLE)


def by_ending(ending: str) -> User:
    """The demo user whose number ends so."""
    return User.objects.get(mobile=f"+86138000000{ending}")


def make(person: Person) -> None:
    """One account; an existing one keeps whatever its holder changed."""
    if User.objects.filter(mobile=person.mobile).exists():
        return
    create = User.objects.create_superuser if person.is_operator else User.objects.create_user
    user = create(mobile=person.mobile, password=PASSWORD, nickname=person.role, mobile_verified_at=timezone.now())
    if person.staff:
        roles.give(user=user, role=person.staff, area=person.area, by=None)
    if person.writes:
        user.groups.add(*Group.objects.filter(name=person.writes))


def remember_address(user: User, name: str, area: str, detail: str, is_default: bool) -> None:
    """One entry of an address book."""
    if user.addresses.filter(line1=detail).exists():
        return
    address = UserAddress(
        user=user,
        first_name=name,
        phone_number=user.mobile,
        line1=detail,
        country_id="CN",
        is_default_for_shipping=is_default,
    )
    address.take_area(area)
    address.save()
