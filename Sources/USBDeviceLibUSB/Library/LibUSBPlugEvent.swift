/// What a watch tells.
enum LibUSBPlugEvent: Hashable, Sendable {
    case arrived(LibUSBDevice)
    case left(LibUSBDevice)
}
