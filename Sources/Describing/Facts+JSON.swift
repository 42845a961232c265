import Reading
import ToolKit

extension Facts {
    /// What was measured, one object; kind, light and blur are estimates.
    var json: JSON {
        .object([
            ("kind", .string(kind.rawValue)), ("width", .int(width)), ("height", .int(height)),
            ("shape", .string(shape.rawValue)), ("light", JSON(light?.rawValue)),
            ("lowContrast", .bool(isLowContrast)), ("blurred", .bool(isBlurred)),
            ("blackAndWhite", .bool(isBlackAndWhite)),
            ("colours", .array(colours.main.map(\.json))),
            ("places", .array(colours.places.map(\.json))),
            ("captured", JSON(captured?.iso8601)), ("camera", JSON(camera)),
        ])
    }
}

extension Facts.Colours.Share {
    fileprivate var json: JSON {
        .object([("name", .string(name.rawValue)), ("share", .number(share))])
    }
}

extension Facts.Colours.Place {
    fileprivate var json: JSON {
        .object([("part", .string(part.rawValue)), ("name", .string(name.rawValue))])
    }
}

extension JSON {
    fileprivate init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }
}
