"""Every address of the desk."""

from allauth.account import urls as account_urls
from django.conf import settings
from django.urls import include, path

from detector.desk import health
from detector.desk.api.routes import api
from detector.desk.pages.views import admin, case, guides, ledger, own, queue, science, search

# Of allauth's account pages those that a closed house needs: nobody signs up, no mail is sent.
_ACCOUNT = {"account_login", "account_logout", "account_inactive", "account_signup",
            "account_change_password", "account_set_password", "account_reauthenticate"}  # fmt: skip
accounts = [one for one in account_urls.urlpatterns if one.name in _ACCOUNT]

handler500 = "detector.desk.broken.broken"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", queue.take_next, name="next"),
    path("undo/", case.take_back, name="undo"),
    path("cases/", search.search, name="search"),
    path("cases/<slug:case_id>/", case.case, name="case"),
    path("cases/<slug:case_id>/claim/", case.take, name="claim"),
    path("cases/<slug:case_id>/decide/", case.submit, name="decide"),
    path("cases/<slug:case_id>/reopen/", case.open_again, name="reopen"),
    path("cases/<slug:case_id>/alike/", case.bulk, name="bulk"),
    path("law/", guides.law, name="law"),
    path("law/<str:clause>/", guides.clause, name="clause"),
    path("registry/", guides.registry, name="registry"),
    path("order/", guides.ordering, name="order"),
    path("help/", guides.guide, name="help"),
    path("agreement/", science.agreement, name="agreement"),
    path("training/", science.training, name="training"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/verify/", ledger.prove, name="ledger_verify"),
    path("ledger/checkpoint/", ledger.sign_now, name="ledger_checkpoint"),
    path("ledger/export/", ledger.export, name="ledger_export"),
    path("people/", admin.people, name="people"),
    path("people/add/", admin.person_add, name="person_add"),
    path("people/<slug:pseudonym>/", admin.person_change, name="person_change"),
    path("clients/", admin.clients, name="clients"),
    path("clients/add/", admin.client_add, name="client_add"),
    path("clients/<int:client_id>/rotate/", admin.client_rotate, name="client_rotate"),
    path("clients/<int:client_id>/close/", admin.client_close, name="client_close"),
    path("webhooks/", admin.webhooks, name="webhooks"),
    path("webhooks/add/", admin.webhook_add, name="webhook_add"),
    path("webhooks/<int:target_id>/close/", admin.webhook_close, name="webhook_close"),
    path("webhooks/messages/<int:delivery_id>/resend/", admin.delivery_resend, name="resend"),
    path("me/", own.own, name="own"),
    path("language/", own.language, name="language"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("accounts/", include(accounts)),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
if settings.CONFIG.oidc[0]:
    urlpatterns += [
        path("accounts/sso/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
