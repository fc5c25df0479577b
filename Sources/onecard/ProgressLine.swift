import Foundation
import LedgerSQLite
import Synchronization

/// One line on a terminal that is written over as an import goes on.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let lastPercent = Mutex(-1)

    init(isShown: Bool) {
        self.isShown = isShown && isatty(FileHandle.standardError.fileDescriptor) == 1
    }

    func show(_ progress: ImportProgress) {
        guard isShown, progress.bytesTotal > 0 else { return }
        let percent = Int(progress.bytesDone * 100 / progress.bytesTotal)
        let isNew = lastPercent.withLock { last in
            defer { last = percent }
            return last != percent
        }
        guard isNew else { return }
        let bar = String(repeating: "#", count: percent / 4).padding(toLength: 25, withPad: ".", startingAt: 0)
        FileHandle.standardError.write(Data("\r[\(bar)] \(percent) %  \(progress.records) records".utf8))
    }

    func end() {
        if isShown { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
