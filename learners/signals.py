"""News that the rooms above may listen to. They hurry; the sweeps of those rooms guarantee."""

from django.dispatch import Signal

# A module is finished for the first time. Sent robustly with completion=ModuleCompletion, inside the transaction:
# a receiver that writes opens a savepoint of its own.
module_completed = Signal()
# Two enrolments became one: what hangs on `gone` must move to `kept` before `gone` is deleted.
# Sent with gone=ModuleCompletion, kept=ModuleCompletion.
completions_merged = Signal()
