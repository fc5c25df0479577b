import DeviceIO

/// The waiting for the response to one command: takes what comes and decides whether it is the response.
struct SAMVReception {
    /// The most bytes that are taken while one response is awaited.
    ///
    /// The response, and before it late answers and disturbances of six times its length; a reader that sends more has
    /// lost its way.
    static let byteCountMax = 7 * SAMVFrame.byteCountMax

    private let command: SAMVCommand
    private let isSplit: Bool
    private var parser = SAMVFrameParser()
    private var byteCount = 0
    private var sawWrongChecksum = false
    private var sawMisfit = false

    /// Begins to wait.
    ///
    /// - Parameters:
    ///   - command: What was sent.
    ///   - isSplit: Whether header and body come by different pipes: then the search does not go on inside a damaged
    ///     frame, whose body says nothing about the next header.
    init(_ command: SAMVCommand, isSplit: Bool) {
        self.command = command
        self.isSplit = isSplit
    }

    /// How many bytes of the body are missing, or nil while a header is awaited.
    var missingBodyCount: Int? { parser.missingBodyCount }

    /// How many bytes of the header are missing.
    var missingHeaderCount: Int { max(1, SAMVFrame.headerCount - parser.pendingCount) }

    /// Takes bytes of the reader.
    ///
    /// - Parameter bytes: What came, in the order of the line.
    /// - Returns: The response, or nil if more must come.
    /// - Throws: `id.checksum` or `id.frame-malformed` when waiting on is of no use.
    mutating func take(_ bytes: [UInt8]) throws(ResidentIDError) -> SAMVResponse? {
        byteCount += bytes.count
        guard byteCount <= Self.byteCountMax else {
            throw ResidentIDError(.frameMalformed, "\(command.title): the reader sends without end")
        }
        if let response = response(in: parser.feed(bytes)) { return response }
        // A damaged frame is reported at once, unless it may have swallowed the beginning of another one.
        if sawWrongChecksum, isSplit || parser.pendingCount == 0 { throw failure(cause: nil) }
        return nil
    }

    /// Ends the waiting because nothing more came.
    ///
    /// - Parameter cause: How the line reported it.
    /// - Returns: The response, if it stood inside of what looked like a longer frame.
    /// - Throws: `id.timeout`, or what was wrong with what came.
    mutating func end(cause: DeviceError?) throws(ResidentIDError) -> SAMVResponse {
        let isCut = parser.pendingCount > 0
        if !isSplit, let response = response(in: parser.finish()) { return response }
        if isCut { sawMisfit = true }
        throw failure(cause: cause)
    }

    private mutating func response(in events: [SAMVFrameEvent]) -> SAMVResponse? {
        for event in events {
            switch event {
            case .frame(let frame):
                if let response = SAMVResponse(frame), command.admits(response) { return response }
                sawMisfit = true
            case .wrongChecksum: sawWrongChecksum = true
            case .wrongLength: sawMisfit = true
            }
        }
        return nil
    }

    private func failure(cause: DeviceError?) -> ResidentIDError {
        if sawWrongChecksum {
            return ResidentIDError(.checksum, "\(command.title): the response came damaged", cause: cause)
        }
        if sawMisfit {
            return ResidentIDError(.frameMalformed, "\(command.title): what came is no response to it", cause: cause)
        }
        return ResidentIDError(.timeout, "\(command.title): no response in time", cause: cause)
    }
}
