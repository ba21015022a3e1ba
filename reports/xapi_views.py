"""The page of learning records: a file to take along, and the keys with which a record store fetches by itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from papers.views import press
from people import seeds
from people.models import User
from reports import tables, xapi_keys
from reports.access import organisations_of
from reports.models import RecordStore, RecordStoreKey
from reports.xapi_access import stores_of
from reports.xapi_export import LEARNING_RECORDS, params_of
from reports.xapi_forms import MonthsForm
from reports.xapi_keys import NewKey


@never_cache
@require_GET
@login_required
def learning_records(request: HttpRequest) -> HttpResponse:
    return _page(request)


@never_cache
@require_POST
@login_required
def write_file(request: HttpRequest, organisation_id: int) -> HttpResponse:
    store = _store(request, organisation_id)
    form = MonthsForm(request.POST, prefix=str(store.pk))
    if not form.is_valid():
        return _page(request, form=form, status=422)
    assert isinstance(request.user, User)
    unmade = request.user.print_jobs.unmade().filter(kind=LEARNING_RECORDS.name)
    # Whoever grows impatient is led to what she waits for.
    if waiting := unmade.filter(params=params_of(store, form.period)).first():
        return redirect(waiting)
    title = f"{store}, {tables.name_of(form.period.first_month, form.period.last_month)}"
    return press(request, LEARNING_RECORDS.name, params_of(store, form.period), title=title)


@never_cache
@require_POST
@login_required
def make_key(request: HttpRequest, organisation_id: int) -> HttpResponse:
    store = _store(request, organisation_id)
    seed = request.POST.get("seed", "")
    assert isinstance(request.user, User)
    key = (
        xapi_keys.make(store, seed=seed, by=request.user, now=timezone.now()) if seeds.is_seed(seed) else None
    )
    return _page(request, new_key=key, is_old=key is None, status=200 if key else 422)


@require_POST
@login_required
def revoke_key(request: HttpRequest, key_id: int) -> HttpResponse:
    assert isinstance(request.user, User)
    key = get_object_or_404(RecordStoreKey, pk=key_id, store__in=stores_of(request.user))
    xapi_keys.revoke(key, now=timezone.now())
    return redirect("reports:learning_records")


def _store(request: HttpRequest, organisation_id: int) -> RecordStore:
    assert isinstance(request.user, User)
    return get_object_or_404(stores_of(request.user), organisation=organisation_id)


def _page(
    request: HttpRequest,
    *,
    form: MonthsForm | None = None,
    new_key: NewKey | None = None,
    is_old: bool = False,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, User)
    if not organisations_of(request.user):
        raise Http404
    stores = list(stores_of(request.user).prefetch_related("keys"))
    context = {
        "parts": [
            (store, form if form and form.prefix == str(store.pk) else MonthsForm(prefix=str(store.pk)))
            for store in stores
        ],
        "new_key": new_key,
        "is_old": is_old,
        "seed": seeds.new_seed(),
        # Record stores add "/statements" themselves.
        "endpoint": settings.BASE_URL + reverse("reports:statements").removesuffix("/statements"),
    }
    return render(request, "reports/learning_records.html", context, status=status)
