import ArgumentParser

/// Our side of the rows that have a C program beside them; `Scripts/bench` calls it.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onecard-bench",
        abstract: "Runs one measured loop over the public interfaces of OneCard.",
        discussion: """
            `apdu` and `lookup` run one round for each line on standard input, a number of operations, and answer with \
            one line of JSON: rounds of two programs can so be run in turns.
            """,
        subcommands: [APDUCommand.self, LookupCommand.self, PeopleCommand.self]
    )
}
