"""Money, for operators."""

from django.urls import path

from . import adjustments, invoices, news, notices, outbox, payments, payouts, reconciliation, statements

urlpatterns = [
    path("reconcile/", reconciliation.Reconcile.as_view(), name="money-reconcile"),
    path("payments/", payments.PaymentList.as_view(), name="money-payments"),
    path("payments/<uuid:key>/", payments.payment, name="money-payment"),
    path("news/", news.NewsList.as_view(), name="money-news"),
    path("news/<int:pk>/", news.piece, name="money-news-piece"),
    path("news/<int:pk>/again/", news.again, name="money-news-again"),
    path("news/<int:pk>/done/", news.done, name="money-news-done"),
    path("outbox/", outbox.Outbox.as_view(), name="money-outbox"),
    path("notices/", notices.StuckNotices.as_view(), name="stuck-notices"),
    path("notices/again/", notices.all_again, name="stuck-notices-again"),
    path("notices/<int:pk>/again/", notices.again, name="stuck-notice-again"),
    path("outbox/<int:pk>/again/", outbox.again, name="money-outbox-again"),
    path("payouts/", payouts.PayoutList.as_view(), name="money-payouts"),
    path("payouts/begin/", payouts.begin, name="money-payouts-begin"),
    path("payouts/export/", payouts.export, name="money-payouts-export"),
    path("payouts/<int:pk>/", payouts.payout, name="money-payout"),
    path("payouts/<int:pk>/arrived/", payouts.arrived, name="money-payout-arrived"),
    path("payouts/<int:pk>/back/", payouts.taken_back, name="money-payout-back"),
    path("payouts/files/<int:pk>.csv", payouts.bank_file, name="money-bank-file"),
    path("invoices/", invoices.WaitingInvoices.as_view(), name="money-invoices"),
    path("statements/", statements.statements, name="money-statements"),
    path("adjustments/", adjustments.Adjustments.as_view(), name="money-adjustments"),
    path("adjustments/<int:pk>/", adjustments.decide, name="money-adjustment-decide"),
]
