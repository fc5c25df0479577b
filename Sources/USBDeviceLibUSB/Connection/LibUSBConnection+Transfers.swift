import DeviceIO
import Synchronization
import USBDevice

extension LibUSBConnection {
    func controlIn(
        _ request: USBControlRequest,
        countMax: Int,
        timeout: Duration
    ) async throws(DeviceError) -> [UInt8] {
        precondition(request.direction == .in, "the set-up asks for no data")
        precondition((0...USBControlRequest.dataMax).contains(countMax), "a control transfer brings up to 4,096 bytes")
        let attempt = "control request \(request.request) to the device"
        let completion = try await transfer(.control(request), .in(countMax), timeout: timeout, attempt)
        return completion.bytes
    }

    func controlOut(_ request: USBControlRequest, _ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        precondition(request.direction == .out, "the set-up brings data")
        precondition(bytes.count <= USBControlRequest.dataMax, "a control transfer takes up to 4,096 bytes")
        let attempt = "control request \(request.request) to the device"
        let completion = try await transfer(.control(request), .out(bytes), timeout: timeout, attempt)
        try Self.checkCount(completion, bytes.count, attempt)
    }

    func read(from endpoint: EndpointAddress, countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        precondition(endpoint.direction == .in, "the endpoint brings no data")
        precondition((1...USBTransferLimits.bytesMax).contains(countMax), "a transfer brings 1 to 16,384 bytes")
        let attempt = "reading from endpoint \(endpoint)"
        let target = try target(endpoint, attempt)
        return try await transfer(target, .in(countMax), timeout: timeout, attempt).bytes
    }

    func write(_ bytes: [UInt8], to endpoint: EndpointAddress, timeout: Duration) async throws(DeviceError) {
        precondition(endpoint.direction == .out, "the endpoint takes no data")
        precondition(bytes.count <= USBTransferLimits.bytesMax, "a transfer takes up to 16,384 bytes")
        let attempt = "writing to endpoint \(endpoint)"
        let target = try target(endpoint, attempt)
        let completion = try await transfer(target, .out(bytes), timeout: timeout, attempt)
        try Self.checkCount(completion, bytes.count, attempt)
    }

    private static func checkCount(
        _ completion: LibUSBCompletion,
        _ count: Int,
        _ attempt: String
    ) throws(DeviceError) {
        guard completion.count == count else {
            throw DeviceError(.inputOutput, "\(attempt): the device took a part only", written: completion.count)
        }
    }

    /// How an endpoint of a claimed interface transfers.
    private func target(
        _ address: EndpointAddress,
        _ attempt: String
    ) throws(DeviceError) -> LibUSBTransferRequest.Target {
        let endpoint = state.withLock { $0.claims.values.lazy.compactMap { $0.endpoint(address) }.first }
        switch endpoint?.kind {
        case .bulk: return .bulk(address)
        case .interrupt: return .interrupt(address)
        case .control, .isochronous, nil:
            throw DeviceError(.unsupported, "\(attempt): no claimed interface has such an endpoint")
        }
    }

    /// Makes a transfer; what came before the time was up is no failure.
    private func transfer(
        _ target: LibUSBTransferRequest.Target,
        _ payload: LibUSBTransferRequest.Payload,
        timeout: Duration,
        _ attempt: String
    ) async throws(DeviceError) -> LibUSBCompletion {
        let request = LibUSBTransferRequest(target: target, payload: payload, milliseconds: timeout.milliseconds)
        let pending = PendingTransfer(
            library: library,
            timeout: .milliseconds(Int64(request.milliseconds)),
            grace: limits.transferGrace
        )
        let number = try state.withLock { state throws(DeviceError) in
            try state.check(attempt)
            let number = state.nextNumber
            state.nextNumber += 1
            state.transfers[number] = pending
            return number
        }
        let outcome = await withTaskCancellationHandler {
            // Once it stands among the transfers, the handle stays open until it is forgotten.
            if !pending.submit(handle, request, completion: { [self] in forget(number) }) { forget(number) }
            return await pending.ending()
        } onCancel: {
            pending.cancel(.cancelled)
        }
        switch outcome {
        case .givenUp(let code):
            throw DeviceError(code, attempt)
        case .refused(let returned):
            throw DeviceError(returned, at: .transfer, attempt)
        case .completed(let completion, let cancelled):
            guard let code = completion.status.errorCode else { return completion }
            if completion.status == .timedOut, !completion.bytes.isEmpty { return completion }
            let isOut = if case .out = payload { true } else { false }
            throw DeviceError(
                completion.status == .cancelled ? cancelled ?? code : code,
                attempt,
                written: isOut ? completion.count : 0,
                cause: completion.status
            )
        }
    }
}
