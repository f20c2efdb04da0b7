"""The seller centre. Every page wears ``seller_page`` or ``SellerPage`` (see access.py), except those that open a shop."""

from django.urls import include, path

from marketplace.opening import licence_views as licences
from marketplace.opening import views as opening

from . import shopkeeping, views
from .cases import views as cases
from .complaints import views as complaints
from .links import views as links
from .money import invoices, statements
from .money import views as money
from .orders import bulk_views
from .orders import views as orders
from .people import views as people
from .promotions import views as promotions
from .reviews import views as reviews
from .talk import views as talk

app_name = "seller"
urlpatterns = [
    path("", views.home, name="home"),
    path("worker.js", views.worker, name="listing-worker"),
    path("open/", opening.OpenShop.as_view(), name="open"),
    path("open/papers/<int:pk>/", opening.paper, name="paper"),
    path("papers/", licences.Licences.as_view(), name="licences"),
    path("papers/<int:pk>/", licences.photo, name="licence-photo"),
    path("closure/", shopkeeping.Closure.as_view(), name="closure"),
    path("links/", links.Links.as_view(), name="links"),
    path("links/table/", links.table, name="links-table"),
    path("links/<int:pk>/", links.link, name="link"),
    path("links/<int:pk>/end/", links.end, name="link-end"),
    path("team/", people.Team.as_view(), name="team"),
    path("team/leave/", people.Leave.as_view(), name="leave"),
    path("team/<int:pk>/role/", people.role, name="team-role"),
    path("team/<int:pk>/remove/", people.remove, name="team-remove"),
    path("team/invitations/<int:pk>/link/", people.new_link, name="invitation-link"),
    path("team/invitations/<int:pk>/withdraw/", people.withdraw, name="invitation-withdraw"),
    path("join/<str:token>/", people.Join.as_view(), name="join"),
    path("act-for/", views.act_for, name="act-for"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/slips/", orders.slips, name="slips"),
    path("orders/labels/", orders.labels, name="labels"),
    path("orders/table/", bulk_views.table, name="orders-table"),
    path("orders/bulk/", bulk_views.bulk, name="orders-bulk"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/parcels/<int:pk>/", orders.parcel, name="parcel"),
    path("orders/<str:number>/parcels/<int:pk>/undo/", orders.undo, name="parcel-undo"),
    path("products/", include("marketplace.offering.urls")),
    path("promotions/", promotions.promotion_list, name="promotions"),
    path("promotions/table.csv", promotions.table, name="promotions-table"),
    path("promotions/new/", promotions.new, name="promotion-new"),
    path("promotions/<int:pk>/", promotions.promotion, name="promotion"),
    path("promotions/<int:pk>/<slug:name>/", promotions.move, name="promotion-move"),
    path("money/", money.money, name="money"),
    path("money/withdraw/", money.withdraw, name="money-withdraw"),
    path("money/statement/", statements.page, name="money-statement"),
    path("money/statement/table/", statements.table, name="money-statement-table"),
    path("money/statement/paper/", statements.paper, name="money-statement-paper"),
    path("money/invoices/", invoices.invoice_list, name="invoices"),
    path("money/invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("money/invoices/<int:pk>/decline/", invoices.decline, name="invoice-decline"),
    path("money/invoices/<int:pk>/file/", invoices.file, name="invoice-file"),
    path("money/account/", money.Account.as_view(), name="money-account"),
    path("money/account/transfers/", money.open_transfers, name="money-transfers"),
    path("money/account/transfers/back/", money.transfers_back, name="money-transfers-back"),
    path("messages/reviews/", reviews.review_list, name="reviews"),
    path("messages/reviews/<int:pk>/reply/", reviews.reply, name="review-reply"),
    path("messages/", talk.thread_list, name="threads"),
    path("messages/<int:pk>/", talk.thread, name="thread"),
    path("messages/<int:pk>/photos/<int:key>/", talk.photo, name="thread-photo"),
    path("messages/questions/", talk.question_list, name="questions"),
    path("messages/questions/<int:pk>/answer/", talk.answer, name="answer"),
    path("complaints/", complaints.complaint_list, name="complaints"),
    path("complaints/<str:number>/", complaints.speak, name="complaint-speak"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/do/<slug:name>/", cases.deed, name="case-deed"),
    path("cases/<str:number>/photos/<int:pk>/", cases.photo, name="case-photo"),
]
