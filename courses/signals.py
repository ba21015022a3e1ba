"""News from the ground floor; the rooms above listen."""

from django.dispatch import Signal

# The steps of a lesson, or the lessons of a module, are others than before. Sent with lesson=Lesson.
lesson_changed = Signal()

# Somebody wants to delete these pages. Sent with keys={translation_key}; a receiver answers with a sentence that
# says why not, or with None.
page_in_use = Signal()

# Which languages of the site has a native speaker read? A receiver answers {language}.
languages_read = Signal()
