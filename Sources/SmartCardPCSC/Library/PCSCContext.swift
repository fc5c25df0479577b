/// A context that is closed when its owner ends; it belongs to one thread.
struct PCSCContext: ~Copyable {
    let library: any PCSCLibrary
    let handle: PCSCContextHandle

    /// Opens a context; blocks until the service has answered.
    init(library: any PCSCLibrary) throws(PCSCReturnCode) {
        let (returned, handle) = library.establish()
        guard returned == .success else { throw returned }
        self.library = library
        self.handle = handle
    }

    deinit {
        library.release(handle)
    }

    /// The pause before the one repetition of a refused attempt.
    private static let refusalPause: Duration = .milliseconds(50)

    /// Opens a context, with a second attempt after a refusal: a service on its way down looks the same.
    static func open(library: any PCSCLibrary) throws(PCSCReturnCode) -> PCSCContext {
        do throws(PCSCReturnCode) {
            return try PCSCContext(library: library)
        } catch {
            guard error == .securityViolation || error == .communicationError else { throw error }
            DetachedThread.pause(refusalPause)
            return try PCSCContext(library: library)
        }
    }
}

/// A connection to a card that is left as it is and disconnected when its owner ends.
struct PCSCConnection: ~Copyable {
    let library: any PCSCLibrary
    let handle: PCSCCardHandle
    let protocolNumber: UInt

    /// Connects to the card on a reader; blocks while another program holds a transaction.
    init(context: borrowing PCSCContext, reader: String) throws(PCSCReturnCode) {
        let (returned, handle, protocolNumber) = context.library.connect(context.handle, reader: reader)
        guard returned == .success else { throw returned }
        library = context.library
        self.handle = handle
        self.protocolNumber = protocolNumber
    }

    deinit {
        _ = library.disconnect(handle)
    }
}
