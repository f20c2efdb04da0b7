"""Django's `{% translate %}` and `{% url %}` where they say the same to every reader of a language: a page asks for a hundred of
them, and each is looked up once. With variables or filters they are Django's own."""

from django import template
from django.template.base import Node
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language

register = template.Library()


class Kept(Node):
    """A node whose answer depends on the reader's language alone."""

    child_nodelists = ()

    def __init__(self, node):
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context):
        language = get_language()
        if language not in self.said:
            answer = self.node.render(context)
            self.said[language] = context[self.node.asvar] if self.node.asvar else answer
        if not self.node.asvar:
            return self.said[language]
        context[self.node.asvar] = self.said[language]
        return ""


@register.tag
def translate(parser, token):
    node = do_translate(parser, token)
    says_the_same = is_constant(node.filter_expression) and is_constant(node.message_context)
    return Kept(node) if says_the_same else node


@register.tag
def url(parser, token):
    node = django_url(parser, token)
    says_the_same = is_constant(node.view_name) and not node.args and not node.kwargs
    return Kept(node) if says_the_same else node


def is_constant(expression) -> bool:
    """True for words in quotes and for nothing. Django wraps the words of `translate` in a variable of its own."""
    if expression is None:
        return True
    is_words = not expression.is_var or getattr(expression.var, "literal", None) is not None
    return is_words and not expression.filters
