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
        ("x² + 1", "x Quadrat + 1"),
        ("3:1 gewonnen", "3 zu 1 gewonnen"),
        ("½ Liter", "ein halb Liter"),
        ("2½ Stunden", "zweieinhalb Stunden"),
        ("5 < 7", "5 kleiner als 7"),
    ])
    func `German is read as Germans do`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("3.–5. Mai", "dritter bis fünfter Mai"),
        ("vom 3. bis 5. Mai 2024", "vom dritten bis fünften Mai 2024"),
        ("am 3. Okt. 1990", "am dritten Oktober neunzehnhundertneunzig"),
        ("seit Okt. 1990", "seit Oktober neunzehnhundertneunzig"),
        ("Mo., 3. Mai", "Montag, dritter Mai"),
        ("Mo–Fr geöffnet", "Montag bis Freitag geöffnet"),
        ("So. Nun gut", "So. Nun gut"),
        ("2024-01-02T14:30", "zweiter Januar 2024, vierzehn Uhr dreißig"),
        ("die 1990er Jahre", "die neunzehnhundertneunziger Jahre"),
        ("14:30–16:00 Uhr", "vierzehn Uhr dreißig bis sechzehn Uhr"),
        ("8–10.30 Uhr", "acht bis zehn Uhr dreißig"),
        ("um 14:30:15 Uhr", "um vierzehn Uhr dreißig und fünfzehn Sekunden"),
        ("gegen 1 Uhr", "gegen ein Uhr"),
    ])
    func `dates and times are in words`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("der 3. Platz", "der dritte Platz"),
        ("in der 3. Klasse", "in der dritten Klasse"),
        ("im 19. Jh. war", "im neunzehnten Jahrhundert war"),
        ("das 101. Mal", "das hunderterste Mal"),
        ("ein 2. Versuch", "ein zweiter Versuch"),
        ("von 1 bis 10. Danach", "von 1 bis 10. Danach"),
        ("Es waren 3. Dann", "Es waren 3. Dann"),
    ])
    func `an ordinal has the ending that its article asks for`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("3,50 CHF", "3 Franken 50"), ("-5 €", "minus 5 Euro"), ("1 Mio. €", "eine Million Euro"),
        ("1,5 Mrd. Euro", "1,5 Milliarden Euro"), ("0,50 €", "50 Cent"), ("5,- €", "5 Euro"),
        ("20–30 €", "20 bis 30 Euro"), ("5 €/Monat", "5 Euro pro Monat"), ("50 ct", "50 Cent"),
        ("US$ 5", "5 US-Dollar"), ("EUR 20–30", "20 bis 30 Euro"), ("1.250,00 €", "1250 Euro"),
    ])
    func `sums of money are in words`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("5 Min. später", "5 Minuten später"), ("1 Std. lang", "eine Stunde lang"),
        ("100 U/min", "100 Umdrehungen pro Minute"),
        ("120 mmHg", "120 Millimeter Quecksilbersäule"),
        ("2 EL Öl", "2 Esslöffel Öl"), ("90 mg/dl", "90 Milligramm pro Deziliter"),
        ("16 GiB", "16 Gibibyte"), ("±2 mm", "plus minus 2 Millimeter"), ("Raum A-5", "Raum A-5"),
    ])
    func `units are in words`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("030 1234567", "null drei null, eins zwei drei vier fünf sechs sieben"),
        ("0171/1234567", "null eins sieben eins, eins zwei drei vier fünf sechs sieben"),
        ("(0711) 12 34 56", "null sieben eins eins, eins zwei, drei vier, fünf sechs"),
        ("+49 30 123456", "plus vier neun, drei null, eins zwei drei vier fünf sechs"),
        ("Tel.: 4711", "Telefon: vier sieben eins eins"),
        ("10 000 Menschen", "10 000 Menschen"),
    ])
    func `telephone numbers are said digit by digit`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("z. B. Katzen", "zum Beispiel Katzen"), ("i. d. R. gut", "in der Regel gut"),
        ("100 v. Chr. war", "100 vor Christus war"), ("S. 12", "Seite 12"),
        ("S. Meier", "S. Meier"),
        ("Art. 5 Abs. 2", "Artikel 5 Absatz 2"), ("§§ 5–7", "Paragrafen 5 bis 7"),
        ("Hauptstr. 5", "Hauptstraße 5"), ("in der Hauptstr.", "in der Hauptstraße."),
        ("Prof. Dr. Müller", "Professor Doktor Müller"), ("mind. 5", "mindestens 5"),
    ])
    func `abbreviations are in words`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    private func spoken(_ written: String) -> String {
        Normaliser(language: "de").spoken(Passage(written)).text
    }
}
