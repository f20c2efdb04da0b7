"""Take apart an address that a buyer pasted: 张样例 13800138000 黑龙江省齐齐哈尔市讷河市通南镇红旗村3组.

The result prefills a form for her to check; nothing is ever submitted from it. Understood are the copies of
the large shops (收货人：… 手机号码：… 所在地区：… 详细地址：…), chat messages in one or many lines and in any
order, names before or after, full-width digits, +86, blanks and dashes in the number, and places as
`areas.reading` finds them. What is not certain is left empty: a wrong county costs a parcel, an empty one a
tap.

Any text is answered, never with an error. Only its first 500 characters are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.address.people import looks_like_a_name, name_at_the_end, plain_name, surname_of
from marketplace.core import areas
from marketplace.core.areas import reading

LONGEST = 500


@dataclass(frozen=True)
class ParsedAddress:
    """What could be read; empty strings where nothing was certain.

    `mobile` has eleven digits without +86, `extension` is the short number behind a shop's shielded one.
    `area_code` is the smallest place found, down to the township; `area_names` leads to it from the province.
    `leftovers` are pieces that fit nowhere: second numbers, postcodes, remarks.
    """

    name: str = ""
    mobile: str = ""
    extension: str = ""
    area_code: str = ""
    area_names: tuple[str, ...] = ()
    detail: str = ""
    leftovers: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the buyer has to fill in: of name, mobile, area (a county, where there are any) and detail."""
        found = {
            "name": self.name,
            "mobile": self.mobile,
            "area": self.area_code and _is_precise(self.area_code),
            "detail": self.detail,
        }
        return tuple(field for field, value in found.items() if not value)


def parse(text: str) -> ParsedAddress:
    """Read a pasted text; see the module for what is understood."""
    mobile, extension, others, text = _without_numbers(_tidy(text))
    labelled, rest = _by_label(text)
    name, rest = _labelled_name(labelled.get("name", ""), rest)
    body = "\n".join(filter(None, [labelled.get("address", ""), rest]))
    place = reading.find(body)
    before, after = _words(body[: place.start]), _words(body[place.end :])
    if not name:
        name = _take_name(before, after)
    details, remarks = _sorted_out(before, after)
    return ParsedAddress(
        name=name,
        mobile=mobile,
        extension=extension,
        area_code=place.area.code if place.area else "",
        area_names=tuple(area.name for area in areas.path(place.area.code)) if place.area else (),
        detail=place.skipped + " ".join(details),
        leftovers=(*others, *filter(None, [labelled.get("postcode", "")]), *remarks),
    )


def _is_precise(code: str) -> bool:
    """A parcel needs the county, except where there is none below: 东莞, 台湾 in our table."""
    return all(below.level > areas.Level.COUNTY for below in areas.children(code))


# --- characters -----------------------------------------------------------------------------------

_FULL_WIDTH = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:+-*#[]|/"
_TO_ASCII = {ord(character) + 0xFEE0: character for character in _FULL_WIDTH}
_TO_ASCII |= {ord("\u3000"): " ", ord("\t"): " ", ord("\r"): "\n", ord("\u2028"): "\n"}
# Control, format (zero width, direction) and broken characters.
_INVISIBLE = {"Cc", "Cf", "Cs"}


def _tidy(text: str) -> str:
    """Full-width letters and digits made plain; invisible characters gone, line breaks kept."""
    plain = text[:LONGEST].translate(_TO_ASCII)
    visible = (char for char in plain if char == "\n" or unicodedata.category(char) not in _INVISIBLE)
    return re.sub(r"[^\S\n]+", " ", "".join(visible))


# --- numbers --------------------------------------------------------------------------------------

# Where the mobile number stood: a name is most often next to it. No text can hold it, `_tidy` removes it.
NUMBER = "\0"

_COUNTRY = r"(?:\(?\+?(?:00)?86\)?[ -]*|0)?"
_MOBILES = (
    re.compile(rf"(?<![0-9]){_COUNTRY}(1[3-9][0-9]{{9}})(?![0-9])"),
    re.compile(rf"(?<![0-9]){_COUNTRY}(1[3-9][0-9](?:[ -]?[0-9]){{8}})(?![0-9])"),
)
_EXTENSION = re.compile(r" ?(?:-|转|分机)([0-9]{4})(?![0-9\u4e00-\u9fff])")
_EXTENSION_BY_NAME = re.compile(r"(?<=[\u4e00-\u9fff*])[\[【(（]([0-9]{4})[\]】)）]")
_LANDLINE = re.compile(r"(?<![0-9])(?:0[0-9]{2,3}[- ]?[0-9]{7,8}|400[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9])")


def _without_numbers(text: str) -> tuple[str, str, list[str], str]:
    """The first mobile number, its extension, other numbers, and the text with `NUMBER` for the first."""
    mobile = extension = ""
    found = next((match for pattern in _MOBILES if (match := pattern.search(text))), None)
    if found:
        mobile, end = re.sub("[ -]", "", found[1]), found.end()
        if behind := _EXTENSION.match(text, end):
            extension, end = behind[1], behind.end()
        text = f"{text[: found.start()]}\n{NUMBER}\n{text[end:]}"
    if found and (beside := _EXTENSION_BY_NAME.search(text)):
        extension, text = extension or beside[1], text[: beside.start()] + text[beside.end() :]
    others = [number for pattern in (*_MOBILES, _LANDLINE) for number in _cut(pattern, text)]
    for pattern in (*_MOBILES, _LANDLINE):
        text = pattern.sub("\n", text)
    return mobile, extension, list(dict.fromkeys(others)), text


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match.group().strip() for match in pattern.finditer(text)]


# --- labels ---------------------------------------------------------------------------------------

LABELS = {
    "name": "收货人姓名 收件人姓名 收货人 收件人 联系人姓名 联系人 真实姓名 姓名 名字 收货方 收件方",
    "mobile": "手机号码 手机号 联系手机 收货手机 手机 联系电话 收货电话 电话号码 联系方式 电话",
    "address": "所在地区 所在区域 所在省市 省市区县 省市区 地区 区域 街道 乡镇 "
    "详细收货地址 收货人地址 收件人地址 收货地址 收件地址 详细地址 街道地址 寄件地址 联系地址 邮寄地址 地址",
    "postcode": "邮政编码 邮编",
}
# These may also be ordinary words of an address, so that only a colon makes them labels.
NEED_COLON = {"地区", "区域", "街道", "乡镇", "手机", "名字", "省市区", "收货方", "收件方"}

_ROLE_OF = {label: role for role, labels in LABELS.items() for label in labels.split()}
_ANY = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_CLEAR = "|".join(sorted(set(_ROLE_OF) - NEED_COLON, key=len, reverse=True))
_LABEL = re.compile(
    rf"[\[【(（]?(?P<colon>{_ANY})[\]】)）]? ?[:=] ?"
    rf"|(?:^|(?<=[\s,，;；、。|{NUMBER}]))[\[【(（]?(?P<clear>{_CLEAR})[\]】)）]? ?"
    rf"|(?P<glued>收货人|收件人|联系电话|电话(?= ?\n)|手机号?(?= ?\n)|邮编(?= ?[0-9])) ?"
)


def _by_label(text: str) -> tuple[dict[str, str], str]:
    """Labelled values by role, to the next label or line end, and the text that has no label."""
    labels = list(_LABEL.finditer(text))
    starts = [label.start() for label in labels] + [len(text)]
    values: dict[str, list[str]] = {}
    rest = [text[: starts[0]]]
    for label, end in zip(labels, starts[1:], strict=True):
        role = _ROLE_OF[label["colon"] or label["clear"] or label["glued"]]
        value, _, beyond = text[label.end() : end].partition("\n")
        if role == "mobile":
            value, beyond = "", f"{value}\n{beyond}"
        values.setdefault(role, []).append(value.strip(" ,，;；、。|"))
        rest.append(beyond)
    return {role: " ".join(filter(None, each)) for role, each in values.items()}, "\n".join(filter(None, rest))


def _labelled_name(value: str, rest: str) -> tuple[str, str]:
    """收货人：张样例 黑龙江省… in one line: the first word is the name, the others go back to the text."""
    if looks_like_a_name(plain_name(value)):
        return plain_name(value), rest
    first, _, others = value.partition(" ")
    if len(first) > 15:
        return "", f"{value}\n{rest}"
    return plain_name(first), f"{others}\n{rest}" if others else rest


# --- words ----------------------------------------------------------------------------------------

_WORD = re.compile(rf"{NUMBER}|[^\s,，;；、|。{NUMBER}]+")
_NOISE = re.compile(r"(?:中国|(?:麻烦|请|帮忙)?(?:寄|发|送|邮)(?:到|给|往|至)?|收货?|谢谢|我叫|我是|名)$")
_ADDRESS_WORD = re.compile(
    r"[0-9]|(?:路|街|道|巷|弄|号|楼|栋|幢|座|室|层|单元|院|门|村|屯|组|队|社|庄|寨|湾|坪|沟|镇|乡|区|县|市|省|园|苑|府|城|厦|店|站|"
    r"场|馆|厂|行|校|学|驿站|公司|超市|门口|对面|旁边|附近)$"
)
_LATIN = re.compile(r"[A-Za-z.'-]+")
ENOUGH = 4


def _words(text: str) -> list[str]:
    stripped = (word.strip(":-.'\"“”") if word != NUMBER else word for word in _WORD.findall(text))
    return [word for word in stripped if word]


def _take_name(before: list[str], after: list[str]) -> str:
    """Find the most name-like word and take it out of its list; an empty string if no word is convincing."""
    best, at, where = ENOUGH - 1, -1, before
    for words in (before, after):
        for position in range(len(words)):
            score = _nameliness(words, position, first=words is before)
            if score > best:
                best, at, where = score, position, words
    if at >= 0:
        return plain_name(_name_with_blanks(where, at))
    return _take_glued_name(after)


def _nameliness(words: Sequence[str], position: int, *, first: bool) -> int:
    """How sure a word is the recipient: by its place, its surname, its courtesy title."""
    word = words[position]
    name = plain_name(word)
    if not looks_like_a_name(name) or _NOISE.match(word):
        return 0
    score = 3 * bool(surname_of(name)) + 3 * first + 3 * (name != word)
    score += 3 * (NUMBER in words[max(position - 1, 0) : position + 2])
    score += position == len(words) - 1 and not first and position > 0
    return score - 5 * bool(_ADDRESS_WORD.search(name))


def _name_with_blanks(words: list[str], at: int) -> str:
    """Take the word out, together with its neighbours when a foreign name was written with blanks."""
    start, end = at, at + 1
    while words[at].isascii() and start and _LATIN.fullmatch(words[start - 1]):
        start -= 1
    while words[at].isascii() and end < len(words) and _LATIN.fullmatch(words[end]):
        end += 1
    name = " ".join(words[start:end])
    del words[start:end]
    return name


def _take_glued_name(after: list[str]) -> str:
    """…红旗村3组张样例 13800138000: the name hangs on the word before the number, or on the very last."""
    for position, word in enumerate(after):
        beside_number = NUMBER in after[position + 1 : position + 2]
        if beside_number or (position == len(after) - 1 and word != plain_name(word)):
            detail, name = name_at_the_end(word)
            if name:
                after[position] = detail
                return plain_name(name)
    return ""


def _sorted_out(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What goes into the detailed address and what fits nowhere."""
    before, after = ([word for word in words if word != NUMBER] for words in (before, after))
    remarks = [word for word in before if not _NOISE.match(word)]
    postcodes = [word for word in after if re.fullmatch("[0-9]{6}", word)]
    details = [word for word in after if word not in postcodes and not _NOISE.match(word)]
    return (details, postcodes + remarks) if details else (remarks, postcodes)
