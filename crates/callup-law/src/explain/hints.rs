//! What stands under a measure, a filing or a duty: how it ends, who decides by when, what can still be done.
//!
//! It asks guards through `explain/judge.rs` and counts through the holder; nothing here is found by searching.

use crate::calendar::Day;
use crate::explain::ground::Ground;
use crate::explain::judge::Judged;
use crate::explain::timeline::{Started, Teller, deadline};
use crate::explain::{Line, LineKind, words};
use crate::holder::{Entry, count};
use crate::roles::Event;
use crate::rulebook::{Anchor, Deadline, EndTrigger, MeasureEnd, Remedy};

/// A line about one measure; `{it}` stands for the measure.
struct Hint {
    started: Started,
    line: Line,
}

impl Teller<'_, '_> {
    /// Lines about measures that one input started.
    pub(crate) fn hints(&mut self, started: &[Started]) {
        let mut hints = Vec::new();
        for one in started {
            self.learned_that_day(*one);
            hints.extend(self.endings(*one));
            hints.extend(self.challenges(*one));
        }
        for Hint { started, line } in hints {
            let measures = vec![self.kind(started)];
            self.detail(started.line, Line { measures, ..line });
        }
    }

    fn kind(&self, started: Started) -> crate::roles::MeasureKind {
        self.book(started.law).measures[started.measure].kind
    }

    fn learned_day(&self, started: Started) -> Option<Day> {
        self.case.stated.notices[started.matter].learned.get(&self.kind(started)).copied()
    }

    fn learned_that_day(&mut self, started: Started) {
        if self.learned_day(started) == Some(started.day) {
            self.drafts[started.line].line.text.push_str("; you learned of it that day");
        }
    }

    fn endings(&self, started: Started) -> Vec<Hint> {
        let book = self.book(started.law);
        let measure = &book.measures[started.measure];
        let judge = self.judge(started.matter, started.law);
        let mut hints = Vec::new();
        let mut push = |text: String, cite| {
            let mut line = Self::bare(started.day, LineKind::HowToEnd, started.matter, text);
            line.cite = vec![cite];
            if !hints.iter().any(|hint: &Hint| hint.line == line) {
                hints.push(Hint { started, line });
            }
        };
        for end in &measure.ends {
            match judge.judge(&end.guard) {
                Judged::Fails => {}
                Judged::Holds => push(self.ending(started, end, ""), end.cite.clone()),
                Judged::Open(what) => push(self.ending(started, end, &format!(", if {what}")), end.cite.clone()),
            }
        }
        if let Some(cite) = &measure.ends_never {
            push("the Act gives no end to {it}".to_string(), cite.clone());
        }
        hints
    }

    fn ending(&self, started: Started, end: &MeasureEnd, condition: &str) -> String {
        let book = self.book(started.law);
        let any = if end.in_any_matter { " (also in another matter)" } else { "" };
        let lifted = match end.within {
            None => "lifted the same day".to_string(),
            Some(period) => format!("lifted within {}", words::length(period)),
        };
        let (verb, what) = match end.on {
            EndTrigger::Event(event) => match words::act(event) {
                Some((order, _)) => ("to end {it}: ", order.to_string()),
                None => ("ends {it}: ", words::event_clause(event).to_string()),
            },
            EndTrigger::Entry { track, state } => {
                let said = words::state_words(&book.tracks[track].states[usize::from(state)]);
                ("ends {it}: ", format!("\"{said}\""))
            }
        };
        format!("{verb}{what}{any}{condition}; {lifted}")
    }

    fn challenges(&self, started: Started) -> Vec<Hint> {
        let book = self.book(started.law);
        let against: Vec<&Remedy> =
            book.remedies.iter().filter(|remedy| remedy.against.contains(&started.measure)).collect();
        let mut hints: Vec<Hint> = Vec::new();
        for remedy in &against {
            hints.extend(self.challenge(started, remedy).map(|line| Hint { started, line }));
            hints.extend(self.suspension(started, remedy).map(|line| Hint { started, line }));
        }
        let silent = book.no_remedies.iter().find(|silence| silence.against.contains(&started.measure));
        if let Some(silence) = silent {
            let said = if silence.label.is_empty() { String::new() } else { format!(" ({})", silence.label) };
            let text = format!("no remedy lies against {{it}}{said}");
            let mut line = Self::bare(started.day, LineKind::NoRemedy, started.matter, text);
            line.cite = vec![silence.cite.clone()];
            hints.push(Hint { started, line });
        } else if against.is_empty() {
            let text = "this document names no remedy against {it}".to_string();
            hints.push(Hint { started, line: Self::bare(started.day, LineKind::NoRemedy, started.matter, text) });
        }
        hints
    }

    /// The last day to challenge, where it is told at the start of the measure.
    fn challenge(&self, started: Started, remedy: &Remedy) -> Option<Line> {
        let book = self.book(started.law);
        let Some(limit) = &remedy.file_within else {
            return Some(self.challenge_line(started.matter, started.day, remedy, "; the Act gives no time limit"));
        };
        let anchor = match limit.of {
            Anchor::Knowledge => match self.learned_day(started) {
                Some(day) if day == started.day => Some(day),
                // Told on the day of learning.
                Some(_) => return None,
                None => None,
            },
            Anchor::MeasureStart(measure) if measure == started.measure => Some(started.day),
            other => {
                let by_start = book.window_day(other, started.day);
                by_start.or_else(|| self.anchor(started.matter, started.law, other).map(|(day, _)| day))
            }
        };
        let Some(day) = anchor else {
            let after = words::anchor(self.book(started.law), limit.of);
            let text = match (limit.of, count(self.book(started.law), None, started.day, limit.period)) {
                (Anchor::Knowledge, Some(counted)) => format!(
                    ", within {} of {after} (if you learned of it on this day: by {})",
                    words::length(limit.period),
                    words::short_date(counted.last)
                ),
                _ => format!(", within {} of {after}", words::length(limit.period)),
            };
            return Some(self.challenge_line(started.matter, started.day, remedy, &text));
        };
        Some(self.challenge_by(started.matter, started.law, remedy, limit, day))
    }

    fn challenge_line(&self, matter: usize, date: Day, remedy: &Remedy, rest: &str) -> Line {
        let text = format!("to challenge {{it}}: {}{rest}", words::spaced(&remedy.to));
        let mut line = Self::bare(date, LineKind::Remedy, matter, text);
        line.rule = Some(remedy.name.clone());
        line.who = Some(words::spaced(&remedy.to));
        line.cite = vec![remedy.cite.clone()];
        line
    }

    fn challenge_by(&self, matter: usize, law: usize, remedy: &Remedy, limit: &Deadline, day: Day) -> Line {
        let book = self.book(law);
        let Some(counted) = count(book, Some(limit.of), day, limit.period) else {
            return self.challenge_line(matter, day, remedy, "");
        };
        let rest = format!(", by {} ({})", words::short_date(counted.last), words::length(limit.period));
        let mut line = self.challenge_line(matter, counted.last, remedy, &rest);
        let counting = deadline(book, &counted, &words::anchor(book, limit.of));
        line.cite.extend(counting.cite.iter().cloned());
        line.counting = Some(counting);
        line
    }

    /// What filing does to the measure, where that is settled; where it is not, it is an open point.
    fn suspension(&self, started: Started, remedy: &Remedy) -> Option<Line> {
        let text = match remedy.suspends_measure(started.measure) {
            None => "a challenge does not suspend {it}",
            Some(guard) => match self.judge(started.matter, started.law).judge(guard) {
                Judged::Holds if remedy.until_final => {
                    "a challenge suspends {it} from filing until the decision is final"
                }
                Judged::Holds => "a challenge suspends {it} from filing until the decision",
                Judged::Fails => "a challenge does not suspend {it}",
                Judged::Open(_) => return None,
            },
        };
        let mut line = Self::bare(started.day, LineKind::Suspension, started.matter, text.to_string());
        line.rule = Some(remedy.name.clone());
        line.cite = vec![remedy.cite.clone()];
        Some(line)
    }

    /// The last day to challenge a measure, under the line of the day on which the person learned of it.
    pub(crate) fn challenge_after_learning(&mut self, parent: usize, ground: Ground, law: usize, day: Day) {
        let book = self.book(ground.law);
        for remedy in book.remedies.iter().filter(|remedy| remedy.against.contains(&ground.measure)) {
            if let Some(limit) = remedy.file_within.as_ref().filter(|limit| limit.of == Anchor::Knowledge) {
                let mut line = self.challenge_by(ground.matter, law, remedy, limit, day);
                line.measures = vec![book.measures[ground.measure].kind];
                self.detail(parent, line);
            }
        }
    }

    /// What a state just entered means for remedies against decisions: the last day to file, and what may not happen while one is pending.
    pub(crate) fn decisions(&mut self, entry: &Entry, parent: usize, (track, state): (usize, u8)) {
        let book = self.book(entry.law);
        for remedy in &book.remedies {
            let limit = remedy.file_within.as_ref().filter(|limit| limit.of == Anchor::Entry { track, state });
            if let Some(limit) = limit.filter(|_| remedy.decision_of.is_some()) {
                let mut line = self.challenge_by(entry.matter, entry.law, remedy, limit, entry.day);
                line.text = line.text.replacen("challenge {it}", "challenge the decision", 1);
                self.detail(parent, line);
            }
            if remedy.track == track && state == Remedy::PENDING {
                self.barring(entry, parent, remedy);
            }
        }
    }

    fn barring(&mut self, entry: &Entry, parent: usize, remedy: &Remedy) {
        let Some(guard) = remedy.suspends.as_ref().filter(|_| !remedy.suspended_events.is_empty()) else { return };
        if self.judge(entry.matter, entry.law).judge(guard) != Judged::Holds {
            return;
        }
        let until = if remedy.until_final { "until the decision is final" } else { "until the decision" };
        let events: Vec<&str> = remedy.suspended_events.iter().map(|event| words::event_clause(*event)).collect();
        let text = format!("suspended from this day {until}: that {}", events.join(", or that "));
        let mut line = Self::bare(entry.day, LineKind::Suspension, entry.matter, text);
        line.rule = Some(remedy.name.clone());
        line.cite = vec![remedy.cite.clone()];
        self.detail(parent, line);
    }

    /// A challenge was filed: when it must be decided. One that names no remedy may be any of the matter.
    pub(crate) fn filed(&mut self, entry: &Entry, parent: usize, named: Option<usize>) {
        let book = self.book(entry.law);
        let kind = self.case.notices[entry.matter].kind;
        for (index, remedy) in book.remedies.iter().enumerate() {
            let matter = book.tracks.get(remedy.track).map(|track| &book.matters[track.matter]);
            let is_here = matter.is_some_and(|matter| matter.notices.contains(&kind));
            if is_here && named.is_none_or(|named| named == index) {
                self.decision(entry, parent, remedy);
            }
        }
    }

    fn decision(&mut self, entry: &Entry, parent: usize, remedy: &Remedy) {
        let book = self.book(entry.law);
        let limit = remedy.decide_within.as_ref().filter(|limit| limit.of == Anchor::Event(Event::Filed));
        let counted = limit.and_then(|limit| count(book, Some(limit.of), entry.day, limit.period));
        let (Some(limit), Some(counted)) = (limit, counted) else { return };
        let text = format!("the {} must decide by {}", words::spaced(&remedy.to), words::short_date(counted.last));
        let mut line = Self::bare(counted.last, LineKind::Decision, entry.matter, text);
        line.rule = Some(remedy.name.clone());
        line.who = Some(words::spaced(&remedy.to));
        line.cite = vec![limit.cite.clone()];
        line.counting = Some(deadline(book, &counted, "filing"));
        self.detail(parent, line);
    }

    /// Duties whose period has begun, under the line that began it.
    pub(crate) fn duties(&mut self) {
        for matter in 0..self.case.notices.len() {
            let Some(law) = self.fork.history.laws[matter] else { continue };
            let book = self.book(law);
            for duty in &book.duties {
                let Some(limit) = &duty.within else { continue };
                let Some((day, parent)) = self.anchor(matter, law, limit.of) else { continue };
                let Some(counted) = count(book, Some(limit.of), day, limit.period) else { continue };
                let breach = duty.breach.as_ref().map_or_else(String::new, |breach| format!("; else: {breach}"));
                let by = words::short_date(counted.last);
                let text = format!("{} must {} by {by}{breach}", words::spaced(&duty.who), duty.what);
                let mut line = Self::bare(counted.last, LineKind::Duty, matter, text);
                line.who = Some(words::spaced(&duty.who));
                line.cite = vec![duty.cite.clone()];
                line.counting = Some(deadline(book, &counted, &words::anchor(book, limit.of)));
                self.detail(parent, line);
            }
        }
    }
}
