"""Counties that got a new code when they became a city or a district.

Addresses, spreadsheets and certificates keep the old code and the old name for years. A handful that our
goods and partners meet; a row is added when a file brings another one. Source: the Ministry of Civil Affairs'
yearly list of changes at or above the county level (县级以上行政区划变更情况) of the year given.
"""

from typing import NamedTuple


class Renamed(NamedTuple):
    then: str
    now: str
    year: int


RENAMED = {
    "130823": Renamed("平泉县", "130881", 2017),
    "231024": Renamed("东宁县", "231086", 2015),
    "350427": Renamed("沙县", "350405", 2021),
    "350625": Renamed("长泰县", "350605", 2021),
    "350681": Renamed("龙海市", "350604", 2021),
    "410381": Renamed("偃师市", "410307", 2021),
    "431121": Renamed("祁阳县", "431181", 2021),
    "450127": Renamed("横县", "450181", 2021),
    "510124": Renamed("郫县", "510117", 2016),
    "532331": Renamed("禄丰县", "532302", 2021),
    "540422": Renamed("米林县", "540481", 2023),
    "540530": Renamed("错那县", "540581", 2023),
}
