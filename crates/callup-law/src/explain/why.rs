//! Why a measure begins: one chain from what was stated to its start, with the words of the law; and why one does not.
//!
//! The chain follows `because`; for what is lacking the log of one way is read.

use crate::calendar::Day;
use crate::explain::judge::{Judge, Judged};
use crate::explain::language::say;
use crate::explain::text::counted;
use crate::explain::{Absent, Case, Explanation, Line, LineKind};
use crate::forks::Fork;
use crate::holder::{What, count};
use crate::roles::{Event, MeasureKind};
use crate::rulebook::{Anchor, Cite, Moment, Period, Pick, Rule, Trigger};

/// The chain of each start of measures of this kind, with quoted words and their place in the text.
#[must_use]
pub fn why(explanation: &Explanation, kind: MeasureKind) -> String {
    let starts = |line: &Line| line.kind == LineKind::MeasureStarts && line.measures.contains(&kind);
    let found: Vec<usize> =
        (0..explanation.timeline.len()).filter(|index| starts(&explanation.timeline[*index])).collect();
    if found.is_empty() {
        return why_not(explanation, kind);
    }
    found.iter().map(|index| chain(explanation, *index)).collect::<Vec<_>>().join("\n")
}

fn chain(explanation: &Explanation, start: usize) -> String {
    let mut lines = Vec::new();
    let mut next = Some(start);
    while let Some(line) = next.and_then(|index| explanation.timeline.get(index)) {
        lines.push(line);
        // A line follows from an earlier one only, so the chain ends.
        next = line.because.filter(|because| lines.len() <= explanation.timeline.len() && Some(*because) != next);
    }
    lines.iter().rev().map(|line| link(explanation, line)).collect()
}

fn link(explanation: &Explanation, line: &Line) -> String {
    let words = explanation.words();
    let given = if line.given { format!(" {}", words.say("given-aside")) } else { String::new() };
    let hangs = words.only_if(&line.depends_on);
    let mut out = format!("{}  {}{given}{hangs}\n", words.short_date(line.date), line.text);
    let mut cites: Vec<&Cite> = line.cite.iter().collect();
    if let Some(counting) = &line.counting {
        out.push_str(&format!("    {}\n", counted(words, line)));
        cites.extend(&counting.cite);
    }
    let mut said: Vec<String> = Vec::new();
    for cite in cites {
        let place = format!("    {}, {}:{}", words.basis(cite), cite.file, cite.line);
        let quoted = quoted(explanation, cite);
        let text = if quoted.is_empty() { format!("{place}\n") } else { format!("{place}: {quoted}\n") };
        if !said.contains(&text) {
            out.push_str(&text);
            said.push(text);
        }
    }
    out
}

/// The paragraph of the law that a basis points at, in quotation marks; paraphrases say that they are.
fn quoted(explanation: &Explanation, cite: &Cite) -> String {
    let same =
        |quotation: &&crate::explain::Quotation| quotation.file == cite.file && quotation.article == cite.article;
    let Some(article) = explanation.quotations.iter().find(same) else { return String::new() };
    let mark = format!("({})", cite.paragraph);
    let found = article.quotes.iter().find_map(|quote| {
        let start = quote.text.find(&mark)?;
        let rest = quote.text.get(start + mark.len()..)?;
        let end = next_mark(rest).unwrap_or(rest.len());
        Some((rest.get(..end)?.trim().to_string(), quote.paraphrase))
    });
    match found {
        Some((words, true)) => say!(explanation.words(), "why-paraphrase", words = words),
        Some((words, false)) => say!(explanation.words(), "why-quote", words = words),
        None => String::new(),
    }
}

/// Where the next paragraph mark begins: a bracket with a number in it.
fn next_mark(text: &str) -> Option<usize> {
    text.match_indices('(').map(|(index, _)| index).find(|index| {
        let inside = text[index + 1..].split(')').next().unwrap_or("");
        !inside.is_empty() && inside.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
    })
}

/// Why measures of this kind do not begin, or when they would.
#[must_use]
pub fn why_not(explanation: &Explanation, kind: MeasureKind) -> String {
    let words = explanation.words();
    let mut out = String::new();
    let begun = explanation.measures.iter().filter(|measure| measure.kind == kind);
    for measure in begun {
        let (hangs, label) = (words.only_if(&measure.depends_on), words.the(&measure.label));
        out.push_str(&say!(
            words,
            "why-begins",
            measure = label,
            date = words.short_date(measure.start),
            hangs = hangs
        ));
        out.push('\n');
    }
    for absent in explanation.absent.iter().filter(|absent| absent.kind == kind) {
        let place = format!("{}:{}", absent.cite.file, absent.cite.line);
        let (label, basis) = (words.the(&absent.label), words.basis(&absent.cite));
        out.push_str(&say!(words, "why-not-begin", measure = label, basis = basis, place = place));
        out.push('\n');
        for reason in &absent.reasons {
            out.push_str(&format!("    {reason}\n"));
        }
    }
    if out.is_empty() {
        out = say!(words, "why-no-measure", measure = words.word("measure", kind.word())) + "\n";
    }
    out
}

/// Measures that do not begin in the way of the case that has the most measures, and what was lacking there.
pub(crate) fn absent(case: &Case<'_>) -> Vec<Absent> {
    let Some(fork) = case.main_way() else { return Vec::new() };
    let mut absent = Vec::new();
    let grounds = case.grounds(&fork.history);
    for (matter, law) in fork.history.laws.iter().enumerate() {
        let Some(law) = *law else { continue };
        let missing = Missing { case, fork, matter, law };
        for (index, measure) in case.book(law).measures.iter().enumerate() {
            let is_ours = measure.starts.iter().any(|start| missing.is_ours(start.track));
            if is_ours && !grounds.contains_key(&case.ground(matter, law, index)) {
                absent.push(Absent {
                    matter,
                    kind: measure.kind,
                    label: case.words.measure(case.book(law), index),
                    reasons: measure.starts.iter().flat_map(|start| missing.of_start(start)).collect(),
                    cite: measure.cite.clone(),
                });
            }
        }
    }
    absent
}

/// Looks for what was lacking in one matter.
struct Missing<'c, 'a> {
    case: &'c Case<'a>,
    fork: &'c Fork,
    matter: usize,
    law: usize,
}

impl Missing<'_, '_> {
    fn is_ours(&self, track: usize) -> bool {
        let book = self.case.book(self.law);
        let matter = book.tracks.get(track).map(|track| track.matter);
        let kind = self.case.notices[self.matter].kind;
        matter.and_then(|matter| book.matters.get(matter)).is_some_and(|matter| matter.notices.contains(&kind))
    }

    fn judge(&self) -> Judge<'_, '_> {
        Judge { case: self.case, fork: self.fork, matter: self.matter, law: self.law }
    }

    fn of_start(&self, start: &crate::rulebook::MeasureStart) -> Vec<String> {
        if !self.is_ours(start.track) {
            return Vec::new();
        }
        let book = self.case.book(self.law);
        let words = self.case.words;
        let state = words.state(book, &book.tracks[start.track].states[usize::from(start.state)]);
        if self.judge().judge(&start.guard) == Judged::Fails {
            return vec![say!(words, "lacking-condition", state = state, basis = words.basis(&start.cite))];
        }
        let rules = book.rules.iter().filter(|rule| rule.track == start.track && rule.to == start.state);
        let said = |rule: &Rule| {
            let (why, basis) = (self.of_rule(rule), words.basis(&rule.cite));
            say!(words, "lacking-state", state = state.as_str(), why = why, basis = basis)
        };
        rules.map(said).collect()
    }

    fn of_rule(&self, rule: &Rule) -> String {
        match rule.trigger {
            Trigger::Event(event) => self.of_event(rule, event),
            Trigger::Period { period, after, moment, .. } => self.of_period(rule, period, after, moment),
        }
    }

    fn of_event(&self, rule: &Rule, event: Event) -> String {
        let words = self.case.words;
        match self.event_day(event) {
            None => say!(words, "lacking-event", event = words.event_clause(event)),
            Some(day) => {
                let (event, date, why) = (words.event_past(event), words.short_date(day), self.hindrance(rule, day));
                say!(words, "lacking-but", event = event, date = date, why = why)
            }
        }
    }

    fn of_period(&self, rule: &Rule, period: Period, after: Anchor, moment: Moment) -> String {
        let book = self.case.book(self.law);
        let words = self.case.words;
        let length = words.length(period);
        let Some(day) = self.anchor_day(rule, after) else {
            return say!(words, "lacking-anchor", length = length, anchor = words.anchor(book, after));
        };
        let Some(counted) = count(book, Some(after), day, period) else {
            return say!(words, "lacking-uncounted", length = length);
        };
        let from = words.short_date(day);
        let (due, _) = moment.due(counted.last);
        if due > self.case.until {
            let date = words.short_date(counted.last);
            return say!(words, "lacking-later", length = length, from = from, date = date);
        }
        let (date, why) = (words.short_date(due), self.hindrance(rule, due));
        say!(words, "lacking-had-run", length = length, from = from, date = date, why = why)
    }

    fn event_day(&self, event: Event) -> Option<Day> {
        let found =
            self.fork.history.entries.iter().find(|entry| entry.matter == self.matter && entry.what.is_event(event));
        found.map(|entry| entry.day)
    }

    fn anchor_day(&self, rule: &Rule, anchor: Anchor) -> Option<Day> {
        let book = self.case.book(self.law);
        match anchor {
            Anchor::Event(event) => self.event_day(event),
            Anchor::Fact(fact) => self.case.notices[self.matter].dates.get(&book.facts[fact].name).copied(),
            Anchor::Entry { track, state } => {
                self.last_entry(track, |to| to == state, Day::PAST_END).map(|(day, _)| day)
            }
            Anchor::MeasureStart(measure) => {
                let ground = self.case.ground(self.matter, self.law, measure);
                self.case
                    .grounds(&self.fork.history)
                    .get(&ground)
                    .and_then(|list| list.last())
                    .map(|stretch| stretch.start)
            }
            Anchor::Knowledge => None,
            Anchor::Combined(index) => {
                let combined = &book.combined[index];
                let days: Vec<Option<Day>> = combined.of.iter().map(|one| self.anchor_day(rule, *one)).collect();
                match combined.pick {
                    Pick::Later => days.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max(),
                    Pick::Earlier => days.into_iter().flatten().min(),
                }
            }
            Anchor::WindowStart(_) | Anchor::WindowEnd(_) => {
                let entered = self.last_entry(rule.track, |state| rule.from.contains(&state), Day::PAST_END);
                book.window_day(anchor, entered.map_or_else(|| self.opened(), |(day, _)| Some(day))?)
            }
        }
    }

    /// The day on which the matter opened.
    fn opened(&self) -> Option<Day> {
        self.fork.history.entries.iter().find(|entry| entry.matter == self.matter).map(|entry| entry.day)
    }

    /// The last entry of a track into a state that is asked for, up to a day.
    fn last_entry(&self, track: usize, asked: impl Fn(u8) -> bool, until: Day) -> Option<(Day, u8)> {
        self.fork.history.entries.iter().rev().find_map(|entry| match entry.what {
            What::Entered { track: moved, state, .. }
                if entry.matter == self.matter
                    && entry.law == self.law
                    && moved == track
                    && asked(state)
                    && entry.day <= until =>
            {
                Some((entry.day, state))
            }
            _ => None,
        })
    }

    /// What stood in the way of a rule on a day.
    fn hindrance(&self, rule: &Rule, day: Day) -> String {
        let book = self.case.book(self.law);
        let (since, state) =
            self.last_entry(rule.track, |_| true, day).map_or((None, 0), |(since, state)| (Some(since), state));
        let words = self.case.words;
        let said = words.state(book, &book.tracks[rule.track].states[usize::from(state)]);
        match since {
            _ if rule.from.contains(&state) && rule.to != state => words.say("lacking-guard"),
            Some(since) => say!(words, "lacking-come-to", state = said, date = words.short_date(since)),
            None => say!(words, "lacking-still-at", state = said),
        }
    }
}
