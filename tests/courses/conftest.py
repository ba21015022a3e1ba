import pytest

from tests.factories.courses import instruction, lesson_page, module_page, question, real


@pytest.fixture
def at_desk(client, edith):
    """Edith's browser."""
    client.force_login(edith)
    return client


@pytest.fixture
def page(db):
    return lesson_page(
        module_page(title="E-mail"),
        [
            instruction("Click “Send”.", text="Your e-mail goes away."),
            question("Which one is right?"),
            real(),
        ],
        title="Write an e-mail",
    )
