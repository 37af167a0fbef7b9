//! People, scenarios and laws for the tests. Nothing here is an assumption about anybody: every number is chosen to be seen.

use callup_law::calendar::Day;
use callup_law::compile;
use callup_law::diagnostic::Source;
use callup_law::roles::{MeasureKind, NoticeKind};
use callup_law::rulebook::Rulebook;
use callup_sim::people::{
    AgeTable, Attribute, Attributes, EntryErrors, Fitness, Layout, People, Person, PersonSpec, PopulationParameters,
    ReadingClass, RecordErrors, RecordQuality, RegionPlan, RegionSpec,
};
use callup_sim::random::{Draws, KindTable, Probability};
use callup_sim::scenario::alarm::{Alarm, News, NewsKind};
use callup_sim::scenario::contract::{
    Bonus, BonusKind, Channel as ContractChannel, ChannelUse, Contract, Leaving, Party, Quota, Term,
};
use callup_sim::scenario::{
    Against, Agency, Basis, Border, Campaign, Capacity, Channel, ChannelKind, Commission, ConditionSetting, Decides,
    Decreed, Delay, Help, LawInForce, Objection, Offices, Outcome, Pace, Parameter, Reading, Recourse, Remedy,
    Response, Scenario, Search, SearchKind, Selection, Surge, Timing, ValidReason, Visit,
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

/// All notices to so many men go out on the first day of a season that lasts long enough for their dates, `lead_days` later, to come.
pub fn all_at_once(scenario: &mut Scenario, men: u32, lead_days: u16) {
    let campaign = &mut scenario.campaigns[0];
    (campaign.until, campaign.appearance_lead) = (campaign.from.plus_days(120), fixed(lead_days));
    // Ten notices for each man of the decreed number.
    let (notices_per_decreed, ramp) = (number(10.0), vec![(0, 1.0), (1, 0.0)]);
    campaign.pace = Pace::PerDecreed { notices_per_decreed, ramp, basis: basis() };
    let (source, dispatch_from) = ("a test".into(), campaign.until);
    campaign.decreed = Some(Decreed { number: men / 10, source, regions: Vec::new(), dispatch_from });
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
        searches: Vec::new(),
        proceedings: Vec::new(),
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
            trip_length: fixed(1),
            departures_per_year: number(0.0),
            departure_ages: [18, 64],
            returns: number(0.0),
            return_delay: fixed(1),
            ban_seen: number(1.0),
            surges: Vec::new(),
        },
        alarm: None,
        contracts: Vec::new(),
        bonuses: Vec::new(),
        quota: None,
        strata: Default::default(),
        valid_reason: ValidReason {
            spells_per_year: number(0.0),
            spell_length: fixed(1),
            shown: number(0.0),
            shown_delay: fixed(0),
        },
        ledgers: Default::default(),
        recourse: Recourse::none(),
        history_share: 0.0,
        register: Vec::new(),
    }
}

/// News that doubles departures in its first days, in one region.
pub fn alarm() -> Alarm {
    let news = News {
        name: "law".into(),
        kind: NewsKind::Announcement,
        day: day("2023-04-14"),
        regions: None,
        strength: number(1.0),
        basis: basis(),
    };
    let halving_days = [number(14.0), number(7.0), number(3.0)];
    let (departures, willingness, requests) = (number(2.0), number(0.5), number(5.0));
    Alarm { halving_days, departures, willingness, requests, news: vec![news] }
}

/// A contract that one man in five would sign, by two channels that reach everybody and one that reaches students.
pub fn contract(name: &str, party: Party) -> Contract {
    let used = |channel, reach| ChannelUse { channel, reach: number(reach), conversion: number(0.1) };
    Contract {
        name: name.into(),
        party,
        basis: basis(),
        from: day("2023-01-10"),
        until: None,
        willing: AgeTable::uniform(0.2).expect("a share"),
        student_factor: number(0.5),
        works_factor: number(1.0),
        trained_factor: number(1.0),
        pay: number(200_000.0),
        benefits: number(0.0),
        bonus_spread_days: number(365.25),
        income: number(50_000.0),
        reference: number(4.0),
        response: number(1.0),
        has_bonus: true,
        term: None,
        leaving: None,
        channels: vec![
            used(ContractChannel::Posters, 0.02),
            used(ContractChannel::ColdCalls, 0.01),
            used(ContractChannel::PlacesOfStudy, 0.05),
        ],
        elsewhere: number(1.0),
    }
}

/// The same for a few men of 18 to 26, by every channel.
pub fn for_the_young(name: &str, party: Party) -> Contract {
    let bands = [(16, 17, 0.0), (18, 26, 0.08), (27, 64, 0.0)];
    let used = |channel| ChannelUse { channel, reach: number(0.02), conversion: number(0.1) };
    Contract {
        willing: AgeTable::from_bands(&bands).expect("shares"),
        channels: ContractChannel::ALL.into_iter().map(used).collect(),
        ..contract(name, party)
    }
}

/// The same, for a hundred days, and it can be left until the summer.
pub fn left_or_ended(contract: Contract) -> Contract {
    Contract {
        term: Some(Term { days: 100, returns: number(0.5), basis: basis() }),
        leaving: Some(Leaving { until: day("2023-06-30"), leaves_daily: number(0.01) }),
        ..contract
    }
}

/// A bonus of one region from the first day of 2023.
pub fn bonus(region: &str, roubles: u32) -> Bonus {
    Bonus { kind: BonusKind::Regional, region: region.into(), from: day("2023-01-01"), roubles }
}

/// A quota of so many contracts in two hundred days.
pub fn quota(from: Day, number_persons: u32) -> Quota {
    Quota {
        number: number_persons,
        source: "a test".into(),
        regions: Vec::new(),
        from,
        until: from.plus_days(199),
        ages: [18, 26],
        gain: number(2.0),
        limit: number(2.5),
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

/// People drawn with every trait mixed: `regions` regions of two districts of `each` men born in every year from 1988 to 2007.
pub fn mixed(regions: u8, each: u32) -> People {
    let plan = |code: u8| RegionPlan {
        code,
        iso_code: format!("XX-{code}"),
        inhabitants: 1000,
        districts: vec![vec![each; 20], vec![each + 3; 20]],
    };
    let plans: Vec<RegionPlan> = (1..=regions).map(plan).collect();
    let layout = Layout::new(&plans, 1988, 20).expect("a layout");
    People::draw(layout, 2023, &mixed_population(), &Draws::new(20)).expect("people")
}

/// Traits mixed, so that every branch of the mechanisms is taken by somebody.
pub fn mixed_population() -> PopulationParameters {
    let flat = |value| AgeTable::uniform(value).expect("a share");
    let study = [(16, 17, 0.9), (18, 21, 0.5), (22, 24, 0.2), (25, 64, 0.0)];
    let errors = |lost, falsely| EntryErrors::new(lost, falsely).expect("shares");
    PopulationParameters {
        study: AgeTable::from_bands(&study).expect("bands"),
        works: flat(0.6),
        student_works: flat(0.2),
        employer_reports: share(0.7),
        fitness: KindTable::new(&[0.4, 0.3, 0.2, 0.06, 0.04]).expect("weights"),
        served: flat(0.2),
        reserve_unserved: flat(0.1),
        unfit_decided: flat(0.5),
        family_ground: flat(0.1),
        objector: share(0.05),
        at_address: flat(0.7),
        account: flat(0.8),
        reading: KindTable::new(&[0.3, 0.3, 0.2, 0.2]).expect("weights"),
        record: RecordQuality {
            missing: flat(0.05),
            deferment: errors(0.3, 0.05),
            exemption: errors(0.2, 0.05),
            service: errors(0.2, 0.02),
            study: errors(0.3, 0.05),
            reserve: errors(0.1, 0.02),
            address_stale: flat(0.2),
            employer_lost: share(0.3),
        },
        ..population()
    }
}

fn share(value: f64) -> Probability {
    Probability::new(value).expect("a share")
}

/// Two shipped laws in one year, with a change between them.
pub fn two_laws() -> Vec<Rulebook> {
    books(&[&law_text("ru/paper/2022-01-01.law.md"), &law_text("ru/127-fz/2023-04-14.law.md")])
}

/// A year under two laws with every mechanism on: two draft seasons and a drive to check data, all channels, late agencies, queues, departures.
pub fn busy() -> Scenario {
    let quiet = quiet("ru_paper_2022", "2023-01-01", 365);
    let answers = [
        ("pending_at_change", "new"),
        ("electronic_service_moment", "after_seven_days"),
        ("post_refusal", "not_served"),
        ("measures_on_data_check", "yes"),
        ("appearance_counts", "any_matter"),
        ("credit_ban_active", "no"),
        ("hand_over_is_sending", "no"),
    ];
    Scenario {
        laws: vec![
            LawInForce { id: "ru_paper_2022".into(), from: day("2023-01-01") },
            LawInForce { id: "ru_127fz".into(), from: day("2023-04-14") },
        ],
        answers: answers.iter().map(|(name, answer)| ((*name).into(), (*answer).into())).collect(),
        conditions: vec![ConditionSetting {
            name: "register_works".into(),
            from: day("2023-01-01"),
            regions: None,
            value: true,
            basis: basis(),
        }],
        population: mixed_population(),
        offices: Offices {
            inhabitants_per_district: number(1000.0),
            office_days: [true, true, true, true, true, false, false],
        },
        channels: busy_channels(),
        reading: Reading::Timeline { stretch_days: [1, 7, 30], basis: basis() },
        response: busy_response(),
        agencies: vec![
            Agency {
                name: "border".into(),
                measures: vec![MeasureKind::ExitBan],
                start_latency: uniform(0, 2),
                lift_latency: uniform(0, 9),
            },
            Agency {
                name: "others".into(),
                measures: MeasureKind::ALL.iter().copied().filter(|kind| *kind != MeasureKind::ExitBan).collect(),
                start_latency: uniform(0, 5),
                lift_latency: uniform(1, 20),
            },
        ],
        campaigns: busy_campaigns(),
        searches: SearchKind::ALL.map(search).to_vec(),
        commission: Commission {
            capacity: Capacity::National { decisions_per_year: number(700.0), headroom: number(1.2) },
            examination_delay: uniform(0, 3),
            outcome: Outcome::Attributes { ground_recognised: number(0.9), unfitness_recognised: number(0.8) },
            dispatch_delay: uniform(2, 30),
            record_delay: uniform(1, 30),
            record_lost: number(0.2),
        },
        border: Border {
            trips_per_year: number(2.0),
            trip_length: uniform(2, 20),
            departures_per_year: number(0.05),
            departure_ages: [18, 40],
            returns: number(0.5),
            return_delay: uniform(10, 90),
            ban_seen: number(0.9),
            surges: vec![Surge {
                from: day("2023-04-14"),
                until: day("2023-04-30"),
                departures: number(3.0),
                trips: number(2.0),
            }],
        },
        valid_reason: ValidReason {
            spells_per_year: number(1.5),
            spell_length: uniform(2, 15),
            shown: number(0.7),
            shown_delay: uniform(0, 3),
        },
        alarm: Some(alarm()),
        contracts: vec![
            left_or_ended(for_the_young("ministry", Party::Ministry)),
            left_or_ended(for_the_young("company", Party::Company)),
        ],
        bonuses: vec![bonus("XX-2", 400_000)],
        quota: Some(quota(day("2023-02-01"), 60)),
        recourse: busy_recourse(),
        history_share: 0.1,
        ..quiet
    }
}

/// What people do about it in the busy year, so often that each of its outcomes comes up.
pub fn busy_recourse() -> Recourse {
    let visit = Visit {
        name: "check".into(),
        notice: NoticeKind::DataCheckNotice,
        from: day("2000-01-01"),
        until: None,
        regions: None,
        pressed: number(0.4),
        signs: number(0.3),
        leave_region_paper: number(0.2),
        record_mended: number(0.7),
    };
    let first = remedy("first", Against::CallUp);
    let second = Remedy { after: Some("first".into()), interim: number(0.9), ..remedy("second", Against::CallUp) };
    let in_law = |name: &str, law: &str, against| Remedy { law: Some(law.into()), ..remedy(name, against) };
    let complaint = in_law("complaint", "commission_complaint", Against::CallUp);
    let claim = Remedy { after: Some("complaint".into()), ..in_law("claim", "commission_claim", Against::CallUp) };
    let challenge = in_law("challenge", "commission_claim", Against::CallUp);
    let against_measure = Remedy { files: number(0.3), ..in_law("measure", "court_claim", Against::Measure) };
    Recourse {
        visits: vec![visit],
        mobilisation: None,
        remedies: vec![complaint, claim, challenge, first, second, against_measure],
        objection: Some(Objection { files: number(0.8), in_time: number(0.5), granted: number(0.7) }),
        help: Some(Help { shares: [(); 6].map(|()| number(0.2)), delay: uniform(0, 9), files: number(1.5) }),
    }
}

/// A remedy that half of those it is open to file.
pub fn remedy(name: &str, against: Against) -> Remedy {
    Remedy {
        name: name.into(),
        law: None,
        against,
        after: None,
        from: day("2000-01-01"),
        until: None,
        files: number(0.5),
        filing_delay: uniform(1, 10),
        represented: number(0.3),
        representation: number(1.5),
        decided: number(100.0),
        decision_delay: uniform(1, 20),
        granted_right: number(0.7),
        granted_other: number(0.2),
        final_delay: uniform(1, 40),
        return_delay: uniform(1, 10),
        interim: number(if against == Against::Measure { 0.0 } else { 0.2 }),
    }
}

/// The busy year without anything that people share: no quota, no capacity, no office that spreads its notices; everybody of the ages is
/// summoned on a day of his own.
pub fn uncoupled() -> Scenario {
    let mut scenario = busy();
    scenario.commission.capacity = Capacity::Unlimited;
    scenario.searches = Vec::new();
    scenario.quota = None;
    for remedy in &mut scenario.recourse.remedies {
        remedy.decided = number(1e9);
    }
    for campaign in &mut scenario.campaigns {
        campaign.pace = Pace::UniformDay;
        campaign.decreed = None;
    }
    scenario
}

/// A way of searching so busy that each of its outcomes comes up.
pub fn search(kind: SearchKind) -> Search {
    Search {
        name: kind.word().into(),
        kind,
        from: day("2000-01-01"),
        until: None,
        regions: None,
        searches: number(2000.0),
        hit: number(0.01),
        mistaken_at_10000: number(1.0),
        mistaken_ages: [18, 30],
        removal_delay: uniform(0, 60),
        end_not_entered: number(0.1),
    }
}

fn busy_channels() -> Vec<Channel> {
    let some = |kind| Channel {
        used: number(0.6),
        act_delay: uniform(0, 4),
        outcome_delay: uniform(1, 5),
        success: number(0.5),
        attempts_max: 3,
        ..channel(kind)
    };
    let register = Channel { from: day("2023-04-14"), ..channel(ChannelKind::Register) };
    let account = Channel { from: day("2023-04-14"), ..some(ChannelKind::Account) };
    vec![some(ChannelKind::InHand), some(ChannelKind::Employer), some(ChannelKind::Post), register, account]
}

fn busy_response() -> Response {
    Response {
        decides: Decides::Aware,
        appears: number(0.6),
        objector_factor: number(0.3),
        timing: Timing::OnAppearanceDate { when_late: uniform(1, 5) },
        comes_late_daily: number(0.01),
        measure_factor: number(2.0),
        located_daily: number(0.002),
        tries_to_leave: number(0.05),
        leave_delay: uniform(1, 30),
    }
}

fn busy_campaigns() -> Vec<Campaign> {
    let season = |name: &str, from: &str, until: &str, dispatch: &str, men: u32| Campaign {
        name: name.into(),
        notice: NoticeKind::DraftNotice,
        basis: basis(),
        from: day(from),
        until: day(until),
        regions: None,
        selection: Selection::RecordedLiable { age_min: 18, age_max: 26 },
        pace: Pace::PerDecreed { notices_per_decreed: number(4.0), ramp: vec![(0, 1.0), (20, 0.5)], basis: basis() },
        decreed: Some(Decreed {
            number: men,
            source: "a test".into(),
            regions: vec![("XX-1".into(), men / 3)],
            dispatch_from: day(dispatch),
        }),
        appearance_lead: uniform(10, 25),
    };
    let check = Campaign {
        name: "check".into(),
        notice: NoticeKind::DataCheckNotice,
        selection: Selection::OnRecord { age_min: 18, age_max: 29 },
        pace: Pace::Share { share: number(0.3) },
        decreed: None,
        regions: Some(vec![("XX-1".into(), day("2023-02-01")), ("XX-2".into(), day("2023-03-16"))]),
        ..season("check", "2023-02-01", "2023-08-31", "2023-02-01", 0)
    };
    vec![
        check,
        season("spring", "2023-04-01", "2023-07-15", "2023-04-15", 150),
        season("autumn", "2023-10-01", "2023-12-31", "2023-10-15", 150),
    ]
}

/// The daily table without the crossings of everybody, idle people among them: by column, day by day and region by region.
pub fn but_trips(outcome: &callup_sim::Outcome) -> Vec<(String, Vec<u64>)> {
    let daily = &outcome.daily;
    let columns = daily.columns().iter().enumerate().filter(|(_, column)| !column.name.contains("trip"));
    let values = |place: usize| {
        let cells = (0..daily.days()).flat_map(|day| (0..daily.regions()).map(move |region| (day, region)));
        cells.map(|(day, region)| daily.value(day, region, place)).collect()
    };
    columns.map(|(place, column)| (column.name.clone(), values(place))).collect()
}
