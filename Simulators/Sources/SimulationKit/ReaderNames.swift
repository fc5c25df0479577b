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

    /// Name for PC/SC clients: pcscd adds the number of the device and of the slot.
    ///
    /// - Parameter number: from one.
    /// - Returns: the name.
    public static func clientName(_ number: Int) -> String {
        "\(friendlyName(number)) \(hex([UInt8(truncatingIfNeeded: number - 1)]).uppercased()) 00"
    }

    /// Name of the reader on the simulated USB, for PC/SC clients.
    public static let usbClientName = "\(prefix) USB 00 00"

    /// Content of a reader.conf file.
    static func configurationFile(sockets: [String], handler: String) -> String {
        sockets.enumerated().map { index, socket in
            """
            FRIENDLYNAME "\(friendlyName(index + 1))"
            DEVICENAME \(socket)
            LIBPATH \(handler)
            CHANNELID \(index)

            """
        }
        .joined(separator: "\n")
    }
}
