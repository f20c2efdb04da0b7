"""People and members of an incubator: staff of a county, cooperatives with goods, e-commerce partners."""

from decimal import Decimal

from incubator.members.models import Cooperative, EcommercePartner, Supply
from marketplace.accounts import roles
from marketplace.accounts.models import Role, User

GANNAN, NEHE, WUCHANG, QIQIHAR = "230225", "230281", "230184", "230200"


def person(ending="0001", **fields):
    """Somebody with a sign-in and nothing else."""
    return User.objects.create_user(mobile=f"1391111{ending}", **fields)


def staff(area=QIQIHAR, ending="0004"):
    """Incubator staff of one place."""
    user = person(ending, nickname=f"员工{ending}")
    roles.give(user=user, role=Role.INCUBATOR, area=area, by=None)
    return user


def cooperative(name="甘南绿沃合作社", *, area=GANNAN, users=(), **fields):
    """A cooperative, with people of its own if any are named."""
    number = Cooperative.objects.count() + 1
    made = Cooperative.objects.create(code=fields.pop("code", f"H{number:03}"), name=name, area=area, **fields)
    made.users.add(*users)
    return made


def supply(of, name="大米", **fields):
    """A good the cooperative supplies all year."""
    usual = {
        "category": "grain_oil",
        "volume_t": Decimal("50.0"),
        "season_from": 1,
        "season_to": 12,
        "floor_price": Decimal("6.00"),
    }
    return Supply.objects.create(cooperative=of, name=name, **(usual | fields))


def partner(name="蓝海商务公司", *, area=NEHE, users=(), **fields):
    """An e-commerce partner that buys rice from anywhere all year."""
    number = EcommercePartner.objects.count() + 1
    usual = {"kind": "company", "categories": ["grain_oil"], "price_from": Decimal("6"), "price_to": Decimal("20")}
    made = EcommercePartner.objects.create(
        code=fields.pop("code", f"D{number:03}"), name=name, area=area, **(usual | fields)
    )
    made.users.add(*users)
    return made
