"""News from the ground floor; the rooms above listen. Receivers run inside the sender's transaction."""

from django.dispatch import Signal

# merged: everything of `guest` becomes `person`'s.  Sent with guest=User, person=User.
people_merged = Signal()
# leaving: a person deletes herself; each room forgets what is hers.  Sent with person=User.
person_leaving = Signal()
