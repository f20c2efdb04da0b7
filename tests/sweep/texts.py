"""Every free text of the database, written anew: whatever people once typed, or somebody put there, is now hostile."""

import re

from django.apps import apps
from django.db import DatabaseError, transaction

from tests.sweep.hostile import SCRIPTS

KINDS = {"CharField", "TextField", "EncryptedTextField", "RichTextField"}
PACKAGES = ("marketplace", "incubator", "cms", "wagtail.models.pages", "wagtail.images", "wagtail.documents")
OF_MACHINES = re.compile(
    r"(_id|_hash|_mark|_path|_key|_data|_type|_text|_sku|^hash|^secret|^password|^session_data|^subject|^receiver|^cover|^picture|^weights"
    r"|^solver|^door|^provider|^guest|^identity|^agent|^buyer|^filter_spec|^pinyin|^words|^places|^tax_code|^move|^file_name"
    r"|^carrier|^currency|^code|^state|^status|^area|^digest|^scope|^link|^route|^path|^content|^url|^reference|^intent)$"
)
"""Columns that hold words of ours or of machines, by name; what is left is what people typed."""
TYPED_ALL_THE_SAME = {"search_text", "return_carrier", "last_text", "value_text"}


def free_texts():
    """(model, field) of every column that people write anything into."""
    for model in apps.get_models():
        if model.__module__.startswith(PACKAGES) and not model._meta.proxy:
            yield from ((model, field) for field in model._meta.local_concrete_fields if is_free(field))


def is_free(field) -> bool:
    is_text = type(field).__name__ in KINDS and not (field.choices or field.primary_key or field.unique)
    fits = field.max_length is None or field.max_length >= 20
    return is_text and fits and (not OF_MACHINES.search(field.name) or field.name in TYPED_ALL_THE_SAME)


def text_for(field, number: int) -> str:
    """As many scripts as fit, beginning with the one of this number."""
    turned = [SCRIPTS[(number + step) % len(SCRIPTS)] for step in range(len(SCRIPTS))]
    if field.max_length is None:
        return "\n".join(turned)
    text = next((script for script in turned if len(script) <= field.max_length), "")
    for script in turned:
        if len(text) + len(script) < field.max_length and script != text:
            text += script
    return text


def spoil(number: int) -> tuple[int, int]:
    """Write scripts into every row; returns how many columns took them and how many did not. Constraints may say no."""
    took = refused = 0
    for place, (model, field) in enumerate(free_texts()):
        try:
            with transaction.atomic():
                took += bool(model._base_manager.update(**{field.name: text_for(field, number + 7 * place)}))
        except DatabaseError:
            refused += 1
    return took, refused
