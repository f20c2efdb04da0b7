"""Areas of work 工作领域: what a figure is filed under. A version's words never change; a new division is a new version.

Rows keep version and word together ("2016:production"), so that a figure of 2016 still says what it said when the division
changes, and two versions are never added together by mistake.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

VERSIONS: dict[str, dict[str, str | Promise]] = {
    "2016": {
        "production": pgettext_lazy("area of work", "Production"),
        "education": pgettext_lazy("area of work", "Education"),
        "talent": pgettext_lazy("area of work", "Talent"),
        "charity": pgettext_lazy("area of work", "Charity"),
        "grassroots": pgettext_lazy("area of work", "Grass-roots groundwork"),
    },
}
"""The division that reports of 2016 use: 生产 教育 人才 公益 基层基础."""
LATEST = "2016"
CHOICES = [(f"{version}:{code}", word) for version, words in VERSIONS.items() for code, word in words.items()]


def name_of(filed: str) -> str:
    """What readers call it; empty for a row that is filed under nothing. KeyError for a word no version has."""
    if not filed:
        return ""
    version, _colon, code = filed.partition(":")
    return str(VERSIONS[version][code])
