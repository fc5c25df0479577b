extension FailureCatalogue {
    /// Printers, scanners and PIN pads.
    static let peripheralFailures: [Failure] = [
        Failure(
            "pinpad.cancelled",
            .card,
            "The person pressed the cancel key of the PIN pad.",
            "Begin again."
        ),
        Failure(
            "pinpad.length",
            .card,
            "The PIN has fewer or more digits than were asked for.",
            "Enter the whole PIN."
        ),
        Failure(
            "pinpad.malformed",
            .service,
            "A frame or an answer of the PIN pad does not have its form.",
            "Unplug and replug it; compare it with its device profile."
        ),
        Failure(
            "pinpad.mismatch",
            .card,
            "The new PIN and its repetition differ.",
            "Enter the new PIN again, twice the same."
        ),
        Failure(
            "pinpad.profile",
            .service,
            "A value that describes a PIN pad is out of its bounds.",
            "Correct the device profile."
        ),
        Failure(
            "pinpad.timeout",
            .card,
            "Nobody entered the PIN in time.",
            "Begin again."
        ),
        Failure(
            "pinpad.unsupported",
            .service,
            "The reader cannot check a PIN by itself.",
            "Use the PIN pad on the screen."
        ),
        Failure(
            "printer.broken",
            .service,
            "The printer reports an error that it cannot recover from.",
            "Switch it off and on; if the error stays, have it repaired."
        ),
        Failure(
            "printer.cancelled",
            .service,
            "The slip was given up.",
            "Print again if it is still needed."
        ),
        Failure(
            "printer.cover-open",
            .service,
            "The printer's cover is open.",
            "Close the cover; the slip is printed then."
        ),
        Failure(
            "printer.cutter",
            .service,
            "The printer's cutter is jammed.",
            "Clear the cutter and close the cover."
        ),
        Failure(
            "printer.line",
            .service,
            "The exchange with the printer failed on the line.",
            "Check the cable and print again."
        ),
        Failure(
            "printer.not-responding",
            .service,
            "The printer takes no bytes or answers no question about its state.",
            "Switch it off and on, and check the cable."
        ),
        Failure(
            "printer.offline",
            .service,
            "The printer is offline and does not say why.",
            "Look at its cover, paper and buttons."
        ),
        Failure(
            "printer.overheated",
            .service,
            "The print head is too hot, or the printer is in another state that ends by itself.",
            "Wait some minutes."
        ),
        Failure(
            "printer.paper-end",
            .service,
            "The printer has no paper.",
            "Put in paper; the slip is printed then."
        ),
        Failure(
            "printer.profile",
            .service,
            "A value that describes a printer is out of its bounds.",
            "Correct the device profile."
        ),
        Failure(
            "printer.slip-too-large",
            .service,
            "A slip has more lines or characters, or a larger code, than a slip may have.",
            "Shorten what is to be printed."
        ),
        Failure(
            "printer.unconfirmed",
            .service,
            "The printer took the whole slip and did not confirm that it is printed.",
            "Look at the printer; print again if nothing lies there."
        ),
        Failure(
            "printer.unplugged",
            .service,
            "The printer is gone.",
            "Plug it in; the station takes it up again by itself."
        ),
        Failure(
            "scanner.code-refused",
            .card,
            "The code was refused: it has run out, was used, or is of another kind.",
            "Refresh the code and scan it again."
        ),
        Failure(
            "scanner.garbled",
            .service,
            "Keys of a keyboard scanner were lost or stand for no character.",
            "Scan again; set the scanner to the US layout."
        ),
        Failure(
            "scanner.malformed",
            .service,
            "A code lacks its prefix, or a report of the scanner contradicts itself.",
            "Scan again; compare the scanner with its device profile."
        ),
        Failure(
            "scanner.profile",
            .service,
            "A value that describes a scanner is out of its bounds.",
            "Correct the device profile."
        ),
        Failure(
            "scanner.too-long",
            .service,
            "A code is longer than its limit.",
            "Scan the right code."
        ),
        Failure(
            "scanner.torn",
            .service,
            "A code stopped before its end.",
            "Scan again; compare the suffix with the device profile."
        ),
        Failure(
            "scanner.verifier-unavailable",
            .service,
            "Nobody can be asked whether the code holds, or the answer has no known form.",
            "Use the card, or try later."
        ),
    ]
}
