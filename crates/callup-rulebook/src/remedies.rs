//! Remedies as tracks: the states of each and the rules that lead from one to the next.
//!
//! What they come to is written in `docs/law-language.md`, point k. It knows no law text.

use crate::roles::Event;
use crate::rulebook::{AlreadyOver, Anchor, Guard, Moment, Remedy, Rule, State, Test, Trigger};

impl Remedy {
    /// Whether it goes to a court: a body of that name, or of one that ends in it, such as `administrative_court`.
    #[must_use]
    pub fn is_to_court(&self) -> bool {
        self.to == "court" || self.to.ends_with("_court")
    }

    /// The states of the track of a remedy, in order.
    pub const STATES: [&'static str; 7] = ["open", "expired", "pending", "late", "granted", "rejected", "final"];
    /// Nothing has been filed yet.
    pub const OPEN: u8 = 0;
    /// The time to file is over.
    pub const EXPIRED: u8 = 1;
    /// Filed and not decided.
    pub const PENDING: u8 = 2;
    /// Filed when the time was over.
    pub const LATE: u8 = 3;
    /// Decided: it succeeds.
    pub const GRANTED: u8 = 4;
    /// Decided: it fails.
    pub const REJECTED: u8 = 5;
    /// The decision is final.
    pub const FINAL: u8 = 6;

    /// The guard under which it suspends this measure, if it can.
    #[must_use]
    pub fn suspends_measure(&self, measure: usize) -> Option<&Guard> {
        self.suspends.as_ref().filter(|_| self.suspended.contains(&measure))
    }

    /// The states in which it suspends.
    #[must_use]
    pub fn suspending_states(&self) -> Vec<u8> {
        if self.until_final { vec![Remedy::PENDING, Remedy::GRANTED, Remedy::REJECTED] } else { vec![Remedy::PENDING] }
    }

    /// What must hold when it is filed, among all remedies of its law.
    #[must_use]
    pub fn filing(&self, remedies: &[Remedy]) -> Guard {
        let before = self.only_after.as_ref().map(|after| Test::State {
            track: remedies[after.remedy].track,
            states: after.states.clone(),
            is: true,
        });
        Guard(vec![before.into_iter().collect()])
    }

    /// The rules of its track; `filing` is what must hold when it is filed.
    #[must_use]
    pub fn rules(&self, filing: &Guard) -> Vec<Rule> {
        let whose = if self.label.is_empty() { self.name.replace('_', " ") } else { self.label.clone() };
        let always = Guard(vec![Vec::new()]);
        let rule = |name: &str, label: &str, trigger: Trigger, guard: &Guard, from: &[u8], to: u8| Rule {
            name: format!("{}.{name}", self.name),
            label: format!("{whose}: {label}"),
            trigger,
            guard: guard.clone(),
            track: self.track,
            from: from.to_vec(),
            to,
            cite: self.cite.clone(),
        };
        let on = Trigger::Event;
        let undecided = [Remedy::PENDING, Remedy::LATE];
        let decided = [Remedy::GRANTED, Remedy::REJECTED];
        let mut rules = vec![
            rule("filed", "filed", on(Event::Filed), filing, &[Remedy::OPEN], Remedy::PENDING),
            rule("granted", "it succeeds", on(Event::Granted), &always, &undecided, Remedy::GRANTED),
            rule("rejected", "it fails", on(Event::Rejected), &always, &undecided, Remedy::REJECTED),
            rule("final", "the decision is final", on(Event::BecameFinal), &always, &decided, Remedy::FINAL),
        ];
        // When the person learned of a measure is told to a reader and not known to the step.
        if let Some(limit) = self.file_within.as_ref().filter(|limit| limit.of != Anchor::Knowledge) {
            let (moment, already_over) = (Moment::OnceItHasRunOut, Some(AlreadyOver::AtOnce));
            let over = Trigger::Period { period: limit.period, after: limit.of, moment, already_over };
            let expired = rule("expired", "the time to file is over", over, &always, &[Remedy::OPEN], Remedy::EXPIRED);
            rules.push(Rule { cite: limit.cite.clone(), ..expired });
            rules.push(rule("late", "filed too late", on(Event::Filed), filing, &[Remedy::EXPIRED], Remedy::LATE));
            let restored = "the time limit is restored";
            let restores = rule("restored", restored, on(Event::Restored), &always, &[Remedy::LATE], Remedy::PENDING);
            rules.extend(self.restorable.then_some(restores));
        }
        rules
    }

    /// The states of its track. A decision rests unless something waits until it is final.
    #[must_use]
    pub fn track_states(until_final: bool) -> Vec<State> {
        let rests = |place: u8| match place {
            Remedy::PENDING | Remedy::LATE => false,
            Remedy::GRANTED | Remedy::REJECTED => !until_final,
            _ => true,
        };
        let state = |(place, name): (u8, &str)| State {
            name: name.to_owned(),
            label: String::new(),
            milestone: None,
            is_final: rests(place),
        };
        (0..).zip(Remedy::STATES).map(state).collect()
    }
}
