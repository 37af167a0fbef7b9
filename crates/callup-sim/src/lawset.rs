//! The laws of a run made ready: one program for each law and kind of notice, who governs what from when, and the citations.
//!
//! Binding is where every open question of the laws must have its answer; all that are missing are reported together.
//! This file knows no person and no day of a run.

use crate::scenario::check::books_in_force;
use crate::scenario::{Act, LAWS_MAX, Scenario};
use crate::settings::{self, ChoiceError, Settings};
use callup_law::program::{BindError, Horizon, Program, Transfer};
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use callup_law::rulebook::{
    Anchor, Cite, FactKind, Guard, MeasureStart, OnlyAfter, Pending, Picture, Rule, Rulebook, Test, Trigger,
};

/// Why laws and a scenario do not go together.
#[derive(Clone, Debug, PartialEq)]
pub enum LawProblem {
    /// No rulebook is that of a law of the scenario, in force on its first day.
    NoLaw {
        /// Place in the scenario's list; 0 if the list is empty.
        place: usize,
        /// Identifier that the scenario names there, if any.
        id: Option<String>,
    },
    /// A law cannot be bound to a kind of notice of a campaign: a switch without an answer, no such matter, and the like.
    Bind {
        /// Identifier of the law.
        law: String,
        /// Kind of notice.
        notice: NoticeKind,
        /// What is wrong.
        error: BindError,
    },
    /// The scenario does not set a condition for every region from the first day on.
    ConditionUnset {
        /// Identifier of the law.
        law: String,
        /// Name of the condition.
        condition: String,
    },
    /// No agency of the scenario carries out a measure of the law.
    NoAgency {
        /// Identifier of the law.
        law: String,
        /// Kind of measure.
        measure: MeasureKind,
    },
    /// The law has a fact of type date that the world does not know; it knows `appearance_date`.
    UnknownDate {
        /// Identifier of the law.
        law: String,
        /// Name of the fact.
        fact: String,
    },
    /// What becomes of pending matters depends on a switch without a valid answer.
    PendingUnanswered {
        /// Identifier of the new law.
        law: String,
        /// Name of the switch.
        switch: String,
        /// Its options.
        options: Vec<String>,
    },
    /// Tracks or states of a replaced law that the new one lacks.
    Unmatched {
        /// Identifier of the new law.
        law: String,
        /// What it lacks.
        names: Vec<String>,
    },
    /// A number of the scenario cannot be meant.
    Choice(ChoiceError),
}

/// A law of the run.
#[derive(Clone, Debug)]
pub(crate) struct Law {
    /// Identifier.
    pub(crate) id: String,
    /// Names of its conditions.
    pub(crate) conditions: Vec<String>,
    /// Rules, then the starts and ends of each measure, then the bounds of notices, then the law that is replaced, if any.
    pub(crate) cites: Vec<Cite>,
    /// How many citations the laws before it have.
    first_citation: usize,
    /// For each measure of the book, where its starts and its ends begin in `cites`.
    measures: Vec<(u16, u16)>,
    /// Where the bounds begin in `cites`.
    bounds: u16,
    /// For each citation in `cites` how a measure starts by it; of what starts none it means nothing.
    manners: Vec<Manner>,
}

/// How the text of a law has a measure start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manner {
    /// No decision of an authority on the person sets it off: some rule that leads to it follows an act of service or the passing of time.
    pub(crate) automatic: bool,
    /// The law asks, in the start itself or in every rule that leads to it, for a circumstance that the person has shown, or a court orders it.
    pub(crate) assessed: bool,
}

/// A program of the run with what the engine asks of it often.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    /// The program.
    pub(crate) program: Program,
    /// Which law.
    pub(crate) law: u8,
    /// Kind of notice.
    pub(crate) notice: NoticeKind,
    /// Kind of each measure.
    pub(crate) kinds: Vec<MeasureKind>,
    /// Milestone of each state of each track, 256 a track; `NO_MILESTONE` for none.
    milestones: Vec<u8>,
    /// Whether each state of each track is final, 256 a track.
    finals: Vec<bool>,
    /// For each state of each track, 256 a track, the acts of offices and courts that rules wait for in it, as bits by their places in
    /// [`Act::ALL`]; empty if the law waits for none.
    acts: Vec<u8>,
    /// The remedy of the law that each remedy of the scenario files, by its place there; none where the law has none of that name.
    pub(crate) remedies: Vec<Option<LawRemedy>>,
    /// Events that any rule, anchor or ending uses, as bits.
    pub(crate) hears: u64,
    /// Whether the law knows a date of appearance.
    pub(crate) is_dated: bool,
    /// Whether the law asks for an earlier default, on another notice.
    pub(crate) asks_for_earlier_default: bool,
    /// To which program its pending matters are carried on the first day of the next law, and how.
    pub(crate) transfer: Option<(u8, Transfer)>,
}

/// A remedy of a law.
#[derive(Clone, Debug)]
pub(crate) struct LawRemedy {
    /// Track of the remedy that must have come to something before, and the states that it may be in.
    pub(crate) only_after: Option<(u8, Vec<u8>)>,
    /// Its place in the law.
    pub(crate) place: u16,
    /// Its own track.
    pub(crate) track: u8,
    /// Whether it goes to a court.
    pub(crate) is_to_court: bool,
    /// Whether something is suspended until the decision is final.
    pub(crate) until_final: bool,
}

/// No milestone.
pub(crate) const NO_MILESTONE: u8 = u8::MAX;

impl Bound {
    /// Whether every track is in a final state.
    #[inline]
    pub(crate) fn all_final(&self, states: &[u8]) -> bool {
        self.finals.chunks_exact(256).zip(states).all(|(finals, state)| finals[usize::from(*state)])
    }

    /// Whether every track but those of remedies is in a final state: no remedy keeps open what the law has ended.
    pub(crate) fn all_final_but_remedies(&self, states: &[u8]) -> bool {
        let ends = |(track, state): (u8, &u8)| {
            self.program.is_of_remedy(track) || self.finals[usize::from(track) << 8 | usize::from(*state)]
        };
        (0..).zip(states).all(ends)
    }

    /// The acts of offices and courts that the law waits for in a state, as bits.
    #[inline]
    pub(crate) fn awaited(&self, track: u8, state: u8) -> u8 {
        self.acts.get(usize::from(track) << 8 | usize::from(state)).copied().unwrap_or(0)
    }

    /// Milestone of a state as its place in the vocabulary, or [`NO_MILESTONE`].
    #[inline]
    pub(crate) fn milestone(&self, track: u8, state: u8) -> u8 {
        self.milestones[usize::from(track) << 8 | usize::from(state)]
    }
}

/// The laws of a run, bound.
#[derive(Clone, Debug)]
pub struct LawSet {
    pub(crate) laws: Vec<Law>,
    pub(crate) programs: Vec<Bound>,
    /// For each law and kind of notice the program, if some campaign needs it.
    by_law: Vec<Vec<Option<u8>>>,
    pub(crate) horizon: Horizon,
    /// Whether any program has an ending `in any matter`.
    pub(crate) any_matter: bool,
    /// Whether what happens in one matter of a person can matter to another: then those of a day come in the order in which they were opened.
    pub(crate) looks_elsewhere: bool,
}

impl LawSet {
    /// Binds the laws of a scenario, found among these rulebooks.
    ///
    /// # Errors
    /// Everything that keeps the run from starting.
    pub fn bind(rulebooks: &[Rulebook], scenario: &Scenario) -> Result<LawSet, Vec<LawProblem>> {
        if scenario.laws.len() > LAWS_MAX {
            let why = format!("a run has at most {LAWS_MAX} laws");
            return Err(vec![LawProblem::Choice(ChoiceError { path: "laws".to_owned(), why })]);
        }
        let rulebooks = &find_books(rulebooks, scenario)?;
        let mut problems = Vec::new();
        if let Err(errors) = Settings::new(scenario, &settings::regions_named(scenario)) {
            problems.extend(errors.into_iter().map(LawProblem::Choice));
        }
        let mut set = LawSet {
            laws: Vec::new(),
            programs: Vec::new(),
            by_law: vec![vec![None; NoticeKind::ALL.len()]; rulebooks.len()],
            horizon: settings::horizon(scenario),
            any_matter: false,
            looks_elsewhere: false,
        };
        for book in rulebooks {
            let first_citation = set.citations();
            set.laws.push(Law { first_citation, ..Law::new(book) });
            problems.extend(unset_conditions(book, scenario));
            problems.extend(unknown_dates(book));
        }
        // The last law first: an earlier one keeps the days that its successor asks for.
        for (law, book) in rulebooks.iter().enumerate().rev() {
            let carried = rulebooks.get(law + 1).is_some_and(|next| carries(book, next, scenario, &mut problems));
            set.bind_law(law, book, carried, scenario, &mut problems);
        }
        set.any_matter = set.programs.iter().any(|bound| bound.program.ends_in_any_matter());
        set.looks_elsewhere = set.any_matter || set.programs.iter().any(|bound| bound.asks_for_earlier_default);
        if problems.is_empty() { Ok(set) } else { Err(problems) }
    }

    fn bind_law(
        &mut self,
        law: usize,
        book: &Rulebook,
        carried: bool,
        scenario: &Scenario,
        problems: &mut Vec<LawProblem>,
    ) {
        for notice in NoticeKind::ALL.iter().copied() {
            let (issued, inherited) = (needs(scenario, law, notice), (0..law).any(|law| needs(scenario, law, notice)));
            if !issued && !inherited {
                continue;
            }
            let next = if carried { self.by_law[law + 1][notice as usize] } else { None };
            let successor: Vec<&Program> = next.iter().map(|next| &self.programs[usize::from(*next)].program).collect();
            match Program::bind_for_transfer(book, notice, &scenario.answers, self.horizon, &successor) {
                Ok(program) => {
                    problems.extend(missing_agencies(&book.id, &program, scenario));
                    let transfer = successor.first().map(|successor| program.transfer_to(successor));
                    if let Some(names) = transfer.as_ref().map(Transfer::unmatched).filter(|names| !names.is_empty()) {
                        problems.push(LawProblem::Unmatched { law: book.id.clone(), names: names.to_vec() });
                    }
                    self.by_law[law][notice as usize] = Some(self.programs.len() as u8);
                    let transfer = next.zip(transfer);
                    self.programs.push(Bound { transfer, ..bound(program, law as u8, notice, book, scenario) });
                }
                // A law that lacks the matter leaves pending ones where they are.
                Err(errors) if !issued && errors == [BindError::NoMatter(notice)] => {}
                Err(errors) => problems.extend(errors.into_iter().map(|error| LawProblem::Bind {
                    law: book.id.clone(),
                    notice,
                    error,
                })),
            }
        }
    }

    /// The program of a law for a kind of notice.
    pub(crate) fn program_of(&self, law: usize, notice: NoticeKind) -> Option<u8> {
        self.by_law[law][notice as usize]
    }

    /// The program of a law (its place in the scenario) for a kind of notice, if some campaign needs it: to name the states of a history.
    #[must_use]
    pub fn program(&self, law: usize, notice: NoticeKind) -> Option<&Program> {
        let place = (*self.by_law.get(law)?.get(notice as usize)?)?;
        self.programs.get(usize::from(place)).map(|bound| &bound.program)
    }

    /// Kinds of measure that the laws have, in the order of the vocabulary.
    #[must_use]
    pub fn measure_kinds(&self) -> Vec<MeasureKind> {
        let has = |kind: &MeasureKind| self.programs.iter().any(|bound| bound.kinds.contains(kind));
        MeasureKind::ALL.iter().copied().filter(has).collect()
    }

    /// Identifiers of the laws.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.laws.iter().map(|law| law.id.as_str())
    }

    /// How many citations all laws have together.
    #[must_use]
    pub fn citations(&self) -> usize {
        self.laws.iter().map(|law| law.cites.len()).sum()
    }

    /// Place of a citation of a law among those of all laws.
    #[must_use]
    #[inline]
    pub fn citation(&self, law: usize, cite: usize) -> usize {
        self.laws[law].first_citation + cite
    }

    /// A citation of a law: what `Cause::Article` and the counts of exercised articles point to.
    #[must_use]
    pub fn cites(&self, law: usize) -> &[Cite] {
        &self.laws[law].cites
    }
}

impl Law {
    fn new(book: &Rulebook) -> Law {
        let mut cites: Vec<Cite> = book.rules.iter().map(|rule| rule.cite.clone()).collect();
        let mut measures = Vec::new();
        let mut manners = vec![Manner::default(); cites.len()];
        for measure in &book.measures {
            let starts = cites.len() as u16;
            cites.extend(measure.starts.iter().map(|start| start.cite.clone()));
            measures.push((starts, cites.len() as u16));
            manners.extend(measure.starts.iter().map(|start| manner_of(book, start)));
            cites.extend(measure.ends.iter().map(|end| end.cite.clone()));
            manners.resize(cites.len(), Manner::default());
        }
        let bounds = cites.len() as u16;
        cites.extend(book.notices.iter().map(|bound| bound.cite.clone()));
        cites.extend(book.replaces.iter().map(|replaces| replaces.cite.clone()));
        let conditions = book.conditions.iter().map(|condition| condition.name.clone()).collect();
        Law { id: book.id.clone(), conditions, cites, first_citation: 0, measures, bounds, manners }
    }

    /// Place in `cites` of a `starts` line of a measure of the book.
    pub(crate) fn start_cite(&self, measure: usize, start: u8) -> u16 {
        self.measures[measure].0 + u16::from(start)
    }

    /// Place in `cites` of an `ends` line of a measure of the book.
    pub(crate) fn end_cite(&self, measure: usize, end: u8) -> u16 {
        self.measures[measure].1 + u16::from(end)
    }

    /// How the text has a measure start, by the place of the start in `cites`.
    pub(crate) fn manner(&self, start_cite: u16) -> Manner {
        self.manners[usize::from(start_cite)]
    }

    /// Place in `cites` of the statement that replaces another law; of a law that replaces none it means nothing.
    pub(crate) fn replacing_cite(&self) -> u16 {
        self.cites.len() as u16 - 1
    }

    /// Place in `cites` of a bound on a notice.
    pub(crate) fn bound_cite(&self, bound: u16) -> u16 {
        self.bounds + bound
    }
}

/// Decisions of an authority on the person himself. Forming, sending and placing a notice are acts of an office on everybody alike; a warning, a
/// demand and an application to a court come before a decision.
const DECISIONS: [Event; 9] = [
    Event::Ordered,
    Event::PenaltyImposed,
    Event::Granted,
    Event::Rejected,
    Event::Examined,
    Event::Deferred,
    Event::Exempted,
    Event::CalledUp,
    Event::NotCalledUp,
];

fn manner_of(book: &Rulebook, start: &MeasureStart) -> Manner {
    let leads = |rule: &&Rule| rule.track == start.track && rule.to == start.state;
    let leading: Vec<&Rule> = book.rules.iter().filter(leads).collect();
    let all = |holds: &dyn Fn(&Rule) -> bool| !leading.is_empty() && leading.iter().all(|rule| holds(rule));
    Manner {
        automatic: !all(&|rule| follows(rule).is_some_and(|event| DECISIONS.contains(&event))),
        assessed: asks(book, &start.guard)
            || all(&|rule| asks(book, &rule.guard) || follows(rule) == Some(Event::Ordered)),
    }
}

/// The event that a rule follows, at once or after a time.
const fn follows(rule: &Rule) -> Option<Event> {
    match &rule.trigger {
        Trigger::Event(event) | Trigger::Period { after: Anchor::Event(event), .. } => Some(*event),
        Trigger::Period { .. } => None,
    }
}

/// Whether each way through a guard asks for something that the person has shown.
fn asks(book: &Rulebook, guard: &Guard) -> bool {
    let is_shown = |test: &Test| match test {
        Test::Fact { fact, .. } => match book.facts.get(*fact).map(|fact| &fact.kind) {
            Some(FactKind::Person { role, picture }) => {
                *role == PersonFact::ValidReason || matches!(picture, Picture::AsProvedTo(_))
            }
            _ => false,
        },
        _ => false,
    };
    !guard.0.is_empty() && guard.0.iter().all(|all| all.iter().any(is_shown))
}

fn bound(program: Program, law: u8, notice: NoticeKind, book: &Rulebook, scenario: &Scenario) -> Bound {
    let layout = program.layout();
    let mut milestones = vec![NO_MILESTONE; layout.tracks << 8];
    let mut finals = vec![false; layout.tracks << 8];
    for track in 0..layout.tracks {
        let states = book.tracks[program.track_in_book(track as u8)].states.len();
        for state in 0..states {
            let milestone = program.milestone(track as u8, state as u8);
            finals[track << 8 | state] = program.is_final(track as u8, state as u8);
            milestones[track << 8 | state] = milestone.map_or(NO_MILESTONE, |milestone: Milestone| milestone as u8);
        }
    }
    let hears = Event::ALL
        .iter()
        .filter(|event| program.listens_to(**event))
        .fold(0, |set, event| set | 1_u64 << *event as u32);
    let kinds = (0..layout.measures).map(|measure| program.measure_kind(measure as u8)).collect();
    let is_dated = book.facts.iter().any(|fact| fact.kind == FactKind::Date);
    let is_of_default = |kind: &FactKind| matches!(kind, FactKind::Person { role: PersonFact::DefaultedBefore, .. });
    let asks_for_earlier_default = book.facts.iter().any(|fact| is_of_default(&fact.kind));
    let acts = acts_of(&program, book);
    let remedies =
        scenario.recourse.remedies.iter().map(|remedy| remedy_of(remedy.law.as_deref()?, &program, book)).collect();
    Bound {
        program,
        law,
        notice,
        kinds,
        milestones,
        finals,
        acts,
        remedies,
        hears,
        is_dated,
        asks_for_earlier_default,
        transfer: None,
    }
}

fn remedy_of(name: &str, program: &Program, book: &Rulebook) -> Option<LawRemedy> {
    let place = book.remedies.iter().position(|remedy| remedy.name == name)?;
    let track = program.track_of_remedy(place)?;
    let remedy = &book.remedies[place];
    let before = |after: &OnlyAfter| Some((program.track_of_remedy(after.remedy)?, after.states.clone()));
    let (only_after, until_final) = (remedy.only_after.as_ref().and_then(before), remedy.until_final);
    let is_to_court = remedy.is_to_court();
    Some(LawRemedy { only_after, place: u16::try_from(place).ok()?, track, is_to_court, until_final })
}

fn acts_of(program: &Program, book: &Rulebook) -> Vec<u8> {
    let mut acts = vec![0_u8; program.layout().tracks << 8];
    for track in 0..program.layout().tracks {
        let on_track = |rule: &&Rule| rule.track == program.track_in_book(track as u8);
        for rule in book.rules.iter().filter(on_track) {
            for act in Act::ALL.into_iter().filter(|act| rule.trigger == Trigger::Event(act.event())) {
                rule.from.iter().for_each(|state| acts[track << 8 | usize::from(*state)] |= 1 << act as u8);
            }
        }
    }
    if acts.iter().all(|act| *act == 0) { Vec::new() } else { acts }
}

/// Whether pending matters of a law are carried to the next one of the scenario.
fn carries(book: &Rulebook, next: &Rulebook, scenario: &Scenario, problems: &mut Vec<LawProblem>) -> bool {
    let Some(replaces) = next.replaces.as_ref().filter(|replaces| replaces.id == book.id) else { return false };
    let switch = match replaces.pending {
        Pending::Old => return false,
        Pending::New => return true,
        Pending::Switch(switch) => &next.switches[switch],
    };
    match scenario.answers.get(&switch.name).map(String::as_str) {
        Some("new") => true,
        Some("old") => false,
        _ => {
            let (law, options) = (next.id.clone(), switch.options.clone());
            problems.push(LawProblem::PendingUnanswered { law, switch: switch.name.clone(), options });
            false
        }
    }
}

fn find_books<'b>(rulebooks: &'b [Rulebook], scenario: &Scenario) -> Result<Vec<&'b Rulebook>, Vec<LawProblem>> {
    let found = books_in_force(&scenario.laws, rulebooks);
    let is_missing = |place: &usize| !found.iter().any(|(other, _)| other == place);
    let missing: Vec<LawProblem> = (0..scenario.laws.len().max(1))
        .filter(is_missing)
        .map(|place| LawProblem::NoLaw { place, id: scenario.laws.get(place).map(|law| law.id.clone()) })
        .collect();
    if missing.is_empty() { Ok(found.into_iter().map(|(_, book)| book).collect()) } else { Err(missing) }
}

/// Whether some campaign issues such a notice while this law is in force.
fn needs(scenario: &Scenario, law: usize, notice: NoticeKind) -> bool {
    let from = if law == 0 { scenario.start } else { scenario.laws[law].from };
    let next = scenario.laws.get(law + 1).map(|next| next.from);
    scenario.campaigns.iter().any(|campaign| {
        let listed = campaign.regions.iter().flatten().map(|(_, first)| *first).min();
        let first = listed.unwrap_or(campaign.from).max(scenario.start);
        campaign.notice == notice && campaign.until >= from && next.is_none_or(|next| first < next)
    })
}

fn missing_agencies(law: &str, program: &Program, scenario: &Scenario) -> Vec<LawProblem> {
    let mut kinds: Vec<MeasureKind> =
        (0..program.layout().measures).map(|measure| program.measure_kind(measure as u8)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| !scenario.agencies.iter().any(|agency| agency.measures.contains(kind)));
    kinds.into_iter().map(|measure| LawProblem::NoAgency { law: law.into(), measure }).collect()
}

fn unset_conditions(book: &Rulebook, scenario: &Scenario) -> Vec<LawProblem> {
    let is_set = |name: &str| {
        let everywhere = |setting: &&crate::scenario::ConditionSetting| {
            setting.name == name && setting.regions.is_none() && setting.from <= scenario.start
        };
        scenario.conditions.iter().find(everywhere).is_some()
    };
    let unset = book.conditions.iter().filter(|condition| !is_set(&condition.name));
    unset
        .map(|condition| LawProblem::ConditionUnset { law: book.id.clone(), condition: condition.name.clone() })
        .collect()
}

fn unknown_dates(book: &Rulebook) -> Vec<LawProblem> {
    let unknown = book.facts.iter().filter(|fact| fact.kind == FactKind::Date && fact.name != "appearance_date");
    unknown.map(|fact| LawProblem::UnknownDate { law: book.id.clone(), fact: fact.name.clone() }).collect()
}
