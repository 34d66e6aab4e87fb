"""The languages of the interface, each by the name it has itself."""

from collections.abc import Mapping
from types import MappingProxyType

INTERFACE: Mapping[str, str] = MappingProxyType(
    {"en": "English", "sv": "Svenska", "de": "Deutsch", "fi": "Suomi", "nb": "Norsk bokmål"}
)
