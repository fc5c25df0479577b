/// The time limits of supervision.
struct SupervisionTiming: Sendable, Hashable {
    /// How long opening a line may take before the service counts as not answering.
    var establishLimit: Duration = .seconds(2)

    /// How long one wait lasts while no card is present.
    ///
    /// A wait that ends without news proves that the service still answers
    /// and lets the list of readers be checked: libpcsclite before 2.3 misses a reader that comes between two waits.
    var idleRound: Duration = .seconds(10)

    /// How much longer than its wait a call may take while no card is present.
    var idleGrace: Duration = .seconds(2)

    /// How long one wait lasts while a card is present: with ``presentGrace`` it bounds, below 1 s, how long a personal page
    /// may stand after the service has stopped answering.
    var presentRound: Duration = .milliseconds(550)

    /// How much longer than its wait a call may take while a card is present.
    var presentGrace: Duration = .milliseconds(300)

    /// Every how many quiet waits the list of readers is checked while a card is present; without card after each.
    var presentRoundsPerList = 4

    /// How many short waits follow a change of the reader list, because readers on one hub come one after another.
    var settlingRounds = 5

    /// How many waits in a row may end at once with nothing new before a pause is made, so that no fault of the service can
    /// keep a core busy.
    var spuriousRounds = 8

    /// The pause after ``spuriousRounds``.
    var spuriousPause: Duration = .milliseconds(100)

    /// How long the end of the status thread is awaited at a stop; below the second within which the process must end.
    var stopLimit: Duration = .milliseconds(500)

    /// The pause before another attempt to open a line.
    ///
    /// An attempt costs little: without a socket the library only looks for the file. So a restarted service is found within
    /// 200 ms during the first minute, and within 1 s afterwards.
    ///
    /// - Parameter attempt: How many attempts have failed in a row, from 1.
    /// - Returns: The pause.
    func backOff(afterFailures attempt: Int) -> Duration {
        switch attempt {
        case ...1: .milliseconds(50)
        case 2: .milliseconds(100)
        case ...300: .milliseconds(200)
        default: .seconds(1)
        }
    }
}
