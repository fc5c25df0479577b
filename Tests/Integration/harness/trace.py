"""Reads what strace wrote, to prove what stood on the disk before a page was sent."""

import dataclasses
import re

LINE = re.compile(r"^(?:\[pid\s+(\d+)\]\s+|(\d+)\s+)?(\d+\.\d+)\s+(.*)$")
CALL = re.compile(r"^(\w+)\((\d+)(?:<([^>]*)>)?")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>")
DURATION = re.compile(r"<(\d+\.\d+)>$")

ARGUMENTS = [
    "strace", "-f", "-ttt", "-T", "-y", "-s", "65536", "-e",
    "trace=fdatasync,fsync,sync_file_range,write,pwrite64,pwritev,sendto,sendmsg,writev", "-e", "signal=none",
]


@dataclasses.dataclass
class Call:
    """One system call."""

    name: str
    path: str
    began: float
    ended: float
    text: str
    succeeded: bool = True


def parse(text: str) -> list[Call]:
    """The calls in the order in which they began; one that never returned has no end."""
    calls: list[Call] = []
    open_calls: dict[str, Call] = {}
    for line in text.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        process, at, rest = found.group(1) or found.group(2) or "", float(found.group(3)), found.group(4)
        resumed = RESUMED.match(rest)
        if resumed:
            call = open_calls.pop(process, None)
            if call is not None:
                call.ended = at
                call.succeeded = " = -1" not in rest
            continue
        started = CALL.match(rest)
        if not started:
            continue
        duration = DURATION.search(rest)
        call = Call(started.group(1), started.group(3) or "", at, float("inf"), rest)
        if rest.endswith("<unfinished ...>"):
            open_calls[process] = call
        else:
            call.ended = at + (float(duration.group(1)) if duration else 0)
            call.succeeded = " = -1" not in rest
        calls.append(call)
    return calls


# The row that each screen needs: the look at the ledger with its scope.
SCOPES = {"greeting": "summary", "benefits": "details", "history": "history"}


def unsynced_before_screen(calls: list[Call], screen: str, since: float, log: str = "journal.sqlite-wal") -> list[str]:
    """What speaks against "the rows were on the disk before the page was sent"; empty when it holds.

    Before the first bytes of that screen went to a socket, the row about it must have been written, and every write to the
    journal that began after `since` must have been followed by a sync that had ended by then. The journal must have no
    such row from before `since`: it would be written again with its page.
    """
    marker = rf'\"screen\":\"{screen}\"'
    sent = next(
        (call for call in calls if call.began >= since and marker in call.text and "socket:" in call.path), None
    )
    if sent is None:
        return [f"the screen {screen} was never sent"]
    to_journal = [call for call in calls if call.path.endswith(log) and since <= call.began < sent.began]
    writes = [call for call in to_journal if "write" in call.name]
    syncs = [call for call in to_journal if "sync" in call.name and call.succeeded and call.ended <= sent.began]
    row = rf'\"scope\":\"{SCOPES[screen]}\"'
    if not any(row in write.text for write in writes):
        return [f"the row of {screen} was not written before it"]
    return [
        f"{write.name} at {write.began:.6f} was not synced before {screen} at {sent.began:.6f}"
        for write in writes
        if not any(sync.began >= write.ended for sync in syncs)
    ]
