//! Numbers that measure time or age in the words of a law, in English, Russian, Ukrainian, Estonian and Lithuanian.
//!
//! From the public grammars of these languages: cardinal numbers from one to a hundred in their cases, and the words for units of time.
//! Ordinal numbers, dates and the numbers of articles and acts do not measure anything. This file knows no rules.

/// The words of one language. Numbers and prepositions are whole words, units are the beginnings of words.
struct Language {
    /// Each number with its forms, blanks between them.
    numbers: &'static [(i64, &'static str)],
    /// What a word for a unit of time begins with.
    units: &'static [&'static str],
    /// Words that begin like a unit and are none.
    not_units: &'static [&'static str],
    /// What may stand between a number and its unit.
    fillers: &'static [&'static str],
    /// What stands before a number of years of age.
    ages: &'static [&'static str],
    /// What may stand between the two.
    age_fillers: &'static [&'static str],
}

const LANGUAGES: &[Language] = &[ENGLISH, RUSSIAN, UKRAINIAN, ESTONIAN, LITHUANIAN];

const ENGLISH: Language = Language {
    numbers: &[
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
        (5, "five"),
        (6, "six"),
        (7, "seven"),
        (8, "eight"),
        (9, "nine"),
        (10, "ten"),
        (11, "eleven"),
        (12, "twelve"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (30, "thirty"),
        (40, "forty"),
        (50, "fifty"),
        (60, "sixty"),
        (70, "seventy"),
        (80, "eighty"),
        (90, "ninety"),
        (100, "hundred"),
    ],
    units: &["hour", "day", "week", "month", "year"],
    not_units: &["daylight", "daytime"],
    fillers: &[
        "calendar",
        "working",
        "business",
        "full",
        "civil",
        "consecutive",
        "clear",
        "and",
        "or",
        "to",
        "at",
        "most",
    ],
    ages: &["aged", "age", "ages"],
    age_fillers: &["of", "between", "from", "to", "and", "or", "over", "under"],
};

/// `ё` is read as `е`.
const RUSSIAN: Language = Language {
    numbers: &[
        (1, "один одна одно одного одной одну одному одним"),
        (2, "два две двух двум двумя"),
        (3, "три трех трем тремя"),
        (4, "четыре четырех четырем четырьмя"),
        (5, "пять пяти пятью"),
        (6, "шесть шести шестью"),
        (7, "семь семи семью"),
        (8, "восемь восьми восемью восьмью"),
        (9, "девять девяти девятью"),
        (10, "десять десяти десятью"),
        (11, "одиннадцать одиннадцати одиннадцатью"),
        (12, "двенадцать двенадцати двенадцатью"),
        (13, "тринадцать тринадцати тринадцатью"),
        (14, "четырнадцать четырнадцати четырнадцатью"),
        (15, "пятнадцать пятнадцати пятнадцатью"),
        (16, "шестнадцать шестнадцати шестнадцатью"),
        (17, "семнадцать семнадцати семнадцатью"),
        (18, "восемнадцать восемнадцати восемнадцатью"),
        (19, "девятнадцать девятнадцати девятнадцатью"),
        (20, "двадцать двадцати двадцатью"),
        (30, "тридцать тридцати тридцатью"),
        (40, "сорок сорока"),
        (50, "пятьдесят пятидесяти пятьюдесятью"),
        (60, "шестьдесят шестидесяти шестьюдесятью"),
        (70, "семьдесят семидесяти семьюдесятью"),
        (80, "восемьдесят восьмидесяти восемьюдесятью"),
        (90, "девяносто девяноста"),
        (100, "сто ста"),
    ],
    units: &[
        "час",
        "дня",
        "дне",
        "дни",
        "дню",
        "день",
        "днев",
        "сутк",
        "суток",
        "суточн",
        "недел",
        "месяц",
        "месяч",
        "год",
        "лет",
    ],
    not_units: &["част", "годн", "летн"],
    fillers: &[
        "календарных",
        "календарные",
        "календарного",
        "рабочих",
        "рабочие",
        "рабочего",
        "полных",
        "полные",
        "до",
        "и",
        "или",
        "либо",
    ],
    ages: &["возраст", "возраста", "возрасте"],
    age_fillers: &["от", "с", "до", "и", "или", "старше", "моложе"],
};

/// Apostrophes are left out: `п'ять` is `пять`.
const UKRAINIAN: Language = Language {
    numbers: &[
        (1, "один одна одне одного однієї одній одну одному одним"),
        (2, "два дві двох двом двома"),
        (3, "три трьох трьом трьома"),
        (4, "чотири чотирьох чотирьом чотирма"),
        (5, "пять пяти пятьох пятьом пятьма"),
        (6, "шість шести шістьох шістьом шістьма"),
        (7, "сім семи сімох сімом сімома"),
        (8, "вісім восьми вісьмох вісьмом вісьма"),
        (9, "девять девяти девятьох девятьом девятьма"),
        (10, "десять десяти десятьох десятьом десятьма"),
        (11, "одинадцять одинадцяти"),
        (12, "дванадцять дванадцяти"),
        (13, "тринадцять тринадцяти"),
        (14, "чотирнадцять чотирнадцяти"),
        (15, "пятнадцять пятнадцяти"),
        (16, "шістнадцять шістнадцяти"),
        (17, "сімнадцять сімнадцяти"),
        (18, "вісімнадцять вісімнадцяти"),
        (19, "девятнадцять девятнадцяти"),
        (20, "двадцять двадцяти"),
        (30, "тридцять тридцяти"),
        (40, "сорок сорока"),
        (50, "пятдесят пятдесяти"),
        (60, "шістдесят шістдесяти"),
        (70, "сімдесят сімдесяти"),
        (80, "вісімдесят вісімдесяти"),
        (90, "девяносто девяноста"),
        (100, "сто ста"),
    ],
    units: &["годин", "день", "дня", "дні", "дню", "денн", "доб", "діб", "тиж", "місяц", "місяч", "рок", "рік", "річн"],
    not_units: &["добров", "добр"],
    fillers: &[
        "календарних",
        "календарні",
        "календарного",
        "робочих",
        "робочі",
        "робочого",
        "повних",
        "повні",
        "до",
        "і",
        "й",
        "та",
        "або",
        "чи",
    ],
    ages: &["вік", "віку", "віці", "віком"],
    age_fillers: &["від", "з", "до", "і", "та", "або", "понад"],
};

const ESTONIAN: Language = Language {
    numbers: &[
        (1, "üks ühe üht ühte"),
        (2, "kaks kahe kaht kahte"),
        (3, "kolm kolme"),
        (4, "neli nelja"),
        (5, "viis viie viit"),
        (6, "kuus kuue kuut"),
        (7, "seitse seitsme seitset"),
        (8, "kaheksa kaheksat"),
        (9, "üheksa üheksat"),
        (10, "kümme kümne kümmet"),
        (11, "üksteist üheteistkümne"),
        (12, "kaksteist kaheteistkümne"),
        (13, "kolmteist kolmeteistkümne"),
        (14, "neliteist neljateistkümne"),
        (15, "viisteist viieteistkümne"),
        (16, "kuusteist kuueteistkümne"),
        (17, "seitseteist seitsmeteistkümne"),
        (18, "kaheksateist kaheksateistkümne"),
        (19, "üheksateist üheksateistkümne"),
        (20, "kakskümmend kahekümne"),
        (30, "kolmkümmend kolmekümne"),
        (40, "nelikümmend neljakümne"),
        (50, "viiskümmend viiekümne"),
        (60, "kuuskümmend kuuekümne"),
        (70, "seitsekümmend seitsmekümne"),
        (80, "kaheksakümmend kaheksakümne"),
        (90, "üheksakümmend üheksakümne"),
        (100, "sada saja"),
    ],
    units: &["tund", "tunni", "päev", "nädal", "kuu", "aasta"],
    // `kuus` is six.
    not_units: &["kuus", "kuue", "kuul", "kuup", "tunnist"],
    fillers: &["kalendri", "täis", "kuni", "ja", "või"],
    ages: &["vanus", "vanuse", "vanuses"],
    age_fillers: &["kuni", "alates", "ja", "või", "üle", "alla"],
};

const LITHUANIAN: Language = Language {
    numbers: &[
        (1, "vienas viena vieną vieno vienos vienam"),
        (2, "du dvi dviejų dviem"),
        (3, "trys tris trijų trims"),
        (4, "keturi keturios keturis keturias keturių"),
        (5, "penki penkios penkis penkias penkių"),
        (6, "šeši šešios šešis šešias šešių"),
        (7, "septyni septynios septynis septynias septynių"),
        (8, "aštuoni aštuonios aštuonis aštuonias aštuonių"),
        (9, "devyni devynios devynis devynias devynių"),
        (10, "dešimt dešimties dešimtį"),
        (11, "vienuolika vienuolikos vienuoliką"),
        (12, "dvylika dvylikos dvyliką"),
        (13, "trylika trylikos tryliką"),
        (14, "keturiolika keturiolikos keturioliką"),
        (15, "penkiolika penkiolikos penkioliką"),
        (16, "šešiolika šešiolikos šešioliką"),
        (17, "septyniolika septyniolikos septynioliką"),
        (18, "aštuoniolika aštuoniolikos aštuonioliką"),
        (19, "devyniolika devyniolikos devynioliką"),
        (20, "dvidešimt dvidešimties dvidešimtį"),
        (30, "trisdešimt trisdešimties trisdešimtį"),
        (40, "keturiasdešimt keturiasdešimties"),
        (50, "penkiasdešimt penkiasdešimties"),
        (60, "šešiasdešimt šešiasdešimties"),
        (70, "septyniasdešimt septyniasdešimties"),
        (80, "aštuoniasdešimt aštuoniasdešimties"),
        (90, "devyniasdešimt devyniasdešimties"),
        (100, "šimtas šimto šimtą"),
    ],
    units: &["valand", "dien", "savait", "savaič", "mėnuo", "mėnes", "metai", "metų", "metus", "metams"],
    not_units: &[],
    fillers: &["darbo", "kalendorinių", "kalendorines", "kalendorinės", "pilnų", "iki", "ir", "ar", "arba"],
    ages: &["amžius", "amžiaus"],
    age_fillers: &["nuo", "iki", "ir", "ar", "arba", "virš"],
};

/// Numbers above this are years of the calendar (`2025 года`), not lengths.
const LENGTH_MAX: i64 = 999;

/// A word of a text.
struct Word {
    /// In small letters, without apostrophes, `ё` as `е`.
    plain: String,
    /// As it stands in the text; nothing for the second part of a compound, which its first part shows.
    shown: String,
}

/// The numbers of a text that measure time or age, each once, with the words that show it.
pub(crate) fn measuring(text: &str) -> Vec<(i64, String)> {
    let words = words(text);
    let mut found: Vec<(i64, String)> = Vec::new();
    for language in LANGUAGES {
        let numbers = language.numbers_of(&words);
        for (at, value) in numbers.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))) {
            let shown = language.measured(&words, &numbers, at).or_else(|| language.aged(&words, &numbers, at));
            if let Some(shown) = shown.filter(|_| value <= LENGTH_MAX && found.iter().all(|(known, _)| *known != value))
            {
                found.push((value, shown));
            }
        }
    }
    found
}

/// Every number of a text, whatever it counts.
pub(crate) fn all(text: &str) -> impl Iterator<Item = i64> {
    let words = words(text);
    LANGUAGES.iter().flat_map(move |language| language.numbers_of(&words)).flatten()
}

impl Language {
    fn number(&self, word: &str) -> Option<i64> {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4 {
            return word.parse().ok();
        }
        let known = self.numbers.iter().find(|(_, forms)| forms.split(' ').any(|form| form == word));
        known.map(|(value, _)| *value)
    }

    /// The value of each word that is a number. Tens and the ones after them are one number, which stands at its last word.
    fn numbers_of(&self, words: &[Word]) -> Vec<Option<i64>> {
        let mut values: Vec<Option<i64>> = words.iter().map(|word| self.number(&word.plain)).collect();
        let is_written = |at: usize| words[at].plain.starts_with(char::is_alphabetic);
        for at in 1..values.len() {
            if let (Some(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)), Some(ones @ 1..10)) =
                (values[at - 1], values[at])
                && is_written(at - 1)
                && is_written(at)
            {
                (values[at - 1], values[at]) = (None, Some(tens + ones));
            }
        }
        values
    }

    fn is_unit(&self, word: &str) -> bool {
        let begins = |with: &[&str]| with.iter().any(|start| word.starts_with(start));
        begins(self.units) && !begins(self.not_units)
    }

    /// `twenty (20) calendar days`, `от трёх до семи дней`: the number at `at` is followed by a unit of time.
    fn measured(&self, words: &[Word], numbers: &[Option<i64>], at: usize) -> Option<String> {
        let filler = |next: &usize| {
            self.fillers.contains(&words[*next].plain.as_str()) || self.number(&words[*next].plain).is_some()
        };
        let skipped = (at + 1..words.len()).take(4).take_while(filler).count();
        let unit = words.get(at + 1 + skipped).filter(|word| self.is_unit(&word.plain))?;
        Some(format!("{} {}", self.written(words, numbers, at), unit.shown).trim_end().to_owned())
    }

    /// `aged 18 to 29`, `в возрасте от 18`; `reached 18 years` is left to [`Language::measured`].
    fn aged(&self, words: &[Word], numbers: &[Option<i64>], at: usize) -> Option<String> {
        let filler = |before: &usize| {
            self.age_fillers.contains(&words[*before].plain.as_str()) || self.number(&words[*before].plain).is_some()
        };
        let first = at - usize::from(self.is_compound(words, numbers, at));
        let skipped = (0..first).rev().take(4).take_while(filler).count();
        let before = words[..first - skipped].last().filter(|word| self.ages.contains(&word.plain.as_str()))?;
        Some(format!("{} … {}", before.shown, self.written(words, numbers, at)))
    }

    /// Whether the number at `at` is written in two words.
    fn is_compound(&self, words: &[Word], numbers: &[Option<i64>], at: usize) -> bool {
        at > 0 && numbers[at] != self.number(&words[at].plain)
    }

    fn written(&self, words: &[Word], numbers: &[Option<i64>], at: usize) -> String {
        let before = if self.is_compound(words, numbers, at) { words[at - 1].shown.as_str() } else { "" };
        format!("{before} {}", words[at].shown).trim_start().to_owned()
    }
}

/// The words of a text, parts of compounds apart: `30-day`, `семидневный`.
fn words(text: &str) -> Vec<Word> {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | 'ʼ');
    let parts = text.split(|letter: char| !joins(letter)).map(|part| part.trim_matches(['\'', '’', 'ʼ']));
    parts.filter(|part| !part.is_empty()).flat_map(parts_of).collect()
}

fn parts_of(shown: &str) -> Vec<Word> {
    let letters = shown.chars().filter(|letter| !matches!(letter, '\'' | '’' | 'ʼ')).flat_map(char::to_lowercase);
    let plain: String = letters.map(|letter| if letter == 'ё' { 'е' } else { letter }).collect();
    let word = |plain: &str, shown: &str| Word { plain: plain.to_owned(), shown: shown.to_owned() };
    match split(&plain) {
        Some((number, unit)) => vec![word(number, shown), word(unit, "")],
        None => vec![word(&plain, shown)],
    }
}

/// `семидневный` is `семи` and `дневный`: a number in the genitive and a unit that only compounds have.
fn split(word: &str) -> Option<(&str, &str)> {
    const UNITS: &[&str] = &["дневн", "денн", "недельн", "тижнев", "месячн", "місячн", "часов", "летн", "річн"];
    let at = UNITS.iter().find_map(|unit| word.find(unit).filter(|at| *at > 0))?;
    let (number, unit) = word.split_at(at);
    let known = [RUSSIAN, UKRAINIAN].iter().any(|language| language.number(number).is_some());
    known.then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::{all, measuring};

    fn values(text: &str) -> Vec<i64> {
        let mut values: Vec<i64> = measuring(text).into_iter().map(|(value, _)| value).collect();
        values.sort_unstable();
        values
    }

    #[test]
    fn numbers_that_measure_are_read_in_each_language() {
        let cases: &[(&str, &[i64])] = &[
            ("within twenty-one (21) calendar days of the 5th", &[21]),
            ("aged 18 to 29, three to seven days, a 30-day notice", &[3, 7, 18, 29, 30]),
            ("в течение семи рабочих дней", &[7]),
            ("по истечении двадцати пяти календарных дней, от трёх до десяти дней", &[3, 10, 25]),
            ("в семидневный срок, в 30-дневный срок, двухнедельный", &[2, 7, 30]),
            ("граждане мужского пола в возрасте от 18 до 30 лет", &[18, 30]),
            ("протягом п’яти робочих днів або двадцяти чотирьох годин", &[5, 24]),
            ("у десятиденний строк, віком від 25 до 60 років", &[10, 25, 60]),
            ("seitsme päeva jooksul, kolme kuu jooksul, 18-aastane", &[3, 7, 18]),
            ("per septynias darbo dienas, ne vėliau kaip per dvidešimt penkias dienas", &[7, 25]),
        ];
        for (text, expected) in cases {
            assert_eq!(values(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_measures_nothing_is_left_alone() {
        for text in [
            "Статья 7 части 5 закона от 30 декабря 2025 года N 505-ФЗ, с 1 января 2026 года",
            "Article 22 of Act 53 of 28 March 1998, paragraph 2",
            "частью 3 статьи 31, один раз, годные к службе 2 категории",
            "стаття 7 частини 2, у 2024 році, доброчесність двох осіб",
            "Lisa 5 punkt 2, kuus korda",
        ] {
            assert_eq!(values(text), Vec::<i64>::new(), "{text}");
        }
        assert_eq!(all("the other seven of 12").filter(|value| *value == 7).count(), 1);
    }

    #[test]
    fn the_words_that_show_a_number_are_those_of_the_text() {
        assert_eq!(measuring("по истечении двадцати пяти дней"), [(25, "двадцати пяти дней".to_owned())]);
        assert_eq!(measuring("в возрасте от 18"), [(18, "возрасте … 18".to_owned())]);
        assert_eq!(measuring("П’ять днів"), [(5, "П’ять днів".to_owned())]);
        assert_eq!(measuring("у десятиденний строк"), [(10, "десятиденний".to_owned())]);
    }
}
