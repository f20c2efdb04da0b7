"""Who meets the outages: buyers by requests, and a buyer, a seller and one of the staff in Chromium."""

import shutil
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import requests
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Error, sync_playwright

from bench.browser import ADDRESS, Guest

WAIT_MS = 40_000


class Buyer(Guest):
    """Presses once and takes what she is told: pages by kind, or the number of the answer."""

    def answered(self, answer: requests.Response) -> requests.Response:
        return answer

    def buys(self, pack: int) -> str:
        """``bought``, or the status of the first answer that was none; the address of the purchase is kept."""
        self.bought = ""
        with suppress(requests.ConnectionError, requests.Timeout):
            for press in (
                lambda: self.get("/products/"),
                lambda: self.post("/basket/add/", {"product": pack, "quantity": 1}, **{"X-Requested-With": "fetch"}),
                lambda: self.get("/checkout/"),
            ):
                if (answer := press()).status_code >= 500:
                    return str(answer.status_code)
            return self.orders()
        return "no answer"

    def orders(self) -> str:
        address = ADDRESS | {"payment_method": "cash"}
        page = self.post("/checkout/", address | {"refresh": "1"})
        if page.status_code >= 500:
            return str(page.status_code)
        form = BeautifulSoup(page.content, "html.parser")
        answer = self.order(
            address | {name: form.find("input", {"name": name})["value"] for name in ("basket", "seen")}
        )
        if "/purchase/" in answer.url and answer.ok:
            self.bought = answer.url
            return "bought"
        return str(answer.status_code)


def photo() -> bytes:
    """A noisy one, so that it is no small file."""
    file = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(file, "JPEG")
    return file.getvalue()


class Watchers:
    """Three people who are signed in and look at their pages while something is away. Pictures go to ``folder``."""

    PAGES = {
        "buyer": ("13800000001", ("/products/", "/checkout/", "/account/orders/")),
        "seller": ("13800000002", ("/seller/", "/seller/orders/")),
        "staff": ("13800000006", ("/dashboard/tasks/", "/healthz")),
    }

    def __init__(self, url: str, folder: Path):
        self.url, self.folder = url, folder
        self.driver = sync_playwright().start()
        self.chromium = self.driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        self.pages = {who: self.signed_in(mobile) for who, (mobile, _pages) in self.PAGES.items()}

    def signed_in(self, mobile: str):
        page = self.chromium.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
        page.set_default_timeout(WAIT_MS)
        page.goto(f"{self.url}/sign-in/")
        page.fill("#id_name", mobile)
        page.fill("#id_password", "yanxing-demo")
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        return page

    def look(self, outage: str) -> str:
        """What each of them is answered, page by page."""
        told = []
        for who, page in self.pages.items():
            for number, path in enumerate(self.PAGES[who][1]):
                try:
                    answer = page.goto(self.url + path)
                    told.append(f"{who} {path} {answer.status if answer else '-'}")
                except Error as error:
                    told.append(f"{who} {path} {type(error).__name__}")
                page.screenshot(path=self.folder / f"{outage}-{who}-{number}.png")
        return ", ".join(told)

    def send_a_photo(self, outage: str) -> str:
        """What the seller's phone is answered when she photographs a bag of rice, and what it tells her."""
        page = self.pages["seller"]
        page.goto(f"{self.url}/seller/products/new/")
        with page.expect_response(lambda answer: "/photos/" in answer.url) as sent:
            page.set_input_files(
                "[data-pick][multiple]", {"name": "rice.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            )
        page.wait_for_timeout(800)  # for the words about it
        page.screenshot(path=self.folder / f"{outage}-seller-photo.png")
        return f"seller sends a photo: {sent.value.status}"

    def close(self) -> None:
        self.chromium.close()
        self.driver.stop()
