import Reading
import Testing

@Suite struct ColourNameTests {
    /// CSS colours whose name, or a plain word in it, is their everyday name.
    @Test(arguments: [
        (Paint(0, 0, 0), ColourName.black),
        (Paint(20, 20, 20), .black),
        (Paint(255, 255, 255), .white),
        (Paint(250, 250, 248), .white),
        (Paint(128, 128, 128), .grey),
        (Paint(192, 192, 192), .grey),  // silver
        (Paint(64, 64, 64), .grey),
        (Paint(255, 0, 0), .red),
        (Paint(128, 0, 0), .red),  // maroon
        (Paint(220, 20, 60), .red),  // crimson
        (Paint(255, 165, 0), .orange),
        (Paint(255, 140, 0), .orange),
        (Paint(255, 255, 0), .yellow),
        (Paint(255, 215, 0), .yellow),  // gold
        (Paint(0, 128, 0), .green),
        (Paint(0, 255, 0), .green),
        (Paint(34, 139, 34), .green),
        (Paint(128, 128, 0), .green),  // olive
        (Paint(64, 224, 208), .turquoise),
        (Paint(0, 255, 255), .turquoise),  // cyan
        (Paint(0, 0, 255), .blue),
        (Paint(135, 206, 235), .blue),  // sky blue
        (Paint(173, 216, 230), .blue),  // light blue
        (Paint(65, 105, 225), .blue),
        (Paint(0, 0, 128), .navy),
        (Paint(128, 0, 128), .purple),
        (Paint(75, 0, 130), .purple),  // indigo
        (Paint(147, 112, 219), .purple),
        (Paint(255, 192, 203), .pink),
        (Paint(255, 105, 180), .pink),
        (Paint(139, 69, 19), .brown),
        (Paint(101, 67, 33), .brown),
        (Paint(245, 245, 220), .beige),
        (Paint(210, 180, 140), .beige),  // tan
    ])
    func `a well-known colour has its everyday name`(paint: Paint, name: ColourName) {
        #expect(ColourName(red: paint.red, green: paint.green, blue: paint.blue) == name)
    }

    @Test func `every grey from black to white is black, grey or white, in that order`() {
        let names = (0...255).map { ColourName(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) }
        var order: [ColourName] = []
        for name in names where order.last != name { order.append(name) }
        #expect(order == [.black, .grey, .white])
    }
}
