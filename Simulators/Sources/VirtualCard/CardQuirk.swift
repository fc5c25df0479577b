/// An oddity of a card batch, a region or a forgery; a card may have several.
public enum CardQuirk: String, Hashable, Sendable, CaseIterable {
    /// The dates of EF05 hold a year as text ("2012") instead of BCD.
    case asciiDates = "ascii-dates"
    /// Card class, organisation, sex, ethnicity and birthplace are records of length zero.
    case emptyRecords = "empty-records"
    /// Spec version, organisation and ethnicity do not exist (6A83).
    case missingRecords = "missing-records"
    /// Reading the name extension (tag 4E) is refused with 6A82, although the card is of version 2.
    case nameExtensionRefused = "name-extension-refused"
    /// The first name record holds 29 bytes and a padding zero, so that a two-byte character is cut.
    case nameCutAtOddByte = "name-cut-at-odd-byte"
    /// The name record holds padding only.
    case nameEmpty = "name-empty"
    /// The name is padded with spaces instead of zeros.
    case spacePadding = "space-padding"
    /// Text records are padded with FF instead of zeros.
    case highPadding = "ff-padding"
    /// The last record of EF06 (birth date) ends after half of its value.
    case truncatedRecord = "truncated-record"
    /// The length byte of the citizen number says more than the record holds.
    case wrongLengthByte = "wrong-length-byte"
    /// The spec version is "2.0" followed by NUL.
    case versionWithNUL = "version-nul"
    /// The check letter of the citizen number is written in lower case.
    case lowerCaseCheckLetter = "lower-case-check-letter"
    /// EF06 cannot be read by tag (6A82), only by record number.
    case recordNumbersOnly = "record-numbers-only"
    /// A file cannot be read by record number (6A83), only by tag.
    case tagsOnly = "tags-only"
    /// Each GET RESPONSE announces more, without end.
    case endless61 = "endless-61"
    /// Records are random bytes with status 9000.
    case garbageAnswers = "garbage-answers"
    /// Any PIN is accepted: the mark of a clone.
    case anyPINAccepted = "any-pin-accepted"
    /// A wrong PIN is answered with 6300: the tries left are not told.
    case triesHidden = "tries-hidden"
    /// VERIFY without a PIN costs a try instead of being refused with 6700.
    case emptyVerifyCostsTry = "empty-verify-costs-try"
    /// The keys are not those of the card's issuer: the mark of a copy of all files.
    case foreignKeys = "foreign-keys"
    /// Any EXTERNAL AUTHENTICATE is accepted: the mark of a cleverer copy.
    case anyAuthenticationAccepted = "any-authentication-accepted"
    /// The authentication code of a command that resets the PIN begins with the card's random number, not with zeros.
    case codeOverChallenge = "code-over-challenge"
    /// The card gives no answer to reset.
    case noAnswerToReset = "no-answer-to-reset"
}
