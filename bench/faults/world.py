"""Two sellers who are paid by transfers, their goods, and somebody who buys: by requests a phone would send."""

from contextlib import suppress
from urllib.parse import urlsplit

import requests
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.module_loading import import_string

from bench.browser import ADDRESS
from marketplace.accounts.models import User
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.settlement import transfer_accounts
from marketplace.settlement.models import CommissionRate, TransferAccount
from tests import shop

TIMES = 12
"""So often somebody presses again when the site does not answer."""


def sellers_with_goods() -> list:
    """One good of each of two sellers whom the provider has checked."""
    shop.country()
    CommissionRate.objects.create(scope="platform", percent=5, since=timezone.now())
    sellers = [shop.seller("甲店", fee="8.00"), shop.seller("乙店")]
    for number, seller in enumerate(sellers):
        open_account(seller)
        owner = User.objects.create_user(mobile=f"1390000020{number}", password="yanxing-demo")  # noqa: S106
        team.join(seller=seller, user=owner, role=TeamRole.OWNER)
    return [shop.product(of, f"{of.name}新米", price="59.90", stock=10**6, grams=500) for of in sellers]


def open_account(seller) -> None:
    page = transfer_accounts.page_for(seller=seller, return_url="http://127.0.0.1/", by=None, at=timezone.now())
    requests.post(page, timeout=20, allow_redirects=False)
    transfer_accounts.refresh(account=TransferAccount.objects.get(seller=seller), at=timezone.now())


class Person:
    """A browser that presses again when nothing answers. ``failed`` are answers of 500 and more, and none at all."""

    def __init__(self, url: str):
        self.url, self.session = url, requests.Session()
        self.sent = self.failed = 0

    def get(self, path: str) -> requests.Response:
        return self.send("GET", path)

    def post(self, path: str, data: dict | None = None) -> requests.Response:
        return self.send("POST", path, data or {})

    def send(self, method: str, path: str, data: dict | None = None) -> requests.Response:
        """One press, and more where it is not answered."""
        for _turn in range(TIMES):
            if data is not None:
                data["csrfmiddlewaretoken"] = self.session.cookies.get("csrftoken", "")
            self.sent += 1
            with suppress(requests.ConnectionError, requests.Timeout):
                answer = self.session.request(
                    method,
                    self.url + path,
                    data=data,
                    headers={"Referer": self.url + path},
                    timeout=60,
                    allow_redirects=False,
                )
                if answer.status_code < 500:
                    return answer
            self.failed += 1
        raise AssertionError(f"{method} {path} was never answered")

    def sign_in(self, user) -> "Person":
        """By a session of hers, as after the sign-in page."""
        store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store.create()
        self.session.cookies.set(settings.SESSION_COOKIE_NAME, store.session_key)
        self.get("/account/")
        return self

    def fill(self, goods) -> None:
        """Put one of each into the basket."""
        for each in goods:
            self.get(each.get_absolute_url())
            answer = self.post("/basket/add/", {"product": each.pk, "quantity": 1})
            assert answer.status_code == 302, words_of(answer)

    def form(self) -> dict:
        """The form of the purchase as the page shows it once the address is in it; None is shown for an empty basket."""
        self.get("/checkout/")
        answer = self.post("/checkout/", ADDRESS | {"refresh": "1"})
        page = BeautifulSoup(answer.content, "html.parser")
        found = {field["name"]: field["value"] for field in page.select("input[name=basket], input[name=seen]")}
        assert len(found) == 2, words_of(answer)
        return ADDRESS | found | {"payment_method": "stripe"}

    def order(self, form: dict) -> str:
        """Press the button; where it leads: the provider's page, or the purchase's while the provider is silent."""
        answer = self.post("/checkout/", form)
        assert answer.status_code == 302, words_of(answer)
        return answer.headers["Location"]

    def pay_again(self, page: str) -> str:
        """Press the button of an unpaid purchase's page; where it leads."""
        found = BeautifulSoup(self.get(path_of(page)).content, "html.parser").select_one("form[action*='/pay/']")
        assert found is not None, page
        return self.post(found["action"], {"method": "stripe"}).headers["Location"]

    def back(self, address: str) -> None:
        """Come back from the provider's page, and look."""
        answer = self.get(path_of(address))
        while answer.status_code == 302:
            answer = self.get(path_of(answer.headers["Location"]))


def words_of(answer: requests.Response) -> str:
    """What a page says, for whoever looks for what went wrong."""
    return f"{answer.status_code} " + BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)[:400]


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def pay_on(page: str) -> str:
    """Pay on the provider's page; where it leads back to, or nothing where it is closed."""
    answer = requests.post(page, {"do": "pay", "method": "card"}, timeout=60, allow_redirects=False)
    return answer.headers.get("Location", "")
