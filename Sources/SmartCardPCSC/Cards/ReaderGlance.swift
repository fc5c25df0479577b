import SmartCard

/// One look at a reader with a context of its own, to tell a hanging service from a hanging reader.
enum ReaderGlance {
    /// The state of a reader now; blocks as long as the service does.
    static func state(of name: ReaderName, library: any PCSCLibrary) -> Result<PCSCReaderState, PCSCReturnCode> {
        do throws(PCSCReturnCode) {
            let context = try PCSCContext(library: library)
            var readers = [PCSCWatchedReader(name: name.rawValue)]
            let returned = library.waitForChange(context.handle, milliseconds: 0, readers: &readers)
            guard returned == .success || returned == .timeout else { return .failure(returned) }
            return .success(readers[0].event)
        } catch {
            return .failure(error)
        }
    }

    /// What a call that overran has met.
    ///
    /// - Parameters:
    ///   - state: The reader's state afterwards.
    ///   - overrun: What was overrun.
    ///   - isHeldByUs: Whether an earlier thread of ours still holds the reader.
    /// - Returns: The failure code of the call.
    static func code(
        for state: Result<PCSCReaderState, PCSCReturnCode>,
        overrun: CallLimits.Overrun,
        isHeldByUs: Bool
    ) -> SmartCardError.Code {
        switch state {
        case .success(let state):
            let isInUse = !state.flags.isDisjoint(with: [.inUse, .exclusive])
            return overrun == .opening && isInUse && !isHeldByUs ? .readerSharingViolation : .readerTimeout
        case .failure(.unknownReader):
            return .readerUnplugged
        case .failure(let returned) where returned.meansContextLost:
            return .serviceNotRunning
        case .failure:
            return .readerTimeout
        }
    }
}
