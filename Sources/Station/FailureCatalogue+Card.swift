extension FailureCatalogue {
    /// Cards.
    static let cardFailures: [Failure] = [
        Failure(
            "apdu.malformed",
            .card,
            "A command or an answer does not have the form of ISO 7816-3.",
            "Put the card on again; if it happens again, have the card or the reader replaced."
        ),
        Failure(
            "apdu.response-loop",
            .card,
            "The card announces more data or another length without end.",
            "Put the card on again; if it happens again, the card is broken or not genuine."
        ),
        Failure(
            "apdu.response-too-long",
            .card,
            "The parts of a card's answer add up to more than 65,536 bytes.",
            "Put the card on again; if it happens again, the card is broken or not genuine."
        ),
        Failure(
            "atr.malformed",
            .card,
            "The card's answer to reset does not have the form of ISO 7816-3.",
            "Put the card on again; if it happens again, have the card checked by its issuer."
        ),
        Failure(
            "card.absent",
            .noCard,
            "There is no card on the reader.",
            "Put the card on the reader."
        ),
        Failure(
            "card.communication",
            .card,
            "The exchange with the card failed on the line.",
            "Clean the card's contacts and put it on again."
        ),
        Failure(
            "card.file-missing",
            .card,
            "The social-security application has no issuer's file or no holder's file.",
            "Have the card checked by its issuer."
        ),
        Failure(
            "card.mute",
            .card,
            "Something lies on the reader and does not answer: a card turned over, dirty or broken, or "
                + "not a chip card.",
            "Insert the card with the chip first and upwards, clean the contacts, or try another card."
        ),
        Failure(
            "card.needs-authentication",
            .card,
            "The holder's file can be read only after external authentication, as on cards of the third generation.",
            "Use a station whose reader has a security module for such cards."
        ),
        Failure(
            "card.not-social-security",
            .card,
            "The card has no social-security application.",
            "Use a social-security card."
        ),
        Failure(
            "card.protocol-unsupported",
            .card,
            "The card offers no transmission protocol that the reader can use.",
            "Use another reader, or have the card checked by its issuer."
        ),
        Failure(
            "card.record-malformed",
            .card,
            "A record of the card does not have its form of tag, length and value, or the issuer's file "
                + "holds nothing.",
            "Put the card on again; if it happens again, have the card checked by its issuer."
        ),
        Failure(
            "card.refused",
            .card,
            "The card answered a command with a status word that is not expected; the message names both.",
            "Put the card on again; if it happens again, tell the card's issuer command and status word."
        ),
        Failure(
            "card.removed",
            .card,
            "The card was taken off while it was being used.",
            "Put the card on again and leave it until the screen says so."
        ),
        Failure(
            "card.reset",
            .card,
            "Another program reset the card, which lost its state.",
            "Repeat the operation; if it happens again, end the other program."
        ),
        Failure(
            "pin.blocked",
            .card,
            "The card has blocked its PIN after too many wrong tries.",
            "Have the PIN unblocked where the card was issued, with the card and an identity document."
        ),
        Failure(
            "pin.last-try",
            .card,
            "One try is left before the card blocks its PIN, so a PIN is sent only after the person says yes.",
            "Confirm only if the PIN is known for certain."
        ),
        Failure(
            "pin.length",
            .card,
            "The PIN does not have 4 to 16 digits; nothing was sent to the card.",
            "Enter the whole PIN."
        ),
        Failure(
            "pin.not-accepted",
            .card,
            "The city's policy accepts no PIN on a card that was not proved to be genuine; none was asked for.",
            "Ask for the statement without a PIN, or at the window for the details."
        ),
        Failure(
            "pin.tries-unknown",
            .card,
            "How many tries the card has left is not known, so a PIN is sent only after the person says yes.",
            "Confirm only if the PIN is known for certain."
        ),
        Failure(
            "pin.unsupported",
            .card,
            "The card has no PIN for this application, or does not know the command.",
            "Have the card checked by its issuer, or ask staff for another way of proof."
        ),
        Failure(
            "pin.wrong",
            .card,
            "The PIN was wrong; the card has counted the try.",
            "Enter the right PIN; do not guess, since the card blocks itself after the last try."
        ),
        Failure(
            "tlv.malformed",
            .card,
            "A data structure of the card is cut, nested too deeply or too large.",
            "Put the card on again; if it happens again, have the card checked by its issuer."
        ),
    ]
}
