"""What has to be right before real people pay: `manage.py check --deploy` says it."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def account_is_ours(app_configs, **more):
    """Bank transfers are always on offer: the sample account would be shown to buyers."""
    if settings.BANK_ACCOUNT["account"].strip("0 "):
        return []
    told = "BANK_ACCOUNT is not set: buyers who pay by bank transfer are shown a sample account."
    return [Warning(told, hint="payee, bank and number, comma separated (docs/settings.md)", id="payment.W001")]
