"""Pages of this app: everything a buyer calls her own."""

from django.urls import path

from marketplace.accounts.contacts import Kind

from .views import account, addresses, cases, favourites, notices, orders, privacy, reviews, security, threads

urlpatterns = [
    path("", account.account, name="account"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/claim/", orders.claim, name="orders-claim"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/receive/", orders.receive, name="order-receive"),
    path("orders/<str:number>/cancel/", orders.cancel, name="order-cancel"),
    path("orders/<str:number>/case/", cases.ask, name="ask"),
    path("orders/<str:number>/review/", reviews.review, name="review"),
    path("reviews/<int:pk>/more/", reviews.follow_up, name="review-more"),
    path("messages/", threads.thread_list, name="threads"),
    path("messages/<int:pk>/", threads.thread, name="thread"),
    path("messages/<int:pk>/photos/<int:key>/", threads.photo, name="thread-photo"),
    path("messages/about/<int:pk>/", threads.about_product, name="about-product"),
    path("messages/order/<str:number>/", threads.about_order, name="about-order"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/do/<slug:name>/", cases.deed, name="case-deed"),
    path("cases/<str:number>/photos/<int:pk>/", cases.photo, name="case-photo"),
    path("addresses/", addresses.address_list, name="addresses"),
    path("addresses/new/", addresses.Address.as_view(), name="address-new"),
    path("addresses/<int:pk>/", addresses.Address.as_view(), name="address"),
    path("addresses/<int:pk>/usual/", addresses.usual, name="address-usual"),
    path("addresses/<int:pk>/delete/", addresses.delete, name="address-delete"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/ways/", notices.Ways.as_view(), name="notice-ways"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    path("security/", security.security, name="security"),
    path("security/password/", security.Password.as_view(), name="password"),
    path("security/nickname/", security.Nickname.as_view(), name="nickname"),
    path("security/mobile/", security.Contact.as_view(kind=Kind.MOBILE), name="mobile"),
    path("security/email/", security.Contact.as_view(kind=Kind.EMAIL), name="email"),
    path("security/sessions/end/", security.end_others, name="sessions-end"),
    path("security/sessions/<str:handle>/end/", security.end_session, name="session-end"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/export/", privacy.Export.as_view(), name="export"),
    path("privacy/close/", privacy.Close.as_view(), name="close"),
    path("privacy/agreements/<int:pk>/withdraw/", privacy.withdraw, name="withdraw"),
    path("favourites/", favourites.favourite_list, name="favourites"),
    path("favourites/<int:pk>/", favourites.Heart.as_view(), name="favourite"),
]
