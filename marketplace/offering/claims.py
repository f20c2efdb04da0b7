"""Words that promise too much. Whoever writes of a certificate holds it, or reviewers are told that she does not; whoever
praises a good above all others, or says that it heals, is told that the law forbids it, and so are they. Nobody is refused by a
list of words."""

import re

from django.utils.translation import gettext as _

from marketplace.catalogue.models import Certificate

CLAIMS = {
    Certificate.Kind.ORGANIC: ("有机", "organic"),
    Certificate.Kind.GREEN: ("绿色食品", "green food"),
    Certificate.Kind.GEOGRAPHICAL: ("地理标志", "geographical indication"),
}
READ = ("title", "title_en", "description", "description_en")
"""Names of what buyers read as promises."""

SUPERLATIVES = re.compile(
    "国家级|世界级|宇宙级|最[高优]级|顶级|顶尖|极品"
    "|(?:全国|全网|全球|全省|中国|世界|亚洲|东北|行业)(?:第一|之最|最)"
    "|第一品牌|销量第一|独一无二|绝无仅有|史上最|无与伦比"
    "|最佳(?!食用|赏味|饮用|品尝|风味)|最优(?!惠期)|最(?:正宗|新鲜|好吃|好喝|便宜|低价|天然|纯正|香|甜|美味|畅销|受欢迎)"
    "|最好(?=[的吃喝吗，。！、\\s]|$)"
    r"|\bthe best\b|\bnational[- ]level\b|\bworld[- ]class\b|\bno\. ?1 (?:in|brand)\b|\bnumber one (?:in|brand)\b",
    re.IGNORECASE,
)
"""Advertising Law of the PRC (广告法, 2021) article 9 (3): an advertisement says nothing like 国家级, 最高级, 最佳. What is like
them follows the regulator's guide to the article (广告绝对化用语执法指南, 市场监管总局公告 2023 年第 6 号), which leaves alone what
only advises on use, such as 最佳食用期 or 最好冷藏."""

CURES = re.compile(
    "治疗|治病|治愈(?!系)|根治|疗效|药效|药用价值|(?<!非)处方|抗癌|防癌|抗肿瘤|消炎|止痛|止咳|降血[糖压脂]|降[三3]高|降尿酸|降胆固醇"
    "|(?:预防|防治)(?:疾病|癌症|感冒|高血压|糖尿病|心脑血管)|(?:增强|提高|提升)免疫力?|延年益寿|包治|壮阳|补肾|减肥(?!药)|瘦身"
    r"|\b(?:cures?|treats?|prevents?)\b(?=[^.\n]{0,20}\b(?:disease|cancer|diabetes|illness|high blood pressure))"
    r"|\banti-?cancer\b|\blowers? (?:your )?(?:blood (?:sugar|pressure|fat)|cholesterol)\b|\bboosts? (?:your )?immunity\b",
    re.IGNORECASE,
)
"""Food Safety Law of the PRC (食品安全法, 2021) article 73: advertising of food says nothing of preventing or treating diseases;
Advertising Law article 17: neither does that of any goods but medicines and the like, nor in words that could be taken for theirs.
Our own choice of such words."""


def words_read(words: dict) -> str:
    return "\n".join(str(words.get(name, "")) for name in READ)


def superlatives(words: dict) -> list[str]:
    """The words of a listing that praise it above all others, each once."""
    return list(dict.fromkeys(SUPERLATIVES.findall(words_read(words))))


def cures(words: dict) -> list[str]:
    """The words of a listing that say it heals or keeps diseases away, each once."""
    return list(dict.fromkeys(CURES.findall(words_read(words))))


def advice(words: dict) -> str:
    """What a seller is told who wrote such words; empty for everybody else."""
    said = []
    if found := superlatives(words):
        said.append(_("Advertising law allows no words such as %(words)s.") % {"words": "、".join(found)})
    if found := cures(words):
        said.append(_("The laws on food and advertising let no food heal: %(words)s.") % {"words": "、".join(found)})
    if said:
        said.append(_("Facts say it better: the place, the harvest day, the weight."))
        said.append(_("The reviewers may ask you to change them."))
    return " ".join(said)


def unproven(draft, day) -> list[str]:
    """The words of a draft for which its shop, or the good it changes, has no certificate that counts on this day."""
    papers = Certificate.objects.valid_on(day).filter(seller=draft.seller_id)
    if draft.product_id:
        papers = papers.filter(products=draft.product_id)
    held = set(papers.values_list("kind", flat=True))
    said = words_read(draft.words).lower()
    return [word for kind, words in CLAIMS.items() if kind not in held for word in words if word in said]


def doubtful(draft, day) -> list[str]:
    """Everything a reviewer has to have read before she approves a draft."""
    return superlatives(draft.words) + cures(draft.words) + unproven(draft, day)
