import DeviceIO
import DeviceProfiles
public import ResidentIDCard

extension DeviceOpener {
    /// Opens an ID reader, lends it to `body`, and closes it when `body` ends in whatever way.
    ///
    /// - Parameters:
    ///   - device: A device whose profile speaks SAM_V.
    ///   - body: What is done with the reader; it must not leave the body.
    /// - Returns: What `body` returns.
    /// - Throws: `DeviceError` when the device cannot be opened, or the error of `body`.
    public func withIDReader<Result>(
        _ device: StationDevice,
        _ body: (inout ResidentIDReader) async throws -> Result
    ) async throws -> Result {
        guard case .samV(let settings) = device.profile.settings else {
            throw DeviceError(.unsupported, "profile \(device.profile.id) is not one of an ID reader")
        }
        let timings = try settings.samVTimings
        let clock = clock
        return try await withLines(to: device) { lines in
            let link: any SAMVLink =
                if let rest = lines.body {
                    SAMVSplitLink(head: lines.main, body: rest, clock: clock)
                } else {
                    SAMVStreamLink(channel: lines.main, clock: clock)
                }
            var reader = ResidentIDReader(link: link, timings: timings, clock: clock)
            return try await body(&reader)
        }
    }
}

extension IDReaderSettings {
    /// The times of the driver; a step that the profile does not name has the driver's own.
    ///
    /// - Throws: `device.unsupported` when a time is outside the bounds of the driver.
    var samVTimings: SAMVTimings {
        get throws(DeviceError) {
            let standard = SAMVTimings.standard
            let timings = SAMVTimings(
                find: timings[.find] ?? standard.find,
                select: timings[.select] ?? standard.select,
                read: timings[.read] ?? standard.read,
                readFingerprint: timings[.readFingerprint] ?? standard.readFingerprint,
                newAddress: timings[.newAddress] ?? standard.newAddress,
                samID: timings[.samID] ?? standard.samID,
                status: timings[.status] ?? standard.status,
                findPause: timings[.findPause] ?? standard.findPause
            )
            guard let timings else { throw DeviceError(.unsupported, "a time of the profile is out of bounds") }
            return timings
        }
    }
}
