/// The small words of a language that tell where a line may break.
struct WordClasses: Sendable {
    /// Articles, and what else never stands without the word after it: "the", "my".
    let determiners: Set<String>
    let conjunctions: Set<String>
    let prepositions: Set<String>
    /// Those that a verb follows: "we".
    let pronouns: Set<String>
    /// Those that another verb, or "not", follows: "have".
    let auxiliaries: Set<String>
    /// Titles and other abbreviations that end in a full stop and no sentence.
    let abbreviations: Set<String>
    /// German writes every noun with a capital: two of those in a row are no name.
    let capitalisesNouns: Bool

    private init(
        determiners: String, conjunctions: String, prepositions: String, pronouns: String,
        auxiliaries: String, abbreviations: String, capitalisesNouns: Bool = false
    ) {
        func words(_ list: String) -> Set<String> {
            Set(list.split(separator: " ").map(String.init))
        }
        self.determiners = words(determiners)
        self.conjunctions = words(conjunctions)
        self.prepositions = words(prepositions)
        self.pronouns = words(pronouns)
        self.auxiliaries = words(auxiliaries)
        self.abbreviations = words(abbreviations)
        self.capitalisesNouns = capitalisesNouns
    }

    /// - Parameter language: a code, "en" or "en-GB".
    /// - Returns: nil for a language whose words are not listed here.
    static func of(_ language: String?) -> WordClasses? {
        guard let code = language?.lowercased().split(whereSeparator: { "-_".contains($0) }).first
        else { return nil }
        return byLanguage[String(code)]
    }

    /// The language that a text has most small words of, if those are a sixth of all its words.
    static func guess(_ words: [String]) -> WordClasses? {
        let counted = byLanguage.map { code, classes in
            (code: code, classes: classes, count: words.count { classes.isSmall($0) })
        }
        let best = counted.max { ($0.count, $1.code) < ($1.count, $0.code) }
        guard let best, best.count * 6 >= words.count, best.count > 0 else { return nil }
        return best.classes
    }

    private func isSmall(_ word: String) -> Bool {
        determiners.contains(word) || conjunctions.contains(word) || prepositions.contains(word)
            || pronouns.contains(word) || auxiliaries.contains(word)
    }

    private static let byLanguage = [
        "en": english, "de": german, "fr": french, "es": spanish, "it": italian, "pt": portuguese,
    ]

    private static let english = WordClasses(
        determiners: "the a an my your his her its our their this that these those every each no",
        conjunctions: "and or but nor so yet because although though while when where if unless "
            + "until since that what how why which who whom whose than whether as",
        prepositions: "of in on at by for with from to into onto over under about after before "
            + "between through during without within against among across behind beyond near off "
            + "toward towards upon",
        pronouns: "i you he she it we they i'm you're he's she's it's we're they're i've we've",
        auxiliaries: "am is are was were be been being have has had do does did will would shall "
            + "should can could may might must not don't doesn't didn't won't can't isn't wasn't",
        abbreviations: "mr. mrs. ms. dr. prof. st. sr. jr. vs. etc. e.g. i.e. gen. capt. rev.")

    private static let german = WordClasses(
        determiners: "der die das den dem des ein eine einen einem einer eines mein meine meinen "
            + "meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer "
            + "unser unsere kein keine keinen dieser diese dieses diesem diesen jeder jede jedes",
        conjunctions: "und oder aber denn sondern weil dass ob wenn als während obwohl damit bevor "
            + "nachdem bis sowie doch",
        prepositions: "in im an am auf aus bei beim mit nach von vom zu zum zur für durch gegen "
            + "ohne um über unter vor zwischen hinter neben seit wegen ins ans",
        pronouns: "ich du er sie es wir man",
        auxiliaries: "bin bist ist sind war waren habe hast hat haben hatte hatten werde wird "
            + "werden wurde wurden kann können konnte muss müssen soll sollen will wollen darf nicht",
        abbreviations: "dr. prof. hr. fr. st. z.b. d.h. bzw. usw. ca. nr. u.a. evtl.",
        capitalisesNouns: true)

    private static let french = WordClasses(
        determiners: "le la les un une des du au aux mon ma mes ton ta tes son sa ses notre nos "
            + "votre vos leur leurs ce cet cette ces chaque",
        conjunctions: "et ou mais donc or ni car que qui dont où quand lorsque puisque comme si "
            + "parce",
        prepositions: "de d' à dans en sur sous par pour avec sans chez vers entre contre depuis "
            + "pendant avant après",
        pronouns: "je tu il elle on nous vous ils elles ne se me te y",
        auxiliaries: "suis es est sommes êtes sont était étaient ai as a avons avez ont avait "
            + "avaient sera seront peut peuvent doit doivent va vont",
        abbreviations: "m. mm. mme. mlle. dr. st. etc. p.ex.")

    private static let spanish = WordClasses(
        determiners: "el la los las un una unos unas al del mi mis tu tus su sus nuestro nuestra "
            + "nuestros nuestras este esta estos estas ese esa esos esas cada muy",
        conjunctions: "y e o u pero sino ni que porque aunque cuando donde mientras si como pues "
            + "quien",
        prepositions: "de a en con por para sin sobre entre desde hasta hacia contra según bajo "
            + "tras ante durante",
        pronouns: "yo tú él ella usted nosotros ellos ellas ustedes se me te le les lo nos no",
        auxiliaries: "soy eres es somos son era eran fue fueron he has ha hemos han había habían "
            + "está están estaba puede pueden debe deben va van",
        abbreviations: "sr. sra. srta. dr. dra. ud. uds. etc. p.ej.")

    private static let italian = WordClasses(
        determiners: "il lo la i gli le un uno una del dello della dei degli delle al allo alla ai "
            + "agli alle nel nello nella nei negli nelle sul sulla sui dal dalla dai mio mia miei "
            + "tuo tua suo sua nostro nostra loro questo questa questi queste quel quella ogni",
        conjunctions: "e ed o oppure ma però né che perché quando dove mentre se come quindi "
            + "anche cui",
        prepositions: "di a da in con su per tra fra senza sopra sotto verso contro dopo prima "
            + "durante",
        pronouns: "io tu lui lei noi voi essi si mi ti ci vi non",
        auxiliaries: "sono sei è siamo siete era erano ho hai ha abbiamo avete hanno aveva "
            + "avevano può possono deve devono viene",
        abbreviations: "sig. sig.ra dott. prof. ecc. es.")

    private static let portuguese = WordClasses(
        determiners: "o a os as um uma uns umas do da dos das ao aos à às no na nos nas pelo pela "
            + "meu minha meus minhas seu sua seus suas nosso nossa este esta esse essa cada num numa",
        conjunctions: "e ou mas nem que porque embora quando onde enquanto se como pois quem",
        prepositions: "de em com por para sem sobre entre desde até contra sob após durante",
        pronouns: "eu tu ele ela você nós eles elas vocês me te lhe não",
        auxiliaries: "sou é somos são era eram foi foram tenho tem temos têm tinha tinham está "
            + "estão estava pode podem deve devem vai vão",
        abbreviations: "sr. sra. dr. dra. etc. p.ex.")
}
