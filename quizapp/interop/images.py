"""Pictures decoded and written anew: what leaves here is an image and nothing else."""

import warnings
from io import BytesIO

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from quizapp.interop.wire import File, Picture
from quizapp.messages import Message, msg

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2_400
"""Larger pictures are made smaller: no page shows more, and phones need not load it."""

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/png"}
"""Formats that are decoded, and what each is written as."""

_PLUGINS = (PngImagePlugin, JpegImagePlugin, WebPImagePlugin, GifImagePlugin)
"""Named, so that only these decoders are loaded."""

_TOO_MANY = msg("the picture has more than %(most)d megapixels", most=MOST_PIXELS // 1_000_000)
_TRANSPARENT = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its EXIF orientation (tag 0x0112 of EXIF 2.3)."""


class RefusedPictureError(Exception):
    """Why a picture is not taken, in one line."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def rewrite(file: File) -> Picture:
    """Decode a picture by its content, not its name, and write it anew.

    The picture stands upright (EXIF orientation applied), its metadata is gone, an animation is its first frame, a GIF
    becomes a PNG, and no side is longer than `LONGEST_SIDE`. RefusedPictureError for what is no picture or too large.
    """
    if len(file.content) > MOST_BYTES:
        raise RefusedPictureError(msg("the picture has more than %(most)d MB", most=MOST_BYTES // 1_000_000))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kind, image = _decoded(file.content)
            content = _encoded(image, kind)
    except Image.DecompressionBombError:
        raise RefusedPictureError(_TOO_MANY) from None
    except MemoryError:
        raise RefusedPictureError(msg("the picture needs too much memory; make it smaller")) from None
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, EOFError, ArithmeticError, RuntimeError):
        raise RefusedPictureError(msg("the file is broken or not a PNG, JPEG, WebP or GIF picture")) from None
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise RefusedPictureError(msg("the picture has more than %(most)d MB; save it as JPEG", most=most))
    return Picture(file.name, KINDS[kind], image.width, image.height, content)


def _decoded(content: bytes) -> tuple[str, Image.Image]:
    with Image.open(BytesIO(content), formats=list(KINDS)) as source:
        kind = source.format or ""
        if source.width * source.height > MOST_PIXELS:
            raise RefusedPictureError(_TOO_MANY)
        if kind == "JPEG":
            source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        source.seek(0)
        source.load()
        turn = _TURNS.get(source.getexif().get(_ORIENTATION, 1))
        image = _plain(source)
        return kind, image if turn is None else image.transpose(turn)


def _plain(source: Image.Image) -> Image.Image:
    """Give the picture in colours that every format can hold; what it says beside its pixels stays behind."""
    if source.mode.startswith("I;16"):
        source = source.point(lambda light: light / 256).convert("L")
    see_through = source.mode in _TRANSPARENT or "transparency" in source.info
    wanted = "RGBA" if see_through else "L" if source.mode in {"1", "L", "I", "F"} else "RGB"
    image = source if source.mode == wanted else source.convert(wanted)
    scale = min(1.0, LONGEST_SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image = image.resize(size, Image.Resampling.LANCZOS) if scale < 1 else image.copy()
    image.info = {}
    return image


def _encoded(image: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    match kind:
        case "JPEG":
            image.save(target, "JPEG", quality=88, optimize=True, exif=b"", icc_profile=None)
        case "WEBP":
            image.save(target, "WEBP", quality=88, method=4, exif=b"", icc_profile=b"", xmp=b"")
        case _:
            image.save(target, "PNG", compress_level=6, exif=b"", icc_profile=None)
    return target.getvalue()
