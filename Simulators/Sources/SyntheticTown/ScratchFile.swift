import Foundation
import Glibc

/// A file that is being made, readable by this user only; removed unless it gets its final name.
final class ScratchFile {
    /// Bytes that are copied at once.
    private static let copyBytes = 1 << 20

    private let path: String
    private let descriptor: Int32
    private var isRenamed = false

    init(path: String) throws {
        self.path = path
        unlink(path)
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure() }
    }

    deinit {
        close(descriptor)
        if !isRenamed {
            unlink(path)
        }
    }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            guard count > 0 else { throw Self.failure() }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Appends the content of another file.
    func append(contentsOf other: ScratchFile) throws {
        lseek(other.descriptor, 0, SEEK_SET)
        var buffer = [UInt8](repeating: 0, count: Self.copyBytes)
        while true {
            let count = read(other.descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw Self.failure() }
            guard count > 0 else { return }
            try buffer.withUnsafeBytes { try append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    /// Gives the file its final name, once its bytes are on the disk.
    func rename(to name: String) throws {
        guard fsync(descriptor) == 0, Glibc.rename(path, name) == 0 else { throw Self.failure() }
        isRenamed = true
    }

    private static func failure() -> any Error {
        NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
    }
}

@available(*, unavailable)
extension ScratchFile: Sendable {}
