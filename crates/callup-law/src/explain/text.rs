//! An explanation as a page of plain text: the answer first, then the dates, then what is open and what would have changed it.
//!
//! It reads an [`Explanation`] and nothing else. Symbols are never the only carrier of meaning.

use crate::calendar::Day;
use crate::explain::language::{Words, say};
use crate::explain::timeline::IT;
use crate::explain::{Change, Counting, Explanation, Line, LineKind, MeasureLine, OpenAnswer, StatementKind, words};
use crate::roles::MeasureKind;

/// Column in which the text of a line begins.
const TEXT_COLUMN: usize = 19;
/// Column in which `fact you gave` begins.
const MARK_COLUMN: usize = 66;
/// Column in which the basis begins.
const BASIS_COLUMN: usize = 81;
/// Width at which sentences are broken.
const WIDTH: usize = 100;

/// The whole page.
#[must_use]
pub fn text(explanation: &Explanation) -> String {
    let words = explanation.words();
    let mut page = Page { words, out: String::new() };
    page.heading(&words.say("head-short").to_uppercase());
    for sentence in in_short(explanation) {
        page.sentence("  ", &sentence);
    }
    page.out.push('\n');
    page.row(&words.say("head-timeline").to_uppercase(), "", &words.say("head-basis"));
    page.timeline(explanation);
    page.open_points(explanation);
    page.changes(explanation);
    page.statements(explanation);
    page.closing(explanation);
    page.out
}

/// The answer in a few sentences; also the beginning of the plain form.
pub(crate) fn in_short(explanation: &Explanation) -> Vec<String> {
    let mut sentences = voids(explanation);
    sentences.extend(bars(explanation));
    sentences.extend(lifts(explanation));
    sentences.extend(open_measures(explanation));
    sentences.extend(remedies(explanation));
    if explanation.cut_off {
        sentences.push(explanation.words().say("cut-off"));
    }
    sentences
}

fn voids(explanation: &Explanation) -> Vec<String> {
    let says = |line: &&Line| matches!(line.kind, LineKind::Void | LineKind::NoLaw);
    let lines = explanation.timeline.iter().filter(says);
    let said = |line: &Line| {
        let hangs = only(explanation, &line.depends_on);
        format!(
            "{}{}: {}{hangs}.",
            of_matter(explanation, line.matter),
            explanation.words().long_date(line.date),
            line.text
        )
    };
    lines.map(said).collect()
}

/// `, only if …` for what hangs on something; open points are named by their letter.
pub(crate) fn only(explanation: &Explanation, depends_on: &[String]) -> String {
    lettered(explanation, &explanation.words().only_if(depends_on))
}

/// `If yes: …` of an open point.
pub(crate) fn effect(words: Words, answer: &OpenAnswer) -> String {
    let effect = if answer.effect.is_empty() { words.say("nothing-of-this") } else { answer.effect.join("; ") };
    say!(words, "answer-if", answer = answer.answer.as_str(), effect = effect)
}

/// What a change takes for granted, open points named by their letter.
pub(crate) fn assuming(explanation: &Explanation, change: &Change) -> String {
    if change.assuming.is_empty() {
        return String::new();
    }
    let what = lettered(explanation, &change.assuming.join(", "));
    say!(explanation.words(), "assuming", what = what)
}

/// The same with open points named by their letter.
pub(crate) fn lettered(explanation: &Explanation, said: &str) -> String {
    let points = explanation.open_points.iter().zip(letters());
    points.fold(said.to_string(), |said, (point, letter)| {
        said.replace(&format!("{} = ", point.topic), &format!("{letter} = "))
    })
}

/// `[2] ` where a case has several notices.
fn of_matter(explanation: &Explanation, matter: usize) -> String {
    if explanation.matters.len() > 1 { format!("[{}] ", matter + 1) } else { String::new() }
}

/// Measures in groups that share what this picks, in order.
fn groups<'e, K: PartialEq>(
    measures: impl Iterator<Item = &'e MeasureLine>,
    pick: impl Fn(&MeasureLine) -> K,
) -> Vec<(K, Vec<&'e MeasureLine>)> {
    let mut groups: Vec<(K, Vec<&MeasureLine>)> = Vec::new();
    for measure in measures {
        let key = pick(measure);
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, members)) => members.push(measure),
            None => groups.push((key, vec![measure])),
        }
    }
    groups
}

fn bars(explanation: &Explanation) -> Vec<String> {
    let words = explanation.words();
    if explanation.measures.is_empty() {
        return vec![say!(words, "begins-nothing", date = words.long_date(explanation.until))];
    }
    let barring = explanation.measures.iter().filter(|measure| words.barred(measure.kind).is_some());
    let mut parts: Vec<String> = Vec::new();
    let key = |measure: &MeasureLine| (measure.start, measure.matter, measure.depends_on.clone());
    for ((start, matter, depends_on), members) in groups(barring, key) {
        let mut what: Vec<String> = members.iter().filter_map(|measure| words.barred(measure.kind)).collect();
        what.dedup();
        let (of, hangs) = (of_matter(explanation, matter), only(explanation, &depends_on));
        let (what, date) = (words.list(&what), words.long_date(start));
        parts.push(say!(words, "bars-from", of = of, what = what, date = date, hangs = hangs));
    }
    let mut sentences = Vec::new();
    if !parts.is_empty() {
        sentences.push(say!(words, "bars", what = parts.join("; ")));
    }
    let others = explanation.measures.iter().filter(|measure| words.barred(measure.kind).is_none());
    sentences.extend(others.map(|measure| {
        let (date, hangs) = (words.long_date(measure.start), only(explanation, &measure.depends_on));
        say!(words, "provides", label = measure.label.as_str(), date = date, hangs = hangs)
    }));
    sentences
}

fn lifts(explanation: &Explanation) -> Vec<String> {
    let lifted = explanation.measures.iter().filter(|measure| measure.lift_by.is_some());
    let key = |measure: &MeasureLine| (measure.matter, measure.ended_on, measure.lift_by, forked(explanation, measure));
    groups(lifted, key).into_iter().map(|((_, _, _, hangs), members)| lift(explanation, &members, &hangs)).collect()
}

/// What the lift of a measure hangs on, beyond what its start hangs on.
fn forked(explanation: &Explanation, measure: &MeasureLine) -> String {
    let other = |other: &&MeasureLine| {
        (other.matter, other.kind, other.start) == (measure.matter, measure.kind, measure.start)
            && other.name == measure.name
            && other.lift_by != measure.lift_by
    };
    if explanation.measures.iter().any(|line| other(&line)) {
        only(explanation, &measure.depends_on)
    } else {
        String::new()
    }
}

/// The sentence about measures of one matter that must be lifted by the same day for the same reason.
fn lift(explanation: &Explanation, members: &[&MeasureLine], hangs: &str) -> String {
    let words = explanation.words();
    let MeasureLine { matter, ended_on, lift_by, .. } = members[0];
    let names = |measures: &mut dyn Iterator<Item = &MeasureLine>| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for measure in measures {
            let name = words.the(&measure.label);
            names.extend(Some(name).filter(|name| !names.contains(name)));
        }
        names
    };
    let all = names(&mut explanation.measures.iter().filter(|measure| measure.matter == *matter)).len();
    let labels = names(&mut members.iter().copied());
    let cause = ended_on.map_or_else(String::new, |day| {
        let event = words::capital(&cause(explanation, *matter, *lift_by, members));
        say!(words, "lift-cause", event = event, date = words.long_date(day)) + " "
    });
    let (date, of) = (lift_by.map_or_else(String::new, |day| words.long_date(day)), of_matter(explanation, *matter));
    let id = match (labels.len(), all) {
        (1, 1) => "lift-one",
        (2, 2) => "lift-both",
        (some, all) if some == all => "lift-all",
        _ => "lift-some",
    };
    let n = i32::try_from(all).unwrap_or(i32::MAX);
    let measures = words.list(&labels);
    say!(words, id, of = of, cause = cause, n = n, measures = measures, date = date, hangs = hangs)
}

/// What ended these measures, without what followed from it.
fn cause(explanation: &Explanation, matter: usize, by: Option<Day>, members: &[&MeasureLine]) -> String {
    let of_lift = |line: &&Line| {
        line.kind == LineKind::LiftDue
            && line.matter == matter
            && Some(line.date) == by
            && members.iter().any(|measure| line.measures.contains(&measure.kind))
    };
    let lift = explanation.timeline.iter().find(of_lift);
    let parent = lift.and_then(|line| line.because).and_then(|because| explanation.timeline.get(because));
    let said = parent.and_then(|line| line.text.split(';').next()).map(str::to_string);
    said.unwrap_or_else(|| explanation.words().say("lift-cause-ended"))
}

fn open_measures(explanation: &Explanation) -> Vec<String> {
    let words = explanation.words();
    let open = explanation.measures.iter().filter(|measure| measure.lift_by.is_none());
    let key = |measure: &MeasureLine| (measure.matter, forked(explanation, measure));
    let sentence = |((matter, hangs), members): ((usize, String), Vec<&MeasureLine>)| {
        let mut labels: Vec<String> = Vec::new();
        for measure in members {
            let label = words.the(&measure.label);
            labels.extend(Some(label).filter(|label| !labels.contains(label)));
        }
        let (of, date) = (of_matter(explanation, matter), words.long_date(explanation.until));
        say!(words, "no-lift", of = of, date = date, measures = words.list(&labels), hangs = hangs)
    };
    groups(open, key).into_iter().map(sentence).collect()
}

fn remedies(explanation: &Explanation) -> Vec<String> {
    let words = explanation.words();
    // (body, notice, last day) and the measures.
    let mut found: Vec<((String, usize, Day), Vec<String>)> = Vec::new();
    for line in explanation.timeline.iter().filter(|line| line.kind == LineKind::Remedy && line.counting.is_some()) {
        let mut labels: Vec<String> = line.measures.iter().map(|kind| label(explanation, line.matter, *kind)).collect();
        if labels.is_empty() {
            labels.push(words.say("the-decision"));
        }
        let key = (line.who.clone().unwrap_or_default(), line.matter, line.date);
        match found.iter_mut().find(|(other, _)| *other == key) {
            Some((_, known)) => {
                let new: Vec<String> = labels.into_iter().filter(|label| !known.contains(label)).collect();
                known.extend(new);
            }
            None => found.push((key, labels)),
        }
    }
    let mut bodies: Vec<&str> = found.iter().map(|((body, _, _), _)| body.as_str()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let sentence = |body: &&str| {
        let of_body = found.iter().filter(|((other, _, _), _)| other == body);
        let said = of_body.map(|((_, matter, day), labels)| {
            let (of, what) = (of_matter(explanation, *matter), words.list(labels));
            say!(words, "last-day-part", of = of, what = what, date = words.long_date(*day))
        });
        let parts = said.collect::<Vec<_>>().join(", ");
        say!(words, "last-day", body = *body, parts = parts)
    };
    bodies.iter().map(sentence).collect()
}

/// What the law calls a measure of this kind, or the word of the vocabulary.
pub(crate) fn label(explanation: &Explanation, matter: usize, kind: MeasureKind) -> String {
    let found = explanation.measures.iter().find(|measure| measure.matter == matter && measure.kind == kind);
    let words = explanation.words();
    found.map_or_else(|| words.word("measure", kind.word()), |measure| words.the(&measure.label))
}

/// Template, basis, and what it hangs on: lines about measures that share them are said once.
type MeasureKey<'l> = (&'l str, String, String);

/// Most measures that are named as left out.
const LEFT_OUT_MAX: usize = 2;

struct Page {
    words: Words,
    out: String,
}

impl Page {
    fn heading(&mut self, heading: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(heading);
        self.out.push('\n');
    }

    /// A sentence, broken at words, later lines indented like the first.
    fn sentence(&mut self, indent: &str, sentence: &str) {
        let hanging = " ".repeat(indent.chars().count());
        for (index, line) in wrapped(self.words, sentence, WIDTH - hanging.len()).iter().enumerate() {
            self.out.push_str(if index == 0 { indent } else { &hanging });
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// One line of the table: text, `fact you gave`, basis.
    fn row(&mut self, text: &str, mark: &str, basis: &str) {
        let mut line = text.to_string();
        if !mark.is_empty() {
            pad(&mut line, MARK_COLUMN);
            line.push_str(mark);
        }
        if !basis.is_empty() {
            pad(&mut line, BASIS_COLUMN);
            line.push_str(basis);
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Text of the table that may be long: the basis stands on its last line.
    fn rows(&mut self, lead: &str, text: &str, mark: &str, basis: &str) {
        let lines = wrapped(self.words, text, WIDTH - lead.chars().count());
        let last = lines.len().saturating_sub(1);
        let hanging = " ".repeat(lead.chars().count());
        for (index, line) in lines.iter().enumerate() {
            let lead = if index == 0 { lead } else { &hanging };
            let (mark, basis) = if index == last { (mark, basis) } else { ("", "") };
            self.row(&format!("{lead}{line}"), mark, basis);
        }
    }

    fn timeline(&mut self, explanation: &Explanation) {
        let mut index = 0;
        while let Some(line) = explanation.timeline.get(index) {
            let rest = &explanation.timeline[index..];
            if line.template.is_empty() {
                let same = if line.kind == LineKind::LiftDue { lifts_together(rest) } else { 1 };
                self.line(explanation, line, &rest[..same]);
                index += same;
            } else {
                let run = rest.iter().take_while(|line| !line.template.is_empty()).count();
                self.about_measures(explanation, &rest[..run], &started_above(&explanation.timeline[..index]));
                index += run;
            }
        }
    }

    /// Lines that may be true of several measures, each said once.
    fn about_measures(&mut self, explanation: &Explanation, run: &[Line], started: &[MeasureKind]) {
        let words = self.words;
        let mut said: Vec<(MeasureKey<'_>, Vec<MeasureKind>, &Line)> = Vec::new();
        for line in run {
            let key = (line.template.as_str(), words.bases(&line.cite), hangs(explanation, line));
            match said.iter_mut().find(|(other, _, _)| *other == key) {
                Some((_, kinds, _)) => kinds.extend(&line.measures),
                None => said.push((key, line.measures.clone(), line)),
            }
        }
        for ((template, basis, hangs), mut kinds, line) in said {
            kinds.dedup();
            let labels = |kinds: &[MeasureKind]| {
                words.list(&kinds.iter().map(|kind| label(explanation, line.matter, *kind)).collect::<Vec<_>>())
            };
            let others: Vec<MeasureKind> = started.iter().filter(|kind| !kinds.contains(kind)).copied().collect();
            let it = match (kinds.len(), started.len()) {
                (1, 0 | 1) => words.say("it-one"),
                (some, all) if some == all || all == 0 => words.say("it-many"),
                (some, _) if some > others.len() && others.len() <= LEFT_OUT_MAX => {
                    say!(words, "it-except", labels = labels(&others))
                }
                _ => say!(words, "it-list", labels = labels(&kinds)),
            };
            let said = lettered(explanation, &template.replace(IT, &it));
            let text = format!("{}{said}{hangs}", of_matter(explanation, line.matter));
            self.rows(&format!("{:indent$}", "", indent = TEXT_COLUMN + 2), &text, "", &basis);
        }
    }

    fn line(&mut self, explanation: &Explanation, line: &Line, group: &[Line]) {
        let words = self.words;
        let lead = match (line.detail, line.kind) {
            (false, _) => format!("  {:<width$}", words.row_date(line.date), width = TEXT_COLUMN - 2),
            (true, LineKind::MeasureStarts | LineKind::State) => format!("{:TEXT_COLUMN$}> ", ""),
            (true, LineKind::LiftDue | LineKind::Duty | LineKind::Decision) => {
                format!("{:indent$}! ", "", indent = TEXT_COLUMN)
            }
            (true, _) => format!("{:indent$}", "", indent = TEXT_COLUMN + 2),
        };
        let matter = of_matter(explanation, line.matter);
        let hangs = hangs(explanation, line);
        let said = if group.len() > 1 { together(explanation, group) } else { line.text.clone() };
        let text = format!("{matter}{said}{hangs}");
        let given = words.say("given");
        let cites: Vec<_> = group.iter().flat_map(|line| line.cite.iter().cloned()).collect();
        self.rows(&lead, &text, if line.given { &given } else { "" }, &words.bases(&cites));
        let Some(counting) = &line.counting else { return };
        let under = format!("{:indent$}", "", indent = TEXT_COLUMN + 2);
        if line.kind == LineKind::State {
            self.rows(&under, &counted(words, line), "", &words.bases(&counting.cite));
        }
        if let Some(interval) = interval(words, counting) {
            self.rows(&under, &format!("({interval})"), "", &words.bases(&counting.cite));
        }
    }

    fn open_points(&mut self, explanation: &Explanation) {
        if explanation.open_points.is_empty() {
            return;
        }
        let words = self.words;
        self.heading(&words.say("head-open-loud"));
        for (point, letter) in explanation.open_points.iter().zip(letters()) {
            let cite = words.in_brackets(&point.cite);
            self.sentence(&format!("  {letter}  "), &format!("{}{cite}.", point.question));
            for answer in &point.answers {
                self.sentence("     ", &effect(words, answer));
            }
        }
    }

    fn changes(&mut self, explanation: &Explanation) {
        if explanation.changes.is_empty() {
            return;
        }
        self.heading(&self.words.say("head-changes").to_uppercase());
        for change in &explanation.changes {
            let matter = of_matter(explanation, change.matter);
            let (cite, hangs) = (self.words.in_brackets(&change.cite), assuming(explanation, change));
            self.sentence("  ", &format!("{matter}{}: {}{cite}{hangs}.", change.act, change.effect));
        }
    }

    fn statements(&mut self, explanation: &Explanation) {
        for (kind, heading) in [
            (StatementKind::Duty, "head-duties"),
            (StatementKind::Power, "head-powers"),
            (StatementKind::Gap, "head-gaps"),
        ] {
            let of_kind: Vec<_> = explanation.statements.iter().filter(|statement| statement.kind == kind).collect();
            if !of_kind.is_empty() {
                self.heading(&self.words.say(heading).to_uppercase());
                for statement in of_kind {
                    self.sentence(
                        "  ",
                        &format!("{} ({}).", words::capital(&statement.text), self.words.basis(&statement.cite)),
                    );
                }
            }
        }
    }

    fn closing(&mut self, explanation: &Explanation) {
        self.out.push('\n');
        self.sentence("", &closing(explanation));
    }
}

/// What a line hangs on, unless the line that it belongs to has said so.
fn hangs(explanation: &Explanation, line: &Line) -> String {
    let above = line.because.filter(|_| line.detail).and_then(|because| explanation.timeline.get(because));
    let is_said = above.is_some_and(|above| above.depends_on == line.depends_on);
    if is_said { String::new() } else { only(explanation, &line.depends_on) }
}

/// The measures that the last main line of these started.
fn started_above(lines: &[Line]) -> Vec<MeasureKind> {
    let details = lines.iter().rev().take_while(|line| line.detail);
    details.filter(|line| line.kind == LineKind::MeasureStarts).flat_map(|line| line.measures.clone()).collect()
}

/// Which law was read, in which text, and what this is not.
pub(crate) fn closing(explanation: &Explanation) -> String {
    let words = explanation.words();
    let law = |(index, law): (usize, &crate::explain::LawLine)| {
        let opened =
            explanation.matters.iter().filter(|matter| matter.law == Some(index)).filter_map(|matter| matter.opened);
        let in_force = |day| format!(" {}", say!(words, "closing-opened", date = words.long_date(day)));
        let opened = opened.min().map_or_else(String::new, in_force);
        let sha = law.sha256.get(..12).unwrap_or(&law.sha256);
        say!(words, "closing-law", law = law.id.as_str(), opened = opened, sha = sha)
    };
    let laws: Vec<String> = explanation.laws.iter().enumerate().map(law).collect();
    let notice = explanation.notice.as_str();
    say!(words, "closing", laws = laws.join("; "), engine = explanation.engine, notice = notice)
}

/// How many lines from here on are lifts of one input by one day that hang on the same.
fn lifts_together(lines: &[Line]) -> usize {
    let first = &lines[0];
    let same = |line: &&Line| {
        line.kind == LineKind::LiftDue
            && (line.date, line.because, line.matter) == (first.date, first.because, first.matter)
            && line.depends_on == first.depends_on
    };
    lines.iter().take_while(same).count()
}

/// Several lifts in one sentence.
fn together(explanation: &Explanation, lines: &[Line]) -> String {
    let words = explanation.words();
    let date = words.short_date(lines[0].date);
    if lines.len() == 2 {
        return say!(words, "lift-due-both", date = date);
    }
    let labels = lines.iter().flat_map(|line| line.measures.iter().map(|kind| label(explanation, line.matter, *kind)));
    let measures = words.list(&labels.collect::<Vec<_>>());
    let n = i32::try_from(lines.len()).unwrap_or(i32::MAX);
    say!(words, "lift-due-these", n = n, date = date, measures = measures)
}

/// How the date of a line was counted, in words.
pub(crate) fn counted(words: Words, line: &Line) -> String {
    let Some(counting) = &line.counting else { return String::new() };
    let brief = |day| words.brief_date(day, line.date);
    let period = crate::calendar::Period::new(counting.n, counting.unit);
    let first = match counting.first <= counting.last {
        true => say!(words, "counted-first", day = brief(counting.first)) + " ",
        false => String::new(),
    };
    let rolled = |day: Day| {
        let weekday = words.word("weekday", &day.weekday().short().to_lowercase());
        format!(" {}", say!(words, "counted-rolled", weekday = weekday, day = brief(day)))
    };
    let left_out = match counting.left_out_days {
        0 => String::new(),
        days => say!(words, "counted-left-out", n = days) + " ",
    };
    say!(
        words,
        "counted",
        length = words.length(period),
        anchor = brief(counting.anchor_date),
        first = first,
        left_out = left_out,
        last = brief(counting.last),
        rolled = counting.rolled_from.map_or_else(String::new, rolled),
        effect = counting.effect.as_str(),
    )
}

/// Where a period in hours may end, as only the day of its beginning is known; `None` for other periods.
pub(crate) fn interval(words: Words, counting: &Counting) -> Option<String> {
    let earliest = counting.earliest?;
    Some(if earliest == counting.last {
        words.say("hours-on-day")
    } else {
        say!(words, "hours-interval", from = words.short_date(earliest), until = words.short_date(counting.last))
    })
}

fn pad(line: &mut String, column: usize) {
    let width = line.chars().count();
    let spaces = if width + 2 > column { 2 } else { column - width };
    line.push_str(&" ".repeat(spaces));
}

/// Breaks a text at words; a date stays whole.
fn wrapped(words: Words, text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let all: Vec<&str> = text.split(' ').collect();
    let article = words.say("article-short");
    let mut at = 0;
    while at < all.len() {
        let taken = words.date_words(&all[at..]).max(1);
        let piece = all[at..at + taken].join(" ");
        at += taken;
        let (piece, taken) = with_article(&article, piece, &all[at..]);
        at += taken;
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + piece.chars().count() > width {
            lines.push(piece);
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&piece);
        }
    }
    lines
}

/// Keeps the number of an article behind its word; how many words were taken for that.
fn with_article(article: &str, piece: String, rest: &[&str]) -> (String, usize) {
    match rest.first().filter(|_| piece.trim_start_matches('(') == article) {
        Some(number) => (format!("{piece} {number}"), 1),
        None => (piece, 0),
    }
}

/// A, B, … Z, AA, AB, …
pub(crate) fn letters() -> impl Iterator<Item = String> {
    let letter = |number: u32| char::from_u32('A' as u32 + number).map_or_else(String::new, String::from);
    (0u32..).map(move |number| {
        if number < 26 { letter(number) } else { format!("{}{}", letter((number / 26 - 1) % 26), letter(number % 26)) }
    })
}
