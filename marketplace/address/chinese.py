"""What makes an address Chinese: big to small, no commas, a name that is not turned round."""

from typing import Any

from django.utils.translation import get_language

from marketplace.core import areas


class ChineseAddress:
    """Mixed into the address book and the orders' addresses."""

    # Columns of the models this is mixed into.
    area: str
    first_name: str
    line1: str
    phone_number: Any

    base_fields = hash_fields = ["first_name", "state", "line4", "line3", "line2", "line1", "phone_number"]

    def get_field_values(self, fields):
        """As text throughout: Oscar joins them, and a mobile number is not a string."""
        return [str(value or "") for value in super().get_field_values(fields)]  # type: ignore[misc]

    @property
    def recipient(self):
        return self.first_name

    @property
    def place(self):
        """Province to township as one line; the municipality that is its own province is not said twice."""
        parts = dict.fromkeys(filter(None, [self.state, self.line4, self.line3, self.line2]))
        if (get_language() or "").startswith("en") and self.area:
            return areas.full_name(self.area, language="en")
        return "".join(parts)

    @property
    def one_line(self):
        """The way to the door: 黑龙江省齐齐哈尔市讷河市拉哈镇示例路8号."""
        separator = ", " if (get_language() or "").startswith("en") else " "
        return f"{self.place}{separator}{self.line1}"

    @property
    def masked_mobile(self):
        """138****0001: enough to recognise one's own number."""
        digits = str(self.phone_number.national_number) if self.phone_number else ""
        return f"{digits[:3]}****{digits[-4:]}" if digits else ""

    @property
    def province_code(self):
        """Two digits, as freight zones count provinces; empty if the place is unknown."""
        return self.area[:2]

    @property
    def summary(self):
        return f"{self.recipient} {self.one_line}"

    def active_address_fields(self):
        return [self.one_line, self.recipient]

    def take_area(self, code: str) -> None:
        """Set the place to ``code`` and write its names beside it; raises UnknownArea."""
        by_level = {area.level: area.name for area in areas.path(code)}
        self.area = code
        self.state = by_level.get(areas.Level.PROVINCE, "")
        self.line4 = by_level.get(areas.Level.CITY, "")
        self.line3 = by_level.get(areas.Level.COUNTY, "")
        self.line2 = by_level.get(areas.Level.TOWNSHIP, "")
