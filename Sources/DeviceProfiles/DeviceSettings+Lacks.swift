extension DeviceSettings {
    /// The capabilities that the settings decide: true for those that the model lacks.
    ///
    /// What a profile says it cannot must agree; what is not named here the profile alone knows.
    public var lacks: [DeviceCapability: Bool] {
        switch self {
        case .ccid(let reader):
            let uses = reader.slots.map(\.use)
            return [
                .contact: !uses.contains(.user), .contactless: !uses.contains(.contactless),
                .securityModule: !uses.contains(where: \.isSecurityModule),
            ]
        case .escPOS(let printer):
            return [
                .cut: printer.cutter == .none, .status: printer.status == nil,
                .paperNearEnd: (printer.status?.nearEndBits ?? 0) == 0, .allCharacters: printer.charset != .gb18030,
            ]
        case .hidKeyboard: return [.nonASCII: true, .symbology: true]
        case .serialText(let framing, _): return [.certainEnd: framing.suffix == .idle, .symbology: true]
        case .part10: return [.pinKeptFromHost: false]
        case .serialFrame, .onScreen: return [.pinKeptFromHost: true]
        case .hidPOS(let report, _): return [.symbology: report.symbologyOffset == nil]
        case .samV: return [:]
        }
    }
}
