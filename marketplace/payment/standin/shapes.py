"""Resources as Stripe's server answers them: every field is there, most of them empty. A test holds them to the published ones."""

from typing import Any

Resource = dict[str, Any]


def nothing(*names: str) -> Resource:
    """These fields, empty."""
    return dict.fromkeys(names)


def listed(items: list[Resource], url: str, has_more: bool = False) -> Resource:
    return {"object": "list", "data": items, "has_more": has_more, "url": url}


def checkout_session(**fields) -> Resource:
    """A page to pay on, and how that stands."""
    return (
        nothing("adaptive_pricing", "after_expiration", "allow_promotion_codes", "billing_address_collection")
        | nothing("client_reference_id", "client_secret", "collected_information", "consent", "consent_collection")
        | nothing("currency_conversion", "customer", "customer_account", "customer_creation", "customer_details")
        | nothing("customer_email", "discounts", "integration_identifier", "invoice", "invoice_creation", "locale")
        | nothing("managed_payments", "origin_context", "payment_intent", "payment_link", "payment_method_collection")
        | nothing("payment_method_configuration_details", "permissions", "recovered_from")
        | nothing("saved_payment_method_options", "setup_intent", "shipping_address_collection", "shipping_cost")
        | nothing("submit_type", "subscription", "wallet_options", "cancel_url", "success_url")
        | {
            "object": "checkout.session",
            "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
            "custom_fields": [],
            "custom_text": nothing("after_submit", "shipping_address", "submit", "terms_of_service_acceptance"),
            "livemode": False,
            "metadata": {},
            "mode": "payment",
            "payment_method_options": {},
            "payment_method_types": ["card"],
            "payment_status": "unpaid",
            "phone_number_collection": {"enabled": False},
            "shipping_options": [],
            "status": "open",
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "ui_mode": "hosted_page",
        }
        | fields
    )


def payment_intent(**fields) -> Resource:
    """Money being moved."""
    return (
        nothing("application", "application_fee_amount", "automatic_payment_methods", "canceled_at")
        | nothing("cancellation_reason", "client_secret", "customer", "customer_account", "description")
        | nothing("excluded_payment_method_types", "last_payment_error", "latest_charge", "managed_payments")
        | nothing("next_action", "on_behalf_of", "payment_method", "payment_method_configuration_details")
        | nothing("processing", "receipt_email", "review", "setup_future_usage", "shipping", "source")
        | nothing("statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group")
        | {
            "object": "payment_intent",
            "amount_capturable": 0,
            "amount_details": {"tip": {}},
            "amount_received": 0,
            "capture_method": "automatic",
            "confirmation_method": "automatic",
            "livemode": False,
            "metadata": {},
            "payment_method_options": {},
            "payment_method_types": ["card"],
            "status": "requires_payment_method",
        }
        | fields
    )


def charge(**fields) -> Resource:
    """Money that arrived."""
    return (
        nothing("application", "application_fee", "application_fee_amount", "calculated_statement_descriptor")
        | nothing("customer", "description", "failure_balance_transaction", "failure_code", "failure_message")
        | nothing("on_behalf_of", "outcome", "payment_method", "receipt_email", "receipt_number", "receipt_url")
        | nothing("review", "shipping", "source", "source_transfer", "statement_descriptor")
        | nothing("statement_descriptor_suffix", "transfer_data", "transfer_group")
        | {
            "object": "charge",
            "amount_refunded": 0,
            "billing_details": nothing("address", "email", "name", "phone", "tax_id"),
            "captured": True,
            "disputed": False,
            "fraud_details": {},
            "livemode": False,
            "metadata": {},
            "paid": True,
            "refunded": False,
            "status": "succeeded",
        }
        | fields
    )


def refund(**fields) -> Resource:
    """Money on its way back to a buyer."""
    return (
        nothing("customer", "customer_account", "payment_method", "reason", "receipt_number")
        | nothing("source_transfer_reversal", "transfer_reversal")
        | {
            "object": "refund",
            "destination_details": {"type": "card", "card": {"type": "refund"}},
            "metadata": {},
            "status": "succeeded",
        }
        | fields
    )


def balance_transaction(**fields) -> Resource:
    """One change of what lies with the provider; ``net`` is ``amount`` less ``fee``."""
    fee = fields.get("fee", 0)
    return {
        "object": "balance_transaction",
        "balance_type": "payments",
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [],
        "net": fields["amount"] - fee,
        "status": "available",
    } | fields


def balance(fen: int) -> Resource:
    """What lies with the provider now."""
    held = {"amount": fen, "currency": "cny", "source_types": {"card": fen}}
    return {
        "object": "balance",
        "available": [held],
        "connect_reserved": [{"amount": 0, "currency": "cny"}],
        "livemode": False,
        "pending": [{"amount": 0, "currency": "cny", "source_types": {"card": 0}}],
    }


def account(**fields) -> Resource:
    """A seller's account with the provider."""
    wanted: list[str] = [] if fields.get("details_submitted") else ["external_account"]
    return {
        "object": "account",
        "business_profile": nothing("mcc", "name", "product_description", "support_email", "support_phone", "url"),
        "business_type": None,
        "capabilities": {"transfers": "inactive" if wanted else "active"},
        "charges_enabled": False,
        "controller": {"type": "application"},
        "country": "HK",
        "default_currency": "hkd",
        "details_submitted": False,
        "email": None,
        "external_accounts": listed([], f"/v1/accounts/{fields['id']}/external_accounts"),
        "future_requirements": requirements([]),
        "metadata": {},
        "payouts_enabled": False,
        "requirements": requirements(wanted),
        "settings": {"payouts": {"schedule": {"delay_days": 2, "interval": "daily"}, "statement_descriptor": None}},
        "tos_acceptance": nothing("date", "ip", "user_agent"),
        "type": "express",
    } | fields


def requirements(wanted: list[str]) -> Resource:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": wanted,
        "disabled_reason": "requirements.past_due" if wanted else None,
        "errors": [],
        "eventually_due": wanted,
        "past_due": wanted,
        "pending_verification": [],
    }


def account_link(**fields) -> Resource:
    return {"object": "account_link"} | fields


def transfer(**fields) -> Resource:
    """Money on its way to a seller's account."""
    return {
        "object": "transfer",
        "amount_reversed": 0,
        "description": None,
        "livemode": False,
        "metadata": {},
        "reversals": listed([], f"/v1/transfers/{fields['id']}/reversals"),
        "reversed": False,
        "source_transaction": None,
        "source_type": "card",
        "transfer_group": None,
    } | fields


def transfer_reversal(**fields) -> Resource:
    return (
        nothing("destination_payment_refund", "source_refund")
        | {"object": "transfer_reversal", "metadata": {}}
        | fields
    )


def event(**fields) -> Resource:
    """News."""
    return {
        "object": "event",
        "api_version": "2026-10-28.endive",
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
    } | fields
