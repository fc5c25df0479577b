extension FailureCatalogue {
    /// Proof of cards by security modules.
    static let authenticationFailures: [Failure] = [
        Failure(
            "card.authentication-blocked",
            .card,
            "The card has blocked the key by which terminals prove themselves.",
            "Have the card unblocked or replaced by its issuer."
        ),
        Failure(
            "card.authentication-failed",
            .card,
            "The card does not have the keys of a genuine card, or the security module holds other keys.",
            "Keep the card from use and ask the issuer; if it happens with every card, have the module checked."
        ),
        Failure(
            "crypto.algorithm-missing",
            .service,
            "The cryptographic library lacks an algorithm, such as SM4.",
            "Install a build of OpenSSL 3 with SM4."
        ),
        Failure(
            "crypto.block-length",
            .service,
            "Data or initial vector are no whole blocks.",
            "Report the code to the hotline."
        ),
        Failure(
            "crypto.failure",
            .service,
            "The cryptographic library refused an operation.",
            "Restart the service; report the code if it happens again."
        ),
        Failure(
            "crypto.key-length",
            .service,
            "A key does not have 16 bytes.",
            "Install the right key."
        ),
        Failure(
            "crypto.self-test",
            .service,
            "The cryptographic library gives wrong results.",
            "Install libcrypto again."
        ),
        Failure(
            "hsm.answer-malformed",
            .service,
            "The back office's answer does not have its form.",
            "Tell the operator of the back office."
        ),
        Failure(
            "hsm.authentication-failed",
            .service,
            "The card does not accept what the back office made.",
            "Do not try again with this card; tell the operator of the back office."
        ),
        Failure(
            "hsm.refused",
            .service,
            "The back office refuses this card or station.",
            "Ask the operator whether the station is registered."
        ),
        Failure(
            "hsm.unreachable",
            .service,
            "The back office's security module cannot be reached in time.",
            "Check the line, then put the card on again."
        ),
        Failure(
            "pin.reset-refused",
            .card,
            "The card did not accept the protected command that unblocks or sets the PIN.",
            "Have the module's keys and the card's profile checked."
        ),
        Failure(
            "psam.authentication-failed",
            .service,
            "The card does not accept what the security module made.",
            "Do not try again with this card; have the module's keys checked."
        ),
        Failure(
            "psam.key-missing",
            .service,
            "The security module lacks the key or the algorithm that the card needs.",
            "Have the module loaded by the city, or use the back office."
        ),
        Failure(
            "psam.missing",
            .service,
            "No security module answers in its slot.",
            "Insert the module, and check the slot's name in station.yaml."
        ),
        Failure(
            "psam.refused",
            .service,
            "The security module failed, answered unexpectedly or too late.",
            "Take the module out and put it in again; if it happens again, replace it."
        ),
        Failure(
            "psam.wrong-dialect",
            .service,
            "The security module does not know the commands of its profile.",
            "Choose the profile, or its commands, of the module's vendor."
        ),
    ]
}
