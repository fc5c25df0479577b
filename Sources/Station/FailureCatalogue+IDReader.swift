extension FailureCatalogue {
    /// Resident-ID readers.
    static let idReaderFailures: [Failure] = [
        Failure(
            "id.authentication-failed",
            .card,
            "Document and security module do not accept each other, or the data do not verify.",
            "Put the document on again; if it happens again, have the document checked by the police."
        ),
        Failure(
            "id.cancelled",
            .service,
            "The reading was given up before it ended.",
            "Repeat the reading."
        ),
        Failure(
            "id.checksum",
            .service,
            "Frames between station and reader arrive damaged, also when repeated.",
            "Check the cable and the line speed; try another port."
        ),
        Failure(
            "id.frame-malformed",
            .service,
            "What the reader sent is no answer to what was asked.",
            "Compare mode and endpoints with the device profile; unplug and replug the reader."
        ),
        Failure(
            "id.lift-first",
            .noCard,
            "The document was read just before, and the reader finds it again only after it was lifted.",
            "Lift the document and put it on again."
        ),
        Failure(
            "id.line-failed",
            .noReader,
            "The line to the reader failed; the cause names how.",
            "Follow the remedy of the cause's code."
        ),
        Failure(
            "id.no-document",
            .noCard,
            "No identity document was found on the reader.",
            "Put the document on the reader; if it lies there, lift it and put it on again."
        ),
        Failure(
            "id.read-failed",
            .card,
            "The document did not give its data.",
            "Put the document on again and leave it; if it happens again, the document may be damaged."
        ),
        Failure(
            "id.refused",
            .service,
            "The reader answered with a status that is not expected; the message names command and status.",
            "Compare the reader with its device profile; tell the vendor command and status."
        ),
        Failure(
            "id.sam-not-authorised",
            .service,
            "The reader's security module was not released for use.",
            "Have the reader released by its vendor."
        ),
        Failure(
            "id.sam-self-test",
            .service,
            "The reader's security module failed its self test.",
            "Unplug and replug the reader; if it happens again, have it repaired."
        ),
        Failure(
            "id.select-failed",
            .card,
            "The document was found and could not be selected.",
            "Leave the document still until the screen says so, one at a time."
        ),
        Failure(
            "id.timeout",
            .service,
            "The reader did not answer in time.",
            "Unplug and replug the reader; if it is only slow, raise the times in its profile."
        ),
        Failure(
            "id.wrong-document-kind",
            .card,
            "A card of another kind lies on the reader.",
            "Put an identity document on the reader and take other cards away."
        ),
    ]
}
