import pytest

pytest.register_assert_rewrite(
    "tests.publishing.adapters.contract",
    "tests.publishing.adapters.contract_content",
    "tests.publishing.adapters.contract_faults",
    "tests.publishing.adapters.contract_road",
    "tests.publishing.adapters.descriptions",
)
