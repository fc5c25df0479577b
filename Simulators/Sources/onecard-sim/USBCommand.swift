import ArgumentParser

/// Runs readers that can be plugged and unplugged.
struct USBCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "usb", abstract: "Readers that come and go.")
}
