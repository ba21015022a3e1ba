"""What the editor sees beside her text: which step lacks what."""

from typing import Any

from wagtail.admin.panels import Panel


class LacksPanel(Panel):
    """A list of steps that lack a picture, its words, a translation, or speak in long sentences."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/lacks.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from courses.completeness import lacks_of

            context = super().get_context_data(parent_context)
            context["lacks"] = lacks_of(self.instance) if self.instance.pk else None
            context["voices"] = self.voices()
            return context

        def voices(self) -> dict[str, Any] | None:
            """How many of its texts have a voice; None before its first publication."""
            from courses.models import Lesson
            from courses.recordings import count_of

            lesson = Lesson.objects.live().filter(key=self.instance.translation_key).first()
            if lesson is None:
                return None
            language = self.instance.locale.language_code
            return {"lesson": lesson, "language": language, "count": count_of(lesson, language)}


class NotesPanel(Panel):
    """What people who teach wrote about its steps, while nobody has looked into it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/notes_of_lesson.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from courses.notes import open_notes

            context = super().get_context_data(parent_context)
            key = self.instance.translation_key if self.instance.pk else None
            context["notes"] = list(open_notes().filter(step__lesson__key=key)) if key else []
            return context
