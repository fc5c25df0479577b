"""A pcscd of a test's own, by socket activation, without any reader."""

import contextlib
import pathlib
import socket
import subprocess
import typing

from .paths import WORK, environment


@contextlib.contextmanager
def private_pcscd(name: str) -> typing.Iterator[str]:
    """Runs pcscd without readers; gives the value of PCSCLITE_CSOCK_NAME."""
    directory: pathlib.Path = WORK / name
    configuration = directory / "reader.conf.d"
    configuration.mkdir(parents=True, exist_ok=True)
    path = directory / "pcscd.comm"
    with socket.socket(socket.AF_UNIX) as listener, open(directory / "pcscd.log", "wb") as log:
        listener.bind(str(path))
        listener.listen(8)
        number = listener.fileno()
        start = f"exec 3<&{number}; export LISTEN_FDS=1 LISTEN_PID=$$; exec /usr/sbin/pcscd --foreground -c {configuration}"
        process = subprocess.Popen(
            ["bash", "-c", start], pass_fds=(number,), env=environment(), stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )
        try:
            yield str(path)
        finally:
            process.terminate()
            process.wait(20)
            path.unlink()
