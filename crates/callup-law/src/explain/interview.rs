//! The facts of a case asked for one by one: which notice, what happened on which day, then only what would change the answer.
//!
//! It reads no terminal and keeps nothing: a caller prints each prompt, hands back what was typed, and takes the facts at the end.
//! "Unknown" is always an answer.

use crate::calendar::Day;
use crate::explain::language::{Language, Words, say};
use crate::explain::translated::translated;
use crate::explain::{LawText, OpenKind, OpenPoint, StatedFacts, StatedNotice, explain_briefly};
use crate::forks::Question;
use crate::program::PictureCode;
use crate::roles::{Event, MeasureKind, NoticeKind};
use crate::rulebook::{Anchor, EndTrigger, FactKind, Rulebook, Trigger};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Days behind the last day that was stated up to which a case is looked at, if nothing else is said.
const DAYS_AFTER: i32 = 366;
/// Days that two events of one notice may lie apart.
const DAYS_APART_MAX: i32 = 3_660;
/// Acts of the person that are asked for at once.
const ACTS: [Event; 2] = [Event::ValidReasonShown, Event::Appeared];

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The question.
    pub question: String,
    /// What can be chosen from by number, if it is a choice.
    pub choices: Vec<String>,
}

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Kind(Vec<NoticeKind>),
    Event(Event),
    Appearance,
    More,
    Remedy(String, Event),
    Learned(MeasureKind),
    Open(Question, String),
}

/// An answer, as far as it is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Day(Day),
    Yes,
    No,
    Unknown,
}

/// A case that is being asked for.
#[derive(Debug)]
pub struct Interview<'a> {
    words: Words,
    /// Laws that succeed one another, for each of the columns that are explained side by side.
    laws: &'a [Vec<LawText<'a>>],
    books: Vec<Rulebook>,
    stated: StatedFacts,
    waiting: VecDeque<Step>,
    current: Option<Step>,
    asked: BTreeSet<String>,
    unknown: Vec<String>,
}

impl<'a> Interview<'a> {
    /// Begins to ask for a case under these laws.
    #[must_use]
    pub fn new(language: Language, laws: &'a [Vec<LawText<'a>>]) -> Interview<'a> {
        let books: Vec<Rulebook> = laws.iter().flatten().map(|law| translated(law.book, language)).collect();
        let served = |kind: &&NoticeKind| books.iter().any(|book| serves(book, **kind));
        let kinds: Vec<NoticeKind> = NoticeKind::ALL.iter().filter(served).copied().collect();
        let mut interview = Interview {
            words: Words(language),
            laws,
            books,
            stated: StatedFacts::default(),
            waiting: VecDeque::new(),
            current: None,
            asked: BTreeSet::new(),
            unknown: Vec::new(),
        };
        match kinds.as_slice() {
            [] => {}
            [one] => interview.of_kind(*one),
            _ => interview.waiting.push_back(Step::Kind(kinds)),
        }
        interview
    }

    /// What is said before the first question.
    #[must_use]
    pub fn intro(&self) -> String {
        say!(self.words, "ask-intro", form = self.words.say("ask-form"))
    }

    /// The question that waits for its answer; `None` if all is asked.
    pub fn ask(&mut self) -> Option<Prompt> {
        if self.current.is_none() {
            self.current = self.waiting.pop_front().or_else(|| self.open());
        }
        let step = self.current.as_ref()?;
        let choices = match step {
            Step::Kind(kinds) => kinds
                .iter()
                .map(|kind| format!("{} [{}]", self.words.word("notice", kind.word()), kind.word()))
                .collect(),
            _ => Vec::new(),
        };
        Some(Prompt { question: self.question(step), choices })
    }

    /// Takes the answer to the question that was asked last.
    ///
    /// # Errors
    /// What to type instead, in words; the same question is asked again.
    pub fn answer(&mut self, typed: &str) -> Result<(), String> {
        let Some(step) = self.current.clone() else { return Ok(()) };
        let typed = typed.trim();
        if let Step::Kind(kinds) = &step {
            let kind = chosen(kinds, typed).ok_or_else(|| self.refusal(&step, typed))?;
            self.of_kind(kind);
        } else {
            let answer = self.understood(typed).filter(|answer| fits(&step, *answer));
            let answer = answer.ok_or_else(|| self.refusal(&step, typed))?;
            self.check_distance(&step, answer)?;
            self.take(step, answer);
        }
        self.current = None;
        Ok(())
    }

    /// The facts that were given, and what must be said about them; the facts are `None` if nothing happened.
    #[must_use]
    pub fn finish(self) -> (Option<StatedFacts>, Option<String>) {
        if !self.has_events() {
            return (None, Some(self.words.say("ask-none")));
        }
        let said = self.words.list(&self.unknown);
        let note = (!self.unknown.is_empty()).then(|| say!(self.words, "ask-unknown-events", events = said));
        (Some(self.stated), note)
    }

    fn of_kind(&mut self, kind: NoticeKind) {
        let (dates, events) = (BTreeMap::new(), Vec::new());
        self.stated.notices =
            vec![StatedNotice { kind, dates, events, remedies: Vec::new(), learned: BTreeMap::new() }];
        let is_heard = |event: &&Event| self.books.iter().any(|book| hears(book, kind, **event));
        let giving = Event::ALL.iter().filter(|event| **event <= Event::Opened).filter(is_heard);
        let mut steps: Vec<Step> = giving.map(|event| Step::Event(*event)).collect();
        if self.books.iter().any(|book| book.facts.iter().any(|fact| fact.kind == FactKind::Date)) {
            steps.push(Step::Appearance);
        }
        steps.extend(ACTS.iter().filter(is_heard).map(|event| Step::Event(*event)));
        steps.push(Step::More);
        self.waiting.extend(steps);
    }

    /// What else the laws react to.
    fn further(&self) -> Vec<Step> {
        let Some(notice) = self.stated.notices.first() else { return Vec::new() };
        let is_heard = |event: &&Event| self.books.iter().any(|book| hears(book, notice.kind, **event));
        let is_left = |event: &&Event| **event > Event::Opened && !ACTS.contains(event) && !event.is_of_remedies();
        let left = Event::ALL.iter().filter(is_left).filter(is_heard);
        let mut steps: Vec<Step> = left.map(|event| Step::Event(*event)).collect();
        for remedy in self.books.iter().flat_map(|book| &book.remedies) {
            let step = Step::Remedy(remedy.name.clone(), Event::Filed);
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    fn has_events(&self) -> bool {
        self.stated.notices.iter().any(|notice| !notice.events.is_empty())
    }

    /// The next thing that is open and changes the answer, and was not asked before.
    fn open(&mut self) -> Option<Step> {
        if !self.has_events() {
            return None;
        }
        let until = self.stated.last_day()?;
        // What one of the laws asks for is asked, whichever it is; under one that does not go with the notice nothing is open.
        let step = self.laws.iter().find_map(|laws| self.open_under(laws, until))?;
        self.asked.insert(key(&step));
        Some(step)
    }

    /// What is open under laws that succeed one another.
    fn open_under(&self, laws: &[LawText<'_>], until: Day) -> Option<Step> {
        let explained = explain_briefly(self.words.0, laws, &self.stated, until).ok()?;
        explained.open_points.iter().find_map(|point| self.step_of(point)).or_else(|| {
            let open = explained.open_points.iter().any(|point| point.kind == OpenKind::Learning);
            let kinds = explained.measures.iter().filter(|_| open).map(|measure| measure.kind);
            kinds.map(Step::Learned).find(|step| !self.asked.contains(&key(step)))
        })
    }

    /// Of an open point the question to the person: how a law is to be read is not for him to say.
    fn step_of(&self, point: &OpenPoint) -> Option<Step> {
        let question = point.asked.clone().filter(|_| point.kind != OpenKind::Reading)?;
        let step = Step::Open(question, point.topic.clone());
        (!self.asked.contains(&key(&step))).then_some(step)
    }

    fn question(&self, step: &Step) -> String {
        let words = self.words;
        match step {
            Step::Kind(_) => words.say("ask-kind"),
            Step::Event(event) => say!(words, "ask-event", event = words.event_past(*event)),
            Step::Appearance => words.say("ask-appearance"),
            Step::More => words.say("ask-more"),
            Step::Remedy(name, event) => {
                say!(words, "ask-remedy", remedy = self.remedy_label(name), event = words.event_past(*event))
            }
            Step::Learned(kind) => {
                let measures = self.books.iter().flat_map(|book| &book.measures);
                let label =
                    measures.filter(|measure| measure.kind == *kind).map(|measure| measure.label.clone()).next();
                let label = label.unwrap_or_else(|| words.word("measure", kind.word()));
                say!(words, "ask-learned", measure = words.the(&label))
            }
            Step::Open(Question::Age { .. }, _) => words.say("ask-born"),
            Step::Open(Question::Fact { fact, picture }, _) => {
                let said = super::words::capital(&words.word("person", fact.word()));
                say!(words, "ask-person", fact = said, picture = words.picture(*picture))
            }
            Step::Open(Question::Condition { name }, topic) => {
                let conditions = self.books.iter().flat_map(|book| &book.conditions);
                let label =
                    conditions.filter(|condition| condition.name == *name).map(|found| found.label.clone()).next();
                let said = super::words::capital(label.as_ref().unwrap_or(topic));
                say!(words, "ask-condition", what = said)
            }
            Step::Open(Question::Switch { .. }, topic) => topic.clone(),
        }
    }

    fn remedy_label(&self, name: &str) -> String {
        let found = self.books.iter().find_map(|book| {
            let remedy = book.remedies.iter().find(|remedy| remedy.name == name)?;
            Some(self.words.remedy(book, remedy))
        });
        found.unwrap_or_else(|| name.to_owned())
    }

    /// Why an answer is not taken, and what can be typed.
    fn refusal(&self, step: &Step, typed: &str) -> String {
        let words = self.words;
        let form = words.say("ask-form");
        let help = match step {
            Step::Kind(_) => words.say("ask-help-kind"),
            Step::More => words.say("ask-help-yes-no"),
            Step::Event(_) | Step::Remedy(..) => say!(words, "ask-help-day", form = form),
            Step::Appearance | Step::Learned(_) | Step::Open(Question::Age { .. }, _) => {
                say!(words, "ask-help-day-only", form = form)
            }
            Step::Open(..) => words.say("ask-help-yes-no-unknown"),
        };
        if typed == "?" { help } else { format!("{} {help}", say!(words, "ask-not-understood", answer = typed)) }
    }

    fn understood(&self, typed: &str) -> Option<Answer> {
        let typed = typed.to_lowercase();
        let is = |id: &str, english: &str| typed == self.words.say(id) || typed == english;
        if is("ask-word-yes", "yes") {
            Some(Answer::Yes)
        } else if is("ask-word-no", "no") {
            Some(Answer::No)
        } else if is("ask-word-unknown", "unknown") {
            Some(Answer::Unknown)
        } else {
            Day::parse(&typed).or_else(|| day_first(&typed)).map(Answer::Day)
        }
    }

    /// Days of one notice that lie many years apart are a slip of the fingers.
    fn check_distance(&self, step: &Step, answer: Answer) -> Result<(), String> {
        let Answer::Day(day) = answer else { return Ok(()) };
        let days = self.stated.notices.iter().flat_map(|notice| notice.events.iter().map(|(_, day)| *day));
        let is_birth = matches!(step, Step::Open(Question::Age { .. }, _));
        let mut others = days.filter(|_| !is_birth);
        if others.any(|other| day.days_since(other).abs() > DAYS_APART_MAX) {
            return Err(say!(self.words, "ask-too-far", day = self.words.short_date(day)));
        }
        Ok(())
    }

    fn take(&mut self, step: Step, answer: Answer) {
        if answer == Answer::Unknown
            && let Step::Event(event) | Step::Remedy(_, event) = &step
        {
            self.unknown.push(self.words.event_past(*event));
        }
        match (step, answer) {
            (Step::More, Answer::Yes) => self.waiting.extend(self.further()),
            (Step::Open(Question::Fact { fact, picture }, _), Answer::Yes | Answer::No) => {
                let stated = self.stated.person.entry(fact).or_default();
                let is = Some(answer == Answer::Yes);
                match picture {
                    PictureCode::Recorded => stated.as_recorded = is,
                    PictureCode::Truth => stated.as_it_is = is,
                    PictureCode::Proved => stated.proved = is,
                }
            }
            (Step::Open(Question::Condition { name }, _), Answer::Yes | Answer::No) => {
                self.stated.conditions.insert(name, answer == Answer::Yes);
            }
            (Step::Open(Question::Age { .. }, _), Answer::Day(day)) => self.stated.born = Some(day),
            (step, Answer::Day(day)) => self.take_day(step, day),
            _ => {}
        }
    }

    fn take_day(&mut self, step: Step, day: Day) {
        let Some(notice) = self.stated.notices.first_mut() else { return };
        match step {
            Step::Event(event) => notice.events.push((event, day)),
            Step::Appearance => {
                let dates = self.books.iter().flat_map(|book| &book.facts).filter(|fact| fact.kind == FactKind::Date);
                notice.dates.extend(dates.map(|fact| (fact.name.clone(), day)));
            }
            Step::Learned(kind) => {
                notice.learned.insert(kind, day);
            }
            Step::Remedy(name, event) => {
                notice.remedies.push((event, day, name.clone()));
                if event == Event::Filed {
                    self.waiting.push_front(Step::Remedy(name.clone(), Event::Rejected));
                    self.waiting.push_front(Step::Remedy(name, Event::Granted));
                }
            }
            Step::Kind(_) | Step::More | Step::Open(..) => {}
        }
    }
}

impl StatedFacts {
    /// A year after the last day that is stated: up to there a case is looked at if nothing else is said. `None` without a day.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        let days = self.notices.iter().flat_map(|notice| {
            let events = notice.events.iter().map(|event| event.1).chain(notice.remedies.iter().map(|event| event.1));
            events.chain(notice.dates.values().copied()).chain(notice.learned.values().copied())
        });
        days.max().map(|last| last.plus_days(DAYS_AFTER).min(Day::MAX))
    }
}

fn chosen(kinds: &[NoticeKind], typed: &str) -> Option<NoticeKind> {
    let by_number = typed.parse::<usize>().ok().and_then(|number| kinds.get(number.checked_sub(1)?));
    by_number.copied().or_else(|| NoticeKind::from_word(typed).filter(|kind| kinds.contains(kind)))
}

/// Whether a question takes this kind of answer.
fn fits(step: &Step, answer: Answer) -> bool {
    match step {
        Step::Kind(_) => false,
        Step::More => matches!(answer, Answer::Yes | Answer::No),
        Step::Event(_) | Step::Remedy(..) => answer != Answer::Yes,
        Step::Appearance | Step::Learned(_) | Step::Open(Question::Age { .. }, _) => {
            matches!(answer, Answer::Day(_) | Answer::Unknown)
        }
        Step::Open(..) => !matches!(answer, Answer::Day(_)),
    }
}

/// What is asked once only. Of the day of birth it is one question, whichever age a law asks for.
fn key(step: &Step) -> String {
    match step {
        Step::Open(Question::Age { .. }, _) => "born".to_owned(),
        Step::Open(question, _) => question.topic(),
        Step::Learned(kind) => format!("learned {}", kind.word()),
        other => format!("{other:?}"),
    }
}

/// `10.03.2026`
fn day_first(typed: &str) -> Option<Day> {
    let parts: Vec<&str> = typed.split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn serves(book: &Rulebook, kind: NoticeKind) -> bool {
    book.matters.iter().any(|matter| matter.notices.contains(&kind))
}

/// Whether anything in a law that serves this kind of notice reacts to an event or counts from it.
fn hears(book: &Rulebook, kind: NoticeKind, event: Event) -> bool {
    let of_kind = |track: usize| book.matters[book.tracks[track].matter].notices.contains(&kind);
    let counts = |anchor: Anchor| match anchor {
        Anchor::Event(of) => of == event,
        Anchor::Combined(index) => book.combined[index].of.contains(&Anchor::Event(event)),
        _ => false,
    };
    let rule = book.rules.iter().any(|rule| {
        of_kind(rule.track)
            && match rule.trigger {
                Trigger::Event(of) => of == event,
                Trigger::Period { after, .. } => counts(after),
            }
    });
    let of_matter = |measure: &&crate::rulebook::Measure| measure.starts.iter().any(|start| of_kind(start.track));
    let mut ends = book.measures.iter().filter(of_matter).flat_map(|measure| &measure.ends);
    rule || ends.any(|end| end.on == EndTrigger::Event(event))
        || book.notices.iter().any(|bound| bound.notice == kind && bound.after == event)
}

#[cfg(test)]
mod tests;
