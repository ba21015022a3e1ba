import pytest
from django.test import Client


@pytest.fixture
def client_of():
    """A browser of its own, signed in as this person."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
