"""Members."""

from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("", views.CooperativeList.as_view(), name="cooperatives"),
    path("cooperatives/<int:pk>/", views.cooperative, name="cooperative"),
    path("partners/", views.PartnerList.as_view(), name="partners"),
    path("partners/<int:pk>/", views.partner, name="partner"),
    path("strategic/", views.strategic_partners, name="strategic-partners"),
    path("strategic/<int:pk>/", views.strategic_partner, name="strategic-partner"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<int:pk>/", views.body, name="body"),
]
