import Foundation
import Hummingbird
import NIOCore

/// JSON answers of the desk.
enum DeskFailure: Sendable {
    private struct Body: Encodable {
        struct Content: Encodable {
            var code: String
            var message: String
            var remedy: String
        }
        var error: Content
    }

    /// An error.
    static func response(_ status: HTTPResponse.Status, _ code: String, _ message: String) -> Response {
        let remedy = "reload the page by the address that the simulator printed"
        return DeskJSON.response(status, Body(error: Body.Content(code: code, message: message, remedy: remedy)))
    }
}

/// JSON answers of the desk.
enum DeskJSON: Sendable {
    /// Encodes a value; sorted keys make equal values equal texts.
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// An answer with a JSON body.
    static func response(_ status: HTTPResponse.Status, _ value: some Encodable) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text(value)))
        )
    }
}
