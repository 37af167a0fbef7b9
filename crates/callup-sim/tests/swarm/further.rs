//! What a world has besides notices, measures and the draft: searches, courts, contracts, alarm, illness, visits, mobilisation, remedies, help. Each
//! part is there or not, and its values lie often at the ends of their ranges.

use crate::people::share;
use crate::support::{basis, bonus, contract, fixed, for_the_young, number, quota, remedy, search, uniform};
use crate::world::{Maker, PickOne as _};
use callup_law::calendar::Day;
use callup_law::roles::NoticeKind;
use callup_naive::random_law::Stream;
use callup_sim::scenario::alarm::{Alarm, News, NewsKind};
use callup_sim::scenario::contract::{Contract, Leaving, Party, Term};
use callup_sim::scenario::{
    Act, Against, Cards, Category, Freeing, Help, Mobilisation, Objection, Parameter, Proceeding, Remedy, Scenario,
    Search, SearchKind, Selection, ValidReason, Visit,
};
use callup_sim::strata::{Group, StrataChoice};

/// Parts that can be left out one by one, in the order in which they are drawn.
pub const PARTS: &[&str] = &[
    "searches",
    "proceedings",
    "contracts",
    "quota",
    "alarm",
    "illness",
    "visits",
    "mobilisation",
    "remedies",
    "objection",
    "help",
    "strata",
];

impl Maker<'_> {
    /// Draws what a scenario that has its campaigns has besides. Half of all worlds have nothing.
    pub fn add_further(&self, scenario: &mut Scenario, stream: &mut Stream) {
        if stream.one_in(2) {
            return;
        }
        for part in PARTS {
            // Each part has a stream of its own: what is left out moves no other.
            let mut own = Stream(stream.next_number());
            if !own.one_in(2) && !self.trim.drops(part) {
                self.add_part(part, scenario, &mut own);
            }
        }
    }

    fn add_part(&self, part: &str, scenario: &mut Scenario, stream: &mut Stream) {
        match part {
            "searches" => scenario.searches = self.searches(stream),
            "proceedings" => scenario.proceedings = proceedings(stream),
            "contracts" => self.contracts(stream, scenario),
            "quota" => scenario.quota = Some(quota(self.some_day(stream, 30), stream.pick(&[1, 60, 10_000]))),
            "alarm" => scenario.alarm = Some(self.alarm(stream)),
            "illness" => scenario.valid_reason = self.illness(stream),
            "visits" => scenario.recourse.visits = self.visits(stream),
            "mobilisation" => self.mobilisation(stream, scenario),
            "remedies" => scenario.recourse.remedies = self.remedies(stream),
            "objection" => scenario.recourse.objection = Some(objection(stream)),
            "help" => scenario.recourse.help = Some(self.help(stream)),
            "strata" => scenario.strata = strata(stream),
            other => unreachable!("nobody draws the part `{other}`"),
        }
    }

    fn until(&self, stream: &mut Stream, from: Day) -> Option<Day> {
        stream.one_in(3).then(|| from.plus_days(stream.below(90) as i32))
    }

    fn searches(&self, stream: &mut Stream) -> Vec<Search> {
        let kinds: Vec<SearchKind> = SearchKind::ALL.into_iter().filter(|_| !stream.one_in(3)).collect();
        let made = kinds.into_iter().map(|kind| {
            let from = self.some_day(stream, 60);
            Search {
                from,
                until: self.until(stream, from),
                regions: self.some_regions(stream),
                searches: number(stream.pick(&[0.0, 30.0, 2_000.0, 1e6])),
                hit: number(share(stream)),
                mistaken_at_10000: number(share(stream)),
                mistaken_ages: stream.pick(&[[18, 30], [0, 120], [30, 30]]),
                removal_delay: self.delay(stream, 60),
                end_not_entered: number(share(stream)),
                ..search(kind)
            }
        });
        made.collect()
    }

    fn contracts(&self, stream: &mut Stream, scenario: &mut Scenario) {
        for (name, party) in [("ministry", Party::Ministry), ("company", Party::Company)] {
            if !stream.one_in(3) {
                let plain = if stream.one_in(2) { for_the_young(name, party) } else { contract(name, party) };
                scenario.contracts.push(self.contract(stream, plain));
            }
        }
        for iso in self.regions {
            if stream.one_in(2) {
                scenario.bonuses.push(bonus(iso, stream.pick(&[0, 400_000, 4_000_000])));
            }
        }
    }

    fn contract(&self, stream: &mut Stream, plain: Contract) -> Contract {
        let from = self.some_day(stream, 40);
        let until = self.until(stream, from);
        let term = stream.one_in(2).then(|| Term {
            days: stream.pick(&[1, 10, 100, 3_650]),
            returns: number(share(stream)),
            basis: basis(),
        });
        let leaving = stream
            .one_in(2)
            .then(|| Leaving { until: from.plus_days(stream.below(200) as i32), leaves_daily: number(share(stream)) });
        let elsewhere = number(share(stream));
        Contract { from, until, term, leaving, elsewhere, ..plain }
    }

    fn alarm(&self, stream: &mut Stream) -> Alarm {
        let factor = |stream: &mut Stream| number(stream.pick(&[0.0, 0.5, 1.0, 5.0, 1000.0]));
        let count = stream.below(4);
        let news = (0..count).map(|place| News {
            name: format!("news_{place}"),
            kind: stream.pick(&NewsKind::ALL),
            day: self.some_day(stream, 80),
            regions: self.some_regions(stream),
            strength: number(stream.pick(&[0.0, 0.3, 1.0, 10.0])),
            basis: basis(),
        });
        let news = news.collect();
        let halving_days = [(); 3].map(|()| number(stream.pick(&[0.5, 7.0, 1000.0])));
        let [departures, willingness, requests] = [(); 3].map(|()| factor(stream));
        Alarm { halving_days, departures, willingness, requests, news }
    }

    fn illness(&self, stream: &mut Stream) -> ValidReason {
        ValidReason {
            spells_per_year: number(stream.pick(&[0.0, 1.5, 60.0, 365.0])),
            spell_length: stream.pick_one([fixed(1), uniform(2, 15), fixed(366)]),
            shown: number(share(stream)),
            shown_delay: self.delay(stream, 10),
        }
    }

    fn visits(&self, stream: &mut Stream) -> Vec<Visit> {
        let count = 1 + stream.below(3);
        let made = (0..count).map(|place| {
            let from = self.some_day(stream, 60);
            Visit {
                name: format!("visit_{place}"),
                notice: stream.pick(NoticeKind::ALL),
                from,
                until: self.until(stream, from),
                regions: self.some_regions(stream),
                pressed: number(share(stream)),
                signs: number(share(stream)),
                leave_region_paper: number(share(stream)),
                record_mended: number(share(stream)),
            }
        });
        made.collect()
    }

    /// Only where somebody is summoned to it.
    fn mobilisation(&self, stream: &mut Stream, scenario: &mut Scenario) {
        let reserve = Selection::RecordedReservists { age_min: 18, age_max: 50 };
        let mut is_summoned = false;
        for campaign in &mut scenario.campaigns {
            if campaign.notice == NoticeKind::MobilisationNotice {
                is_summoned = true;
                if !stream.one_in(3) {
                    campaign.selection = reserve.clone();
                }
            }
        }
        if is_summoned {
            scenario.recourse.mobilisation = Some(self.muster(stream));
        }
    }

    fn muster(&self, stream: &mut Stream) -> Mobilisation {
        let ages = [[18, 35], [36, 50], [18, 64]];
        let count = 1 + stream.below(3);
        let categories = (0..count).map(|place| Category {
            name: format!("category_{place}"),
            ages: ages[place],
            served: stream.one_in(2),
            precedence: number(stream.pick(&[0.0, 1.0, 4.0, 1000.0])),
        });
        let categories = categories.collect();
        let cards = stream.one_in(2).then(|| Cards {
            covered: number(share(stream)),
            filing_delay: self.delay(stream, 12),
            decided: number(stream.pick(&[0.0, 1.0, 100.0, 1e6])),
            decision_delay: self.delay(stream, 30),
            granted: number(share(stream)),
        });
        Mobilisation {
            categories,
            frees: Freeing::ALL.into_iter().filter(|_| stream.one_in(2)).collect(),
            check_delay: self.delay(stream, 6),
            dispatch_delay: self.delay(stream, 30),
            wrongly_called: number(share(stream)),
            returned: number(share(stream)),
            return_delay: self.delay(stream, 30),
            cards,
        }
    }

    /// Those that the laws have, as far as they go together, and one of each kind that no law knows.
    fn remedies(&self, stream: &mut Stream) -> Vec<Remedy> {
        let mut names: Vec<(&str, Against)> = Vec::new();
        for one in self.laws.books.iter().flat_map(|book| &book.remedies) {
            let of_decision = stream.pick(&[Against::CallUp, Against::CallUp, Against::Mobilisation]);
            let against = if one.against.is_empty() { of_decision } else { Against::Measure };
            if names.iter().all(|(name, _)| *name != one.name) && !stream.one_in(3) {
                names.push((&one.name, against));
            }
        }
        let mut remedies: Vec<Remedy> = Vec::new();
        for (name, against) in names {
            let made = Remedy { law: Some(name.to_owned()), ..self.remedy(stream, name, against, &remedies) };
            remedies.push(made);
        }
        for (name, against) in ["one", "two", "three"].into_iter().zip(Against::ALL) {
            if stream.one_in(3) {
                let made = self.remedy(stream, name, against, &remedies);
                remedies.push(made);
            }
        }
        remedies
    }

    fn remedy(&self, stream: &mut Stream, name: &str, against: Against, before: &[Remedy]) -> Remedy {
        let from = self.some_day(stream, 30);
        let before = before.iter().rfind(|other| other.against == against).map(|other| other.name.clone());
        let interim = if against == Against::Measure { 0.0 } else { share(stream) };
        Remedy {
            after: before.filter(|_| stream.one_in(2)),
            from,
            until: self.until(stream, from),
            files: number(share(stream)),
            filing_delay: self.delay(stream, 40),
            represented: number(share(stream)),
            representation: number(stream.pick(&[0.0, 1.0, 1000.0])),
            decided: number(stream.pick(&[0.0, 1.0, 100.0, 1e6])),
            decision_delay: self.delay(stream, 60),
            granted_right: number(share(stream)),
            granted_other: number(share(stream)),
            final_delay: self.delay(stream, 40),
            return_delay: self.delay(stream, 20),
            interim: number(interim),
            ..remedy(name, against)
        }
    }

    fn help(&self, stream: &mut Stream) -> Help {
        let shares: [Parameter; 6] = [(); 6].map(|()| number(share(stream)));
        Help { shares, delay: self.delay(stream, 20), files: number(stream.pick(&[0.0, 1.5, 1000.0])) }
    }
}

fn proceedings(stream: &mut Stream) -> Vec<Proceeding> {
    let acts: Vec<Act> = Act::ALL.into_iter().filter(|_| !stream.one_in(4)).collect();
    let made = acts.into_iter().map(|act| {
        let (share, delay) = (number(share(stream)), uniform(1, 1 + stream.below(30) as u16));
        Proceeding { act, share, delay }
    });
    made.collect()
}

fn objection(stream: &mut Stream) -> Objection {
    let [files, in_time, granted] = [(); 3].map(|()| number(share(stream)));
    Objection { files, in_time, granted }
}

fn strata(stream: &mut Stream) -> StrataChoice {
    let age_bands_from = stream.pick(&[&[][..], &[18], &[16, 18, 27, 31]]).to_vec();
    let groups = Group::ALL.iter().copied().filter(|_| stream.one_in(2)).collect();
    StrataChoice { age_bands_from, groups }
}
