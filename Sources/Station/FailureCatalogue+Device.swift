extension FailureCatalogue {
    /// Lines to devices.
    static let deviceFailures: [Failure] = [
        Failure(
            "device.access-denied",
            .service,
            "The system refuses the program the device.",
            "Install the udev rules of the package, and unplug and replug the device."
        ),
        Failure(
            "device.ambiguous",
            .usage,
            "No device was named and more than one could be meant.",
            "Name one of the devices in the message."
        ),
        Failure(
            "device.busy",
            .service,
            "Another program, or a driver of the system, holds the device.",
            "End the other program; a reader or printer has one user at a time."
        ),
        Failure(
            "device.cancelled",
            .service,
            "The operation was given up before it ended.",
            "Repeat it."
        ),
        Failure(
            "device.input-output",
            .service,
            "A transfer with the device failed on the line.",
            "Check the cable and try another port; if it happens again, have the device repaired."
        ),
        Failure(
            "device.malformed",
            .service,
            "The device describes itself in a way that contradicts itself.",
            "Unplug and replug it; if it happens again, have the device repaired."
        ),
        Failure(
            "device.not-found",
            .noReader,
            "No device fits what was named.",
            "Compare with `onecard devices`, and plug the device in."
        ),
        Failure(
            "device.overflow",
            .service,
            "The device sends more than there is room for.",
            "Compare the device with its profile; unplug and replug it."
        ),
        Failure(
            "device.stalled",
            .service,
            "The device refuses transfers, also after its halt was cleared.",
            "Unplug and replug the device; if it happens again, have it repaired."
        ),
        Failure(
            "device.timeout",
            .service,
            "The device did not answer, or did not take what was sent, in time.",
            "Switch the device off and on; if it is only slow, raise the times in its profile."
        ),
        Failure(
            "device.unplugged",
            .noReader,
            "The device was unplugged during the operation.",
            "Plug it in; the station takes it up again by itself."
        ),
        Failure(
            "device.unsupported",
            .service,
            "The device, its profile or the system cannot do what was asked.",
            "Ask `onecard profile explain` which profile fits the device."
        ),
    ]
}
