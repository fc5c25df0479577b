extension FailureCatalogue {
    /// Ledger.
    static let ledgerFailures: [Failure] = [
        Failure(
            "ledger.aged",
            .service,
            "The ledger's data is older than the policy allows for amounts.",
            "Import a newer ledger file."
        ),
        Failure(
            "ledger.busy",
            .service,
            "Another import is running.",
            "Wait for it to end, then import again."
        ),
        Failure(
            "ledger.damaged",
            .service,
            "The ledger on this machine is not as it was imported and is not used; the daemon sets its file aside.",
            "Import the ledger file again; check the disk when it happens twice."
        ),
        Failure(
            "ledger.foreign-division",
            .service,
            "The ledger file does not cover the division of this station.",
            "Import the file of the own area; check `division` in station.yaml."
        ),
        Failure(
            "ledger.format",
            .service,
            "The file is not a ledger file of this version, breaks a rule of the format, or names a "
                + "person or card twice.",
            "Check that it is the right file; tell the city which generation it is."
        ),
        Failure(
            "ledger.key-unknown",
            .service,
            "The ledger file or ledger needs a signing, group or storage key that this station does not have.",
            "Install the key that the message names, or fetch a file for this station's group; after a "
                + "change of the storage key import again."
        ),
        Failure(
            "ledger.missing",
            .service,
            "No ledger was imported yet, or the file does not exist.",
            "Import a ledger file with `onecard ledger import`."
        ),
        Failure(
            "ledger.older",
            .service,
            "The ledger file is not newer than the ledger in use.",
            "Import the newest file."
        ),
        Failure(
            "ledger.signature",
            .service,
            "The signature of the ledger file does not hold.",
            "Do not use the file; fetch it again from the city and tell the operator."
        ),
        Failure(
            "ledger.storage",
            .service,
            "The disk or database refused while the ledger was read or written.",
            "Check space, owner and health of the disk, then try again."
        ),
        Failure(
            "ledger.tampered",
            .service,
            "A page of the ledger file, or what follows the last one, is not what its signed manifest says.",
            "Do not use the file; fetch it again from the city and tell the operator."
        ),
        Failure(
            "ledger.too-large",
            .service,
            "A size or count of the ledger file is over its limit.",
            "Ask the city for a file of a smaller area."
        ),
        Failure(
            "ledger.truncated",
            .service,
            "The ledger file ends too early.",
            "Fetch or copy the file again and import it."
        ),
    ]
}
