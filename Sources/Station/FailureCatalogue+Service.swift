extension FailureCatalogue {
    /// Service.
    static let serviceFailures: [Failure] = [
        Failure(
            "clock.unset",
            .service,
            "The clock of the machine is far off (before this software was made).",
            "Set the clock; check the machine's battery and its time service."
        ),
        Failure(
            "config.invalid",
            .usage,
            "station.yaml or the policy pack has mistakes; each is told with its line.",
            "Correct them; `onecardd --check` tells all at once."
        ),
        Failure(
            "control.access-denied",
            .service,
            "This user may not ask the daemon.",
            "Use root or the user of the daemon."
        ),
        Failure(
            "control.malformed",
            .service,
            "A message over the control socket was not understood.",
            "Use a command line of the same version as the daemon."
        ),
        Failure(
            "disk.low",
            .service,
            "The disk of the state directory is nearly full.",
            "Free space; the journal must always be able to grow."
        ),
        Failure(
            "key.development",
            .service,
            "Keys of development are here, which anybody may know; only a simulated station accepts them.",
            "Have keys of production issued before anything real is served."
        ),
        Failure(
            "key.malformed",
            .service,
            "A key file has other content than its kind asks for.",
            "Have the key issued anew."
        ),
        Failure(
            "key.missing",
            .service,
            "A key file is not where station.yaml or the service manager says.",
            "Put the key there; Documentation/Configuration.md lists the files."
        ),
        Failure(
            "key.permissions",
            .service,
            "A key file is open to other users.",
            "`chmod 600` and give it to the user of the daemon."
        ),
        Failure(
            "service.failure",
            .service,
            "The service met a failure that it did not expect.",
            "Try again; if it comes back, report the code and the time to the hotline."
        ),
        Failure(
            "service.not-answering",
            .service,
            "The daemon is there, but gave no answer in time; it may go on with what it had.",
            "Look into its log; `systemctl restart onecardd` lets it begin anew with the newest ledger."
        ),
        Failure(
            "service.not-running",
            .service,
            "No daemon is there to answer at its control socket.",
            "Start it (`systemctl start onecardd`); `onecard doctor` tells why it may not run."
        ),
        Failure(
            "service.storage",
            .service,
            "A file or socket of the service could not be made or written.",
            "Check space and owner of the state directory."
        ),
        Failure(
            "text.undecodable",
            .service,
            "Bytes given to the GB 18030 decoder are not GB 18030. Seen only inside; names say `name.undecodable`.",
            "As `name.undecodable`."
        ),
        Failure(
            "text.unencodable",
            .service,
            "A text cannot be written as GB 18030. Simulators only.",
            "Correct the persona file."
        ),
        Failure(
            "usage",
            .usage,
            "The command was called with wrong words.",
            "See `onecard help`."
        ),
    ]
}
