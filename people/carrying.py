"""What she chose once goes with her to another phone or computer."""

from django.http import HttpResponse

from people import comfort
from people.languages import OFF, ON, keep_choice
from people.models import User


def carry_over(response: HttpResponse, person: User) -> None:
    """For whatever signs her in: this browser now speaks her languages and is as easy to read as her own.

    What she never chose leaves the browser as it is.
    """
    keep_choice(
        response,
        help_language=person.help_language,
        screen_language=person.screen_language,
        both=ON if person.reads_both else OFF,
    )
    comfort.keep(response, person.comfort)
