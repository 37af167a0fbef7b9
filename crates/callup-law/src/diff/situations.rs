//! What measures do in days: the same situations told under two laws, counted from the day of the notice and from the day of appearing.
//!
//! A situation is written in the vocabulary, so that it can be told under any law. Open readings are followed every way: the days are then a span.

use crate::calendar::Day;
use crate::explain::{ExplainError, Explanation, LawText, StatedFact, StatedFacts, StatedNotice, explain};
use crate::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use crate::rulebook::{Cite, FactKind, Rulebook};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days from the notice to the date of appearance that it names: within the bounds of every law that is shipped.
const LEAD_DAYS: i32 = 14;
/// Days from the notice on which the person appears, where a situation looks at how measures end: after every first measure of the laws that are shipped.
const APPEARS_AFTER_DAYS: i32 = 60;
/// Days that are looked at.
const LOOK_DAYS: i32 = 400;
/// Years of age on the day of the notice: of draft age under every law that is shipped.
const AGE_YEARS: i32 = 25;

/// How a notice reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// Placed in register and account on the day of the notice; never opened.
    NeverOpened,
    /// The same, opened two days later.
    Opened,
    /// Handed over in person on the day of the notice.
    HandedOver,
    /// Given to the post on the day of the notice and delivered five days later.
    Delivered,
    /// Given to the post on the day of the notice and refused, or not collected, five days later.
    Refused,
    /// Published on the day of the notice; never seen.
    Published,
}

impl Situation {
    /// All of them.
    pub const ALL: [Situation; 6] = [
        Situation::NeverOpened,
        Situation::Opened,
        Situation::HandedOver,
        Situation::Delivered,
        Situation::Refused,
        Situation::Published,
    ];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Situation::NeverOpened => "placed in the register and the account, never opened",
            Situation::Opened => "placed in the register and the account, opened two days later",
            Situation::HandedOver => "handed over in person",
            Situation::Delivered => "given to the post, delivered five days later",
            Situation::Refused => "given to the post, refused or not collected five days later",
            Situation::Published => "published, never seen",
        }
    }

    /// Whether the person never sees the notice.
    #[must_use]
    pub const fn is_unseen(self) -> bool {
        matches!(self, Situation::NeverOpened | Situation::Refused | Situation::Published)
    }

    /// Whether the notice is placed in register and account on the day of the notice.
    #[must_use]
    pub const fn is_placed(self) -> bool {
        matches!(self, Situation::NeverOpened | Situation::Opened)
    }

    /// Events, and days from the notice.
    const fn events(self) -> &'static [(Event, i32)] {
        match self {
            Situation::NeverOpened => &[(Event::Issued, 0), (Event::Placed, 0), (Event::PlacedInAccount, 0)],
            Situation::Opened => {
                &[(Event::Issued, 0), (Event::Placed, 0), (Event::PlacedInAccount, 0), (Event::Opened, 2)]
            }
            Situation::HandedOver => &[(Event::Issued, 0), (Event::HandedOver, 0)],
            Situation::Delivered => &[(Event::Issued, 0), (Event::Posted, 0), (Event::Delivered, 5)],
            Situation::Refused => &[(Event::Issued, 0), (Event::Posted, 0), (Event::Refused, 5)],
            Situation::Published => &[(Event::Issued, 0), (Event::Published, 0)],
        }
    }
}

/// A span of days, both ends included; one day where nothing is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// Earliest reading.
    pub from: i32,
    /// Latest reading.
    pub to: i32,
}

impl Days {
    fn with(found: Option<Days>, day: i32) -> Option<Days> {
        Some(found.map_or(Days { from: day, to: day }, |days| Days { from: days.from.min(day), to: days.to.max(day) }))
    }
}

/// A kind of measure in a situation under one law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureDays {
    /// Days from the notice to the day on which it starts, if nobody appears.
    pub starts_after_days: Days,
    /// On which day it starts, or whether at all, hangs on a reading that the law leaves open.
    pub is_contested: bool,
    /// Days from appearing to the last day on which it must be lifted; `None` if appearing lifts it in no reading, or it starts only later.
    pub lifted_after_days: Option<Days>,
    /// Basis.
    pub cite: Cite,
}

/// A kind of measure in a situation under both laws; at least one has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SituationDiff {
    /// Kind of notice.
    pub notice: NoticeKind,
    /// How it reaches the person.
    pub situation: Situation,
    /// Kind of measure.
    pub measure: MeasureKind,
    /// Under the first law and the second.
    pub under: [Option<MeasureDays>; 2],
}

impl SituationDiff {
    /// Whether both laws do the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let days = |law: usize| {
            self.under[law].as_ref().map(|one| (one.starts_after_days, one.is_contested, one.lifted_after_days))
        };
        days(0) == days(1)
    }
}

/// Every kind of measure of either law in every situation that some law answers.
pub(super) fn diffs(books: [&Rulebook; 2]) -> Result<Vec<SituationDiff>, Vec<ExplainError>> {
    let mut list = Vec::new();
    for notice in NoticeKind::ALL.iter().copied() {
        let knows = |book: &Rulebook| book.matters.iter().any(|matter| matter.notices.contains(&notice));
        if !books.iter().any(|book| knows(book)) {
            continue;
        }
        for situation in Situation::ALL {
            let mut told = Vec::new();
            for book in books {
                told.push(if knows(book) { measures(book, notice, situation)? } else { BTreeMap::new() });
            }
            let kinds: BTreeSet<MeasureKind> = told.iter().flat_map(|of_law| of_law.keys().copied()).collect();
            for measure in kinds {
                let under = [0, 1].map(|law| told[law].get(&measure).cloned());
                list.push(SituationDiff { notice, situation, measure, under });
            }
        }
    }
    Ok(list)
}

/// The measures of a law in a situation.
fn measures(
    book: &Rulebook,
    notice: NoticeKind,
    situation: Situation,
) -> Result<BTreeMap<MeasureKind, MeasureDays>, Vec<ExplainError>> {
    let first = first_day(book);
    let until = first.plus_days(LOOK_DAYS);
    let law = [LawText { book, sha256: "" }];
    let tell = |appears: Option<i32>| explain(&law, &stated(book, notice, situation, appears), until);
    let (absent, present) = (tell(None)?, tell(Some(APPEARS_AFTER_DAYS))?);
    let mut found: BTreeMap<MeasureKind, MeasureDays> = BTreeMap::new();
    for line in &absent.measures {
        let days = line.start.days_since(first);
        let known = found.get(&line.kind).map(|known| known.starts_after_days);
        let Some(starts_after_days) = Days::with(known, days) else { continue };
        let always = line.depends_on.is_empty() || found.get(&line.kind).is_some_and(|known| !known.is_contested);
        let lifted_after_days = lifted(&present, line.kind, first);
        let cite = found.remove(&line.kind).map_or_else(|| line.cite.clone(), |known| known.cite);
        found.insert(line.kind, MeasureDays { starts_after_days, is_contested: !always, lifted_after_days, cite });
    }
    Ok(found)
}

/// Days from appearing to the last day of lifting.
fn lifted(present: &Explanation, kind: MeasureKind, first: Day) -> Option<Days> {
    let appeared = first.plus_days(APPEARS_AFTER_DAYS);
    let of_kind = present.measures.iter().filter(|line| line.kind == kind && line.start <= appeared);
    let by = of_kind.filter(|line| line.ended_on == Some(appeared)).filter_map(|line| line.lift_by);
    by.fold(None, |found, by| Days::with(found, by.days_since(appeared)))
}

/// The day of the notice: the second of a month, so that no period in months ends on a day that its month lacks.
fn first_day(book: &Rulebook) -> Day {
    let (year, month, _) = book.in_force_from.plus_days(31).to_ymd();
    Day::from_ymd(year, month, 2).unwrap_or(book.in_force_from)
}

fn stated(book: &Rulebook, kind: NoticeKind, situation: Situation, appears: Option<i32>) -> StatedFacts {
    let first = first_day(book);
    let date = first.plus_days(LEAD_DAYS);
    let dates = book.facts.iter().filter(|fact| fact.kind == FactKind::Date).map(|fact| (fact.name.clone(), date));
    let events = situation.events().iter().map(|(event, after)| (*event, first.plus_days(*after)));
    let appeared = appears.map(|after| (Event::Appeared, first.plus_days(after)));
    StatedFacts {
        born: Day::from_ymd(first.to_ymd().0 - AGE_YEARS, 1, 15),
        conditions: book.conditions.iter().map(|condition| (condition.name.clone(), true)).collect(),
        person: PersonFact::ALL.iter().map(|fact| (*fact, same(is_true(*fact)))).collect(),
        notices: vec![StatedNotice {
            kind,
            dates: dates.collect(),
            events: events.chain(appeared).collect(),
            remedies: Vec::new(),
            learned: BTreeMap::new(),
        }],
        ..StatedFacts::default()
    }
}

/// A man whom every law means: liable, with an account, at home where he is registered, and nothing that frees him.
const fn is_true(fact: PersonFact) -> bool {
    matches!(fact, PersonFact::LiableForDraft | PersonFact::LivesAtAddress | PersonFact::PortalAccount)
}

const fn same(is: bool) -> StatedFact {
    StatedFact { as_it_is: Some(is), as_recorded: Some(is), proved: Some(is) }
}
