//! What stands under a measure, a filing or a duty: how it ends, who decides by when, what can still be done.
//!
//! It asks guards through `explain/judge.rs` and counts through the holder; nothing here is found by searching.

use crate::calendar::Day;
use crate::explain::ground::Ground;
use crate::explain::judge::Judged;
use crate::explain::language::say;
use crate::explain::timeline::{IT, Started, Teller, deadline};
use crate::explain::{Line, LineKind, Modality};
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
            let said = self.case.words.say("learned-that-day");
            self.drafts[started.line].line.text.push_str(&format!("; {said}"));
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
                Judged::Open(what) => {
                    let condition = say!(self.case.words, "end-condition", what = what);
                    push(self.ending(started, end, &condition), end.cite.clone());
                }
            }
        }
        if let Some(cite) = &measure.ends_never {
            push(say!(self.case.words, "end-never", it = IT), cite.clone());
        }
        hints
    }

    fn ending(&self, started: Started, end: &MeasureEnd, condition: &str) -> String {
        let book = self.book(started.law);
        let words = self.case.words;
        let any = if end.in_any_matter { format!(" {}", words.say("end-in-any-matter")) } else { String::new() };
        let lifted = match end.within {
            None => words.say("lifted-same-day"),
            Some(period) => say!(words, "lifted-within", length = words.length_of(period)),
        };
        let (id, what) = match end.on {
            EndTrigger::Event(event) => match words.act_order(event) {
                Some(order) => ("end-by-act", order),
                None => ("end-by-event", words.event_clause(event)),
            },
            EndTrigger::Entry { track, state } => {
                let said = words.state(book, &book.tracks[track].states[usize::from(state)]);
                ("end-by-event", say!(words, "quoted-label", label = said))
            }
        };
        say!(words, id, it = IT, what = what, any = any, condition = condition, lifted = lifted)
    }

    fn challenges(&self, started: Started) -> Vec<Hint> {
        let book = self.book(started.law);
        let against: Vec<&Remedy> =
            book.remedies.iter().filter(|remedy| remedy.against.contains(&started.measure)).collect();
        let mut hints: Vec<Hint> = Vec::new();
        for remedy in &against {
            hints.extend(self.challenge(started, remedy).map(|line| Hint { started, line }));
            hints.push(Hint { started, line: self.suspension(started, remedy) });
        }
        let silent = book.no_remedies.iter().find(|silence| silence.against.contains(&started.measure));
        if let Some(silence) = silent {
            let said = if silence.label.is_empty() { String::new() } else { format!(" ({})", silence.label) };
            let text = say!(self.case.words, "no-remedy", it = IT, said = said);
            let mut line = Self::bare(started.day, LineKind::NoRemedy, started.matter, text);
            line.cite = vec![silence.cite.clone()];
            hints.push(Hint { started, line });
        } else if against.is_empty() {
            let text = say!(self.case.words, "no-remedy-named", it = IT);
            hints.push(Hint { started, line: Self::bare(started.day, LineKind::NoRemedy, started.matter, text) });
        }
        hints
    }

    /// The last day to challenge, where it is told at the start of the measure.
    fn challenge(&self, started: Started, remedy: &Remedy) -> Option<Line> {
        let book = self.book(started.law);
        let Some(limit) = &remedy.file_within else {
            let rest = self.case.words.say("challenge-no-limit");
            return Some(self.challenge_line(started, started.day, remedy, &rest));
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
            let words = self.case.words;
            let (length, anchor) = (words.length_of(limit.period), words.anchor(book, limit.of));
            let rest = match (limit.of, count(book, None, started.day, limit.period)) {
                (Anchor::Knowledge, Some(counted)) => {
                    let (id, date) = ("challenge-within-example", words.short_date(counted.last));
                    say!(words, id, length = length, anchor = anchor, date = date)
                }
                _ => say!(words, "challenge-within", length = length, anchor = anchor),
            };
            return Some(self.challenge_line(started, started.day, remedy, &rest));
        };
        Some(self.challenge_by((started.matter, started.law), "challenge", remedy, limit, day))
    }

    fn challenge_line(&self, started: Started, date: Day, remedy: &Remedy, rest: &str) -> Line {
        self.remedy_line((started.matter, started.law), "challenge", date, remedy, rest)
    }

    fn remedy_line(&self, (matter, law): (usize, usize), id: &str, date: Day, remedy: &Remedy, rest: &str) -> Line {
        let body = self.case.words.name(self.book(law), &remedy.to);
        let text = say!(self.case.words, id, it = IT, body = body.as_str(), rest = rest);
        let mut line = Self::bare(date, LineKind::Remedy, matter, text);
        line.rule = Some(remedy.name.clone());
        line.who = Some(body);
        line.cite = vec![remedy.cite.clone()];
        line
    }

    /// `id` is the message: against a measure or a decision.
    fn challenge_by(&self, at: (usize, usize), id: &str, remedy: &Remedy, limit: &Deadline, day: Day) -> Line {
        let (book, words) = (self.book(at.1), self.case.words);
        let Some(counted) = count(book, Some(limit.of), day, limit.period) else {
            return self.remedy_line(at, id, day, remedy, "");
        };
        let (date, length) = (words.short_date(counted.last), words.length(limit.period));
        let rest = say!(words, "challenge-by", date = date, length = length);
        let mut line = self.remedy_line(at, id, counted.last, remedy, &rest);
        let counting = deadline(words, book, &counted, &words.anchor(book, limit.of));
        line.cite.extend(counting.cite.iter().cloned());
        line.counting = Some(counting);
        line
    }

    /// What filing does to the measure; where that is not settled, on what it hangs.
    fn suspension(&self, started: Started, remedy: &Remedy) -> Line {
        let words = self.case.words;
        let mut modality = Modality::Fixed;
        let text = match remedy.suspends_measure(started.measure) {
            None => say!(words, "suspends-not", it = IT),
            Some(guard) => match self.judge(started.matter, started.law).judge(guard) {
                Judged::Holds if remedy.until_final => say!(words, "suspends-until-final", it = IT),
                Judged::Holds => say!(words, "suspends-until-decision", it = IT),
                Judged::Fails => say!(words, "suspends-not", it = IT),
                Judged::Open(what) => {
                    modality = Modality::Contested;
                    say!(words, "suspends-open", it = IT, what = what)
                }
            },
        };
        let mut line = Self::bare(started.day, LineKind::Suspension, started.matter, text);
        line.modality = modality;
        line.rule = Some(remedy.name.clone());
        line.cite = vec![remedy.cite.clone()];
        line
    }

    /// The last day to challenge a measure, under the line of the day on which the person learned of it.
    pub(crate) fn challenge_after_learning(&mut self, parent: usize, ground: Ground, law: usize, day: Day) {
        let book = self.book(ground.law);
        for remedy in book.remedies.iter().filter(|remedy| remedy.against.contains(&ground.measure)) {
            if let Some(limit) = remedy.file_within.as_ref().filter(|limit| limit.of == Anchor::Knowledge) {
                let mut line = self.challenge_by((ground.matter, law), "challenge", remedy, limit, day);
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
                let at = (entry.matter, entry.law);
                let line = self.challenge_by(at, "challenge-decision", remedy, limit, entry.day);
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
        let words = self.case.words;
        let until = words.say(if remedy.until_final { "until-final" } else { "until-decision" });
        let said = |event: &Event| say!(words, "suspended-event", event = words.event_clause(*event));
        let events: Vec<String> = remedy.suspended_events.iter().map(said).collect();
        let events = words.joined("or-joint", &events);
        let text = say!(words, "suspended-events", until = until, events = events);
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
        let words = self.case.words;
        let (body, date) = (words.name(book, &remedy.to), words.short_date(counted.last));
        let text = say!(words, "must-decide", body = body.as_str(), date = date);
        let mut line = Self::bare(counted.last, LineKind::Decision, entry.matter, text);
        line.rule = Some(remedy.name.clone());
        line.who = Some(body);
        line.cite = vec![limit.cite.clone()];
        line.counting = Some(deadline(words, book, &counted, &words.say("anchor-filed")));
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
                let words = self.case.words;
                let said = |what: &String| say!(words, "duty-breach", what = what);
                let breach = duty.breach.as_ref().map_or_else(String::new, said);
                let (who, date) = (words.name(book, &duty.who), words.short_date(counted.last));
                let what = duty.what.as_str();
                let text = say!(words, "duty-by", who = who.as_str(), what = what, date = date, breach = breach);
                let mut line = Self::bare(counted.last, LineKind::Duty, matter, text);
                line.who = Some(who);
                line.cite = vec![duty.cite.clone()];
                line.counting = Some(deadline(words, book, &counted, &words.anchor(book, limit.of)));
                self.detail(parent, line);
            }
        }
    }
}
