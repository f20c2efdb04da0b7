from oscar.apps.payment import apps


class PaymentConfig(apps.PaymentConfig):
    name = "marketplace.payment"

    def ready(self):
        from marketplace.payment import checks, receivers  # noqa: F401
