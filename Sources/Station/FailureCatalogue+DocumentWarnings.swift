extension FailureCatalogue {
    /// Warnings of an identity document.
    static let documentWarnings: [Failure] = [
        Failure(
            "warning.id.accepting-office-unreadable",
            .service,
            "The field for the accepting office holds something that is no accepting office.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.address-missing",
            .service,
            "The field for the address holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.address-unreadable",
            .service,
            "The field for the address holds something that is no address.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.appended-addresses-unreadable",
            .service,
            "The appended addresses, or some of them, could not be read.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.authority-missing",
            .service,
            "The field for the authority holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.authority-unreadable",
            .service,
            "The field for the authority holds something that is no authority.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.birth-date-differs",
            .service,
            "Birth date and number of the document say different days.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.birth-date-missing",
            .service,
            "The field for the birth date holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.birth-date-unreadable",
            .service,
            "The field for the birth date holds something that is no birth date.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.ethnicity-missing",
            .service,
            "The field for the ethnicity holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.ethnicity-unknown",
            .service,
            "GB/T 3304 has no ethnic group of this number.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.ethnicity-unreadable",
            .service,
            "The field for the ethnicity holds something that is no ethnicity.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.issue-count-unreadable",
            .service,
            "The field for the issue count holds something that is no issue count.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.latin-name-missing",
            .service,
            "The field for the Latin name holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.latin-name-unreadable",
            .service,
            "The field for the Latin name holds something that is no Latin name.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.layout-unknown",
            .service,
            "The layout of the document is not known; its text is kept undecoded.",
            "Check the person by sight."
        ),
        Failure(
            "warning.id.name-missing",
            .service,
            "The field for the name holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.name-unreadable",
            .service,
            "The field for the name holds something that is no name.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.nationality-missing",
            .service,
            "The field for the nationality holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.nationality-unreadable",
            .service,
            "The field for the nationality holds something that is no nationality.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-birth-date",
            .service,
            "The document's number has a birth date that does not exist.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-check-digit",
            .service,
            "The check digit of the document's number is wrong.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-missing",
            .service,
            "The field for the number holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-region",
            .service,
            "The number of a residence permit does not begin with the code of Hong Kong, Macau or Taiwan.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-sequence",
            .service,
            "The document's number has a sequence that is not given out.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.number-unreadable",
            .service,
            "The field for the number holds something that is no number.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.pass-number-missing",
            .service,
            "The field for the pass number holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.pass-number-unreadable",
            .service,
            "The field for the pass number holds something that is no pass number.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.sex-differs",
            .service,
            "Sex and number of the document contradict each other.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.sex-missing",
            .service,
            "The field for the sex holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.sex-unreadable",
            .service,
            "The field for the sex holds something that is no sex.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.valid-from-missing",
            .service,
            "The field for the first day of validity holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.valid-from-unreadable",
            .service,
            "The field for the first day of validity holds something that is no first day of validity.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.valid-to-missing",
            .service,
            "The field for the last day of validity holds nothing.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.valid-to-unreadable",
            .service,
            "The field for the last day of validity holds something that is no last day of validity.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.validity-reversed",
            .service,
            "The validity of the document ends before it begins.",
            "Have the document checked by its issuer if the value is needed."
        ),
        Failure(
            "warning.id.version-unreadable",
            .service,
            "The field for the version holds something that is no version.",
            "Have the document checked by its issuer if the value is needed."
        ),
    ]
}
