from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates import issuing, papers, printing
from certificates.access import credentials_within_reach, may_correct
from certificates.enums import Kind
from certificates.forms import CertificateNameForm, CodeForm
from certificates.models import CODE_LENGTH, Credential
from learners.access import cohorts_of
from learners.views import for_trainers, signed_in
from papers.views import press
from people.access import current_person
from people.codes import fold

# Wrong codes from one address; right ones are not counted, so a class may check its own certificates.
WRONG_CODES = {"verify": "60/10m/ip"}
SECONDS_UNTIL_NEXT_LOOK = 3
SECONDS_AFTER_TROUBLE = 30


@never_cache
@require_GET
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Her certificate. While it is being printed the page looks again by itself, without JavaScript."""
    credential = _within_reach(request, code)
    if credential.superseded_by:
        return redirect(credential.superseded_by)
    return _certificate_page(request, credential, CertificateNameForm(initial={"name": credential.name}))


@never_cache
@require_GET
def certificate_pdf(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    credential = _within_reach(request, code)
    if not (credential.is_valid and credential.is_printed):
        return redirect(credential)
    try:
        paper = credential.pdf.open()
    except FileNotFoundError:
        printing.print_again(credential)
        return redirect(credential)
    return FileResponse(
        paper,
        as_attachment="download" in request.GET,
        filename=f"certificate-{credential.readable_code}.pdf",
        content_type="application/pdf",
    )


@require_POST
def correct_name(request: HttpRequest, code: str) -> HttpResponse:
    """The name is wrong: she writes it anew, and a new paper takes the place of this one."""
    person = current_person(request)
    credential = _within_reach(request, code)
    if not may_correct(person, credential):
        raise Http404
    form = CertificateNameForm(request.POST)
    if not form.is_valid():
        return _certificate_page(request, credential, form, status=422)
    return redirect(issuing.correct_my_name(credential, name=form.cleaned_data["name"]))


@never_cache
@require_http_methods(["GET", "POST"])
def give_name(request: HttpRequest) -> HttpResponse:
    """Before the first certificate: which name shall stand on it?"""
    person = current_person(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    form = CertificateNameForm(request.POST or None, initial={"name": person.name})
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "certificates/name.html", {"form": form}, status=status)
    issued = issuing.name_and_issue(person, form.cleaned_data["name"])
    return redirect(issued[0] if issued else "/me/")


@require_POST
@for_trainers
def class_paper(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """The certificates of a class, for the printer: of both kinds, unless one is asked for."""
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    wanted = [kind for kind in Kind.values if kind in request.POST.getlist("wanted")] or Kind.values
    params = {"cohort": cohort.pk, "wanted": wanted}
    return press(request, papers.OF_A_CLASS.name, params, title=cohort.name)


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """One field for the code on the paper; the answer has an address of its own."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_valid():
        return render(
            request, "certificates/verify.html", {"form": form}, status=422 if form.is_bound else 200
        )
    # What folds to nothing is a wrong code like any other.
    return redirect("certificates:verify_code", fold(form.cleaned_data["code"])[: CODE_LENGTH * 2] or "-")


@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Anyone may ask. Unknown, damaged and guessed codes get one same answer, and guessing is limited."""
    if not _may_guess(request, is_wrong=False):
        return render(request, "certificates/too_many.html", {"form": CodeForm()}, status=429)
    credential = Credential.objects.select_related("superseded_by").filter(code=fold(code)).first()
    if credential is None:
        _may_guess(request, is_wrong=True)
        return render(request, "certificates/not_found.html", {"form": CodeForm()}, status=404)
    return render(request, "certificates/verified.html", {"credential": credential})


def _within_reach(request: HttpRequest, code: str) -> Credential:
    credentials = credentials_within_reach(current_person(request)).select_related("superseded_by")
    return get_object_or_404(credentials, code=fold(code))


def _certificate_page(
    request: HttpRequest, credential: Credential, form: CertificateNameForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "credential": credential,
        "form": form,
        "may_correct": may_correct(current_person(request), credential),
    }
    if credential.is_printed or not credential.is_valid:
        return render(request, "certificates/certificate.html", context, status=status)
    context["seconds"] = SECONDS_AFTER_TROUBLE if credential.render_failures else SECONDS_UNTIL_NEXT_LOOK
    return render(request, "certificates/waiting.html", context, status=status)


def _may_guess(request: HttpRequest, *, is_wrong: bool) -> bool:
    """False when this address has typed too many wrong codes; a wrong one is counted.

    allauth's public door takes its rates from its own settings and never counts a GET.
    """
    return bool(
        ratelimit.consume(
            request,
            app="certificates",
            action="verify",
            config=WRONG_CODES,
            limit_get=True,
            dry_run=not is_wrong,
        )
    )
