//! The holder that cases and explanations use says the same as the naive interpreter, whatever the order in which a life is told.
//!
//! Random laws and random lives; whatever differs prints its seed.

use callup_law::calendar::Day;
use callup_law::holder::{self, Laws, Person, horizon_for};
use callup_law::program::{Answers, PictureCode};
use callup_law::roles::{Event, PersonFact};
use callup_law::rulebook::Rulebook;
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What, live};
use callup_naive::random_law::{StillWorld, Stream, file_remedies, law, notices};
use std::collections::BTreeMap;

const FIRST_DAY: i32 = 44_000;
const DAYS: i32 = 400;

struct Stated(StillWorld);

impl Person for Stated {
    fn age_between(&self, on: Day, least: i32, most: i32, _picture: PictureCode) -> bool {
        (least..=most).contains(&Almanac::shared().age(self.0.born, on.0))
    }

    fn person(&self, fact: PersonFact, _picture: PictureCode) -> bool {
        match fact {
            PersonFact::LivesAtAddress => self.0.lives_at_address,
            PersonFact::PortalAccount => self.0.has_portal_account,
            _ => false,
        }
    }

    fn condition(&self, _name: &str, _day: Day) -> bool {
        self.0.condition
    }

    fn switch(&self, _name: &str, _options: &[String]) -> usize {
        unreachable!("every switch is answered")
    }
}

/// A stated notice, its events in an order of its own.
fn stated(book: &Rulebook, notice: &Notice, stream: &mut Stream) -> holder::Notice {
    let mut events: Vec<_> = notice.events.iter().map(|(day, event)| (*event, Day(*day))).collect();
    for index in (1..events.len()).rev() {
        events.swap(index, stream.below(index + 1));
    }
    let dates = notice.appearance_date.map(|day| ("appearance_date".to_string(), Day(day)));
    let named = |(day, event, remedy): &(i32, Event, usize)| (*event, Day(*day), book.remedies[*remedy].name.clone());
    let remedies = notice.remedies.iter().rev().map(named).collect();
    holder::Notice { kind: notice.kind, dates: dates.into_iter().collect::<BTreeMap<_, _>>(), events, remedies }
}

fn held(
    book: &Rulebook,
    answers: &Answers,
    world: StillWorld,
    lives: &[Notice],
    stream: &mut Stream,
) -> Vec<Happening> {
    let notices: Vec<holder::Notice> = lives.iter().map(|notice| stated(book, notice, stream)).collect();
    let until = Day(FIRST_DAY + DAYS - 1);
    let horizon = horizon_for(&notices, until).expect("a short life");
    let kinds = notices.iter().map(|notice| notice.kind).collect();
    let laws = Laws::bind(&[book], &kinds, answers, horizon).expect("a random law binds");
    let history = laws.live(&Stated(world), &notices, until);
    assert!(!history.endless);
    let happening = |entry: &holder::Entry| {
        let what = match entry.what {
            holder::What::Void { .. } => What::Void,
            holder::What::Entered { track, state, rule, .. } => What::Entered { track, state, rule },
            holder::What::Starts { measure, .. } => What::Starts { measure },
            holder::What::OutOfBounds { bound } => What::OutOfBounds { bound },
            holder::What::LiftDue { measure, by, .. } => What::LiftDue { measure, by: by.0 },
            holder::What::Barred { .. } => What::Barred,
            holder::What::Suspended { measure, .. } => What::Suspended { measure },
            holder::What::Resumed { measure } => What::Resumed { measure },
            _ => return None,
        };
        Some(Happening { notice: entry.matter, day: entry.day.0, what })
    };
    history.entries.iter().filter_map(happening).collect()
}

#[test]
fn the_holder_and_the_naive_interpreter_agree_in_any_order_of_telling() {
    let (mut compared, mut suspended) = (0, 0);
    for seed in 10_000..10_500u64 {
        let book = law(seed);
        let world = StillWorld::random(seed);
        let reading = if seed % 2 == 0 { "narrow" } else { "wide" };
        let answers: Answers = [("reading".to_string(), reading.to_string())].into_iter().collect();
        let mut lives = notices(seed * 17, FIRST_DAY, DAYS);
        file_remedies(seed, &book, &mut lives, DAYS);
        let mut wanted = live(&book, &answers, &world, &lives, FIRST_DAY + DAYS - 1);
        let mut found = held(&book, &answers, world, &lives, &mut Stream(seed));
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "law {seed}: the holder (left) and the naive interpreter differ");
        compared += wanted.len();
        let is_suspended = |one: &&Happening| matches!(one.what, What::Suspended { .. });
        suspended += wanted.iter().filter(is_suspended).count();
    }
    assert!(suspended > 20, "only {suspended} suspensions");
    assert!(compared > 1_500, "only {compared} happenings: the random laws do too little to compare anything");
}
