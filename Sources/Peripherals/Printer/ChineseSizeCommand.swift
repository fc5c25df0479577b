/// How a model of printer makes Chinese characters larger (PROTOCOLS.md 7.1); ASCII follows `GS !` on all of them.
public enum ChineseSizeCommand: String, Sendable, CaseIterable {
    /// `GS !` rules Chinese characters too.
    case shared
    /// `FS !` with bit 2 for double width and bit 3 for double height.
    case bits2And3 = "bits-2-3"
    /// `FS !` with bits 4 and 5 instead.
    case bits4And5 = "bits-4-5"
    /// `FS W` alone: normal or quadruple, so that wide and tall lines are printed in normal size.
    case quadruple
}
