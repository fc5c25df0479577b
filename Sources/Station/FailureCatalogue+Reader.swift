extension FailureCatalogue {
    /// Readers.
    static let readerFailures: [Failure] = [
        Failure(
            "pcsc.access-denied",
            .service,
            "The smart-card service refuses the user under which the program runs.",
            "Give that user access by the polkit rule that the package installs."
        ),
        Failure(
            "pcsc.failure",
            .service,
            "The smart-card service reported a failure that has no code of its own.",
            "Look at the service's log with `journalctl -u pcscd` and restart it."
        ),
        Failure(
            "pcsc.no-readers",
            .noReader,
            "The smart-card service knows no reader.",
            "Plug in a reader and check its cable and its entry in the list of supported readers."
        ),
        Failure(
            "pcsc.protocol-mismatch",
            .service,
            "The PC/SC client library and the service speak different versions of their protocol.",
            "Install `libpcsclite1` and `pcscd` from the same release and restart both."
        ),
        Failure(
            "pcsc.service-not-answering",
            .service,
            "The smart-card service accepts connections but does not answer.",
            "Restart it with `systemctl restart pcscd`; the station comes back by itself."
        ),
        Failure(
            "pcsc.service-not-running",
            .service,
            "The smart-card service pcscd is not running or not installed.",
            "Start it with `systemctl start pcscd.socket`, or install the package `pcscd`."
        ),
        Failure(
            "reader.ambiguous",
            .usage,
            "No reader was named and more than one could be meant.",
            "Name one reader, or leave a card on one reader only."
        ),
        Failure(
            "reader.not-found",
            .noReader,
            "The reader that was named is not connected.",
            "Compare the name with the list of `onecard readers` and plug the reader in."
        ),
        Failure(
            "reader.sharing-violation",
            .service,
            "Another program uses the reader exclusively.",
            "End the other program or let it release the reader."
        ),
        Failure(
            "reader.timeout",
            .card,
            "The reader or the card did not finish within the deadline.",
            "Put the card on again; if it happens again, unplug and replug the reader."
        ),
        Failure(
            "reader.unplugged",
            .noReader,
            "The reader was unplugged while it was in use.",
            "Plug it in again and put the card on it once more."
        ),
    ]
}
