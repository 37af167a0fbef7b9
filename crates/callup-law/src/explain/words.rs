//! The words of explanations: dates, articles, lengths of time, events, states, measures; all of them from the catalogue of the language.
//!
//! It knows no case.

use crate::calendar::{Day, MonthDay, Period, Unit, Weekday};
use crate::explain::language::{Words, id_of, say};
use crate::forks::{Assumption, Question};
use crate::program::PictureCode;
use crate::roles::{Event, MeasureKind, Milestone};
use crate::rulebook::{Anchor, Cite, Pick, Remedy, Rulebook, State, Translation};

/// Words that stand for `Article` in laws, before its number.
const ARTICLE: [&str; 3] = ["Article", "Статья", "Стаття"];

impl Words {
    /// `Tue 10 March 2026`.
    pub(crate) fn long_date(self, day: Day) -> String {
        self.date("date-long", day)
    }

    /// `Tue 10 Mar 2026`.
    pub(crate) fn short_date(self, day: Day) -> String {
        self.date("date-short", day)
    }

    /// `Tue  3 Mar 2026`, the same width for every day.
    pub(crate) fn row_date(self, day: Day) -> String {
        self.date("date-row", day)
    }

    /// `10 Mar`, with the year where it is not that of the line.
    pub(crate) fn brief_date(self, day: Day, near: Day) -> String {
        self.date(if day.to_ymd().0 == near.to_ymd().0 { "date-brief" } else { "date-brief-year" }, day)
    }

    fn date(self, id: &str, day: Day) -> String {
        if day > Day::MAX {
            return day.to_string();
        }
        let (year, month, number) = day.to_ymd();
        let weekday = day.weekday().short().to_lowercase();
        say!(
            self,
            id,
            weekday = self.word("weekday", &weekday),
            weekday_full = self.word("weekday-full", &weekday),
            day = number.to_string(),
            padded = format!("{number:2}"),
            two = format!("{number:02}"),
            month = self.say(&format!("month-{month}")),
            month_short = self.say(&format!("month-short-{month}")),
            month_two = format!("{month:02}"),
            year = year.to_string(),
        )
    }

    /// Of words that follow each other the number that make up one date; 0 if the first begins none.
    pub(crate) fn date_words(self, words: &[&str]) -> usize {
        let begins_with_digit = |word: &&str| word.starts_with(|letter: char| letter.is_ascii_digit());
        let [first, next, ..] = words else { return 0 };
        let first = first.trim_start_matches(['(', '«']);
        let short = |day: &Weekday| self.word("weekday", &day.short().to_lowercase());
        let is_weekday = || Weekday::ALL.iter().any(|day| short(day) == first);
        if begins_with_digit(next) && is_weekday() {
            return 4.min(words.len());
        }
        let is_month = |word: &str| (1..=12).any(|month| self.say(&format!("month-{month}")) == word);
        if self.0 == crate::explain::Language::English || !begins_with_digit(&first) || !is_month(next) {
            return 0;
        }
        // Behind the month stand the year, its abbreviation and the day of the week in brackets, as far as they are said.
        let is_year = words.get(2).is_some_and(begins_with_digit);
        let is_abbreviated = is_year && words.get(3).is_some_and(|word| word.chars().count() <= 3);
        let has_weekday = is_abbreviated && words.get(4).is_some_and(|word| word.starts_with('('));
        2 + usize::from(is_year) + usize::from(is_abbreviated) + usize::from(has_weekday)
    }

    /// `7 days`, `1 month`.
    pub(crate) fn length(self, period: Period) -> String {
        self.count("length", period)
    }

    /// The same behind a word that asks for the genitive.
    pub(crate) fn length_of(self, period: Period) -> String {
        self.count("length-of", period)
    }

    fn count(self, family: &str, period: Period) -> String {
        let unit = match period.unit {
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::Months => "months",
            Unit::Years => "years",
            Unit::WorkingDays => "working_days",
        };
        say!(self, &id_of(family, unit), n = i32::from(period.count))
    }

    /// `Art. 6(1)`; the paragraph stands behind the number where more words follow it.
    pub(crate) fn basis(self, cite: &Cite) -> String {
        let (head, number, rest) = self.split(cite);
        let paragraph = if cite.paragraph.is_empty() { String::new() } else { format!("({})", cite.paragraph) };
        format!("{head}{number}{paragraph}{rest}")
    }

    /// `Art. 12(1), 2(2)`.
    pub(crate) fn bases(self, cites: &[Cite]) -> String {
        let mut printed: Vec<String> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut last_head = String::new();
        for cite in cites {
            let whole = self.basis(cite);
            if seen.contains(&whole) {
                continue;
            }
            let head = self.split(cite).0;
            let short = if head == last_head { whole[head.len()..].to_string() } else { whole.clone() };
            last_head = head;
            printed.push(short);
            seen.push(whole);
        }
        printed.join(", ")
    }

    /// ` (Art. 12)`, or nothing.
    pub(crate) fn in_brackets(self, cites: &[Cite]) -> String {
        if cites.is_empty() { String::new() } else { format!(" ({})", self.bases(cites)) }
    }

    fn split(self, cite: &Cite) -> (String, String, String) {
        let Some((word, rest)) = cite.article.split_once(' ') else {
            return (String::new(), cite.article.clone(), String::new());
        };
        let head = if ARTICLE.contains(&word) { self.say("article-short") } else { word.to_owned() };
        match rest.split_once(' ') {
            Some((number, words)) => (head + " ", number.to_string(), format!(" {words}")),
            None => (head + " ", rest.to_string(), String::new()),
        }
    }

    /// What happened, as said to the person.
    pub(crate) fn event_past(self, event: Event) -> String {
        self.word("event-past", event.word())
    }

    /// What may happen, after `it ends when` or as a noun.
    pub(crate) fn event_clause(self, event: Event) -> String {
        self.word("event-clause", event.word())
    }

    /// What a person can do, behind `to end it`; `None` for what others do.
    pub(crate) fn act_order(self, event: Event) -> Option<String> {
        let id = id_of("act-order", event.word());
        self.has(&id).then(|| self.say(&id))
    }

    /// The same at the head of a sentence.
    pub(crate) fn act_gerund(self, event: Event) -> String {
        self.word("act-gerund", event.word())
    }

    /// What entering a state comes to, after the event that led there; empty where nothing needs saying.
    pub(crate) fn consequence(self, state: &State) -> String {
        let label = state.label.as_str();
        match state.milestone {
            Some(Milestone::Served) if state.name == Milestone::Served.word() => self.say("state-served"),
            Some(Milestone::Defaulted) if label.is_empty() => self.say("state-defaulted"),
            Some(Milestone::Lapsed) => self.say("state-lapsed"),
            Some(Milestone::Deferred) => self.say("state-deferred"),
            Some(Milestone::CalledUp) => self.say("state-called-up"),
            Some(Milestone::Closed) => self.say("state-closed"),
            Some(Milestone::Served | Milestone::Defaulted) => label.to_string(),
            Some(Milestone::Placed | Milestone::Appeared | Milestone::None) | None => String::new(),
        }
    }

    /// A state, for a reader.
    pub(crate) fn state(self, book: &Rulebook, state: &State) -> String {
        if !state.label.is_empty() {
            return state.label.clone();
        }
        let said = self.consequence(state);
        if said.is_empty() { self.name(book, &state.name) } else { said }
    }

    /// What the measure bars, after `the Act bars`; `None` for what is no bar.
    pub(crate) fn barred(self, kind: MeasureKind) -> Option<String> {
        let id = id_of("barred", kind.word());
        self.has(&id).then(|| self.say(&id))
    }

    /// A measure with its article: `the ban on driving`, `"no registration of vehicles"`.
    pub(crate) fn the(self, label: &str) -> String {
        say!(self, if label.starts_with("no ") { "quoted-label" } else { "the-label" }, label = label)
    }

    /// A measure at the head of a line, without its article.
    pub(crate) fn headed(self, label: &str) -> String {
        say!(self, "headed-label", label = label)
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => say!(self, "list-last", most = most.join(", "), last = last),
        }
    }

    /// Several, each of them joined to those before it by this message.
    pub(crate) fn joined(self, id: &str, items: &[String]) -> String {
        let joined = items.iter().cloned().reduce(|first, next| say!(self, id, first = first, next = next));
        joined.unwrap_or_default()
    }

    /// `, only if …` for what hangs on something.
    pub(crate) fn only_if(self, depends_on: &[String]) -> String {
        if depends_on.is_empty() {
            return String::new();
        }
        say!(self, "only-if", what = self.joined("or-if-joint", depends_on))
    }

    /// A name of the law in prose: what the law calls it in this language, else what the catalogue does, else the name itself.
    pub(crate) fn name(self, book: &Rulebook, name: &str) -> String {
        let of =
            |language: &str| book.translations.iter().find(|words| words.label == name && words.language == language);
        match of(self.0.code()).or_else(|| of(Translation::UNDETERMINED)) {
            Some(words) => words.text.clone(),
            None => self.known_name(name),
        }
    }

    /// The same without a law.
    fn known_name(self, name: &str) -> String {
        match name {
            "yes" => self.say("answer-yes"),
            "no" => self.say("answer-no"),
            "appearance_date" => self.say("date-appearance"),
            _ if self.has(&id_of("name", name)) => self.word("name", name),
            _ => name.replace('_', " "),
        }
    }

    /// In whose picture a fact is taken.
    pub(crate) fn picture(self, picture: PictureCode) -> String {
        self.say(match picture {
            PictureCode::Recorded => "picture-recorded",
            PictureCode::Truth => "picture-truth",
            PictureCode::Proved => "picture-proved",
        })
    }

    /// What a question is about, in a few words.
    pub(crate) fn topic(self, books: &[&Rulebook], question: &Question) -> String {
        match question {
            Question::Switch { name, .. } => self.name_in(books, name),
            Question::Condition { name } => {
                let found = books.iter().flat_map(|book| &book.conditions).find(|condition| condition.name == *name);
                let label = found.map(|condition| condition.label.clone()).filter(|label| !label.is_empty());
                label.unwrap_or_else(|| self.name_in(books, name))
            }
            Question::Age { on, picture, .. } => {
                say!(self, "topic-age", day = self.short_date(*on), picture = self.picture(*picture))
            }
            Question::Fact { fact, picture } => {
                format!("{}, {}", self.word("person", fact.word()), self.picture(*picture))
            }
        }
    }

    /// An answer to a question.
    pub(crate) fn answer(self, books: &[&Rulebook], question: &Question, alternative: usize) -> String {
        match question {
            Question::Switch { options, .. } => {
                options.get(alternative).map_or_else(String::new, |option| self.name_in(books, option))
            }
            Question::Age { least, most, .. } => self.ages(*least, *most, alternative),
            Question::Fact { .. } | Question::Condition { .. } => {
                self.say(if alternative == 0 { "answer-yes" } else { "answer-no" })
            }
        }
    }

    fn ages(self, least: i32, most: i32, alternative: usize) -> String {
        let id = match (alternative, least, most) {
            (0, _, _) => "age-younger",
            (1, i32::MIN, _) => "age-at-most",
            (1, _, i32::MAX) => "age-at-least",
            (1, least, most) if least == most => "age-exactly",
            (1, _, _) => "age-between",
            _ => "age-older",
        };
        say!(self, id, least = least.to_string(), most = most.to_string())
    }

    /// An assumption: `A = B`.
    pub(crate) fn assumption(self, books: &[&Rulebook], made: &Assumption) -> String {
        format!("{} = {}", self.topic(books, &made.question), self.answer(books, &made.question, made.alternative))
    }

    /// A name as the first of these laws that has words for it says it.
    pub(crate) fn name_in(self, books: &[&Rulebook], name: &str) -> String {
        let plain = self.known_name(name);
        books.iter().map(|book| self.name(book, name)).find(|said| *said != plain).unwrap_or(plain)
    }

    /// What a period is counted from.
    pub(crate) fn anchor(self, book: &Rulebook, anchor: Anchor) -> String {
        match anchor {
            Anchor::Event(Event::Filed) => self.say("anchor-filed"),
            Anchor::Event(event) => say!(self, "anchor-event", event = self.event_clause(event)),
            Anchor::Entry { track, state } => {
                let state = &book.tracks[track].states[usize::from(state)];
                say!(self, "anchor-entry", state = self.state(book, state))
            }
            // `appearance_date` is the one date of a notice.
            Anchor::Fact(_) => self.say("anchor-appearance"),
            Anchor::MeasureStart(measure) => {
                say!(self, "anchor-start", measure = self.the(&book.measures[measure].label))
            }
            Anchor::Knowledge => self.say("anchor-knowledge"),
            Anchor::Combined(index) => {
                let combined = &book.combined[index];
                let of: Vec<String> = combined.of.iter().map(|one| self.anchor(book, *one)).collect();
                let id = if combined.pick == Pick::Later { "anchor-later" } else { "anchor-earlier" };
                say!(self, id, days = self.list(&of))
            }
            Anchor::WindowStart(index) => say!(self, "anchor-window-start", window = self.window(book, index)),
            Anchor::WindowEnd(index) => say!(self, "anchor-window-end", window = self.window(book, index)),
        }
    }

    /// A window with its days.
    pub(crate) fn window(self, book: &Rulebook, index: usize) -> String {
        let window = &book.windows[index];
        let label = if window.label.is_empty() {
            say!(self, "window-unnamed", name = self.name(book, &window.name))
        } else {
            self.the(&window.label)
        };
        let range =
            |from, until| say!(self, "window-range", from = self.month_day(from), until = self.month_day(until));
        let ranges: Vec<String> = window.ranges.iter().map(|one| range(one.from, one.until)).collect();
        format!("{label} ({})", self.list(&ranges))
    }

    /// `1 April`
    fn month_day(self, day: MonthDay) -> String {
        self.date("date-of-year", day.of_year(2000))
    }

    /// The label of a remedy, or its name where it has none.
    pub(crate) fn remedy(self, book: &Rulebook, remedy: &Remedy) -> String {
        if remedy.label.is_empty() { self.name(book, &remedy.name) } else { remedy.label.clone() }
    }

    /// The label of a measure, or its name where it has none.
    pub(crate) fn measure(self, book: &Rulebook, measure: usize) -> String {
        let measure = &book.measures[measure];
        if measure.label.is_empty() { self.name(book, &measure.name) } else { measure.label.clone() }
    }
}

/// `Art. 6(1)` in English, for what is not an explanation.
pub(crate) fn basis(cite: &Cite) -> String {
    Words(crate::explain::Language::English).basis(cite)
}

/// With a capital letter in front.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
