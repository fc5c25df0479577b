"""Development keys and synthetic towns, made once for a run."""

import pathlib
import subprocess

from .paths import CARDS, DIVISION, ONECARD_SIM, WORK, environment
from .waiting import PATIENCE


def make_keys(directory: pathlib.Path) -> pathlib.Path:
    run("keys", "--out", directory)
    return directory


def make_town(
    out: pathlib.Path, keys: pathlib.Path, residents: int = 40, seed: int = 7, division: str = DIVISION,
    generation: int = 1, as_of: str | None = None,
) -> pathlib.Path:
    """Writes a ledger file with all personas and some generated residents."""
    arguments = [
        "town", "--out", out, "--keys", keys, "--cards", CARDS, "--residents", residents, "--seed", seed,
        "--division", division, "--generation", generation,
    ]
    if as_of:
        arguments += ["--as-of", as_of]
    run(*arguments)
    return out


def run(*arguments) -> None:
    done = subprocess.run(
        [ONECARD_SIM, *map(str, arguments)], env=environment(), capture_output=True, text=True, timeout=PATIENCE * 6,
        cwd=WORK,
    )
    assert done.returncode == 0, done.stderr


class Town:
    """Keys and ledger of the run."""

    residents = 40
    seed = 7

    def __init__(self, directory: pathlib.Path):
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self.keys = make_keys(directory / "keys")
        self.ledger = make_town(directory / "town.ledger", self.keys, self.residents, self.seed)

    def another(self, name: str, **options) -> pathlib.Path:
        """A further ledger file under the same keys."""
        path = self.directory / name
        keys = options.pop("keys", self.keys)
        return make_town(path, keys, **({"residents": self.residents, "seed": self.seed} | options))
