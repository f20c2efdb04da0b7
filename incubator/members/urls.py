"""Members."""

from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("", views.CooperativeList.as_view(), name="cooperatives"),
    path("cooperatives/<int:pk>/", views.cooperative, name="cooperative"),
    path("cooperatives/<int:pk>/shop/", views.cooperative_shop, name="cooperative-shop"),
    path("partners/", views.PartnerList.as_view(), name="partners"),
    path("partners/<int:pk>/", views.partner, name="partner"),
    path("partners/<int:pk>/shop/", views.partner_shop, name="partner-shop"),
    path("strategic/", views.strategic_partners, name="strategic-partners"),
    path("strategic/<int:pk>/", views.strategic_partner, name="strategic-partner"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<int:pk>/", views.body, name="body"),
    path("bodies/<int:pk>/roster.xlsx", views.body_export, name="body-export"),
    path("bodies/new/", views.new_body, name="new-body"),
    path("bodies/<int:pk>/join/", views.join, name="join"),
    path("memberships/<int:pk>/move/", views.move_membership, name="move-membership"),
    path("strategic/new/", views.new_strategic_partner, name="new-strategic-partner"),
    path("strategic/<int:pk>/programmes/", views.offer, name="offer"),
    path("programmes/<int:pk>/members/", views.take_part, name="take-part"),
]
