"""The stand-in's own pages: where a buyer pays, and where a seller says who she is. In the language the shop asked for."""

from html import escape
from pathlib import Path
from string import Template

from .shapes import Resource

HERE = Path(__file__).parent
WORDS = {
    "zh": {
        "title": "付款（演示）",
        "notice": "这里是支付渠道的替身，不会真的扣款。",
        "to": "收款方：雁行",
        "method": "付款方式",
        "card": "银行卡",
        "alipay": "支付宝",
        "wechat_pay": "微信支付",
        "pay": "付款",
        "decline": "让银行拒付",
        "declined": "银行拒绝了这次付款，没有扣款。可以再试一次。",
        "back": "返回商城",
        "over": "这个付款页已经关闭。",
        "setup": "开通收款账户（演示）",
        "setup_text": "真实的支付渠道会在这里核对身份和银行账户。",
        "submit": "提交资料",
    },
    "en": {
        "title": "Payment (demonstration)",
        "notice": "This page stands in for the payment provider. No money moves.",
        "to": "To: Yanxing",
        "method": "Payment method",
        "card": "Bank card",
        "alipay": "Alipay",
        "wechat_pay": "WeChat Pay",
        "pay": "Pay",
        "decline": "Let the bank decline",
        "declined": "The bank declined this payment; nothing was charged. You can try again.",
        "back": "Back to the shop",
        "over": "This payment page is closed.",
        "setup": "Open a payout account (demonstration)",
        "setup_text": "A real provider checks identity and bank account here.",
        "submit": "Submit",
    },
}


def words_of(session: Resource | None) -> dict[str, str]:
    locale = (session or {}).get("locale") or "zh"
    return WORDS["en" if locale.startswith("en") else "zh"]


def checkout(session: Resource, declined: bool = False) -> str:
    """The page of an open session: sum, methods, and two buttons."""
    words = words_of(session)
    methods = "".join(method(code, words[code], first) for first, code in choices(session))
    alert = f'<p class="alert" role="alert">{words["declined"]}</p>' if declined else ""
    body = f"""{alert}<p class="sum">¥{session["amount_total"] / 100:,.2f}</p><p class="muted">{words["to"]}</p>
<form method="post"><fieldset><legend>{words["method"]}</legend>{methods}</fieldset>
<button class="buy" name="do" value="pay">{words["pay"]} ¥{session["amount_total"] / 100:,.2f}</button>
<button name="do" value="decline">{words["decline"]}</button></form>
<p><a href="{escape(session["cancel_url"] or "/")}">{words["back"]}</a></p>"""
    return page(words, words["title"], body)


def choices(session: Resource) -> list[tuple[bool, str]]:
    """Methods in their order, the first one marked."""
    return [(number == 0, code) for number, code in enumerate(session["payment_method_types"])]


def method(code: str, label: str, checked: bool) -> str:
    mark = " checked" if checked else ""
    return f'<label><input type="radio" name="method" value="{code}"{mark}> {label}</label>'


def over(session: Resource | None) -> str:
    """The page of a session that is complete or expired, or of none."""
    words = words_of(session)
    link = (session or {}).get("success_url") or "/"
    return page(words, words["over"], f'<p><a href="{escape(link)}">{words["back"]}</a></p>')


def setup() -> str:
    """The page on which a seller opens her account."""
    words = WORDS["zh"]
    body = f'<p>{words["setup_text"]}</p><form method="post"><button class="buy">{words["submit"]}</button></form>'
    return page(words, words["setup"], body)


def page(words: dict[str, str], title: str, body: str) -> str:
    template = Template((HERE / "page.html").read_text(encoding="utf-8"))
    language = "en" if words is WORDS["en"] else "zh-Hans"
    return template.substitute(language=language, title=title, notice=words["notice"], body=body)


def style() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")
