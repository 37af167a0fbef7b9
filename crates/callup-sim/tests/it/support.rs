//! People, scenarios and laws for the tests. Nothing here is an assumption about anybody: every number is chosen to be seen.

use callup_law::calendar::Day;
use callup_law::compile;
use callup_law::diagnostic::Source;
use callup_law::roles::NoticeKind;
use callup_law::rulebook::Rulebook;
use callup_sim::people::{
    AgeTable, Attribute, Attributes, EntryErrors, Fitness, People, Person, PersonSpec, PopulationParameters,
    ReadingClass, RecordErrors, RecordQuality, RegionSpec,
};
use callup_sim::random::{KindTable, Probability};
use callup_sim::scenario::{
    Basis, Border, Campaign, Capacity, Channel, ChannelKind, Commission, Decides, Delay, LawInForce, Offices, Outcome,
    Pace, Parameter, Reading, Response, Scenario, Selection, Timing,
};
use callup_sim::{Checks, Control, LawSet, simulate_with};

/// Text of a law of the repository.
pub fn law_text(path: &str) -> String {
    let path = format!("{}/../../laws/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Compiles laws that have no error.
pub fn books(texts: &[&str]) -> Vec<Rulebook> {
    let source = |text: &&str| Source { name: "law.md".into(), text: (*text).into() };
    let sources: Vec<Source> = texts.iter().map(source).collect();
    let compiled = compile(&sources);
    assert_eq!(compiled.rulebooks.len(), texts.len(), "{:?}", compiled.diagnostics);
    compiled.rulebooks
}

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

pub fn basis() -> Basis {
    Basis::Assumption("a test".into())
}

pub fn number(value: f64) -> Parameter {
    Parameter { value, low: value, high: value, basis: basis() }
}

pub fn fixed(days: u16) -> Delay {
    Delay::Fixed { days, basis: basis() }
}

pub fn uniform(from_days: u16, to_days: u16) -> Delay {
    Delay::Uniform { from_days, to_days, basis: basis() }
}

/// People of whom nothing is said.
pub fn population() -> PopulationParameters {
    let flat = |value| AgeTable::uniform(value).expect("a share");
    let none = EntryErrors { lost: Probability::NEVER, falsely_entered: Probability::NEVER };
    PopulationParameters {
        study: flat(0.0),
        study_year_ends: (6, 30),
        works: flat(0.0),
        student_works: flat(0.0),
        employer_reports: Probability::NEVER,
        fitness: KindTable::new(&[1.0, 0.0, 0.0, 0.0, 0.0]).expect("weights"),
        served: flat(0.0),
        reserve_unserved: flat(0.0),
        unfit_decided: flat(0.0),
        family_ground: flat(0.0),
        objector: Probability::NEVER,
        at_address: flat(1.0),
        account: flat(1.0),
        reading: KindTable::new(&[1.0, 0.0, 0.0, 0.0]).expect("weights"),
        needs_driving: Probability::NEVER,
        record: RecordQuality {
            missing: flat(0.0),
            deferment: none,
            exemption: none,
            service: none,
            study: none,
            reserve: none,
            address_stale: flat(0.0),
            employer_lost: Probability::NEVER,
        },
    }
}

/// A channel that always works, in use throughout.
pub fn channel(kind: ChannelKind) -> Channel {
    Channel {
        name: format!("{kind:?}"),
        kind,
        from: day("2000-01-01"),
        until: None,
        regions: None,
        used: number(1.0),
        act_delay: fixed(0),
        outcome_delay: fixed(0),
        success: number(1.0),
        attempts_max: 1,
    }
}

/// A scenario in which nothing happens but one campaign by the register, under one law.
pub fn quiet(law: &str, start: &str, days: u16) -> Scenario {
    Scenario {
        name: "test".into(),
        title: "Test".into(),
        about: String::new(),
        seed: 1,
        start: day(start),
        days,
        scale: 1.0,
        country: "test".into(),
        laws: vec![LawInForce { id: law.into(), from: day(start) }],
        answers: Default::default(),
        answer_bases: Default::default(),
        conditions: Vec::new(),
        population: population(),
        offices: Offices { inhabitants_per_district: number(1000.0), office_days: [true; 7] },
        channels: vec![channel(ChannelKind::Register)],
        reading: Reading::PerNotice { probability: number(0.35), delay: uniform(0, 6) },
        response: Response {
            decides: Decides::Served,
            appears: number(0.6),
            objector_factor: number(1.0),
            timing: Timing::AfterDeciding(uniform(1, 19)),
            comes_late_daily: number(0.01),
            measure_factor: number(1.0),
            located_daily: number(0.002),
            tries_to_leave: number(0.0),
            leave_delay: fixed(0),
        },
        agencies: Vec::new(),
        campaigns: vec![Campaign {
            name: "all".into(),
            basis: basis(),
            notice: NoticeKind::DraftNotice,
            from: day(start),
            until: day(start).plus_days(104),
            regions: None,
            selection: Selection::Everyone { age_min: 16, age_max: 64 },
            pace: Pace::UniformDay,
            decreed: None,
            appearance_lead: fixed(0),
        }],
        commission: Commission {
            capacity: Capacity::Unlimited,
            examination_delay: fixed(3),
            outcome: Outcome::Shares { deferred: number(0.25), exempted: number(0.0) },
            dispatch_delay: fixed(0),
            record_delay: fixed(0),
            record_lost: number(0.0),
        },
        border: Border {
            trips_per_year: number(0.0),
            departures_per_year: number(0.0),
            departure_ages: [18, 64],
            ban_seen: number(1.0),
            surges: Vec::new(),
        },
        history_share: 0.0,
        register: Vec::new(),
    }
}

/// A fit man of 25 in 2023 who lives where he is registered and has an account.
pub fn man() -> Person {
    man_of(day("1997-06-15"))
}

/// The same, born on another day.
pub fn man_of(born: Day) -> Person {
    let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily)
        .with(Attribute::AtAddress, true)
        .with(Attribute::Account, true);
    Person::new(born, None, attributes, RecordErrors::NONE)
}

/// `regions` regions of `districts` districts of `each` such men.
pub fn men(regions: u8, districts: u16, each: usize) -> People {
    let specs: Vec<PersonSpec> = (1..=regions)
        .flat_map(|region_code| (0..districts).map(move |district| (region_code, district)))
        .flat_map(|(region_code, district)| {
            std::iter::repeat_n(PersonSpec { region_code, district, person: man() }, each)
        })
        .collect();
    people_of(regions, districts, &specs)
}

/// These men in regions `XX-1`, `XX-2`, … of so many districts each.
pub fn people_of(regions: u8, districts: u16, specs: &[PersonSpec]) -> People {
    let region = |code: u8| RegionSpec { code, iso_code: format!("XX-{code}"), inhabitants: 1000, districts };
    let regions: Vec<RegionSpec> = (1..=regions).map(region).collect();
    People::from_specs(2023, &regions, specs).expect("people").0
}

/// Runs with every check on.
pub fn run(people: &People, books: &[Rulebook], scenario: &Scenario) -> callup_sim::Outcome {
    let laws = LawSet::bind(books, scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let checks = Checks { recount_daily: true, block: 1 };
    simulate_with(people, &laws, scenario, checks, &mut |_| Control::Continue)
}
