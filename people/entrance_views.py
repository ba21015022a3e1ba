"""Coming in without e-mail and password, by a code or a card, and leaving a browser that others use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import cards, codes, guessing, guests, pins, resuming, seeds
from people.access import current_person, forget_reader
from people.arriving import HER_WORK, Fields, arrive, seed_of
from people.enums import PinKind
from people.forms import CardCodeForm, DigitsForm, ResumeForm
from people.models import User


@never_cache
@require_http_methods(["GET", "POST"])
def my_code(request: HttpRequest) -> HttpResponse:
    """Her resume code: since when she has one; a new one is shown once, to be written on paper."""
    person = current_person(request)
    if person is None:
        return redirect(HER_WORK)
    if not resuming.may_have_code(person):
        raise Http404
    words, is_old = _make_code(request, person)
    context = {"words": words, "is_old": is_old, "seed": seeds.new_seed(), "kept": resuming.code_of(person)}
    return render(request, "people/my_code.html", context, status=422 if is_old else 200)


def _make_code(request: HttpRequest, person: User) -> tuple[list[str], bool]:
    """(the words, False); none when she did not ask for them; ([], True) when the page lay open too long."""
    if request.method != "POST" or not seeds.is_seed(seed := request.POST.get("seed", "")):
        return [], request.method == "POST"
    return resuming.in_words(resuming.make_code(person, seed=seed, now=timezone.now())), False


@never_cache
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """One field for the four words. A wrong code and a cancelled one get the same answer; guessing is limited."""
    form = ResumeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/resume.html", {"form": form}, status=422 if form.is_bound else 200)
    if not guessing.may_guess(request, "resume"):
        form.add_error("code", ResumeForm.TOO_MANY)
        return render(request, "people/resume.html", {"form": form}, status=429)
    person = resuming.person_of(form.cleaned_data["code"])
    if person is None:
        guessing.count_wrong(request, "resume")
        form.add_error("code", ResumeForm.WRONG)
        return render(request, "people/resume.html", {"form": form}, status=422)
    return arrive(request, person, again=[("code", form.cleaned_data["code"])])


@never_cache
@require_http_methods(["GET", "POST"])
def find_card(request: HttpRequest) -> HttpResponse:
    """A computer without camera: she types what stands on the card. Whether there is such a card is not said."""
    form = CardCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/find_card.html", {"form": form}, status=422 if form.is_bound else 200)
    return redirect("people:card", form.cleaned_data["code"])


@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the pictures, one tap after the other, or the digits.

    The page is the same for a real card, a cancelled and an unknown one; and so is the answer to a PIN that opens
    nothing, whatever the reason.
    """
    token = codes.fold(token)[: cards.TOKEN_LENGTH]
    if cards.kind_of(token) == PinKind.DIGITS:
        return _card_of_digits(request, token)
    return _card_of_pictures(request, token)


def _card_of_pictures(request: HttpRequest, token: str) -> HttpResponse:
    chosen = [name for name in request.POST.getlist("picture") if name in pins.PICTURES]
    chosen = chosen[: pins.PICTURES_IN_A_PIN]
    if len(chosen) < pins.PICTURES_IN_A_PIN:
        return _ask_for_pictures(request, chosen)
    answer, status = _try_pin(request, token, tuple(chosen), [("picture", name) for name in chosen])
    return answer or _ask_for_pictures(request, [], status=status)


def _card_of_digits(request: HttpRequest, token: str) -> HttpResponse:
    form = DigitsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask_for_digits(request, form, status=422 if form.is_bound else 200)
    pin = form.cleaned_data["digits"]
    answer, status = _try_pin(request, token, pin, [("digits", "".join(pin))])
    return answer or _ask_for_digits(request, DigitsForm(), status=status)


def _try_pin(
    request: HttpRequest, token: str, pin: pins.Pin, again: Fields
) -> tuple[HttpResponse | None, int]:
    """(her work, 200) when the card opens; (None, status of the refusal) else."""
    if not guessing.may_guess(request, "card"):
        return None, 429
    person = cards.open_card(token, pin, now=timezone.now())
    if person is None:
        guessing.count_wrong(request, "card")
        return None, 422
    return arrive(request, person, again=again), 200


def _ask_for_pictures(request: HttpRequest, chosen: list[str], status: int = 200) -> HttpResponse:
    places = [chosen[place] if place < len(chosen) else "" for place in range(pins.PICTURES_IN_A_PIN)]
    context = {"pictures": pins.PICTURES, "chosen": chosen, "places": places, "status": status}
    return render(request, "people/card_pictures.html", context, status=status)


def _ask_for_digits(request: HttpRequest, form: DigitsForm, status: int = 200) -> HttpResponse:
    return render(request, "people/card_digits.html", {"form": form, "status": status}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """ "Not me", for a guest: her work stays with us, and a code finds it again, before this browser forgets her.

    When nobody answers on a computer of the class (static/js/class.js) there may be no code yet: then it is made, and
    stands on the page that says goodbye.
    """
    person = current_person(request)
    if person is None:
        return redirect("/")
    if not person.is_guest or request.user.is_authenticated:
        return redirect("account_logout")
    words, is_old = _make_code(request, person) if "make" in request.POST else ([], False)
    kept = resuming.code_of(person)
    if "forget" in request.POST:
        return _say_goodbye(request, person)
    context = {"words": words, "is_old": is_old, "kept": kept, "seed": seeds.new_seed()}
    return render(request, "people/leave.html", context, status=422 if is_old else 200)


def _say_goodbye(request: HttpRequest, guest: User) -> HttpResponse:
    """Pressed once more because the answer got lost, it shows the same words."""
    code = resuming.make_first_code(guest, seed=seed_of(request), now=timezone.now())
    guests.leave(request)
    forget_reader(request)
    request.somebody_left = True  # type: ignore[attr-defined]
    return render(request, "people/goodbye.html", {"words": resuming.in_words(code or "")})
