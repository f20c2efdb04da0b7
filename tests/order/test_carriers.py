"""Numbers of parcels: whose they look like, and that looks never decide."""

import pytest

from marketplace.order.carriers import Carrier, by_name, cleaned, guess, is_number, is_unusual


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("SF1234567890123", Carrier.SF),
        ("sf 123 4567 8901", Carrier.SF),
        ("73100000000017", Carrier.ZTO),
        ("YT1234567890123", Carrier.YTO),
        ("4312345678901", Carrier.YUNDA),
        ("772012345678901", Carrier.STO),
        ("JT5012345678901", Carrier.JT),
        ("JDVA12345678901", Carrier.JD),
        ("9861234567890", Carrier.POST),
        ("EA123456789CN", Carrier.EMS),
        ("1012345678901", Carrier.EMS),
        ("DPK202612345678", Carrier.DEPPON),
        ("DEMO00000012", None),
    ],
)
def test_a_number_suggests_its_courier(number, carrier):
    assert guess(number) == carrier


def test_another_couriers_number_is_unusual_and_nothing_more():
    assert is_unusual(Carrier.SF, "73100000000017")
    assert not is_unusual(Carrier.ZTO, "73100000000017")
    assert not is_unusual(Carrier.OTHER, "DEMO00000012")


@pytest.mark.parametrize(
    ("typed", "good"), [("73100000000017", True), ("7310-0000", True), ("1234567", False), ("731<script>", False)]
)
def test_only_letters_digits_and_hyphens_are_a_number(typed, good):
    assert is_number(cleaned(typed)) is good


@pytest.mark.parametrize(
    ("name", "carrier"),
    [("中通", Carrier.ZTO), (" ZTO Express ", Carrier.ZTO), ("zhongtong", Carrier.ZTO), ("飞鸽", None), ("", None)],
)
def test_tables_may_use_any_of_its_names(name, carrier):
    assert by_name(name) == carrier
