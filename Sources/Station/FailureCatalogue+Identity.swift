extension FailureCatalogue {
    /// People and their cards.
    static let identityFailures: [Failure] = [
        Failure(
            "date.malformed",
            .card,
            "A date or month is not written as it should be (YYYY-MM-DD, YYYYMMDD, packed decimal, YYYY-MM).",
            "On a card: the date is shown as unreadable, the rest goes on. In a file: correct the line named."
        ),
        Failure(
            "date.out-of-range",
            .card,
            "A date or month does not exist, or lies outside 1800...9999.",
            "As `date.malformed`."
        ),
        Failure(
            "division.malformed",
            .card,
            "A division code does not have 2, 4, 6, 9 or 12 digits, or begins with 0.",
            "On a card: shown as unreadable, the rest goes on. In a file: correct the line named."
        ),
        Failure(
            "identity.card-cancelled",
            .card,
            "The card was cancelled.",
            "Apply for a new card at the window."
        ),
        Failure(
            "identity.card-expired",
            .card,
            "The validity of the card has ended, by the card itself or by the ledger.",
            "Have the card renewed at the window; benefits go on meanwhile."
        ),
        Failure(
            "identity.card-formally-lost",
            .card,
            "The card was reported lost for good and gives no access any more.",
            "Use the replacement card; without one, apply at the window."
        ),
        Failure(
            "identity.card-inactive",
            .card,
            "The social-security application of the card has not been activated.",
            "Have the card activated at the window or at the bank."
        ),
        Failure(
            "identity.card-mismatch",
            .card,
            "The numbers on the card do not belong to one card of the ledger, or contradict each other.",
            "Ask at the window; staff can check the person by sight."
        ),
        Failure(
            "identity.card-not-in-ledger",
            .card,
            "The ledger knows the person, but not this card.",
            "Bring the newest card, or ask at the window; the station keeps a record."
        ),
        Failure(
            "identity.card-not-yet-valid",
            .card,
            "The card's validity begins on a later day, or the clock of the station is wrong.",
            "Check the date of the station; come back on the first day of validity."
        ),
        Failure(
            "identity.card-replaced",
            .card,
            "The card was replaced by a newer one.",
            "Use the newer card."
        ),
        Failure(
            "identity.card-temp-lost",
            .card,
            "The card was reported lost for the time being.",
            "The holder lifts the report at the window or by the hotline."
        ),
        Failure(
            "identity.check-digit",
            .card,
            "The citizen number on the card has a wrong check digit.",
            "Have the data on the card corrected at the window."
        ),
        Failure(
            "identity.clock-behind-ledger",
            .card,
            "The clock of the station is behind the date of its ledger, so that no validity can be checked.",
            "Set the clock (`timedatectl`), then try again."
        ),
        Failure(
            "identity.generation-unsupported",
            .card,
            "The card is of the third generation, whose holder data can only be read with a terminal "
                + "security module.",
            "Ask at the window."
        ),
        Failure(
            "identity.record-incomplete",
            .card,
            "The card lacks the number, the name or the card number of its holder.",
            "Have the card checked at the window; it may not be personalised."
        ),
        Failure(
            "identity.unknown-resident",
            .card,
            "The ledger of this station has no such person; the online query will be possible once the "
                + "station is connected.",
            "Ask at the window, or at the station of the place of registration."
        ),
        Failure(
            "name.control-character",
            .card,
            "A name holds a control or invisible formatting character.",
            "The source that delivered the name corrects it."
        ),
        Failure(
            "name.empty",
            .card,
            "A name is empty after its padding was dropped.",
            "Read the card again; if it stays, the desk has the card replaced."
        ),
        Failure(
            "name.too-long",
            .card,
            "A name is longer than the 50 bytes of name and extension on a card (150 bytes of UTF-8 in a ledger).",
            "The source that delivered the name corrects it."
        ),
        Failure(
            "name.undecodable",
            .card,
            "The bytes of a name are not GB 18030, or stand for no character.",
            "Read the card again; if it stays, the desk has the card replaced."
        ),
        Failure(
            "number.birth-date",
            .card,
            "The birth date inside a citizen number does not exist or lies outside 1800...2199.",
            "As `number.check-digit`."
        ),
        Failure(
            "number.characters",
            .card,
            "A citizen number holds something other than digits and a final X.",
            "Read the card again; if it stays, the desk compares card and resident ID card."
        ),
        Failure(
            "number.check-digit",
            .card,
            "The check digit of a citizen number is wrong: misread or mistyped, or the card was badly made.",
            "Read the card again; if it stays, the desk has the card replaced."
        ),
        Failure(
            "number.length",
            .card,
            "A citizen number has neither 18 nor 15 characters.",
            "Read the card again; if it stays, the holder goes to the desk with the resident ID card."
        ),
        Failure(
            "number.sequence",
            .card,
            "The sequence inside a citizen number is 000, which is never given out.",
            "As `number.check-digit`."
        ),
    ]
}
