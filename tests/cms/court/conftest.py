import pytest

from tests.cms.court.desk import Square, Telephone, told


@pytest.fixture
def square(cast):
    return Square()


@pytest.fixture
def telephone(client, cast, square):
    return Telephone(client, cast.prosecutor)


@pytest.fixture
def filed(telephone, square):
    """A court result of one defendant, convicted, that waits for its approvals."""
    telephone.begin()
    answer = telephone.file(square.unit)
    assert answer.status_code == 302, told(answer)
    return telephone.report
