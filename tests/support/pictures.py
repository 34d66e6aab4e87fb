"""A picture for tests that are about everything but its pixels."""

from dataclasses import dataclass

from support.banks import SOURCING

from quizapp.core.knowledge.limits import Text

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""A PNG of one white pixel."""

PICTURED = SOURCING.replace(
    "sla: {front: What does SLA stand for?, back: Service level agreement, tags: [contract]}",
    "sla: {front: What does SLA stand for?, back: Service level agreement, tags: [contract],"
    " image: pictures/sla.png, alt: A contract with a seal}",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it comes out of an upload."""

    filename: str = "sla.png"
    media_type: str = "image/png"
    width: int = 640
    height: int = 480
    content: bytes = PIXEL


def pictured() -> tuple[Text, ...]:
    """Give the test bank with a picture beside one card."""
    return (Text("sourcing-test.yaml", PICTURED),)
