//! An explanation as a page of plain text: the answer first, then the dates, then what is open and what would have changed it.
//!
//! It reads an [`Explanation`] and nothing else. Symbols are never the only carrier of meaning.

use crate::calendar::{Day, Unit, Weekday};
use crate::explain::timeline::IT;
use crate::explain::{Explanation, Line, LineKind, MeasureLine, StatementKind, words};
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
    let mut page = Page { out: String::new() };
    page.heading("IN SHORT");
    for sentence in in_short(explanation) {
        page.sentence("  ", &sentence);
    }
    page.out.push('\n');
    page.row("TIMELINE", "", "basis");
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
        sentences.push("More ways are open than were followed; answer some of the open points.".to_string());
    }
    sentences
}

fn voids(explanation: &Explanation) -> Vec<String> {
    let says = |line: &&Line| matches!(line.kind, LineKind::Void | LineKind::NoLaw);
    let lines = explanation.timeline.iter().filter(says);
    let said = |line: &Line| {
        let hangs = only(explanation, &line.depends_on);
        format!("{}{}: {}{hangs}.", of_matter(explanation, line.matter), words::long_date(line.date), line.text)
    };
    lines.map(said).collect()
}

/// `, only if …` for what hangs on something; open points are named by their letter.
pub(crate) fn only(explanation: &Explanation, depends_on: &[String]) -> String {
    if depends_on.is_empty() {
        return String::new();
    }
    format!(", only if {}", lettered(explanation, &depends_on.join(", or if ")))
}

/// The same with open points named by their letter.
fn lettered(explanation: &Explanation, said: &str) -> String {
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
    if explanation.measures.is_empty() {
        return vec![format!(
            "On these facts the Act begins no measure up to {}.",
            words::long_date(explanation.until)
        )];
    }
    let barring = explanation.measures.iter().filter(|measure| words::barred(measure.kind).is_some());
    let mut parts: Vec<String> = Vec::new();
    let key = |measure: &MeasureLine| (measure.start, measure.matter, measure.depends_on.clone());
    for ((start, matter, depends_on), members) in groups(barring, key) {
        let mut what: Vec<String> =
            members.iter().filter_map(|measure| words::barred(measure.kind)).map(str::to_string).collect();
        what.dedup();
        let (of, hangs) = (of_matter(explanation, matter), only(explanation, &depends_on));
        parts.push(format!("{of}{} from {}{hangs}", words::list(&what), words::long_date(start)));
    }
    let mut sentences = Vec::new();
    if !parts.is_empty() {
        sentences.push(format!("The Act bars {}.", parts.join("; ")));
    }
    let others = explanation.measures.iter().filter(|measure| words::barred(measure.kind).is_none());
    sentences.extend(others.map(|measure| {
        let from = words::long_date(measure.start);
        format!("The Act provides for \"{}\" from {from}{}.", measure.label, only(explanation, &measure.depends_on))
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
    let MeasureLine { matter, ended_on, lift_by, .. } = members[0];
    let names = |measures: &mut dyn Iterator<Item = &MeasureLine>| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for measure in measures {
            let name = words::the(&measure.label);
            names.extend(Some(name).filter(|name| !names.contains(name)));
        }
        names
    };
    let all = names(&mut explanation.measures.iter().filter(|measure| measure.matter == *matter)).len();
    let labels = names(&mut members.iter().copied());
    let what = match (labels.len(), all) {
        (1, 1) => "it".to_string(),
        (2, 2) => "both".to_string(),
        (some, all) if some == all => format!("all {all} measures"),
        _ => words::list(&labels),
    };
    let cause = ended_on.map_or_else(String::new, |day| {
        let first = cause(explanation, *matter, *lift_by, members);
        format!("{} on {}: ", words::capital(&first), words::long_date(day))
    });
    let by = lift_by.map_or_else(String::new, words::long_date);
    let of = of_matter(explanation, *matter);
    format!("{of}{cause}{what} must be lifted no later than {by}{hangs}.")
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
    parent.map_or_else(|| "ended".to_string(), |line| line.text.split(';').next().unwrap_or("ended").to_string())
}

fn open_measures(explanation: &Explanation) -> Vec<String> {
    let open = explanation.measures.iter().filter(|measure| measure.lift_by.is_none());
    let key = |measure: &MeasureLine| (measure.matter, forked(explanation, measure));
    let sentence = |((matter, hangs), members): ((usize, String), Vec<&MeasureLine>)| {
        let mut labels: Vec<String> = Vec::new();
        for measure in members {
            let label = words::the(&measure.label);
            labels.extend(Some(label).filter(|label| !labels.contains(label)));
        }
        let (of, until) = (of_matter(explanation, matter), words::long_date(explanation.until));
        format!("{of}No lift falls due by {until} for {}{hangs}.", words::list(&labels))
    };
    groups(open, key).into_iter().map(sentence).collect()
}

fn remedies(explanation: &Explanation) -> Vec<String> {
    // (body, notice, last day) and the measures.
    let mut found: Vec<((String, usize, Day), Vec<String>)> = Vec::new();
    for line in explanation.timeline.iter().filter(|line| line.kind == LineKind::Remedy && line.counting.is_some()) {
        let mut labels: Vec<String> = line.measures.iter().map(|kind| label(explanation, line.matter, *kind)).collect();
        if labels.is_empty() {
            labels.push("the decision".to_owned());
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
            format!("{}{} {}", of_matter(explanation, *matter), words::list(labels), words::long_date(*day))
        });
        format!("Last day to challenge ({body}): {}.", said.collect::<Vec<_>>().join(", "))
    };
    bodies.iter().map(sentence).collect()
}

/// What the law calls a measure of this kind, or the word of the vocabulary.
pub(crate) fn label(explanation: &Explanation, matter: usize, kind: MeasureKind) -> String {
    let found = explanation.measures.iter().find(|measure| measure.matter == matter && measure.kind == kind);
    found.map_or_else(|| words::spaced(kind.word()), |measure| words::the(&measure.label))
}

/// Template, basis, and what it hangs on: lines about measures that share them are said once.
type MeasureKey<'l> = (&'l str, String, String);

/// Most measures that are named as left out.
const LEFT_OUT_MAX: usize = 2;

struct Page {
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
        for (index, line) in wrapped(sentence, WIDTH - hanging.len()).iter().enumerate() {
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
        let lines = wrapped(text, WIDTH - lead.chars().count());
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
        let mut said: Vec<(MeasureKey<'_>, Vec<MeasureKind>, &Line)> = Vec::new();
        for line in run {
            let key = (line.template.as_str(), words::bases(&line.cite), hangs(explanation, line));
            match said.iter_mut().find(|(other, _, _)| *other == key) {
                Some((_, kinds, _)) => kinds.extend(&line.measures),
                None => said.push((key, line.measures.clone(), line)),
            }
        }
        for ((template, basis, hangs), mut kinds, line) in said {
            kinds.dedup();
            let labels = |kinds: &[MeasureKind]| {
                words::list(&kinds.iter().map(|kind| label(explanation, line.matter, *kind)).collect::<Vec<_>>())
            };
            let others: Vec<MeasureKind> = started.iter().filter(|kind| !kinds.contains(kind)).copied().collect();
            let it = match (kinds.len(), started.len()) {
                (1, 0 | 1) => "it".to_string(),
                (some, all) if some == all || all == 0 => "them".to_string(),
                (some, _) if some > others.len() && others.len() <= LEFT_OUT_MAX => {
                    format!("them (not {})", labels(&others))
                }
                _ => labels(&kinds),
            };
            let text = format!("{}{}{hangs}", of_matter(explanation, line.matter), template.replace(IT, &it));
            self.rows(&format!("{:indent$}", "", indent = TEXT_COLUMN + 2), &text, "", &basis);
        }
    }

    fn line(&mut self, explanation: &Explanation, line: &Line, group: &[Line]) {
        let lead = match (line.detail, line.kind) {
            (false, _) => format!("  {:<width$}", aligned(line.date), width = TEXT_COLUMN - 2),
            (true, LineKind::MeasureStarts | LineKind::State) => format!("{:TEXT_COLUMN$}> ", ""),
            (true, LineKind::LiftDue | LineKind::Duty | LineKind::Decision) => {
                format!("{:indent$}! ", "", indent = TEXT_COLUMN)
            }
            (true, _) => format!("{:indent$}", "", indent = TEXT_COLUMN + 2),
        };
        let matter = of_matter(explanation, line.matter);
        let hangs = hangs(explanation, line);
        let said = if group.len() > 1 { together(group) } else { line.text.clone() };
        let text = format!("{matter}{said}{hangs}");
        let cites: Vec<_> = group.iter().flat_map(|line| line.cite.iter().cloned()).collect();
        self.rows(&lead, &text, if line.given { "fact you gave" } else { "" }, &words::bases(&cites));
        let Some(counting) = &line.counting else { return };
        let under = format!("{:indent$}", "", indent = TEXT_COLUMN + 2);
        if line.kind == LineKind::State {
            self.rows(&under, &counted(line), "", &words::bases(&counting.cite));
        }
        if counting.unit == Unit::Hours {
            self.rows(&under, "(you gave no hour: the limit falls during that day)", "", &words::bases(&counting.cite));
        }
    }

    fn open_points(&mut self, explanation: &Explanation) {
        if explanation.open_points.is_empty() {
            return;
        }
        self.heading("OPEN POINTS - these change the answer");
        for (point, letter) in explanation.open_points.iter().zip(letters()) {
            let cite = if point.cite.is_empty() { String::new() } else { format!(" ({})", words::bases(&point.cite)) };
            self.sentence(&format!("  {letter}  "), &format!("{}{cite}.", point.question));
            for answer in &point.answers {
                let effect =
                    if answer.effect.is_empty() { "nothing of this".to_string() } else { answer.effect.join("; ") };
                self.sentence("     ", &format!("If {}: {effect}.", answer.answer));
            }
        }
    }

    fn changes(&mut self, explanation: &Explanation) {
        if explanation.changes.is_empty() {
            return;
        }
        self.heading("WHAT WOULD HAVE CHANGED IT");
        for change in &explanation.changes {
            let matter = of_matter(explanation, change.matter);
            let cite =
                if change.cite.is_empty() { String::new() } else { format!(" ({})", words::bases(&change.cite)) };
            let assuming = lettered(explanation, &change.assuming.join(", "));
            let hangs = if assuming.is_empty() { String::new() } else { format!(", assuming {assuming}") };
            self.sentence("  ", &format!("{matter}{}: {}{cite}{hangs}.", change.act, change.effect));
        }
    }

    fn statements(&mut self, explanation: &Explanation) {
        for (kind, heading) in [
            (StatementKind::Duty, "DUTIES WITHOUT A DAY"),
            (StatementKind::Power, "WHAT AN AUTHORITY MAY DO"),
            (StatementKind::Gap, "WHAT THIS DOCUMENT DOES NOT SETTLE"),
        ] {
            let of_kind: Vec<_> = explanation.statements.iter().filter(|statement| statement.kind == kind).collect();
            if !of_kind.is_empty() {
                self.heading(heading);
                for statement in of_kind {
                    self.sentence(
                        "  ",
                        &format!("{} ({}).", words::capital(&statement.text), words::basis(&statement.cite)),
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
    let law = |(index, law): (usize, &crate::explain::LawLine)| {
        let opened =
            explanation.matters.iter().filter(|matter| matter.law == Some(index)).filter_map(|matter| matter.opened);
        let opened = opened.min().map_or_else(String::new, |day| format!(" as in force on {}", words::long_date(day)));
        let sha = law.sha256.get(..12).unwrap_or(&law.sha256);
        format!("{}{opened} (sha256 {sha})", law.id)
    };
    let laws: Vec<String> = explanation.laws.iter().enumerate().map(law).collect();
    format!("Law: {}, engine {}. {}", laws.join("; "), explanation.engine, explanation.notice)
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
pub(crate) fn together(lines: &[Line]) -> String {
    let by = words::short_date(lines[0].date);
    if lines.len() == 2 {
        return format!("both measures must be lifted by {by}");
    }
    let suffix = format!(" must be lifted by {by}");
    let labels: Vec<String> =
        lines.iter().map(|line| line.text.strip_suffix(&suffix).unwrap_or(&line.text).to_string()).collect();
    format!("these {} measures must be lifted by {by}: {}", lines.len(), words::list(&labels))
}

/// How the date of a line was counted, in words.
pub(crate) fn counted(line: &Line) -> String {
    let Some(counting) = &line.counting else { return String::new() };
    let brief = |day| words::brief_date(day, line.date);
    let period = crate::calendar::Period::new(counting.n, counting.unit);
    let first =
        if counting.first <= counting.last { format!("first day {}, ", brief(counting.first)) } else { String::new() };
    let rolled = counting
        .rolled_from
        .map_or_else(String::new, |day| format!(" (moved from {} {}, a day off)", day.weekday().short(), brief(day)));
    let left_out = match counting.left_out_days {
        0 => String::new(),
        1 => "1 day left out, ".to_string(),
        days => format!("{days} days left out, "),
    };
    format!(
        "{} after {}: {first}{left_out}last day {}{rolled}, {}",
        words::length(period),
        brief(counting.anchor_date),
        brief(counting.last),
        counting.effect
    )
}

/// `Tue 10 Mar 2026`, the number of the day right-aligned.
fn aligned(day: Day) -> String {
    let date = words::short_date(day);
    if day <= Day::MAX && day.to_ymd().2 < 10 { format!("{} {}", &date[..3], &date[3..]) } else { date }
}

fn pad(line: &mut String, column: usize) {
    let width = line.chars().count();
    let spaces = if width + 2 > column { 2 } else { column - width };
    line.push_str(&" ".repeat(spaces));
}

/// Breaks a text at words; a date stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let mut piece = word.to_string();
        let is_weekday = Weekday::ALL.iter().any(|weekday| weekday.short() == word.trim_start_matches('('));
        if is_weekday && words.peek().is_some_and(|next| next.starts_with(|letter: char| letter.is_ascii_digit())) {
            // Number, month and year belong to the day of the week.
            for part in words.by_ref().take(3) {
                piece.push(' ');
                piece.push_str(part);
            }
        }
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

/// A, B, … Z, AA, AB, …
pub(crate) fn letters() -> impl Iterator<Item = String> {
    let letter = |number: u32| char::from_u32('A' as u32 + number).map_or_else(String::new, String::from);
    (0u32..).map(move |number| {
        if number < 26 { letter(number) } else { format!("{}{}", letter((number / 26 - 1) % 26), letter(number % 26)) }
    })
}
