extension DeviceError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case notFound = "device.not-found"
            case accessDenied = "device.access-denied"
            case busy = "device.busy"
            case unplugged = "device.unplugged"
            case timeout = "device.timeout"
            case stalled = "device.stalled"
            case overflow = "device.overflow"
            case inputOutput = "device.input-output"
            case malformed = "device.malformed"
            case unsupported = "device.unsupported"
            case cancelled = "device.cancelled"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The stable text of the code, such as `device.timeout`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// No device fits what was named.
        public static let notFound = Code(.notFound)
        /// The system refuses this user the device.
        public static let accessDenied = Code(.accessDenied)
        /// Another program, or the kernel, holds the device.
        public static let busy = Code(.busy)
        /// The device was unplugged.
        public static let unplugged = Code(.unplugged)
        /// The device did not answer or did not take the bytes in time.
        public static let timeout = Code(.timeout)
        /// An endpoint refuses transfers, also after its halt was cleared.
        public static let stalled = Code(.stalled)
        /// The device sent more than there was room for.
        public static let overflow = Code(.overflow)
        /// The transfer failed on the line.
        public static let inputOutput = Code(.inputOutput)
        /// Descriptors or reports of the device are cut or contradict themselves.
        public static let malformed = Code(.malformed)
        /// The device or the system cannot do what was asked.
        public static let unsupported = Code(.unsupported)
        /// The caller gave up.
        public static let cancelled = Code(.cancelled)
    }
}
