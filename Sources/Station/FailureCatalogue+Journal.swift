extension FailureCatalogue {
    /// Journal.
    static let journalFailures: [Failure] = [
        Failure(
            "envelope.malformed",
            .service,
            "An event breaks a rule of its format or states too much.",
            "Tell the maker; nothing was recorded or shown."
        ),
        Failure(
            "journal.bad-signature",
            .service,
            "A row is not signed by the station's key.",
            "Keep the file as evidence; check whether the station's key was changed."
        ),
        Failure(
            "journal.broken-chain",
            .service,
            "A row of the journal does not follow the row before it.",
            "Keep the file as evidence, restore the journal from the city's copy, and tell the operator."
        ),
        Failure(
            "journal.head-malformed",
            .service,
            "The line is not a journal head.",
            "Give the file that `onecard journal head` printed."
        ),
        Failure(
            "journal.key-unknown",
            .service,
            "A row is signed with a key that is not known here.",
            "Verify with the station's own keys, or add the former public key."
        ),
        Failure(
            "journal.missing",
            .service,
            "There is no journal yet.",
            "Start the daemon once."
        ),
        Failure(
            "journal.missing-row",
            .service,
            "A row of the journal is missing.",
            "Keep the file as evidence and tell the operator."
        ),
        Failure(
            "journal.rewritten",
            .service,
            "The row with the number of the exported head is another one now.",
            "Keep the file as evidence: the journal was rewritten."
        ),
        Failure(
            "journal.row-changed",
            .service,
            "A row has another content than it was written with.",
            "Keep the file as evidence and tell the operator."
        ),
        Failure(
            "journal.storage",
            .service,
            "The journal could not be read or written; nothing that was not recorded is shown.",
            "Check space, owner and health of the disk; the service goes on by itself once rows can be written."
        ),
        Failure(
            "journal.tail-cut",
            .service,
            "The journal ends before the row whose head was exported earlier.",
            "Keep the file as evidence; the rows after its end are lost or were taken away."
        ),
    ]
}
