extension ReceiptPreview {
    /// The width of one column in units of the drawing.
    private static let columnWidth = 12
    /// The height of a normal line.
    private static let lineHeight = 30
    /// The space at each edge of the paper.
    private static let margin = 24
    /// The side of the frame that stands for a QR code.
    private static let codeSide = 180

    /// The slip as an SVG image of its own, for the screen.
    ///
    /// All text is escaped; nothing is loaded and nothing can run. A QR code is a frame with its name: the drawing of
    /// the modules is the printer's.
    public var svg: String {
        var body = ""
        var top = Self.margin
        for item in items {
            switch item {
            case .line(let text, let style):
                let height = Self.lineHeight * style.size.heightFactor
                if !text.isEmpty { body += line(text, style, bottom: top + height) }
                top += height
            case .code:
                body += code(top: top)
                top += Self.codeSide + Self.lineHeight
            }
        }
        let width = columns * Self.columnWidth + 2 * Self.margin
        let height = top + Self.margin
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img">
            <rect width="\(width)" height="\(height)" fill="#fff"/>
            <g font-family="monospace" font-size="\(2 * Self.columnWidth)" fill="#000">
            \(body)</g>
            </svg>

            """
    }

    private func line(_ text: String, _ style: ReceiptStyle, bottom: Int) -> String {
        let columnWidth = Self.columnWidth * style.size.widthFactor
        let free = max(0, columns * Self.columnWidth - TextColumns.width(text) * columnWidth)
        let left =
            switch style.alignment {
            case .left: Self.margin
            case .center: Self.margin + free / 2
            case .right: Self.margin + free
            }
        let baseline = bottom - 6 * style.size.heightFactor
        let scale = "scale(\(style.size.widthFactor) \(style.size.heightFactor))"
        let weight = style.isBold ? " font-weight=\"bold\"" : ""
        return """
            <text transform="translate(\(left) \(baseline)) \(scale)"\(weight)>\(Self.words(of: text))</text>

            """
    }

    /// Each word at its columns and in their width, ASCII apart from the rest, whatever the fonts of the screen are.
    private static func words(of text: String) -> String {
        var words = ""
        var word = String.UnicodeScalarView()
        var column = 0
        func end() {
            let width = TextColumns.width(String(word))
            guard width > 0 else { return }
            let place = "x=\"\((column - width) * columnWidth)\" textLength=\"\(width * columnWidth)\""
            words += "<tspan \(place) lengthAdjust=\"spacingAndGlyphs\">\(escaped(String(word)))</tspan>"
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if scalar == " " || word.last.map({ $0.isASCII != scalar.isASCII }) ?? false { end() }
            column += TextColumns.width(scalar)
            if scalar != " " { word.append(scalar) }
        }
        end()
        return words
    }

    private func code(top: Int) -> String {
        let left = Self.margin + (columns * Self.columnWidth - Self.codeSide) / 2
        return """
            <rect x="\(left)" y="\(top)" width="\(Self.codeSide)" height="\(Self.codeSide)" fill="none" stroke="#000"/>
            <text x="\(left + Self.codeSide / 2)" y="\(top + Self.codeSide / 2)" text-anchor="middle">QR</text>

            """
    }

    /// Text for XML: markup escaped, and what XML 1.0 has no place for dropped.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default:
                guard scalar.value >= 0x20, scalar.value & 0xFFFE != 0xFFFE else { continue }
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
