/// A screen as the browser gets it.
package struct RenderedPage: Sendable, Equatable {
    /// The fragment that stands for the whole screen.
    package var html: String
    /// The kind of screen, as in the fragment's `data-screen`.
    package var screen: String
    /// What a screen reader says besides the heading; empty for nothing.
    package var announcement: String
}
