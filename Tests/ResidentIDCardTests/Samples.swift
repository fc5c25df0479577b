import CivilIdentity

/// Synthetic documents of every layout.
enum Samples {
    static let number = "99999919400315001X"
    static let address = "试验省试验市试验街道一号"

    /// A resident, with the offsets of GA/T 490.
    static let resident = TextBlock()
        .with("张三", at: 0, 30)
        .with("1", at: 30, 2)
        .with("01", at: 32, 4)
        .with("19400315", at: 36, 16)
        .with(address, at: 52, 70)
        .with(number, at: 122, 36)
        .with("试验市公安局", at: 158, 30)
        .with("20150401", at: 188, 16)
        .with("长期", at: 204, 16)

    /// A foreigner with the permit of 2017.
    static let foreign = TextBlock()
        .with("DOE, JANE", at: 0, 120)
        .with("2", at: 120, 2)
        .with("UTO999000000012", at: 122, 30)
        .with("UTO", at: 152, 6)
        .with("简多", at: 158, 30)
        .with("20180601", at: 188, 16)
        .with("20280531", at: 204, 16)
        .with("19800229", at: 220, 16)
        .with("01", at: 236, 4)
        .with("1500", at: 240, 8)
        .with("I", at: 248, 2)

    /// The number of a permit; born in a century of which nobody lives.
    static func permitNumber() throws -> String {
        try CitizenNumber(
            division: DivisionCode("810000"),
            birthDate: CivilDate(year: 1_890, month: 1, day: 2),
            sequence: 2
        ).rawValue
    }

    /// A resident of Hong Kong with a residence permit.
    static func permit() throws -> TextBlock {
        try TextBlock()
            .with("李四", at: 0, 30)
            .with("2", at: 30, 2)
            .with("18900102", at: 36, 16)
            .with(address, at: 52, 70)
            .with(permitNumber(), at: 122, 36)
            .with("试验市公安局", at: 158, 30)
            .with("20190101", at: 188, 16)
            .with("20231231", at: 204, 16)
            .with("H99999999", at: 220, 18)
            .with("01", at: 238, 4)
            .with("J", at: 248, 2)
    }

    /// Four appended addresses, of which two are there.
    static let addresses =
        TextBlock.field("试验市新街二号", 70) + TextBlock.field("试验市新街三号", 70) + TextBlock.field("", 140)
}
