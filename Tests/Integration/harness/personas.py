"""The named personas of Simulators/Cards, as the tests need them."""

import dataclasses
import functools

import yaml

from .paths import CARDS


@dataclasses.dataclass(frozen=True)
class Persona:
    """One persona: what its file says, without decoding the card."""

    name: str
    document: dict = dataclasses.field(hash=False, compare=False, repr=False)

    @property
    def card(self) -> dict:
        return self.document.get("card") or {}

    @property
    def holder(self) -> dict:
        return self.card.get("holder") or {}

    @property
    def expect(self) -> dict:
        return self.document.get("expect") or {}

    @property
    def screen(self) -> str:
        """The screen that a tap ends at."""
        return str(self.expect.get("screen", ""))

    @property
    def code(self) -> str | None:
        """The failure code that a tap ends with, if any."""
        return self.expect.get("code")

    @property
    def pin(self) -> str:
        return str(self.card.get("pin", ""))

    @property
    def quirks(self) -> list[str]:
        return list(self.card.get("quirks") or [])

    @property
    def masked_name(self) -> str:
        """First character and `*`."""
        return str(self.holder["name"])[0] + "*"


@functools.cache
def all_personas() -> dict[str, Persona]:
    """Every persona by its name, in the order of the names."""
    found = {}
    for path in sorted(CARDS.glob("*.yaml")):
        # Every scalar as text: a citizen number or a date must not become a number.
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        found[path.stem] = Persona(path.stem, document)
    return found


def persona(name: str) -> Persona:
    return all_personas()[name]


ELDER = "resident-dibao-elder"
