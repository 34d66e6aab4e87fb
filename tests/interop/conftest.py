"""Uploads as people, and people who mean harm, make them."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

Draw = Callable[..., bytes]
Pack = Callable[..., bytes]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Make the bytes of a plain picture."""

    def drawn(
        kind: str = "PNG", size: tuple[int, int] = (12, 8), mode: str = "RGB", color: object = 128, **more: object
    ) -> bytes:
        content = BytesIO()
        Image.new(mode, size, color).save(content, kind, **more)  # type: ignore[arg-type]  # whatever a format takes
        return content.getvalue()

    return drawn


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Make the bytes of a zip archive."""

    def packed(*members: tuple[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
        content = BytesIO()
        with ZipFile(content, "w", compression) as archive:
            for name, data in members:
                archive.writestr(name, data)
        return content.getvalue()

    return packed
