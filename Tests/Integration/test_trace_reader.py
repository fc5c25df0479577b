"""The reader of system-call traces itself."""

from harness.trace import parse, unsynced_before_screen

WAL = "/s/journal.sqlite-wal"
SCREEN = r'\"screen\":\"greeting\"'
ROW = r'\"scope\":\"summary\"'


def lines(*calls: str) -> list:
    return parse("\n".join(calls))


def test_synced_rows_satisfy():
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"10 1.010 fdatasync(5<{WAL}>) = 0 <0.004>",
        f"11 1.020 writev(9<socket:[7]>, [{{iov_base=\"{SCREEN}\"}}], 1) = 1 <0.001>",
    )
    assert unsynced_before_screen(calls, "greeting", 0.5) == []


def test_unsynced_rows_are_found_out():
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"11 1.020 writev(9<socket:[7]>, [{{iov_base=\"{SCREEN}\"}}], 1) = 1 <0.001>",
    )
    assert "was not synced" in unsynced_before_screen(calls, "greeting", 0.5)[0]


def test_sync_of_earlier_rows_does_not_count():
    calls = lines(
        f"10 1.000 fdatasync(5<{WAL}>) = 0 <0.004>",
        f"10 1.010 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>",
    )
    assert "was not synced" in unsynced_before_screen(calls, "greeting", 0.5)[0]


def test_sync_that_had_not_ended_does_not_count():
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"10 1.010 fdatasync(5<{WAL}> <unfinished ...>",
        f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>",
        "10 1.030 <... fdatasync resumed>) = 0 <0.020>",
    )
    assert "was not synced" in unsynced_before_screen(calls, "greeting", 0.5)[0]


def test_failed_sync_does_not_count():
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"10 1.010 fdatasync(5<{WAL}>) = -1 EIO (Input/output error) <0.004>",
        f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>",
    )
    assert unsynced_before_screen(calls, "greeting", 0.5)


def test_screen_without_rows_is_found_out():
    calls = lines(f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>")
    assert "was not written" in unsynced_before_screen(calls, "greeting", 0.5)[0]


def test_row_that_comes_after_its_page_is_found_out():
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"CardInserted\", 1, 0) = 1 <0.001>",
        f"10 1.010 fdatasync(5<{WAL}>) = 0 <0.004>",
        f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>",
        f"10 1.030 pwrite64(5<{WAL}>, \"{ROW}\", 1, 0) = 1 <0.001>",
        f"10 1.040 fdatasync(5<{WAL}>) = 0 <0.004>",
    )
    assert "was not written" in unsynced_before_screen(calls, "greeting", 0.5)[0]


def test_row_of_another_screen_does_not_count():
    other = ROW.replace("summary", "details")
    calls = lines(
        f"10 1.000 pwrite64(5<{WAL}>, \"{other}\", 1, 0) = 1 <0.001>",
        f"10 1.010 fdatasync(5<{WAL}>) = 0 <0.004>",
        f"11 1.020 sendto(9<socket:[7]>, \"{SCREEN}\", 9, 0, NULL, 0) = 9 <0.001>",
    )
    assert "was not written" in unsynced_before_screen(calls, "greeting", 0.5)[0]
