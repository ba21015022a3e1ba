"""News that the rooms above may listen to. They hurry; the sweeps of those rooms guarantee."""

from django.dispatch import Signal

# A trainer saw somebody's practice, or took that back. Sent robustly with person=User and module=Module, inside the
# transaction: a receiver that writes opens a savepoint of its own.
supervision_changed = Signal()
