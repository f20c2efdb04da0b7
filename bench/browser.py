"""Somebody who buys, without a browser: the requests a phone would send, cookies and hidden fields included."""

import requests
from bs4 import BeautifulSoup

from bench.counting import HEADER

ADDRESS = {
    "name": "王样例",
    "mobile": "13800000001",
    "area-0": "230000",
    "area-1": "230200",
    "area-2": "230281",
    "detail": "示例路 8 号",
    "payment_method": "demo",
    "exempt_confirmed": "on",
}


class Guest:
    """A buyer without an account. ``requests`` and ``statements`` count what was sent, redirects included."""

    def __init__(self, url: str):
        self.url, self.session = url, requests.Session()
        self.requests = self.statements = 0

    def get(self, path: str) -> requests.Response:
        return self.answered(self.session.get(self.url + path, timeout=120))

    def post(self, path: str, data: dict, **headers: str) -> requests.Response:
        data = data | {"csrfmiddlewaretoken": self.session.cookies.get("csrftoken", "")}
        headers |= {"Referer": self.url + path}
        return self.answered(self.session.post(self.url + path, data, headers=headers, timeout=120))

    def answered(self, answer: requests.Response) -> requests.Response:
        answer.raise_for_status()
        for each in (*answer.history, answer):
            self.requests += 1
            self.statements += int(each.headers[HEADER])
        return answer

    def fill(self, shelf: str, packs: list[int]) -> None:
        """Open a list (its address) and press the basket button of each pack, as the page's script does."""
        page = BeautifulSoup(self.get(shelf).content, "html.parser")
        shown = {int(button["value"]) for button in page.select("button[form=quick-add]")}
        for pack in packs:
            assert pack in shown, f"{shelf} does not show pack {pack}"
            self.post("/basket/add/", {"product": pack, "quantity": 1}, **{"X-Requested-With": "fetch"})

    def form(self) -> dict:
        """The form of the purchase with the address in it, as the page shows it."""
        self.get("/checkout/")
        page = BeautifulSoup(self.post("/checkout/", ADDRESS | {"refresh": "1"}).content, "html.parser")
        return ADDRESS | {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}

    def order(self, form: dict) -> requests.Response:
        """Press the button; the answer is the provider's page, or the form again with what stands in the way."""
        return self.post("/checkout/", form)

    def buy(self, shelf: str, packs: list[int]) -> requests.Response:
        """From the first page, a list, to the thanks."""
        self.fill(shelf, packs)
        paying = self.order(self.form())
        return self.post(paying.url.removeprefix(self.url), {"outcome": "succeed"})
