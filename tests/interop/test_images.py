"""Pictures are decoded and written anew: nothing but the image comes through."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from quizapp.interop.images import LONGEST_SIDE, MOST_BYTES, RefusedPictureError, rewrite
from quizapp.interop.wire import File, Picture

Draw = Callable[..., bytes]
MARK = b"<script>alert(1)</script>"


def written(content: bytes, name: str = "p.png") -> tuple[Picture, Image.Image]:
    picture = rewrite(File(name, content))
    image = Image.open(BytesIO(picture.content))
    image.load()
    assert image.size == (picture.width, picture.height)
    return picture, image


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", MARK, b"\x89PNG\r\n\x1a\n" + MARK, b"GIF89a/*\x0a\x00*/=1;alert(1)", b"<svg onload='alert(1)'/>"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedPictureError, match="broken or not a PNG, JPEG, WebP or GIF"):
        rewrite(File("p.png", content))


def test_a_picture_that_is_cut_off_is_refused(draw: Draw) -> None:
    content = draw(size=(200, 200))
    with pytest.raises(RefusedPictureError, match="broken"):
        rewrite(File("p.png", content[: len(content) // 2]))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused_whatever_their_name_says(draw: Draw, kind: str) -> None:
    with pytest.raises(RefusedPictureError):
        rewrite(File("p.png", draw(kind, size=(16, 16))))


def test_more_than_25_megapixels_are_refused(draw: Draw) -> None:
    with pytest.raises(RefusedPictureError, match="25 megapixels"):
        rewrite(File("p.png", draw(size=(5001, 5000), mode="1", color=1)))


def test_more_than_5_megabytes_are_refused(draw: Draw) -> None:
    with pytest.raises(RefusedPictureError, match="5 MB"):
        rewrite(File("p.png", draw() + b"\0" * MOST_BYTES))


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_a_picture_is_told_by_its_content_not_its_name(draw: Draw, kind: str, media_type: str) -> None:
    picture, image = written(draw(kind), "p.jpg")
    assert (picture.name, picture.media_type, picture.width, picture.height) == ("p.jpg", media_type, 12, 8)
    assert Image.MIME[image.format or ""] == media_type


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_a_picture_says_beside_its_pixels_is_gone(draw: Draw, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    exif[0x8825] = {1: "N", 2: (59.0, 20.0, 0.0)}
    more: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", MARK.decode())
        more["pnginfo"] = text
    if kind == "JPEG":
        more["comment"] = MARK
    content = draw(kind, **more) + MARK
    assert b"Taken at home" in content
    picture, image = written(content)
    for secret in (b"Taken at home", MARK, b"Exif", b"exif"):
        assert secret not in picture.content
    assert dict(image.getexif()) == {}


def test_a_picture_stands_upright(draw: Draw) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture, _ = written(draw("JPEG", size=(40, 10), exif=exif))
    assert (picture.width, picture.height) == (10, 40)


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_puts_the_dark_corner_where_it_belongs(turn: int) -> None:
    upright = Image.new("L", (32, 16), 255)
    upright.paste(0, (0, 0, 8, 8))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright if turn == 1 else upright.transpose(Image.Transpose(undo[turn]))
    exif, content = Image.Exif(), BytesIO()
    exif[0x0112] = turn
    stored.save(content, "PNG", exif=exif)
    _, image = written(content.getvalue())
    assert image.size == (32, 16)
    assert image.convert("L").getpixel((2, 2)) == 0
    assert image.convert("L").getpixel((30, 14)) == 255


def test_an_animation_keeps_its_first_frame() -> None:
    frames = [Image.new("RGB", (10, 10), color) for color in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        content = BytesIO()
        frames[0].save(content, kind, save_all=True, append_images=frames[1:], duration=100)
        _, image = written(content.getvalue())
        assert getattr(image, "n_frames", 1) == 1
        red, _, blue = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]  # three bands
        assert red > 200
        assert blue < 100


@pytest.mark.parametrize(
    ("mode", "color"), [("1", 1), ("L", 9), ("LA", (9, 99)), ("P", 3), ("RGBA", (1, 2, 3, 9)), ("I;16", 40_000)]
)
def test_every_mode_of_a_png_comes_through(draw: Draw, mode: str, color: object) -> None:
    _, image = written(draw(mode=mode, color=color))
    assert ("A" in image.mode) == (mode in {"LA", "RGBA"})


def test_sixteen_bits_of_grey_become_eight(draw: Draw) -> None:
    _, image = written(draw(mode="I;16", color=0x8000))
    assert image.getpixel((0, 0)) == 0x80


def test_a_see_through_palette_stays_see_through() -> None:
    image = Image.new("P", (4, 4), 0)
    content = BytesIO()
    image.save(content, "PNG", transparency=0)
    _, found = written(content.getvalue())
    assert found.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]  # four bands


def test_a_picture_for_print_gets_the_colours_of_a_screen() -> None:
    content = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(content, "JPEG")
    _, image = written(content.getvalue())
    assert image.mode == "RGB"


def test_a_large_picture_is_made_smaller(draw: Draw) -> None:
    picture, _ = written(draw(size=(4800, 1200)))
    assert (picture.width, picture.height) == (LONGEST_SIDE, 600)


def test_a_line_stays_a_line(draw: Draw) -> None:
    picture, _ = written(draw(size=(20_000, 1)))
    assert (picture.width, picture.height) == (LONGEST_SIDE, 1)
