extension FailureCatalogue {
    /// Kiosk pages.
    static let kioskFailures: [Failure] = [
        Failure(
            "kiosk.address",
            .service,
            "The server cannot listen at its address: another program has the port.",
            "Stop the other program, or configure another port."
        ),
        Failure(
            "kiosk.body-too-large",
            .service,
            "An action had more than 2 KiB (HTTP 413).",
            "Load the page again; page and server may be of different versions."
        ),
        Failure(
            "kiosk.configuration",
            .service,
            "Page tokens, service points or addresses of the kiosk contradict each other.",
            "Correct station.yaml."
        ),
        Failure(
            "kiosk.failure",
            .service,
            "The server met a defect of its own (HTTP 500).",
            "Look into the log of the service, and report it."
        ),
        Failure(
            "kiosk.host",
            .service,
            "The request does not name this server (HTTP 421): another host name points to this address.",
            "Open the page by the URL that the launcher prints."
        ),
        Failure(
            "kiosk.malformed",
            .service,
            "The body was not an action of the page (HTTP 400).",
            "Load the page again; page and server may be of different versions."
        ),
        Failure(
            "kiosk.not-found",
            .service,
            "There is nothing at that address (HTTP 404).",
            "Open the address that the launcher prints."
        ),
        Failure(
            "kiosk.origin",
            .service,
            "Another site made the browser send the request (HTTP 403).",
            "Open the page by the URL that the launcher prints, from no other site."
        ),
        Failure(
            "kiosk.stopping",
            .service,
            "The service is about to stop (HTTP 503).",
            "Wait until the service runs again; the page connects by itself."
        ),
        Failure(
            "kiosk.superseded",
            .service,
            "The action came from a page that is not the live one of its service point (HTTP 409).",
            "Go on at the page that was opened last, or open this one again."
        ),
        Failure(
            "kiosk.template",
            .service,
            "A template that is built in is not well formed.",
            "Install the program again; a released one has no such template."
        ),
        Failure(
            "kiosk.texts",
            .service,
            "A file of screen texts that is built in is not as it should be.",
            "Install the program again; a released one has no such file."
        ),
        Failure(
            "kiosk.token",
            .service,
            "The page token is missing or wrong (HTTP 401): the page was reloaded, or the daemon was "
                + "started anew and made a new token.",
            "Open the page again with the URL that the launcher prints."
        ),
        Failure(
            "kiosk.too-many-streams",
            .service,
            "Too many event streams stand for one service point (HTTP 503).",
            "Close the other pages of this service point."
        ),
        Failure(
            "kiosk.unknown-point",
            .service,
            "The URL names no service point of the station (HTTP 404).",
            "Use the name of a service point of station.yaml in the URL."
        ),
    ]
}
