import Hummingbird
import NIOCore

/// What a handler knows beside the request: the connection.
struct KioskRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, to close it when its reader does not read.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
