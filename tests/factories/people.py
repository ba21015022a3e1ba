import factory
from factory.django import DjangoModelFactory

from people.enums import Role
from people.models import Membership, Organisation, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.LazyAttribute(lambda person: person.username and person.username.title())
    password = factory.django.Password("step-by-step")

    class Params:
        guest = factory.Trait(username=None, name="", is_guest=True, password=factory.django.Password(None))


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    enterprise_number = "0123.456.749"
    place = "Gent"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LEARNER
