"""The pen a drawing is made with: all parts together."""

from .forms import FormParts
from .hands import Hands
from .keyboard import Keys
from .mail import Mail, MailParts
from .scenes import Scenes
from .things import Things
from .wording import literal

__all__ = ["Mail", "Pen", "literal"]


class Pen(Things, MailParts, FormParts, Keys, Scenes, Hands):
    """Draws one picture in one language."""
