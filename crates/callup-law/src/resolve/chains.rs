//! Chains: a measure by steps becomes a track, the rules that lead from step to step, and the duties and powers of who acts.
//!
//! What they come to is written in `docs/law-language.md`, point n; nothing after the resolver knows of chains.

use super::Resolver;
use super::guards::every;
use super::remedies::opposites;
use crate::document::{Body, EndWord, Name, OfficeAct, Statement, StepAct, WrittenChain, WrittenGuard, WrittenStep};
use crate::roles::Event;
use crate::rulebook::{
    AlreadyOver, Anchor, Cite, Deadline, Duty, Guard, Moment, Period, Power, Rule, Start, State, Trigger, Unit,
};

/// States of a chain before those of its steps.
const IDLE: u8 = 0;
const BEGUN: u8 = 1;
/// States of every chain, or of some, that no step can have.
const ENDS: [&str; 4] = ["complied", "withdrawn", "lapsed", "refused"];

/// A chain while its rules are made.
struct Link<'s> {
    statement: &'s Statement,
    name: &'s str,
    track: usize,
    matter: usize,
}

/// What a rule of a chain does.
struct Way<'s> {
    name: &'s str,
    label: &'s str,
    trigger: Trigger,
    guard: Guard,
    from: Vec<u8>,
    to: u8,
}

impl Resolver<'_> {
    pub(super) fn declare_chains(&mut self) {
        let document = self.document;
        for statement in &document.statements {
            let Body::Chain(chain) = &statement.body else { continue };
            let what = format!("chain `{}`", chain.name.text);
            let cite = self.cite(statement, None, self.span(statement), Some(&what));
            let on = chain.begins.as_ref().map(|begins| &begins.on);
            let named = if let Some(EndWord::State(state)) = on { self.matter_of_track(&state.track) } else { None };
            let help = "let it begin on an entry into a state of its matter";
            let Some(matter) = named.or_else(|| self.only_matter(self.span(statement), help, "begins")) else {
                continue;
            };
            let states = self.states_of_chain(chain);
            if self.take_name(&chain.name, "chain") {
                self.add_track(&chain.name, &chain.label, matter, states, cite);
            }
        }
    }

    fn states_of_chain(&mut self, chain: &WrittenChain) -> Vec<State> {
        let mut states = vec![state("idle", true), state("begun", false)];
        for (index, step) in chain.steps.iter().enumerate() {
            if step.decides() && index + 1 < chain.steps.len() {
                self.error("E003", step.span, "`decides` is the last step of a chain");
            }
            let name = state_of(step);
            if ENDS.contains(&name) || states.iter().any(|known| known.name == name) {
                let help = "name it: `demands as second_demand`".to_owned();
                self.error("E002", step.span, format!("the chain has the state `{name}` twice")).help.push(help);
                continue;
            }
            states.push(state(name, false));
        }
        let lapses = chain.steps.iter().any(|step| matches!(step.act, StepAct::Office { lapses: true, .. }));
        let refuses = chain.steps.iter().any(WrittenStep::decides);
        let needed = [("complied", true), ("withdrawn", true), ("lapsed", lapses), ("refused", refuses)];
        states.extend(needed.into_iter().filter(|(_, needed)| *needed).map(|(name, _)| state(name, true)));
        states
    }

    pub(super) fn chain(&mut self, statement: &Statement, chain: &WrittenChain) {
        let Some(track) = self.names.tracks.get(&chain.name.text).copied() else { return };
        let matter = self.book.tracks[track].matter;
        let link = Link { statement, name: &chain.name.text, track, matter };
        self.beginning(&link, chain);
        let mut before = BEGUN;
        for step in &chain.steps {
            let Some(to) = self.place(&link, state_of(step)) else { continue };
            self.step(&link, step, before, to);
            before = to;
        }
        let cite = self.cite(statement, None, self.span(statement), None);
        for (name, label, event) in
            [("complied", "the demand is met", Event::Complied), ("withdrawn", "it is withdrawn", Event::Cancelled)]
        {
            let Some(to) = self.place(&link, name) else { continue };
            let (trigger, guard, from) = (Trigger::Event(event), Self::always(), (BEGUN..=before).collect());
            self.way(&link, Way { name, label, trigger, guard, from, to }, &cite);
        }
    }

    fn place(&self, link: &Link<'_>, state: &str) -> Option<u8> {
        let states = &self.book.tracks[link.track].states;
        states.iter().position(|known| known.name == state).and_then(|place| u8::try_from(place).ok())
    }

    fn beginning(&mut self, link: &Link<'_>, chain: &WrittenChain) {
        let Some(begins) = &chain.begins else { return };
        let cite = self.cite(link.statement, None, begins.span, None);
        let guard = self.guard(begins.guard.as_ref(), Some(link.matter), begins.span);
        let trigger = match &begins.on {
            EndWord::Event(event) => self.event(event).map(Trigger::Event),
            EndWord::State(state) => {
                let same_day = self.book.counting.days.as_ref().is_some_and(|days| days.start == Start::SameDay);
                let period = Period::new(u16::from(same_day), Unit::Days);
                self.uses(period, begins.span);
                let (moment, already_over) = (Moment::OnTheLastDay, Some(AlreadyOver::AtOnce));
                let entry = self.track_state(state, Some(link.matter));
                let after = entry.map(|(track, state)| Anchor::Entry { track, state });
                after.map(|after| Trigger::Period { period, after, moment, already_over })
            }
        };
        let Some(trigger) = trigger else { return };
        let way = Way { name: "begun", label: "it begins", trigger, guard, from: vec![IDLE], to: BEGUN };
        self.way(link, way, &cite);
    }

    fn step(&mut self, link: &Link<'_>, step: &WrittenStep, from: u8, to: u8) {
        let what = format!("a step of chain `{}`", link.name);
        let place = &self.document.places[link.statement.place];
        let own = step.paragraph.as_ref().or(place.paragraph.as_ref());
        let cite = self.cite(link.statement, own, step.span, step.paragraph.as_ref().map(|_| what.as_str()));
        match &step.act {
            StepAct::Comply { period, moment } => {
                let Some(period) = self.period(period) else { return };
                let after = Anchor::Entry { track: link.track, state: from };
                let trigger = Trigger::Period { period, after, moment: *moment, already_over: None };
                let label = "the time to comply has run out";
                let (name, guard) = (state_of(step), Self::always());
                self.way(link, Way { name, label, trigger, guard, from: vec![from], to }, &cite);
            }
            StepAct::Office { who, act, within, lapses } => {
                let (event, order, label) = words_of(*act);
                let within = within.as_ref().and_then(|within| self.period(within));
                self.task(link, (who, order), within, (from, *lapses), &cite);
                let (name, trigger, guard) = (state_of(step), Trigger::Event(event), Self::always());
                self.way(link, Way { name, label, trigger, guard, from: vec![from], to }, &cite);
            }
            StepAct::Decide { who, within, must_refuse } => {
                let within = within.as_ref().and_then(|within| self.period(within));
                self.task(link, (who, "decide"), within, (from, false), &cite);
                self.decision(link, must_refuse.as_ref(), (from, to), step, &cite);
            }
        }
    }

    /// A duty where there is a time for it, else a power; and what comes of a duty that is not met.
    fn task(
        &mut self,
        link: &Link<'_>,
        (who, what): (&Name, &str),
        within: Option<Period>,
        (from, lapses): (u8, bool),
        cite: &Cite,
    ) {
        let (who, what, label) = (who.text.clone(), what.to_owned(), String::new());
        let Some(period) = within else {
            return self.book.powers.push(Power { who, label, what, cite: cite.clone() });
        };
        let after = Anchor::Entry { track: link.track, state: from };
        let within = Some(Deadline { period, of: after, cite: cite.clone() });
        let breach = lapses.then(|| "the matter lapses".to_owned());
        self.book.duties.push(Duty { who, label, what, within, breach, cite: cite.clone() });
        if let Some(to) = self.place(link, "lapsed").filter(|_| lapses) {
            let trigger = Trigger::Period { period, after, moment: Moment::OnceItHasRunOut, already_over: None };
            let name = format!("lapsed_{from}");
            let way = Way {
                name: &name,
                label: "the time to act has run out",
                trigger,
                guard: Self::always(),
                from: vec![from],
                to,
            };
            self.way(link, way, cite);
        }
    }

    fn decision(
        &mut self,
        link: &Link<'_>,
        must_refuse: Option<&WrittenGuard>,
        (from, to): (u8, u8),
        step: &WrittenStep,
        cite: &Cite,
    ) {
        let Some(refused) = self.place(link, "refused") else { return };
        let (from, ordered) = (vec![from], Trigger::Event(Event::Ordered));
        let mut may = Self::always();
        if let Some(written) = must_refuse {
            let guard = self.guard(Some(written), Some(link.matter), step.span);
            may = Guard(every(guard.0.iter().map(opposites).collect()));
            let label = "what the court must refuse";
            let way =
                Way { name: "must_refuse", label, trigger: ordered.clone(), guard, from: from.clone(), to: refused };
            self.way(link, way, cite);
        }
        let label = "the court has ordered it";
        let way = Way { name: state_of(step), label, trigger: ordered, guard: may, from: from.clone(), to };
        self.way(link, way, cite);
        let trigger = Trigger::Event(Event::RefusedByCourt);
        let (label, guard) = ("the court has refused it", Self::always());
        self.way(link, Way { name: "refused", label, trigger, guard, from, to: refused }, cite);
    }

    fn way(&mut self, link: &Link<'_>, way: Way<'_>, cite: &Cite) {
        let track = &self.book.tracks[link.track];
        let whose = if track.label.is_empty() { link.name.replace('_', " ") } else { track.label.clone() };
        let Way { name, label, trigger, guard, from, to } = way;
        self.book.rules.push(Rule {
            name: format!("{}.{name}", link.name),
            label: format!("{whose}: {label}"),
            trigger,
            guard,
            track: link.track,
            from,
            to,
            cite: cite.clone(),
        });
    }
}

impl WrittenStep {
    fn decides(&self) -> bool {
        matches!(self.act, StepAct::Decide { .. })
    }
}

fn state(name: &str, is_final: bool) -> State {
    State { name: name.to_owned(), label: String::new(), milestone: None, is_final }
}

/// The name of the state that a step leads to.
fn state_of(step: &WrittenStep) -> &str {
    let default = match &step.act {
        StepAct::Comply { .. } => "overdue",
        StepAct::Decide { .. } => "ordered",
        StepAct::Office { act: OfficeAct::Warn, .. } => "warned",
        StepAct::Office { act: OfficeAct::Demand, .. } => "demanded",
        StepAct::Office { act: OfficeAct::Sue, .. } => "sued",
        StepAct::Office { act: OfficeAct::Penalise, .. } => "penalised",
    };
    step.state.as_ref().map_or(default, |name| name.text.as_str())
}

/// The event of an act, the act as an order, and what has been done.
fn words_of(act: OfficeAct) -> (Event, &'static str, &'static str) {
    match act {
        OfficeAct::Warn => (Event::Warned, "warn the person of what follows", "the person is warned"),
        OfficeAct::Demand => (Event::Demanded, "demand in writing that the duty be met", "it is demanded in writing"),
        OfficeAct::Sue => (Event::Sued, "apply to the court", "the court is applied to"),
        OfficeAct::Penalise => (Event::PenaltyImposed, "impose the penalty", "the penalty is imposed"),
    }
}
