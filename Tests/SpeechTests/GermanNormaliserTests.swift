import Speech
import Testing

@Suite struct GermanNormaliserTests {
    @Test(arguments: [
        ("am 3. Oktober 1990", "am dritten Oktober neunzehnhundertneunzig"),
        ("der 1. Mai", "der erste Mai"),
        ("02.01.2024", "zweiter Januar 2024"),
        ("am 2.1.2024", "am zweiten Januar 2024"),
        ("2024-01-02", "zweiter Januar 2024"),
        ("um 14:30 Uhr", "um vierzehn Uhr dreißig"),
        ("um 14.30 Uhr", "um vierzehn Uhr dreißig"),
        ("3,50 €", "3 Euro 50"),
        ("€ 20", "20 Euro"),
        ("1 €", "ein Euro"),
        ("5 Mio. €", "5 Millionen Euro"),
        ("100 km/h", "100 Kilometer pro Stunde"),
        ("-5 °C", "minus 5 Grad Celsius"),
        ("1 h", "eine Stunde"),
        ("5–10 kg", "5 bis 10 Kilogramm"),
        ("1.234,5 m", "1234,5 Meter"),
        ("3/4", "drei Viertel"),
        ("Seiten 10–20", "Seiten 10 bis 20"),
        ("1914–1918", "neunzehnhundertvierzehn bis neunzehnhundertachtzehn"),
        ("im Jahr 1984", "im Jahr neunzehnhundertvierundachtzig"),
        ("Heinrich VIII. kam", "Heinrich der achte kam"),
        ("Kapitel IV", "Kapitel 4"),
        ("z.B. Katzen", "zum Beispiel Katzen"),
        ("Äpfel usw.", "Äpfel und so weiter."),
        ("Nr. 5", "Nummer 5"),
        ("Dr. Müller", "Doktor Müller"),
        ("5 Katzen", "5 Katzen"),
        ("siehe https://www.example.org/hilfe.", "siehe example Punkt org Schrägstrich hilfe."),
        ("http://localhost:8080/a/b", "localhost Port acht null acht null und so weiter"),
        ("anna_meier@example.de", "anna Unterstrich meier at example Punkt de"),
        ("192.168.0.1/24", "192 Punkt 168 Punkt 0 Punkt 1 Schrägstrich 24"),
    ])
    func `German is read as Germans do`(written: String, said: String) {
        #expect(Normaliser(language: "de").spoken(Passage(written)).text == said)
    }
}
