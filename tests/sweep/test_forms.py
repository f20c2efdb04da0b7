"""Ten thousand posts that nobody sends by mistake: whatever comes, the answer is never a broken page.

The suite sends a share of them; ``make sweep`` all, and ``SWEEP_SEED=`` other ones.
"""

import os
import random
import re
from collections import Counter
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.sweep import hostile
from tests.sweep.crawl import Form, all_forms, bare_posts

SHARE, WHOLE = 400, 10_000
PLAUSIBLE = {
    "number": "1", "date": "2026-11-20", "tel": "13900000088", "email": "sample@example.com", "time": "09:00",
    "datetime-local": "2026-11-20T09:00", "url": "https://example.com/", "password": "yanxing-demo",
}  # fmt: skip


def plausible(chance: random.Random, form: Form) -> list[tuple[str, object]]:
    """What a person would send: all boxes filled, one button pressed."""
    sent: list[tuple[str, object]] = []
    buttons = [field for field in form.fields if field[1] in {"button", "submit", "image"}]
    for name, kind, values in form.fields:
        if kind == "file":
            sent.append((name, a_file(chance)))
        elif kind not in {"button", "submit", "image"} and (kind not in {"checkbox", "radio"} or chance.random() < 0.7):
            sent.append(
                (name, chance.choice(values or ("",)) or PLAUSIBLE.get(kind, "样例" if kind != "hidden" else ""))
            )
    if buttons:
        name, _, values = chance.choice(buttons)
        sent.append((name, values[0]))
    return sent


def a_file(chance: random.Random) -> SimpleUploadedFile:
    name, content = chance.choice(hostile.FILES)
    file = SimpleUploadedFile(
        "a", content, content_type=chance.choice(("image/jpeg", "text/csv", "application/octet-stream", ""))
    )
    file._name = name  # as a client writes it; Django's own class would tidy it up
    return file


def spoilt(chance: random.Random, sent: list) -> list[tuple[str, object]]:
    """One, two or all of the values made hostile; some missing, some twice, some under another name."""
    sent = list(sent)
    for place in chance.sample(range(len(sent)), min(len(sent), chance.choice((1, 1, 1, 2, 3, len(sent))))):
        name, value = sent[place]
        if not isinstance(value, SimpleUploadedFile) or chance.random() < 0.2:
            sent[place] = (name, chance.choice(hostile.VALUES))
    if sent and chance.random() < 0.15:
        sent.remove(chance.choice(sent))
    if sent and chance.random() < 0.1:
        name, _ = chance.choice(sent)
        sent.append((chance.choice((name, f"{name}[]", f"{name}-0", "pk", "id")), chance.choice(hostile.VALUES)))
    return sent


def spoilt_address(chance: random.Random, address: str) -> str:
    """Now and then a number in the address is one that does not exist, or the query holds what nobody asked for."""
    path, _, query = address.partition("?")
    if chance.random() < 0.15 and re.search(r"\d+", path):
        path = re.sub(r"\d+", chance.choice(hostile.PATHS), path, count=1)
    if chance.random() < 0.1:
        value = quote(chance.choice(hostile.VALUES)[:2000].encode("utf-8", "surrogatepass"))
        query = f"{chance.choice(('page', 'q', 'sort', 'state', 'next', 'since'))}={value}"
    return f"{path}?{query}" if query else path


def body_of(chance: random.Random, sent: list) -> tuple[bytes, str]:
    """The values as browsers encode them, or broken."""
    kind = chance.random()
    if kind < 0.02:
        return b'{"broken": ', "application/json"
    if kind < 0.03:
        return b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"
    if any(isinstance(value, SimpleUploadedFile) for _, value in sent):
        return multipart(sent), MULTIPART_CONTENT
    return urlencoded(sent), "application/x-www-form-urlencoded"


def urlencoded(sent) -> bytes:
    return urlencode([(name, str(value).encode("utf-8", "surrogatepass")) for name, value in sent]).encode()


def multipart(sent) -> bytes:
    parts: dict[str, list] = {}
    for name, value in sent:
        parts.setdefault(name, []).append(value.encode("utf-8", "replace") if isinstance(value, str) else value)
    return encode_multipart(BOUNDARY, parts)


def send(browsers, chance: random.Random, form: Form):
    """One hostile request of this form; what broke, if anything."""
    sent, address = spoilt(chance, plausible(chance, form)), spoilt_address(chance, form.action)
    if form.method == "GET":
        address = f"{address.partition('?')[0]}?{urlencoded(sent).decode()}"
        return browsers.ask(form.role, "GET", address), sent
    body, kind = body_of(chance, sent)
    return browsers.ask(form.role, "POST", address, body, content_type=kind), sent


def test_no_page_breaks_when_opened(pages):
    assert [(page.role, page.address, page.broke) for page in pages if page.broke] == []


def test_no_post_breaks_a_page(world, browsers, pages, whole, swept):
    chance = random.Random(int(os.environ.get("SWEEP_SEED", "7")))
    forms, most = all_forms(pages) + bare_posts(world), int(os.environ.get("SWEEP_POSTS", WHOLE if whole else SHARE))
    broken, answers = {}, Counter()
    for number in range(most):
        form = forms[number % len(forms)] if whole else chance.choice(forms)
        answer, sent = send(browsers, chance, form)
        answers[answer.status // 100] += 1
        if (answer.broke or answer.status >= 500) and answer.place not in broken:
            broken[answer.place] = (form.role, form.method, form.action, answer.broke, str(sent)[:600])

    told = ", ".join(f"{count} {kind}xx" for kind, count in sorted(answers.items()))
    swept(f"{most} requests to {len(forms)} forms of {len(pages)} pages: {told}; {len(broken)} ways to break a page")
    assert list(broken.values()) == []
