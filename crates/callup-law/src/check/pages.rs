//! A page for each code, for lawyers: why it matters, when a waiver is right, and the page as it ships.
//!
//! `docs/checks/CODE.md` is put together by a test from this table, the list of codes, `docs/checks.md` and the smallest broken law that shows
//! the code, so that none of them can say something else. This file knows no law.

/// Code, why it matters, and when a warning may be waived; errors cannot be, remarks need not be.
pub const REASONS: &[(&str, &str, &str)] = &[
    (
        "E001",
        "A misspelt name would otherwise mean something else, or nothing, without anybody noticing.",
        "An error cannot be waived.",
    ),
    (
        "E002",
        "With one name for two things nobody can say which of them a rule, a citation or a case means.",
        "An error cannot be waived.",
    ),
    (
        "E003",
        "A sentence that is only nearly of its form could be read in two ways; the language has one reading of each.",
        "An error cannot be waived.",
    ),
    (
        "W003",
        "What is declared and never used was usually meant to be used: a limit that binds nobody, a waiver of something that has been mended since.",
        "Hardly ever: take the idle statement out. A parameter that only other texts use can be waived with their names.",
    ),
    (
        "E004",
        "A period counted from a day that does not exist has no end that a court could accept.",
        "An error cannot be waived.",
    ),
    (
        "E005",
        "Numbers beyond all measure are slips of the hand, and no calendar reaches that far.",
        "An error cannot be waived.",
    ),
    (
        "E006",
        "Every rule must have its article as its basis; one that stands before the first article has none.",
        "An error cannot be waived.",
    ),
    (
        "E007",
        "Without its name and the day of its entry into force a law cannot be applied to any date.",
        "An error cannot be waived.",
    ),
    ("E008", "What cannot be read as plain text can hide words from the reader.", "An error cannot be waived."),
    (
        "E009",
        "A case is a promise about the law; one about things that the law does not have promises nothing.",
        "An error cannot be waived.",
    ),
    (
        "E010",
        "A duty or a ban without its paragraph and source cannot be traced to the words it is taken from.",
        "An error cannot be waived.",
    ),
    (
        "E011",
        "A citation that leads nowhere is no basis: nobody can look up whether the rule says what the text says.",
        "An error cannot be waived.",
    ),
    (
        "W012",
        "What the text says and no rule says is left out in silence; a reader of results would take it for modelled.",
        "Prefer a gap with its reason. A waiver is right where whole paragraphs are of no legal effect (definitions, titles).",
    ),
    (
        "W014",
        "A number of the text that no rule has is the commonest slip of all: fourteen days quoted, twenty days counted.",
        "When the number has nothing to do with time, age or money of this procedure and a gap would be misleading.",
    ),
    (
        "E020",
        "A state that nobody reaches is a provision that never applies, often because of a wrong name or a period that always comes too late.",
        "An error cannot be waived.",
    ),
    (
        "E021",
        "A matter that rests for ever in a state nobody called final leaves the person without a decision.",
        "An error cannot be waived.",
    ),
    (
        "W022",
        "The ban is lifted and the procedure goes on as if nothing had happened, so it can strike the same person again.",
        "When the law really lets the procedure go on and means the lifting to be an interruption.",
    ),
    (
        "E023",
        "The procedure would turn in a circle in one moment, and no date could be told for anything after it.",
        "An error cannot be waived.",
    ),
    (
        "E030",
        "A restriction of rights of which the law does not say when it ends lasts as long as the authority likes.",
        "An error cannot be waived.",
    ),
    (
        "E031",
        "The person does what the law asks, or can do nothing, and the restriction stays for ever.",
        "An error cannot be waived.",
    ),
    (
        "W032",
        "The end of the restriction lies with those who imposed it; the person has no act of his own that ends it.",
        "When the law gives the end to the authority on purpose, and a remedy to another body lies against it; say which.",
    ),
    (
        "W033",
        "The person has met the demand, and the same ground strikes a second time.",
        "When the law means the ground to strike again, for example for each new default.",
    ),
    (
        "W034",
        "One act ends restrictions that stand on different grounds, so the law lifts more, or later strikes more, than it says.",
        "When the text says that one act ends all of them.",
    ),
    (
        "W035",
        "What is open to most is closed to some, or under one of the readings that are defended.",
        "When those people are lifted by another act outside the law, or when the reading is the one under examination.",
    ),
    (
        "W036",
        "The procedure is closed, nobody has anything left to decide, and the restriction remains in the registers.",
        "When another text or an administrative order lifts it; name it.",
    ),
    (
        "E040",
        "One and the same person would be in two states at once, and which one is left to the order of the paragraphs.",
        "An error cannot be waived.",
    ),
    (
        "W041",
        "For those between the two conditions the event has no consequence at all, mostly by a slip at a boundary age.",
        "When the law leaves those people alone on purpose; a gap in the paragraph says the same more plainly.",
    ),
    (
        "W042",
        "A condition that always or never holds misleads: it reads like a safeguard and is none.",
        "When the condition is quoted from the text and its emptiness is the point.",
    ),
    (
        "E043",
        "Between the notice and the decision people have birthdays; the age without its day decides about them by chance.",
        "An error cannot be waived.",
    ),
    (
        "E044",
        "Bounds that contradict each other can be kept by nobody, or leave open which value is the law.",
        "An error cannot be waived.",
    ),
    (
        "E045",
        "The register and the truth differ; whether the one or the other counts decides who bears the error.",
        "An error cannot be waived.",
    ),
    (
        "E050",
        "The last day and the day after it are two days, and the ban falls on one of them.",
        "An error cannot be waived.",
    ),
    ("E051", "One month after 31 January ends on a day that February does not have.", "An error cannot be waived."),
    (
        "E052",
        "Hours run from an instant; a date has none, and the person would not know when they end.",
        "An error cannot be waived.",
    ),
    ("E053", "Whether the day of the event counts moves every date of the law by a day.", "An error cannot be waived."),
    (
        "E054",
        "A provision that can never apply: the matter has always gone on before its period ends.",
        "An error cannot be waived.",
    ),
    (
        "E055",
        "The person would have to appear on a day on which the notice does not yet count as served.",
        "An error cannot be waived.",
    ),
    (
        "E056",
        "On one way into the state the period has nothing to run from, and what should follow never does.",
        "An error cannot be waived.",
    ),
    (
        "E057",
        "If the period is over before the state is entered, three readings are possible: at once, never, or counted anew.",
        "An error cannot be waived.",
    ),
    (
        "W058",
        "A remedy whose time is over before the person can know of the measure is a remedy on paper.",
        "When the law has the period run from its own start on purpose, known or not.",
    ),
    (
        "W059",
        "The restriction is felt before anybody can have decided whether it is lawful, and filing does not stop it.",
        "When the law means the measure to follow by itself and remedies to come after it; the report then shows it.",
    ),
    (
        "W060",
        "A power without a limit in time leaves the person in suspense as long as the office wishes.",
        "When the text gives the power without any limit and no general act sets one.",
    ),
    (
        "W061",
        "A duty of the authority that costs it nothing to break protects nobody.",
        "When the text states the duty and no consequence anywhere.",
    ),
    (
        "W070",
        "Whoever bears the restriction has nobody to turn to, or the model has forgotten the remedy.",
        "Prefer `no remedy against MEASURE (n)`, which says that the law has none.",
    ),
    (
        "I071",
        "The measure is enforced while the remedy is pending; whoever wins has borne it all the same.",
        "There is nothing to waive: it is a remark for every report.",
    ),
    (
        "I072",
        "Courts may differ on whether filing stops the measure; a result that rests on one answer must say so.",
        "There is nothing to waive: it is a remark for every report.",
    ),
    (
        "W073",
        "The body that imposed the measure decides on the complaint against itself.",
        "When the law knows no other body; the waiver is then part of the finding about the law.",
    ),
    (
        "W074",
        "The person can be barred without having been able to know that anything was asked of him.",
        "When the law rests on a fiction of service and says so; give its article.",
    ),
    ("E080", "On that day two texts would both be the law.", "An error cannot be waived."),
    (
        "E082",
        "People whose matter is open on the day of the change would be nowhere under the new law.",
        "An error cannot be waived.",
    ),
    ("E083", "On those days the law has a limit without a number.", "An error cannot be waived."),
    ("E090", "A program must not guess what a compiled law means.", "An error cannot be waived."),
    (
        "E091",
        "Fields of another version may bear the same names and mean something else.",
        "An error cannot be waived.",
    ),
    ("E098", "A compiled law that points at nothing cannot be applied.", "An error cannot be waived."),
    (
        "E099",
        "What was not searched was not found; a law is not sound because nobody could look.",
        "An error cannot be waived.",
    ),
];

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        /// The page of a code, in Markdown; `None` for a code that the checks do not have.
        #[must_use]
        pub fn page(code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks/", $code, ".md"))),)*
                _ => None,
            }
        }
    };
}

pages!(
    "E001", "E002", "E003", "W003", "E004", "E005", "E006", "E007", "E008", "E009", "E010", "E011", "W012", "W014",
    "E020", "E021", "W022", "E023", "E030", "E031", "W032", "W033", "W034", "W035", "W036", "E040", "W041", "W042",
    "E043", "E044", "E045", "E050", "E051", "E052", "E053", "E054", "E055", "E056", "E057", "W058", "W059", "W060",
    "W061", "W070", "I071", "I072", "W073", "W074", "E080", "E082", "E083", "E090", "E091", "E098", "E099",
);
