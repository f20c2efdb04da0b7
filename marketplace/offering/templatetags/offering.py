"""What the listing form needs to know beside its fields."""

from django import template

register = template.Library()


@register.simple_tag
def split_choices(field, first: int) -> dict:
    """The choices of a field: the first few, the rest, and whether what is chosen hides among the rest."""
    choices = list(field)
    rest = choices[first:]
    chosen = str(field.value() or "")
    opens = any(str(choice.data["value"]) == chosen for choice in rest)
    return {"first": choices[:first], "rest": rest, "opens": opens}
