//! Ledgers of a run (M15, M16, M17, M19): those serving, leaving the unit, legal aid, cost; made from the daily table after the run.
//!
//! They feed nothing back and draw no lots: the same daily table and scenario, the same rows. Flows are read by name; one that is not in the table is
//! a mechanism that is off, and 0. Everything is a whole number at the scale of the run, so that capacities shrink with it.

mod aid;
mod cost;
mod credit;
mod leaving;
mod months;
pub mod registry;
mod service;
#[cfg(test)]
mod tests;

use crate::indicators::{Counts, Daily};
use crate::scenario::Scenario;
use crate::scenario::contract::Bonus;
use crate::scenario::ledgers::{Ledgers, Step};
use aid::AidDay;
use callup_law::calendar::Day;
use cost::{Account, CostMonth, together};
use months::{Month, months};
use service::{Kind, ServiceDay};

/// Where a man who serves is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    /// Waits for a place to be trained.
    WaitingToTrain,
    /// Is trained.
    Training,
    /// Is trained and waits for equipment.
    WaitingForEquipment,
    /// In his unit.
    InUnit,
    /// Relieved, at rest.
    Resting,
    /// Deployed.
    Deployed,
    /// Has left his unit and is neither back nor convicted.
    Absent,
}

impl Status {
    /// All, in order.
    pub const ALL: [Status; 7] = [
        Status::WaitingToTrain,
        Status::Training,
        Status::WaitingForEquipment,
        Status::InUnit,
        Status::Resting,
        Status::Deployed,
        Status::Absent,
    ];

    /// How tables write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Status::WaitingToTrain => "waiting_to_train",
            Status::Training => "training",
            Status::WaitingForEquipment => "waiting_for_equipment",
            Status::InUnit => "in_unit",
            Status::Resting => "resting",
            Status::Deployed => "deployed",
            Status::Absent => "absent",
        }
    }
}

/// What happens to a man who serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Movement {
    /// Came in.
    TakenIn,
    /// Began to be trained.
    TrainingBegun,
    /// Was trained.
    Trained,
    /// Got equipment.
    Equipped,
    /// Was deployed.
    Deployed,
    /// Was relieved.
    Relieved,
    /// Died.
    Dead,
    /// Was discharged as disabled.
    Disabled,
    /// Went home: the term is over, or the run took him out.
    Discharged,
    /// Left his unit without leave.
    LeftUnit,
    /// Came back to it.
    CameBack,
    /// Was convicted without suspension.
    Convicted,
}

impl Movement {
    /// All, in order.
    pub const ALL: [Movement; 12] = [
        Movement::TakenIn,
        Movement::TrainingBegun,
        Movement::Trained,
        Movement::Equipped,
        Movement::Deployed,
        Movement::Relieved,
        Movement::Dead,
        Movement::Disabled,
        Movement::Discharged,
        Movement::LeftUnit,
        Movement::CameBack,
        Movement::Convicted,
    ];

    /// How tables write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Movement::TakenIn => "taken_in",
            Movement::TrainingBegun => "training_begun",
            Movement::Trained => "trained",
            Movement::Equipped => "equipped",
            Movement::Deployed => "deployed",
            Movement::Relieved => "relieved",
            Movement::Dead => "dead",
            Movement::Disabled => "disabled",
            Movement::Discharged => "discharged",
            Movement::LeftUnit => "left_unit",
            Movement::CameBack => "came_back",
            Movement::Convicted => "convicted",
        }
    }
}

/// What a row of a ledger is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A day.
    Day,
    /// A month, or the part of it that the run has: what happened in it, or what stands at its end.
    Month,
    /// The whole run.
    Run,
    /// How many lasted so many days.
    Length,
    /// A statistic of lengths.
    Summary,
}

impl Form {
    /// How tables write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Form::Day => "day",
            Form::Month => "month",
            Form::Run => "run",
            Form::Length => "length",
            Form::Summary => "summary",
        }
    }
}

/// A number of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// What it is of.
    pub form: Form,
    /// The day, or the last day of the month, day of the run from 0.
    pub day: Option<u16>,
    /// Region; `None` for all.
    pub region: Option<u16>,
    /// Kind and status, kind and movement, kind of request, or account.
    pub group: Option<String>,
    /// Name in the list of [`registry`].
    pub name: &'static str,
    /// Which statistic of a length, or whether it ended.
    pub statistic: Option<&'static str>,
    /// Days of a length; of a percentile `None` where it is not reached.
    pub days: Option<i16>,
    /// The number: a count at the scale of the run.
    pub value: u64,
    /// What it is a part of.
    pub of: Option<u64>,
}

/// Flows of the daily table by name.
#[derive(Clone, Copy, Debug)]
pub struct Flows<'d> {
    daily: &'d Daily,
}

impl Flows<'_> {
    fn days(&self) -> usize {
        self.daily.days()
    }

    fn regions(&self) -> usize {
        self.daily.regions()
    }

    fn national(&self, name: &str, day: usize) -> u64 {
        self.daily.column(name).map_or(0, |column| self.daily.national(day, column))
    }

    fn regional(&self, name: &str, day: usize, region: usize) -> u64 {
        self.daily.column(name).map_or(0, |column| self.daily.value(day, region, column))
    }
}

/// The number of the last step that has begun; 0 before the first.
fn step_at(steps: &[Step], date: Day) -> f64 {
    steps.iter().rev().find(|step| step.from <= date).map_or(0.0, |step| step.value.value)
}

/// What ledgers need of a run besides its daily table.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// Which ledgers are kept.
    pub ledgers: &'f Ledgers,
    /// First day of the run.
    pub start: Day,
    /// People for each real one.
    pub scale: f64,
    /// Days of the week on which courts sit, Monday first.
    pub office_days: [bool; 7],
    /// ISO codes of the regions.
    pub regions: &'f [String],
    /// Bonuses for contracts.
    pub bonuses: &'f [Bonus],
    /// By day the factor of public alarm on requests for help, in thousandths; calm where there is none.
    pub alarm: &'f [u64],
}

impl<'f> Frame<'f> {
    /// That of a run of this scenario in these regions (ISO codes).
    #[must_use]
    pub fn new(scenario: &'f Scenario, regions: &'f [String], alarm: &'f [u64]) -> Frame<'f> {
        let (start, scale, office_days) = (scenario.start, scenario.scale, scenario.offices.office_days);
        let (ledgers, bonuses) = (&scenario.ledgers, scenario.bonuses.as_slice());
        Frame { ledgers, start, scale, office_days, regions, bonuses, alarm }
    }
}

/// Keeps the ledgers of a run.
#[must_use]
pub fn keep(frame: &Frame<'_>, daily: &Daily) -> Vec<LedgerRow> {
    let (flows, months) = (Flows { daily }, months(frame.start, daily.days()));
    let (ledgers, scale) = (frame.ledgers, frame.scale);
    let mut book = Book { rows: Vec::new(), months: &months };
    let service = ledgers.service.as_ref().map(|service| service::keep(service, frame, &flows));
    let days = service.as_deref().unwrap_or_default();
    if service.is_some() {
        book.enter_service(days);
    }
    if ledgers.service.as_ref().is_some_and(|service| service.leaving.is_some()) {
        book.enter_leaving(days);
    }
    if let Some(aid) = &ledgers.legal_aid {
        book.enter_aid(&aid::keep(aid, frame, &flows, days));
    }
    if let Some(cost) = &ledgers.cost {
        let kept = cost::keep(cost, frame, &flows, &months, days);
        let part = |whole: u64| service::scaled(whole as f64, scale);
        book.enter_cost(&kept, part(cost.deficit.whole()), part(cost.levy.whole()));
    }
    book.rows
}

/// Rows being written.
struct Book<'m> {
    rows: Vec<LedgerRow>,
    months: &'m [Month],
}

impl Book<'_> {
    fn push(&mut self, form: Form, day: Option<usize>, name: &'static str, group: Option<String>, value: u64) {
        self.push_of(form, day, name, group, value, None);
    }

    fn push_of(
        &mut self,
        form: Form,
        day: Option<usize>,
        name: &'static str,
        group: Option<String>,
        value: u64,
        of: Option<u64>,
    ) {
        let day = day.map(|day| day as u16);
        self.rows.push(LedgerRow { form, day, region: None, group, name, statistic: None, days: None, value, of });
    }

    /// A number of each day added up by month and over the run, with what it is a part of.
    fn push_sums(
        &mut self,
        name: &'static str,
        group: Option<&str>,
        days: usize,
        of_day: &dyn Fn(usize) -> (u64, Option<u64>),
    ) {
        let sum = |first: usize, last: usize| {
            let of = |sum: Option<u64>, one: Option<u64>| Some(sum.unwrap_or(0) + one?);
            (first..=last).map(of_day).fold((0, None), |sum: (u64, Option<u64>), day| (sum.0 + day.0, of(sum.1, day.1)))
        };
        for month in self.months {
            let (value, of) = sum(month.first, month.last);
            self.push_of(Form::Month, Some(month.last), name, group.map(str::to_owned), value, of);
        }
        if days > 0 {
            let (value, of) = sum(0, days - 1);
            self.push_of(Form::Run, None, name, group.map(str::to_owned), value, of);
        }
    }

    fn enter_service(&mut self, days: &[ServiceDay]) {
        for month in self.months {
            let day = &days[month.last];
            let at = |status: Status| day.stocks[status as usize].iter().sum::<u64>();
            for kind in Kind::ALL {
                for status in Status::ALL {
                    let group = format!("{}.{}", kind.word(), status.word());
                    let men = day.stocks[status as usize][kind as usize];
                    self.push(Form::Month, Some(month.last), "serving_by_status", Some(group), men);
                }
            }
            let (waiting, places) = (at(Status::WaitingToTrain), day.training_places);
            self.push_of(Form::Month, Some(month.last), "training_backlog", None, waiting, Some(places));
            let unequipped = at(Status::WaitingForEquipment);
            self.push(Form::Month, Some(month.last), "equipment_backlog", None, unequipped);
            let (serving, posts) = (day.of_the_ministry(), day.establishment);
            self.push_of(Form::Month, Some(month.last), "establishment_filled", None, serving, Some(posts));
        }
        for kind in Kind::ALL {
            for movement in Movement::ALL {
                let group = format!("{}.{}", kind.word(), movement.word());
                let moved = |day: usize| (days[day].moved[movement as usize][kind as usize], None);
                self.push_sums("service_movements", Some(&group), days.len(), &moved);
            }
        }
    }

    fn enter_leaving(&mut self, days: &[ServiceDay]) {
        let left = |day: usize| days[day].moved[Movement::LeftUnit as usize].iter().sum::<u64>();
        self.push_sums("unit_cases", None, days.len(), &|day| (days[day].courts[0], Some(left(day))));
        self.push_sums("unit_verdicts", None, days.len(), &|day| (days[day].courts[1], None));
        self.push_sums("unit_suspended", None, days.len(), &|day| (days[day].courts[2], Some(days[day].courts[1])));
        for month in self.months {
            self.push(Form::Month, Some(month.last), "unit_case_backlog", None, days[month.last].courts[3]);
        }
    }

    fn enter_aid(&mut self, days: &[AidDay]) {
        for (kind, (word, _)) in aid::KINDS.iter().enumerate() {
            self.push_sums("aid_requests", Some(word), days.len(), &|day| (days[day].asked[kind], None));
            self.push_sums("aid_answered", Some(word), days.len(), &|day| (days[day].answered[kind], None));
        }
        let asked = |day: usize| days[day].asked.iter().sum::<u64>();
        self.push_sums("aid_requests", None, days.len(), &|day| (asked(day), None));
        self.push_sums("aid_answered", None, days.len(), &|day| (days[day].answered.iter().sum(), None));
        for (day, one) in days.iter().enumerate() {
            self.push(Form::Day, Some(day), "aid_requests", None, asked(day));
            self.push(Form::Day, Some(day), "aid_backlog", None, one.open);
        }
        for month in self.months {
            self.push(Form::Month, Some(month.last), "aid_backlog", None, days[month.last].open);
        }
        let mut answered = Counts::default();
        days.iter().for_each(|day| answered.absorb(&day.waited));
        self.enter_waiting(&answered, &aid::open_at_end(days));
    }

    fn enter_waiting(&mut self, answered: &Counts, open: &Counts) {
        let total = answered.total() + open.total();
        let row = |form, statistic, days, value, of| LedgerRow {
            form,
            day: None,
            region: None,
            group: None,
            name: "aid_waiting_days",
            statistic: Some(statistic),
            days,
            value,
            of,
        };
        for (side, counts) in [("ended", answered), ("open", open)] {
            self.rows.extend(counts.counted().map(|(days, some)| row(Form::Length, side, Some(days), some, None)));
        }
        for (statistic, percent) in [("median", 50), ("p90", 90), ("p95", 95)] {
            let days = answered.percentile(percent, total);
            self.rows.push(row(Form::Summary, statistic, days, total, Some(total)));
        }
        self.rows.push(row(Form::Summary, "open", None, open.total(), Some(total)));
    }

    fn enter_cost(&mut self, kept: &[CostMonth], deficit: u64, levy: u64) {
        let mut all = 0_u64;
        for account in Account::ALL {
            let place = account as usize;
            let group = || Some(account.word().to_owned());
            for (month, cost) in self.months.iter().zip(kept) {
                self.push(Form::Month, Some(month.last), "cost_by_account", group(), cost.national[place]);
            }
            let sum = together(kept.iter().map(|cost| cost.national[place]));
            self.push(Form::Run, None, "cost_by_account", group(), sum);
            all = together([all, sum].into_iter());
            let regions = kept.first().filter(|_| account.is_by_region()).map_or(0, |cost| cost.regions.len());
            for region in 0..regions {
                let value = together(kept.iter().map(|cost| cost.regions[region][place]));
                self.push(Form::Run, None, "cost_by_account", group(), value);
                self.rows.last_mut().expect("it was just pushed").region = Some(region as u16);
            }
        }
        for (month, cost) in self.months.iter().zip(kept) {
            self.push(Form::Month, Some(month.last), "cost_by_account", None, together(cost.national.iter().copied()));
        }
        self.push(Form::Run, None, "cost_by_account", None, all);
        self.push_of(Form::Run, None, "cost_of_deficit", None, all, Some(deficit));
        self.push_of(Form::Run, None, "cost_of_levy", None, all, Some(levy));
    }
}
