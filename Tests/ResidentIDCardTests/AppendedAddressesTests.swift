import ResidentIDCard
import Testing

@Suite
struct AppendedAddressesTests {
    @Test
    func addressesThatAreThereAreGivenInTheirOrder() throws {
        let addresses = try #require(AppendedAddresses(data: Samples.addresses))
        #expect(addresses.addresses.map(\.revealed) == ["试验市新街二号", "试验市新街三号"])
        #expect(!addresses.hasUnreadable)
        #expect(AppendedAddresses(data: Array(Samples.addresses.prefix(70)))?.addresses.count == 1)
    }

    @Test
    func anUnreadableAddressIsLeftOutAndSaid() throws {
        var data = Samples.addresses
        data[1] = 0xD8
        data[0] = 0x00
        let addresses = try #require(AppendedAddresses(data: data))
        #expect(addresses.addresses.map(\.revealed) == ["试验市新街三号"])
        #expect(addresses.hasUnreadable)
    }

    @Test
    func blankFieldsAreNoAddresses() {
        #expect(AppendedAddresses(data: TextBlock.field("", 280)) == AppendedAddresses.none)
        #expect(AppendedAddresses(data: Array(repeating: UInt8(0), count: 280)) == AppendedAddresses.none)
    }

    @Test(arguments: [0, 1, 69, 71, 279, 281, 350])
    func otherLengthsAreRefused(_ count: Int) {
        #expect(AppendedAddresses(data: Array(repeating: UInt8(0x20), count: count)) == nil)
    }
}
