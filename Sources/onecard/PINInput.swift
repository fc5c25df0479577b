import Foundation
import Glibc
import LinuxHost
import SocialCard
import Station

/// Reads a PIN into locked memory, digit by digit; no other copy is made.
enum PINInput {
    /// Reads from a descriptor, or from the terminal without echo.
    ///
    /// - Throws: `pin.length` when it is no PIN; `usage` without a terminal.
    static func read(into pin: LockedPIN, descriptor: Int32?) throws {
        if let descriptor { return try readDigits(into: pin, from: descriptor) }
        guard isatty(STDIN_FILENO) == 1 else {
            throw StationError(.usage, "the PIN is read from a terminal; scripts use --pin-fd")
        }
        Output.note("PIN:")
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) }
        try readDigits(into: pin, from: STDIN_FILENO)
    }

    private static func readDigits(into pin: LockedPIN, from descriptor: Int32) throws {
        var byte: UInt8 = 0
        defer { byte = 0 }
        while true {
            let count = Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || byte == UInt8(ascii: "\n") { break }
            guard pin.append(byte) else { throw SocialCardError(.pinLength, "a PIN is 4 to 16 digits") }
        }
        guard SocialCard.pinLengths.contains(pin.count) else {
            throw SocialCardError(.pinLength, "a PIN is 4 to 16 digits")
        }
    }
}
