"""The pages a new site starts with: a home page and four plain pages, in Chinese and in English.

The legal ones are sample texts for the operator to replace; they say so themselves.
"""

import uuid
from dataclasses import dataclass

from django.utils import timezone

LANGUAGES = ("zh-hans", "en")
STEP = 4  # characters per level in a treebeard path


@dataclass(frozen=True)
class Text:
    title: str
    body: str


@dataclass(frozen=True)
class Greeting:
    title: str
    headline: str
    introduction: str


GREETINGS = {
    "zh-hans": Greeting("首页", "家乡的好东西，跟着时节来", "谁种的、从哪里来、几月收的，每件商品上都写着。"),
    "en": Greeting(
        "Home",
        "Good things from home, in their season",
        "Who grew it, where it comes from and when it is harvested: every product says so.",
    ),
}

SAMPLE = {
    "zh-hans": "<blockquote><p>示例文本：本站经营者应在开业前换成自己的文本，并请专业人士审阅。</p></blockquote>",
    "en": (
        "<blockquote><p>Sample text: the operator of this site replaces it with a text of their own, checked by "
        "a lawyer, before opening.</p></blockquote>"
    ),
}

TEXTS = {
    "about": {
        "zh-hans": Text(
            "关于我们",
            "<p>雁行是乡村特产的集市。种的人、做的人在这里开店，您直接向他们买。</p>"
            "<h2>一次付款，各家发货</h2>"
            "<p>购物车里可以放几家店的东西。您付一次款，每家店各收到一个订单，各自发货，售后也找各自的店。</p>"
            "<h2>价格看得明白</h2>"
            "<p>按重量卖的商品，价格旁边写着每斤多少钱；净含量不知道的，我们不写，也不猜。</p>"
            "<h2>图片与示例</h2>"
            "<p>标着“示意”的图片不是实物照片。标着“示例”的店铺、人物和证书只为演示而写。</p>",
        ),
        "en": Text(
            "About us",
            "<p>Yanxing is a market for rural specialties. The people who grow and make them keep shop here, and you "
            "buy from them.</p>"
            "<h2>One payment, every shop ships its own</h2>"
            "<p>Your basket may hold goods of several shops. You pay once; each shop receives an order of its own, "
            "ships it, and is who you turn to afterwards.</p>"
            "<h2>Prices you can compare</h2>"
            "<p>Goods sold by weight show the price per jin (500 g). Where the net content is not known we show none "
            "and do not guess.</p>"
            "<h2>Pictures and samples</h2>"
            "<p>A picture marked as an illustration is not a photo of the goods. Shops, people and certificates "
            "marked as samples are made up for demonstration.</p>",
        ),
    },
    "rules": {
        "zh-hans": Text(
            "平台规则",
            SAMPLE["zh-hans"] + "<h2>谁可以开店</h2>"
            "<p>自产自销的农户、个体工商户、农民专业合作社和企业。依法需要登记或许可的，先办好再上架。</p>"
            "<h2>商品信息</h2>"
            "<ul><li>产地、净含量、保质期如实填写。</li><li>证书要在有效期内，编号能查到。</li>"
            "<li>不写没有依据的功效、销量和评价。</li></ul>"
            "<h2>发货与退货</h2>"
            "<p>商家按页面上写明的时间发货。支持七天无理由退货；鲜活易腐商品除外，由您下单时逐件确认。</p>"
            "<h2>规则的修改</h2>"
            "<p>修改规则前公开征求意见不少于七天，重要的不少于十五天。</p>"
            "<h2>投诉举报</h2>"
            "<p>先联系商家；解决不了的联系本站，也可以拨打 12315。</p>",
        ),
        "en": Text(
            "Platform rules",
            SAMPLE["en"] + "<h2>Who may open a shop</h2>"
            "<p>Growers who sell their own produce, individual businesses, farmers' cooperatives and companies. Where "
            "the law asks for registration or a licence, that comes first.</p>"
            "<h2>What a product says</h2>"
            "<ul><li>Place of origin, net content and shelf life are true.</li><li>Certificates are valid and their "
            "numbers can be looked up.</li><li>No claims, sales figures or reviews without a basis.</li></ul>"
            "<h2>Delivery and returns</h2>"
            "<p>Shops ship within the time stated. Goods can be returned within seven days without a reason, except "
            "fresh and perishable ones, which you confirm line by line when you order.</p>"
            "<h2>Changes to these rules</h2>"
            "<p>Changes are open for comment for at least seven days, important ones for fifteen.</p>"
            "<h2>Complaints</h2>"
            "<p>Ask the shop first; if that does not help, ask us, or call 12315.</p>",
        ),
    },
    "terms": {
        "zh-hans": Text(
            "用户服务协议",
            SAMPLE["zh-hans"] + "<h2>您与谁成交</h2>"
            "<p>您提交的每个订单，是您与该商家之间的买卖合同；本站提供展示、下单和收款通知的服务。</p>"
            "<h2>账号</h2>"
            "<p>用手机号或邮箱注册，请妥善保管密码。不注册也可以购买，凭订单链接查看进度。</p>"
            "<h2>付款与取消</h2>"
            "<p>未付款的订单到时自动关闭，库存退回。付款前可以整笔取消，付款后按订单办理。</p>"
            "<h2>终止</h2>"
            "<p>您随时可以注销账号；法律要求保存的交易记录在去除个人信息后保留。</p>",
        ),
        "en": Text(
            "Terms of service",
            SAMPLE["en"] + "<h2>Who you buy from</h2>"
            "<p>Each order you place is a contract of sale between you and that shop. This site shows the goods, takes "
            "the order and passes on word of the payment.</p>"
            "<h2>Your account</h2>"
            "<p>You sign up with a mobile number or an e-mail address; please keep your password to yourself. You may "
            "also buy without an account and follow the order by its link.</p>"
            "<h2>Paying and cancelling</h2>"
            "<p>Orders left unpaid close when their time is up and the stock goes back. Before payment you cancel the "
            "whole purchase, afterwards order by order.</p>"
            "<h2>Leaving</h2>"
            "<p>You may close your account at any time. Records of trade that the law makes us keep stay without "
            "your personal details.</p>",
        ),
    },
    "privacy": {
        "zh-hans": Text(
            "隐私政策",
            SAMPLE["zh-hans"] + "<h2>我们记录什么</h2>"
            "<ul><li>账号：手机号或邮箱、昵称。</li><li>收货：收货人、电话和地址。</li>"
            "<li>交易：买了什么、付了多少、寄到哪里。</li></ul>"
            "<h2>用来做什么</h2>"
            "<p>完成您的订单、通知您进度、处理售后，以及法律要求的留存。不用于别的目的，不卖给任何人。</p>"
            "<h2>给谁看</h2>"
            "<p>商家只看到发货需要的姓名、电话和地址；快递公司看到面单上的内容。</p>"
            "<h2>Cookie</h2>"
            "<p>只用来记住登录、购物车、语言和文字大小。页面不加载其他网站的任何内容。</p>"
            "<h2>您的权利</h2>"
            "<p>在“我的”里可以导出个人信息、更正、撤回同意、注销账号。</p>",
        ),
        "en": Text(
            "Privacy policy",
            SAMPLE["en"] + "<h2>What we record</h2>"
            "<ul><li>Account: mobile number or e-mail address, nickname.</li><li>Delivery: recipient, telephone and "
            "address.</li><li>Trade: what was bought, paid, and sent where.</li></ul>"
            "<h2>What for</h2>"
            "<p>To fulfil your orders, tell you how they are getting on, settle complaints, and keep what the law "
            "requires. For nothing else, and we sell it to nobody.</p>"
            "<h2>Who sees it</h2>"
            "<p>Shops see the name, telephone and address they need to ship; couriers see what stands on the label.</p>"
            "<h2>Cookies</h2>"
            "<p>They remember your sign-in, basket, language and size of text. Our pages load nothing from other "
            "sites.</p>"
            "<h2>Your rights</h2>"
            "<p>Under “My account” you can export and correct your data, withdraw consent and close your account.</p>",
        ),
    },
}


def lay_first_pages(apps) -> None:
    """Write the first pages, each with its translation, and make the Chinese home page the root of the site.

    Wagtail's own welcome page goes. Does nothing where a home page exists. ``apps`` is the registry to take models
    from: that of a migration, or Django's own.
    """
    if apps.get_model("cms", "HomePage").objects.exists():
        return
    Page, Site = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    keys = {slug: uuid.uuid4() for slug in ("home", *TEXTS)}
    homes = [_lay_language(apps, language, nth, keys) for nth, language in enumerate(LANGUAGES, start=1)]
    Page.objects.filter(depth=1).update(numchild=len(homes))
    Site.objects.create(hostname="localhost", site_name="雁行 Yanxing", root_page_id=homes[0].pk, is_default_site=True)


def _lay_language(apps, language: str, nth: int, keys: dict[str, uuid.UUID]):
    locale, _new = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=language)
    greeting, slug = GREETINGS[language], "home" if language == LANGUAGES[0] else f"home-{language}"
    path = f"{1:0{STEP}}{nth:0{STEP}}"
    home = lay_page(
        apps,
        "HomePage",
        path=path,
        slug=slug,
        url_path=f"/{slug}/",
        title=greeting.title,
        numchild=len(TEXTS),
        locale_id=locale.pk,
        translation_key=keys["home"],
        headline=greeting.headline,
        introduction=greeting.introduction,
    )
    for place, (page_slug, texts) in enumerate(TEXTS.items(), start=1):
        lay_page(
            apps,
            "ContentPage",
            path=f"{path}{place:0{STEP}}",
            slug=page_slug,
            url_path=f"/{slug}/{page_slug}/",
            title=texts[language].title,
            numchild=0,
            locale_id=locale.pk,
            translation_key=keys[page_slug],
            body=texts[language].body,
        )
    return home


def lay_page(apps, kind: str, *, path: str, title: str, **columns):
    content_type, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model=kind.lower()
    )
    now = timezone.now()
    return apps.get_model("cms", kind).objects.create(
        content_type_id=content_type.pk,
        path=path,
        depth=len(path) // STEP,
        title=title,
        draft_title=title,
        live=True,
        first_published_at=now,
        last_published_at=now,
        **columns,
    )
