//! What happened, to whom, because of which article or assumption; whole histories of a few, counts of articles for all.
//!
//! Rows are folded into counters where they arise (`tally.rs`); only those of sampled persons are kept. This file knows no queue.

use crate::lawset::LawSet;
use crate::random::PersonId;

/// Declares a closed list of words with meanings.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal : $meaning:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $meaning] $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// How outputs name it.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $($name::$variant => $word,)+ } }
            /// What it means.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $($name::$variant => $meaning,)+ } }
        }
    };
}

words! {
    /// What a row of a history says; its detail is a code that goes with it.
    What {
        Event = "event": "An event of the vocabulary; the detail is its place there.",
        RemedyEvent = "remedy_event": "An event that names a remedy of the law; the detail is 256 times the place of the remedy there plus that of the event in the vocabulary.",
        Void = "void": "A notice was void; the detail is its campaign.",
        Entered = "entered": "A track of the matter entered a state; the detail is 256 times the track plus the state.",
        StartDue = "start_due": "A measure is due to start; the detail is its kind.",
        On = "on": "A measure is put into effect; the detail is its kind.",
        LiftDue = "lift_due": "A measure's lift falls due; the detail is its kind.",
        Off = "off": "A measure is taken off; the detail is its kind.",
        Queued = "queued": "The person enters the queue of the commission.",
        RecordEntered = "record_entered": "A decision is entered in the register.",
        RecordLost = "record_lost": "A decision will never be entered in the register.",
        RecordMended = "record_mended": "The record is brought in line with the truth.",
        TurnedBackOnTrip = "turned_back_on_trip": "Turned back at the border on a trip.",
        TurnedBackLeaving = "turned_back_leaving": "Turned back at the border when leaving for good.",
        Returned = "returned": "Came back after leaving the country.",
        WronglyStopped = "wrongly_stopped": "Taken for somebody listed and stopped; the detail is the way of searching.",
        StaleStop = "stale_stop": "Stopped on a listing that has ended or that the truth does not bear out; the detail is the way of searching.",
        Transferred = "transferred": "The matter is carried to a new law; the detail is its place in the scenario.",
        Signed = "signed": "Signed a contract; the detail is 256 times its place in the scenario plus the channel.",
        ContractEnded = "contract_ended": "A contract has ended; the detail is 1 if he left it, 0 at the end of its term, and 2 more if it was a company's.",
        Pressed = "pressed": "Pressed to sign a contract at the office; the detail is 1 if he signed.",
        LeaveRegionPaper = "leave_region_paper": "Handed a paper that forbids leaving the region.",
        Filed = "filed": "Filed a remedy, or somebody for him; the detail is its place in the scenario.",
        Decided = "decided": "A remedy is decided; the detail is twice its place in the scenario, plus 1 if it succeeds.",
        CardFiled = "card_filed": "An employer filed for a deferment.",
        CardDecided = "card_decided": "The employer's card is decided; the detail is 1 if it is granted.",
        SentHome = "sent_home": "Sent home after the dispatch: mobilised wrongly, or on a remedy; the detail is 1 if he was dispatched in the draft.",
        Objected = "objected": "Applied for alternative service; the detail is 1 if it is granted, 2 if it came late.",
        AskedForHelp = "asked_for_help": "Asked for legal aid; the detail is what about.",
        Closed = "closed": "The matter is over and nothing of it is pending; the cause is that of the last thing that happened in it.",
    }
}

words! {
    /// A choice of the scenario that causes something; its word is the path of the choice.
    Assumption {
        Campaign = "campaigns": "How many notices the offices issue, to whom and when.",
        ChannelInHand = "channels.in_hand": "How notices are handed over.",
        ChannelEmployer = "channels.employer": "How employers and places of study pass notices on.",
        ChannelPost = "channels.post": "How the post delivers.",
        ChannelAccount = "channels.account": "When notices are placed in accounts.",
        ChannelRegister = "channels.register": "When notices are placed in the register.",
        ChannelPublished = "channels.published": "When lists are published, and who hears of them.",
        Reading = "reading": "When people read the portal.",
        Appears = "response.appears": "Whether and when people come in time.",
        ComesLate = "response.comes_late_daily": "Whether and when people come after default.",
        Located = "response.located_daily": "Whether and when people are found by whatever means.",
        Searches = "search": "How many are looked for, found and mistaken.",
        TriesToLeave = "response.tries_to_leave": "Whether people try to leave on learning of a notice.",
        Departures = "border.departures_per_year": "Who leaves for good anyway.",
        Trips = "border.trips_per_year": "Who travels.",
        Returns = "border.returns_share": "Who comes back after leaving.",
        ValidReason = "valid_reason": "Who is ill when he should come, and shows it.",
        Proceedings = "proceedings": "Whether and when offices demand and apply, and courts decide.",
        Visit = "visit": "What offices do with those who come.",
        Mobilisation = "mobilisation": "Whom a mobilisation takes, how fast, and who is sent home.",
        Remedies = "remedy": "Who files a remedy, and how it is decided.",
        Objection = "objection": "Which objectors apply for alternative service, and who gets it.",
        Help = "help": "Who asks for legal aid.",
        Agency = "agencies": "How late agencies act.",
        Commission = "commission": "How and when commissions decide and enter decisions.",
        Capacity = "commission.capacity": "How many the commissions can decide.",
        Contracts = "contract": "Who signs a contract, by which channel, where, and how it ends.",
        Population = "population": "What the register has of people.",
    }
}

/// Why something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Cause {
    /// Because of an article: place of the law in the scenario and of the citation in `LawSet::cites`.
    Article {
        /// Law.
        law: u8,
        /// Citation.
        cite: u16,
    },
    /// Because of a choice of the scenario.
    Assumption(Assumption),
}

/// A row of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HistoryRow {
    /// Who.
    pub person: PersonId,
    /// Day of the run, from 0.
    pub day: u16,
    /// Place of the campaign whose notice the matter is about; `None` for what belongs to no matter.
    pub campaign: Option<u8>,
    /// What.
    pub what: What,
    /// A number that goes with it.
    pub detail: u16,
    /// A day that goes with it, day of the run from 0: of a notice formed or void the date of appearance it names, of a lift the day by which it
    /// is due. `None` where there is none or it lies past the days that the run can name.
    pub date: Option<u16>,
    /// Why.
    pub cause: Cause,
}

/// The journal of one district.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Journal {
    /// Rows of sampled persons, in order of time.
    pub rows: Vec<HistoryRow>,
    /// How often each citation of each law was the cause.
    pub exercised: Vec<Vec<u32>>,
}

impl Journal {
    /// An empty journal for these laws.
    #[must_use]
    pub fn new(laws: &LawSet) -> Journal {
        Journal { rows: Vec::new(), exercised: laws.laws.iter().map(|law| vec![0; law.cites.len()]).collect() }
    }

    /// The same for other laws, of which those that were used so far are the first.
    pub(crate) fn refitted(&self, laws: &LawSet) -> Journal {
        let fresh = Journal::new(laws).exercised;
        let counts = |(law, none): (usize, Vec<u32>)| match self.exercised.get(law) {
            Some(counts) if counts.len() == none.len() => counts.clone(),
            _ => none,
        };
        Journal { rows: self.rows.clone(), exercised: fresh.into_iter().enumerate().map(counts).collect() }
    }

    /// Counts an article as the cause of something.
    #[inline]
    pub fn exercise(&mut self, law: u8, cite: u16) -> Cause {
        self.exercised[usize::from(law)][usize::from(cite)] += 1;
        Cause::Article { law, cite }
    }
}
