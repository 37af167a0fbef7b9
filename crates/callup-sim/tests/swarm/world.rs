//! A world from one number: laws, people, and a scenario whose every choice is drawn, often at the end of its range.

use crate::laws::{Family, Laws, laws, start};
use crate::people::{parameters, people, share};
use crate::support::{basis, channel, fixed, number, quiet, uniform};
use crate::trim::Trim;
use callup_law::calendar::Day;
use callup_law::roles::{MeasureKind, NoticeKind};
use callup_law::rulebook::Rulebook;
use callup_naive::random_law::Stream;
use callup_sim::LawSet;
use callup_sim::people::People;
use callup_sim::scenario::{
    Agency, Border, Campaign, Capacity, Channel, ChannelKind, Commission, ConditionSetting, Decides, Decreed, Delay,
    Outcome, Pace, Parameter, Reading, Response, Scenario, Selection, Surge, Timing,
};

/// Parts of a scenario that can be left out one by one.
pub const PARTS: &[&str] = &[
    "changed_texts",
    "regions_of_conditions",
    "channel_0",
    "channel_1",
    "channel_2",
    "channel_3",
    "channel_4",
    "channel_5",
    "campaign_0",
    "campaign_1",
    "campaign_2",
    "campaign_3",
    "regions_of_campaigns",
    "decreed_numbers",
    "delays",
    "capacity",
    "departures",
    "trips",
    "surges",
    "late_comers",
    "locating",
    "leaving",
];

/// A world.
pub struct World {
    pub family: Family,
    pub books: Vec<Rulebook>,
    pub scenario: Scenario,
    pub people: People,
}

impl World {
    /// The world of a number, less what is left out; `None` if its laws and its scenario do not go together.
    pub fn of(seed: u64, trim: &Trim) -> Option<World> {
        let stream = |part: u64| Stream(seed.wrapping_mul(64).wrapping_add(part));
        let laws = laws(&mut stream(1), trim);
        let parameters = parameters(&mut stream(2));
        let year = start(&laws).to_ymd().0 as u16;
        let people = people(&mut stream(3), year, &parameters, trim);
        let regions: Vec<String> = people.layout().regions().iter().map(|region| region.iso_code.clone()).collect();
        let maker = Maker { laws: &laws, regions: &regions, trim };
        let mut scenario = maker.scenario(&mut stream(4));
        scenario.population = parameters;
        maker.add_further(&mut scenario, &mut stream(5));
        scenario.seed = seed;
        LawSet::bind(&laws.books, &scenario).ok()?;
        Some(World { family: laws.family, books: laws.books, scenario, people })
    }
}

/// What a scenario is drawn for.
pub struct Maker<'a> {
    pub laws: &'a Laws,
    pub regions: &'a [String],
    pub trim: &'a Trim,
}

impl Maker<'_> {
    fn scenario(&self, stream: &mut Stream) -> Scenario {
        let start = start(self.laws);
        let days = stream.pick(&[1, 2, 6, 7, 8, 29, 61, 61, 120, 120, 240, 365, 731]);
        let days = days.min(self.trim.days.unwrap_or(u16::MAX));
        let mut scenario = quiet("", "2023-01-01", days);
        (scenario.start, scenario.laws) = (start, self.laws.in_force.clone());
        scenario.history_share = stream.pick(&[1.0, 1.0, 1.0, 1.0, 0.3, 0.0]);
        let switches = self.laws.books.iter().flat_map(|book| &book.switches);
        let answer = |options: &[String], stream: &mut Stream| options[stream.below(options.len())].clone();
        scenario.answers = switches.map(|switch| (switch.name.clone(), answer(&switch.options, stream))).collect();
        scenario.conditions = self.conditions(stream);
        scenario.offices.office_days = stream.pick(&[
            [true; 7],
            [true, true, true, true, true, false, false],
            [false, false, true, false, false, false, false],
        ]);
        scenario.channels = self.channels(stream);
        scenario.reading = self.reading(stream);
        scenario.response = self.response(stream);
        scenario.agencies = self.agencies(stream);
        scenario.campaigns = self.campaigns(stream, days);
        scenario.commission = self.commission(stream);
        scenario.border = self.border(stream);
        scenario
    }

    pub fn delay(&self, stream: &mut Stream, most: usize) -> Delay {
        let delay = match stream.below(6) {
            0 => fixed(0),
            1 => fixed(stream.below(most) as u16),
            2 => fixed(3650),
            3 => Delay::Table { weights: vec![(0, 0.5), (stream.below(most) as u16 + 1, 0.5)], basis: basis() },
            _ => uniform(0, stream.below(most) as u16),
        };
        if self.trim.drops("delays") { fixed(0) } else { delay }
    }

    pub fn some_regions(&self, stream: &mut Stream) -> Option<Vec<String>> {
        let some: Vec<String> = self.regions.iter().filter(|_| stream.one_in(2)).cloned().collect();
        stream.one_in(3).then_some(some)
    }

    /// A day of the run or a little before.
    pub fn some_day(&self, stream: &mut Stream, within: usize) -> Day {
        start(self.laws).plus_days(stream.below(within + 5) as i32 - 5)
    }

    fn conditions(&self, stream: &mut Stream) -> Vec<ConditionSetting> {
        let mut settings = Vec::new();
        let mut names: Vec<&String> =
            self.laws.books.iter().flat_map(|book| book.conditions.iter().map(|condition| &condition.name)).collect();
        names.sort();
        names.dedup();
        for name in names {
            let setting =
                |from, regions, value| ConditionSetting { name: name.clone(), from, regions, value, basis: basis() };
            settings.push(setting(start(self.laws), None, stream.one_in(2)));
            let later = setting(self.some_day(stream, 60), self.some_regions(stream), stream.one_in(2));
            if !self.trim.drops("regions_of_conditions") && stream.one_in(2) {
                settings.push(later);
            }
        }
        settings
    }

    fn channels(&self, stream: &mut Stream) -> Vec<Channel> {
        let kinds = [
            ChannelKind::InHand,
            ChannelKind::Employer,
            ChannelKind::Post,
            ChannelKind::Account,
            ChannelKind::Register,
        ];
        let mut channels = Vec::new();
        for place in 0..stream.below(7) {
            let kind = stream.pick(&kinds);
            let from = self.some_day(stream, 30);
            let made = Channel {
                name: format!("channel_{place}"),
                from,
                until: stream.one_in(4).then(|| from.plus_days(stream.below(90) as i32)),
                regions: self.some_regions(stream),
                used: number(share(stream)),
                act_delay: self.delay(stream, 12),
                outcome_delay: self.delay(stream, 12),
                success: number(share(stream)),
                attempts_max: stream.pick(&[1, 2, 3, 100]),
                ..channel(kind)
            };
            if !self.trim.drops(&made.name) {
                channels.push(made);
            }
        }
        channels
    }

    fn reading(&self, stream: &mut Stream) -> Reading {
        if stream.one_in(2) {
            let stretch_days = stream.pick(&[[1, 7, 30], [1, 1, 1], [366, 366, 366]]);
            Reading::Timeline { stretch_days, basis: basis() }
        } else {
            Reading::PerNotice { probability: number(share(stream)), delay: self.delay(stream, 20) }
        }
    }

    fn response(&self, stream: &mut Stream) -> Response {
        let rate = |stream: &mut Stream, part: &str| {
            let rate = if stream.one_in(8) { 1.0 } else { share(stream) / 10.0 };
            number(if self.trim.drops(part) { 0.0 } else { rate })
        };
        Response {
            decides: stream.pick(&[Decides::Aware, Decides::Served]),
            appears: number(share(stream)),
            objector_factor: number(stream.pick(&[0.0, 0.3, 1.0, 1000.0])),
            timing: if stream.one_in(2) {
                Timing::OnAppearanceDate { when_late: self.delay(stream, 9) }
            } else {
                Timing::AfterDeciding(self.delay(stream, 20))
            },
            comes_late_daily: rate(stream, "late_comers"),
            measure_factor: number(stream.pick(&[0.0, 1.0, 4.0, 1000.0])),
            located_daily: rate(stream, "locating"),
            tries_to_leave: if self.trim.drops("leaving") { number(0.0) } else { number(share(stream)) },
            leave_delay: self.delay(stream, 40),
        }
    }

    fn agencies(&self, stream: &mut Stream) -> Vec<Agency> {
        let split = stream.below(MeasureKind::ALL.len());
        let agency = |name: &str, measures: &[MeasureKind], stream: &mut Stream| Agency {
            name: name.into(),
            measures: measures.to_vec(),
            start_latency: self.delay(stream, 12),
            lift_latency: self.delay(stream, 40),
        };
        let (one, other) = MeasureKind::ALL.split_at(split);
        vec![agency("one", one, stream), agency("other", other, stream)]
    }

    fn campaigns(&self, stream: &mut Stream, days: u16) -> Vec<Campaign> {
        let books = &self.laws.books;
        let serves = |kind: &NoticeKind| {
            books.iter().all(|book| book.matters.iter().any(|matter| matter.notices.contains(kind)))
        };
        let kinds: Vec<NoticeKind> = NoticeKind::ALL.iter().copied().filter(serves).collect();
        let mut campaigns = Vec::new();
        for place in 0..1 + stream.below(4) {
            let kind = if kinds.is_empty() { NoticeKind::DraftNotice } else { stream.pick(&kinds) };
            let made = self.campaign(stream, format!("campaign_{place}"), kind, days);
            if !self.trim.drops(&made.name) {
                campaigns.push(made);
            }
        }
        campaigns
    }

    fn campaign(&self, stream: &mut Stream, name: String, notice: NoticeKind, days: u16) -> Campaign {
        let from = start(self.laws).plus_days(stream.below(usize::from(days.min(60))) as i32);
        let until = from.plus_days(stream.pick(&[0, 1, 13, 40, 104, 400]));
        let regions = self.some_regions(stream).map(|some| {
            let length = until.days_since(from) as usize;
            some.into_iter().map(|iso| (iso, from.plus_days(stream.below(length + 1) as i32))).collect()
        });
        let (age_min, age_max) = stream.pick(&[(16, 64), (18, 26), (18, 29), (0, 120), (27, 27), (100, 120)]);
        let decreed = self.decreed(stream, from);
        let pace = self.pace(stream, decreed.is_some());
        Campaign {
            name,
            basis: basis(),
            notice,
            from,
            until,
            regions: if self.trim.drops("regions_of_campaigns") { None } else { regions },
            selection: stream.pick_one([
                Selection::Everyone { age_min, age_max },
                Selection::Everyone { age_min, age_max },
                Selection::RecordedLiable { age_min, age_max },
                Selection::OnRecord { age_min, age_max },
            ]),
            pace,
            decreed,
            appearance_lead: self.lead(stream),
        }
    }

    /// The longest lead names a date so late that every lift of a run can be named.
    fn lead(&self, stream: &mut Stream) -> Delay {
        let soon = stream.below(40) as u16 + 1;
        Delay::Table { weights: vec![(0, 0.2), (soon, 0.799), (990, 0.001)], basis: basis() }
    }

    fn decreed(&self, stream: &mut Stream, from: Day) -> Option<Decreed> {
        let number = stream.pick(&[1, 5, 60, 10_000_000]);
        let mut left = number;
        let regions = self.regions.iter().filter(|_| stream.one_in(3)).cloned().collect::<Vec<_>>();
        let regions = regions.into_iter().map(|iso| {
            let part = stream.below(left as usize + 1) as u32;
            left -= part;
            (iso, part)
        });
        let regions = regions.collect();
        let dispatch_from = from.plus_days(stream.pick(&[-30, 0, 10, 300]));
        let decreed = Decreed { number, source: "a test".into(), regions, dispatch_from };
        (stream.one_in(2) && !self.trim.drops("decreed_numbers")).then_some(decreed)
    }

    fn pace(&self, stream: &mut Stream, has_number: bool) -> Pace {
        match stream.below(if has_number { 4 } else { 2 }) {
            0 => Pace::UniformDay,
            1 => Pace::Share { share: number(share(stream)) },
            _ => Pace::PerDecreed {
                notices_per_decreed: number(stream.pick(&[0.0, 0.5, 4.0, 1000.0])),
                ramp: stream.pick_one([
                    vec![(0, 1.0)],
                    vec![(0, 0.0), (5, 1000.0)],
                    vec![(0, 1.0), (20, 0.5), (30, 0.0)],
                ]),
                basis: basis(),
            },
        }
    }

    fn commission(&self, stream: &mut Stream) -> Commission {
        let decisions_per_year = number(stream.pick(&[0.0, 1.0, 30.0, 300.0, 1e9]));
        let headroom = number(stream.pick(&[0.0, 1.0, 1.2, 1000.0]));
        let limited = !stream.one_in(3) && !self.trim.drops("capacity");
        Commission {
            capacity: if limited { Capacity::National { decisions_per_year, headroom } } else { Capacity::Unlimited },
            examination_delay: self.delay(stream, 5),
            outcome: if stream.one_in(2) {
                let deferred = share(stream);
                let rest = if stream.one_in(2) { 1.0 - deferred } else { 0.0 };
                Outcome::Shares { deferred: number(deferred), exempted: number(rest) }
            } else {
                let (ground_recognised, unfitness_recognised) = (number(share(stream)), number(share(stream)));
                Outcome::Attributes { ground_recognised, unfitness_recognised }
            },
            dispatch_delay: self.delay(stream, 60),
            record_delay: self.delay(stream, 30),
            record_lost: number(share(stream)),
        }
    }

    fn border(&self, stream: &mut Stream) -> Border {
        let unless = |part: &str, rate: f64| -> Parameter { number(if self.trim.drops(part) { 0.0 } else { rate }) };
        let from = self.some_day(stream, 60);
        let surge = Surge {
            from,
            until: from.plus_days(stream.below(40) as i32),
            departures: number(stream.pick(&[0.0, 3.0, 1000.0])),
            trips: number(stream.pick(&[0.0, 2.0, 1000.0])),
        };
        Border {
            trips_per_year: unless("trips", stream.pick(&[0.0, 2.0, 60.0, 365.0])),
            departures_per_year: unless("departures", stream.pick(&[0.0, 0.0, 0.05, 1.0, 100.0])),
            trip_length: stream.pick_one([fixed(1), fixed(366), uniform(2, 20)]),
            returns: number(share(stream)),
            return_delay: stream.pick_one([fixed(1), fixed(3650), uniform(10, 90)]),
            departure_ages: stream.pick(&[[18, 40], [0, 120], [16, 64], [30, 30]]),
            ban_seen: number(share(stream)),
            surges: if stream.one_in(2) && !self.trim.drops("surges") { vec![surge] } else { Vec::new() },
        }
    }
}

/// One of a list that cannot be copied.
pub trait PickOne {
    fn pick_one<T: Clone, const COUNT: usize>(&mut self, list: [T; COUNT]) -> T;
}

impl PickOne for Stream {
    fn pick_one<T: Clone, const COUNT: usize>(&mut self, list: [T; COUNT]) -> T {
        list[self.below(COUNT)].clone()
    }
}
