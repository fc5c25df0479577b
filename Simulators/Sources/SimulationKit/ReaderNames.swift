public import SmartCard

/// Names of the virtual readers, as pcscd shows them.
public enum ReaderNames: Sendable {
    /// Every name begins so; a station without `simulated: true` refuses such readers.
    public static let prefix = "OneCard Simulator"

    /// Odd readers take cards in, even ones have them tapped.
    ///
    /// - Parameter number: from one.
    /// - Returns: how the reader touches cards.
    public static func interface(_ number: Int) -> CardInterface {
        number % 2 == 1 ? .contact : .contactless
    }

    /// Name in reader.conf: `OneCard Simulator Contact`, `… Contactless`, `… Contact 2` and so on.
    ///
    /// - Parameter number: from one.
    /// - Returns: the name.
    public static func friendlyName(_ number: Int) -> String {
        let kind = interface(number) == .contact ? "Contact" : "Contactless"
        let pair = (number + 1) / 2
        return pair == 1 ? "\(prefix) \(kind)" : "\(prefix) \(kind) \(pair)"
    }

    /// Names in reader.conf of all readers: those for cards, then `OneCard Simulator SAM`, `… SAM 2` and so on.
    ///
    /// - Parameters:
    ///   - readers: how many for cards.
    ///   - modules: how many with a security module.
    /// - Returns: the names.
    public static func friendlyNames(readers: Int, modules: Int) -> [String] {
        (1...readers).map(friendlyName) + (0..<modules).map { "\(prefix) SAM" + ($0 == 0 ? "" : " \($0 + 1)") }
    }

    /// Name for PC/SC clients: pcscd adds the number of the device and of the slot.
    ///
    /// - Parameters:
    ///   - friendlyName: in reader.conf.
    ///   - device: from zero.
    /// - Returns: the name.
    public static func clientName(_ friendlyName: String, device: Int) -> String {
        "\(friendlyName) \(hex([UInt8(truncatingIfNeeded: device)]).uppercased()) 00"
    }

    /// Name of the reader on the simulated USB, for PC/SC clients.
    public static let usbClientName = "\(prefix) USB 00 00"

    /// Content of a reader.conf file.
    static func configurationFile(names: [String], sockets: [String], handler: String) -> String {
        zip(names, sockets).enumerated().map { index, reader in
            """
            FRIENDLYNAME "\(reader.0)"
            DEVICENAME \(reader.1)
            LIBPATH \(handler)
            CHANNELID \(index)

            """
        }
        .joined(separator: "\n")
    }
}
