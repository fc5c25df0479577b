import Glibc

/// The few file operations that a ledger needs, with their errors as ``LedgerError`` values.
enum HostFile: Sendable {
    /// An open file; closed when the value goes away.
    struct Descriptor: ~Copyable {
        let number: Int32

        /// Opens a file.
        ///
        /// - Throws: `ledger.missing` when it does not exist, else `ledger.storage`.
        init(path: String, flags: Int32, mode: mode_t = 0o600) throws(LedgerError) {
            let number = open(path, flags | O_CLOEXEC, mode)
            guard number >= 0 else { throw HostFile.failure("open", errno) }
            self.number = number
        }

        deinit { close(number) }

        /// Reads up to the size of the buffer; 0 only at the end.
        func read(into buffer: UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int {
            while true {
                let count = Glibc.read(number, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                guard errno == EINTR else { throw HostFile.failure("read", errno) }
            }
        }

        /// Reads from here to the end, or so many bytes.
        func read(atMost limit: Int) throws(LedgerError) -> [UInt8] {
            var bytes: [UInt8] = []
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
            defer { buffer.deallocate() }
            while bytes.count < limit {
                let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(limit - bytes.count)]))
                if count == 0 { break }
                bytes.append(contentsOf: buffer[..<count])
            }
            return bytes
        }

        func write(_ bytes: [UInt8]) throws(LedgerError) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    throw HostFile.failure("write", errno)
                }
            }
        }

        func sync() throws(LedgerError) {
            guard fsync(number) == 0 else { throw HostFile.failure("sync", errno) }
        }

        func size() throws(LedgerError) -> Int64 {
            var status = stat()
            guard fstat(number, &status) == 0 else { throw HostFile.failure("examine", errno) }
            return Int64(status.st_size)
        }

        /// Takes the file's lock, without waiting.
        ///
        /// - Returns: Whether nobody else had it. The lock goes with the descriptor.
        func tryLock() throws(LedgerError) -> Bool {
            if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { throw HostFile.failure("lock", errno) }
            return false
        }
    }

    static func makeDirectory(_ path: String) throws(LedgerError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make the directory", errno) }
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    static func rename(_ from: String, to: String) throws(LedgerError) {
        guard Glibc.rename(from, to) == 0 else { throw failure("rename", errno) }
    }

    /// Removes a file; one that is not there is no error.
    static func remove(_ path: String) throws(LedgerError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", errno) }
    }

    /// Makes the names of a directory lasting.
    static func syncDirectory(_ path: String) throws(LedgerError) {
        try Descriptor(path: path, flags: O_RDONLY | O_DIRECTORY).sync()
    }

    /// The names of a directory's entries, in no order.
    static func names(in path: String) throws(LedgerError) -> [String] {
        guard let directory = opendir(path) else { throw failure("list", errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func failure(_ attempt: String, _ number: Int32) -> LedgerError {
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        let code: LedgerError.Code = number == ENOENT ? .missing : .storage
        return LedgerError(code, "could not \(attempt) a file of the ledger: \(reason)")
    }
}
