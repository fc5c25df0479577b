extension FailureCatalogue {
    /// Warnings of a card.
    static let warnings: [Failure] = [
        Failure(
            "warning.birth-date-unreadable",
            .service,
            "The record for the birth date holds something that is no birth date.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.birthplace-unreadable",
            .service,
            "The record for the birthplace holds something that is no birthplace.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.card-class-unreadable",
            .service,
            "The record for the card class holds something that is no card class.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.card-number-unreadable",
            .service,
            "The record for the card number holds something that is no card number.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.citizen-number-unreadable",
            .service,
            "The record for the citizen number holds something that is no citizen number.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.ethnicity-unreadable",
            .service,
            "The record for the ethnicity holds something that is no ethnicity.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.expiry-date-unreadable",
            .service,
            "The record for the expiry date holds something that is no expiry date.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.generation-3-holder-needs-authentication",
            .service,
            "The holder's file of a third-generation card can be read only after external authentication.",
            "Use a station whose reader has a security module for such cards."
        ),
        Failure(
            "warning.generation-unknown",
            .service,
            "The card's spec version names a generation after the third, and the card is treated as one "
                + "of the third.",
            "Update the software when support for that generation is published."
        ),
        Failure(
            "warning.identification-code-unreadable",
            .service,
            "The record for the card identification code holds something that is no card identification code.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.issue-date-unreadable",
            .service,
            "The record for the issue date holds something that is no issue date.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.name-unreadable",
            .service,
            "The record for the name holds something that is no name.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.number-birth-date",
            .service,
            "The citizen number on the card has a birth date that does not exist.",
            "Have the card checked by its issuer; the number is not used."
        ),
        Failure(
            "warning.number-check-digit",
            .service,
            "The check digit of the citizen number on the card is wrong.",
            "Have the card checked by its issuer; the number is not used."
        ),
        Failure(
            "warning.number-sequence",
            .service,
            "The citizen number on the card has a sequence that is not given out.",
            "Have the card checked by its issuer; the number is not used."
        ),
        Failure(
            "warning.record-empty.birth-date",
            .service,
            "The record for the birth date holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.birthplace",
            .service,
            "The record for the birthplace holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.card-class",
            .service,
            "The record for the card class holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.card-number",
            .service,
            "The record for the card number holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.citizen-number",
            .service,
            "The record for the citizen number holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.ethnicity",
            .service,
            "The record for the ethnicity holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.expiry-date",
            .service,
            "The record for the expiry date holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.identification-code",
            .service,
            "The record for the card identification code holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.initialisation-organisation",
            .service,
            "The record for the initialisation organisation holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.issue-date",
            .service,
            "The record for the issue date holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.name",
            .service,
            "The record for the name holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.sex",
            .service,
            "The record for the sex holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-empty.spec-version",
            .service,
            "The record for the spec version holds nothing but filling.",
            "Have the card personalised or checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.birth-date",
            .service,
            "The card has no record for the birth date, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.birthplace",
            .service,
            "The card has no record for the birthplace, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.card-class",
            .service,
            "The card has no record for the card class, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.card-number",
            .service,
            "The card has no record for the card number, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.citizen-number",
            .service,
            "The card has no record for the citizen number, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.ethnicity",
            .service,
            "The card has no record for the ethnicity, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.expiry-date",
            .service,
            "The card has no record for the expiry date, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.identification-code",
            .service,
            "The card has no record for the card identification code, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.initialisation-organisation",
            .service,
            "The card has no record for the initialisation organisation, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.issue-date",
            .service,
            "The card has no record for the issue date, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.name",
            .service,
            "The card has no record for the name, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.name-extension",
            .service,
            "The card has no record for the name extension, or does not give it.",
            "Nothing to do unless the name is cut; many cards have no extension."
        ),
        Failure(
            "warning.record-missing.sex",
            .service,
            "The card has no record for the sex, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.record-missing.spec-version",
            .service,
            "The card has no record for the spec version, or does not give it.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.region-unreadable",
            .service,
            "The identification code does not begin with a division.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.selection-answer-unreadable",
            .service,
            "The card's answer to the selection of its application is no BER-TLV, so triple DES is assumed.",
            "Nothing to do for reading; tell the card's issuer."
        ),
        Failure(
            "warning.sex-unreadable",
            .service,
            "The record for the sex holds something that is no sex.",
            "Have the card checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.spec-version-unreadable",
            .service,
            "The record for the spec version holds something that is no spec version.",
            "Have the card checked by its issuer if the value is needed."
        ),
    ]
}
