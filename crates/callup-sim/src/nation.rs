//! The nation from week to week: districts side by side for seven days, then one barrier at which decreed numbers are divided anew and counters are
//! folded. Where districts share nothing, each lives through the whole run by itself, in a room that the next one takes over.
//!
//! Between barriers no district sees another. At the barrier everything is done in the order of districts, in whole numbers.

use crate::agenda::Agenda;
use crate::ahead::DrawnAhead;
use crate::coverage::{Coverage, Covered};
use crate::crossings::Crossings;
use crate::desks::Desks;
use crate::district::{Awaited, Common, District, Stretch, Watched};
use crate::divide::{apportion, divide_anew, lend};
use crate::environment::{CutOff, Environment, Part};
use crate::event::{Entry, KINDS, Kind};
use crate::indicators::by_stratum::ByStratum;
use crate::indicators::persons::Persons;
use crate::indicators::{Counted, Daily, Durations, Outcome, QuotaWeek, Totals, Work};
use crate::journal::{Assumption, Cause, HistoryRow, Journal};
use crate::lawset::LawSet;
use crate::lists::Lists;
use crate::matter::{Matters, Strides};
use crate::office::{Commission, Roll};
use crate::people::{Layout, People, Standing, by_district};
use crate::places::Places;
use crate::quota::Barrier;
use crate::random::{Draws, MatterKey, OfficeId};
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::settings::contract::USUAL_EFFORT;
use crate::snapshot::{self, COUNT_MAX, Parts, SavedNation, SnapshotError, require};
use crate::tally::{Columns, Observed, Tally, is_dated};
use crate::{Control, Progress, WeekEnd};
use callup_law::program::{Offset, TRACKS_MAX};
use callup_law::roles::MeasureKind;
use callup_law::step::Effect;
use rayon::prelude::*;
use std::borrow::Cow;

/// Days of a week.
pub(crate) const WEEK: u16 = 7;
/// Districts that live through a whole run one after the other in the same room, where nothing is shared between districts.
const DISTRICTS_IN_TURN: usize = 16;
/// Groups of such districts between two calls of the observer.
const GROUPS_AT_ONCE: usize = 8;

/// Runs everything. `block` districts go to a thread at a time; the result does not depend on it.
pub(crate) fn run(
    people: &People,
    laws: &LawSet,
    scenario: &Scenario,
    settings: &Settings,
    block: usize,
    manner: Manner<'_>,
    observer: &mut dyn FnMut(&WeekEnd<'_>) -> Control,
) -> Result<Outcome, SnapshotError> {
    let columns = Columns::new(laws.measure_kinds());
    let mut marks = vec![0_u32; people.len()];
    let common = share(people, laws, scenario, settings, &columns);
    let mut fold = Fold::new(&columns, settings, laws);
    // Decreed numbers and quotas are what districts share; without one each lives through the whole run while it is warm, and the result is the same.
    let coupled = settings.quota.is_some() || common.has_decrees;
    let completed = match manner {
        Manner::AsCoupled if !coupled => run_free(people, &common, &mut marks, &mut fold, block, observer),
        Manner::AsCoupled => run_coupled(people, &common, &mut marks, &mut fold, block, None, observer)?,
        Manner::SideBySide(from) => run_coupled(people, &common, &mut marks, &mut fold, block, from, observer)?,
    };
    Ok(fold.outcome(people, &common, completed, marks))
}

/// Whether districts go side by side through the weeks.
#[derive(Clone, Copy)]
pub(crate) enum Manner<'b> {
    /// Where they share something.
    AsCoupled,
    /// In any case, so that the run can be saved; from a save, if there is one.
    SideBySide(Option<&'b [u8]>),
}

/// All districts side by side from week to week, with a barrier at which decreed numbers are divided anew.
fn run_coupled(
    people: &People,
    common: &Common<'_>,
    marks: &mut [u32],
    fold: &mut Fold,
    block: usize,
    from: Option<&[u8]>,
    observer: &mut dyn FnMut(&WeekEnd<'_>) -> Control,
) -> Result<bool, SnapshotError> {
    let settings = common.settings;
    let mut standings = people.standings();
    let slices = by_district(people.layout(), &mut standings).into_iter().zip(by_district(people.layout(), marks));
    let mut districts: Vec<District<'_>> = slices
        .map(|((number, standings), (_, marks))| found_one(people, common, number, standings, marks, Room::new(common)))
        .collect();
    let mut first = settings.first;
    match from {
        Some(bytes) => first += restore(common, &mut districts, fold, bytes)?,
        None => {
            districts.par_iter_mut().with_min_len(block).for_each(|district| district.look_ahead(common));
        }
    }
    let mut completed = from.is_none() || tell(common, &districts, fold, first, observer) == Control::Continue;
    while completed && first <= settings.last {
        let last = (first + WEEK - 1).min(settings.last);
        prepare_campaigns(common, &mut districts, first, last, block, &mut fold.environment.parts);
        districts.par_iter_mut().with_min_len(block).for_each(|district| district.run_week(common, first..=last));
        fold.take_days(common, common.run_day(first), &mut districts);
        fold.take_barrier(crate::quota::look(common, &mut districts, last));
        first = last + 1;
        completed = tell(common, &districts, fold, first, observer) == Control::Continue || first > settings.last;
    }
    districts.par_iter_mut().with_min_len(block).for_each(|district| district.end_run(common));
    fold.take_days(common, common.run_day(first), &mut districts);
    (0..).zip(&mut districts).for_each(|(number, district)| fold.end_district(number, district));
    fold.days = usize::from(first - settings.first);
    Ok(completed)
}

/// Tells the observer how far the run is, on the morning of day `first`.
fn tell(
    common: &Common<'_>,
    districts: &[District<'_>],
    fold: &Fold,
    first: Offset,
    observer: &mut dyn FnMut(&WeekEnd<'_>) -> Control,
) -> Control {
    let (day, days) = (first - common.settings.first, common.settings.days);
    let events = districts.iter().flat_map(|district| district.served).sum();
    let save = || {
        let nation = snapshot::encode(&fold.saved(day));
        let districts: Vec<Vec<u8>> = districts.par_iter().map(District::save).collect();
        snapshot::join(std::iter::once(&nation).chain(&districts))
    };
    observer(&WeekEnd { progress: Progress { day, days, events }, save: Some(&save) })
}

/// Takes back what was saved; how many days were done.
fn restore(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    fold: &mut Fold,
    bytes: &[u8],
) -> Result<u16, SnapshotError> {
    let content = |what| SnapshotError::Content(None, what);
    let mut parts = Parts::of(bytes);
    let nation: SavedNation<'_> = snapshot::decode(parts.next_part()?)?;
    nation.check(common, districts.len() as u32).map_err(content)?;
    let (days, today) = (nation.days, common.settings.first + nation.days - 1);
    fold.restore(nation).map_err(content)?;
    let mut of_districts = Vec::with_capacity(districts.len());
    for _ in districts.iter() {
        of_districts.push(parts.next_part()?);
    }
    parts.end()?;
    let restored: Vec<Result<(), SnapshotError>> = districts
        .par_iter_mut()
        .zip(of_districts)
        .map(|(district, part)| district.restore(common, part, today))
        .collect();
    for (number, result) in (0..).zip(restored) {
        result.map_err(|error| match error {
            SnapshotError::Content(_, what) => SnapshotError::Content(Some(number), what),
            other => other,
        })?;
    }
    Ok(days)
}

/// Every district on its own from the first day to the last. The observer is told how much of the whole is done, as days of the run.
fn run_free(
    people: &People,
    common: &Common<'_>,
    marks: &mut [u32],
    fold: &mut Fold,
    block: usize,
    observer: &mut dyn FnMut(&WeekEnd<'_>) -> Control,
) -> bool {
    let settings = common.settings;
    let mut slices = by_district(people.layout(), marks);
    let (all, in_turn) = (slices.len().max(1), DISTRICTS_IN_TURN.max(block));
    let (mut done, mut events) = (0, 0);
    for some in slices.chunks_mut(in_turn.saturating_mul(GROUPS_AT_ONCE)) {
        let groups: Vec<Fold> =
            some.par_chunks_mut(in_turn).map(|group| live_in_turn(people, common, group, fold)).collect();
        groups.into_iter().for_each(|group| fold.absorb(group));
        done += some.len();
        events = fold.served.iter().sum();
        let day = (usize::from(settings.days) * done / all) as u16;
        let progress = Progress { day, days: settings.days, events };
        if observer(&WeekEnd { progress, save: None }) == Control::Stop && done < all {
            return false;
        }
    }
    if slices.is_empty() {
        let progress = Progress { day: settings.days, days: settings.days, events };
        observer(&WeekEnd { progress, save: None });
    }
    fold.days = usize::from(settings.days);
    true
}

/// Districts one after the other, each through the whole run, in one room.
fn live_in_turn(people: &People, common: &Common<'_>, group: &mut [(u32, &mut [u32])], whole: &Fold) -> Fold {
    let settings = common.settings;
    let mut fold = whole.blank();
    let mut room = Room::new(common);
    let mut standings = Vec::new();
    for (number, marks) in group {
        standings.clear();
        standings.resize(marks.len(), Standing::START);
        let mut district = found_one(people, common, *number, &mut standings, marks, room);
        district.look_ahead(common);
        district.run_week(common, settings.first..=settings.last);
        district.end_run(common);
        fold.take_days(common, 0, std::slice::from_mut(&mut district));
        fold.end_district(*number, &mut district);
        room = Room::of(district);
    }
    fold
}

/// What a district lives in and leaves to the next one: the room of its matters, its agenda and its counters.
pub(crate) struct Room {
    matters: Matters,
    agenda: Agenda,
    tally: Tally,
    cut_offs: Vec<CutOff>,
    batch: Vec<Entry>,
    sorting: Vec<Entry>,
    effects: Vec<Effect>,
}

impl Room {
    pub(crate) fn new(common: &Common<'_>) -> Room {
        let mut matters = Matters::new(Strides::of(common.laws));
        matters.make_room_for_words(common.ahead.decisions().len());
        Room {
            matters,
            agenda: Agenda::new(common.settings.first, common.settings.days),
            tally: Tally::new(common.columns),
            cut_offs: Vec::new(),
            batch: Vec::new(),
            sorting: Vec::new(),
            effects: Vec::new(),
        }
    }

    fn of(district: District<'_>) -> Room {
        let District { mut matters, mut agenda, mut tally, cut_offs, batch, sorting, effects, .. } = district;
        matters.clear();
        agenda.clear();
        tally.clear();
        Room { matters, agenda, tally, cut_offs, batch, sorting, effects }
    }
}

pub(crate) fn share<'a>(
    people: &People,
    laws: &'a LawSet,
    scenario: &Scenario,
    settings: &'a Settings,
    columns: &'a Columns,
) -> Common<'a> {
    let law_at = |day: u16| {
        let today = scenario.start.plus_days(day.into());
        scenario.laws.iter().rposition(|law| law.from <= today).unwrap_or(0) as u8
    };
    let key = |(place, campaign): (usize, &crate::settings::CampaignSetting)| {
        MatterKey::new(campaign.notice as u8, scenario.campaigns[place].chance_number())
    };
    let least_word =
        |departures: &Vec<crate::random::Hazard>| departures.last().map_or(u32::MAX, |most| most.least_word());
    let layout = people.layout();
    let isos: Vec<&str> = layout.regions().iter().map(|region| region.iso_code.as_str()).collect();
    let mut common = Common {
        settings,
        laws,
        draws: Draws::new(settings.seed),
        columns,
        law_on: (0..settings.days).map(law_at).collect(),
        conditions: conditions(laws, scenario, &isos),
        matter_keys: settings.campaigns.iter().enumerate().map(key).collect(),
        exit_ban: columns.place(MeasureKind::ExitBan),
        driving_ban: columns.place(MeasureKind::DrivingBan),
        departure_words: settings.border.departures.iter().map(least_word).collect(),
        ahead: DrawnAhead::new(settings),
        draft_age_men: 0,
        has_decrees: settings.campaigns.iter().any(|campaign| campaign.decreed.is_some()),
        watched: Watched::Sample,
    };
    let of_draft_age = |district| common.men_of_draft_age(&cohorts(layout, district), layout.birth_years().start);
    common.draft_age_men = (0..layout.districts()).map(of_draft_age).sum();
    common
}

/// Rows of each birth year of a district, counted from its first row.
fn cohorts(layout: &Layout, district: u32) -> Vec<std::ops::Range<u32>> {
    let first_row = layout.district_rows(district).start;
    let cohort = |year| {
        let rows = layout.cohort_rows(district, year);
        rows.start.saturating_sub(first_row)..rows.end.saturating_sub(first_row)
    };
    layout.birth_years().map(cohort).collect()
}

/// Every condition of every law, by region and day: the last setting that fits holds.
fn conditions(laws: &LawSet, scenario: &Scenario, regions: &[&str]) -> Vec<Vec<Vec<Vec<bool>>>> {
    let holds = |name: &str, region: &str, day: u16| {
        let today = scenario.start.plus_days(day.into());
        let fits = |setting: &&crate::scenario::ConditionSetting| {
            let here = setting.regions.as_ref().is_none_or(|listed| listed.iter().any(|iso| iso == region));
            setting.name == name && setting.from <= today && here
        };
        scenario.conditions.iter().rfind(fits).is_some_and(|setting| setting.value)
    };
    let by_day = |name: &str, region: &str| (0..scenario.days).map(|day| holds(name, region, day)).collect();
    let by_region = |name: &String| regions.iter().map(|region| by_day(name, region)).collect();
    laws.laws.iter().map(|law| law.conditions.iter().map(by_region).collect()).collect()
}

/// Founds a district on its rows.
pub(crate) fn found_one<'a>(
    people: &'a People,
    common: &Common<'_>,
    number: u32,
    standings: &'a mut [Standing],
    marks: &'a mut [u32],
    room: Room,
) -> District<'a> {
    let layout = people.layout();
    let cohorts = cohorts(layout, number);
    let first_birth_year = layout.birth_years().start;
    let region = &layout.regions()[layout.region_of_district(number)];
    let office = OfficeId { region_code: region.code, number: (number - region.districts.start) as u16 };
    let mut district = District {
        number,
        region: layout.region_of_district(number) as u16,
        office,
        people: people.district(number),
        standings,
        marks,
        stretches: stretches(people, number),
        cohorts,
        first_birth_year,
        matters: room.matters,
        agenda: room.agenda,
        tally: room.tally,
        cut_offs: room.cut_offs,
        journal: Journal::new(common.laws),
        awaited: Awaited::new(),
        // Who looks at everybody has no need of sums.
        coverage: if matches!(common.watched, Watched::Everybody | Watched::Nobody) {
            Coverage::default()
        } else {
            Coverage::new(common.laws)
        },
        commission: Commission::default(),
        lists: Lists::default(),
        crossings: Crossings::default(),
        desks: Desks::default(),
        desk_powers: Vec::new(),
        search_powers: Vec::new(),
        rolls: vec![Roll::default(); common.settings.campaigns.len()],
        pools: Vec::new(),
        signed_in: Default::default(),
        effort: USUAL_EFFORT,
        today: common.settings.first,
        served: [0; KINDS],
        row_visits: 0,
        has_overlaps: false,
        places: Places::Own,
        days_restricted: None,
        to_remember: Vec::new(),
        because: Cause::Assumption(Assumption::Campaign),
        batch: room.batch,
        sorting: room.sorting,
        effects: room.effects,
        before: [0; TRACKS_MAX],
    };
    district.commission = Commission::saved_up(district.saved_up(common, MatterKey::NONE, 0));
    district.commission.draft_age_men = common.men_of_draft_age(&district.cohorts, first_birth_year);
    let saved_up = |work| district.saved_up(common, MatterKey::NONE, work);
    district.crossings = Crossings::new(saved_up(2), saved_up(3));
    let districts = region.districts.len().max(1) as f64;
    district.desk_powers = common.desk_powers(f64::from(region.inhabitants) / districts);
    let desks = (0..district.desk_powers.len() as u8).map(|desk| district.saved_up(common, MatterKey::NONE, 16 + desk));
    district.desks = Desks::saved_up(desks);
    district.search_powers = district.search_powers(common, f64::from(region.inhabitants) / districts, districts);
    district
}

/// Runs of consecutive identities among the rows of a district.
fn stretches(people: &People, district: u32) -> Vec<Stretch> {
    let layout = people.layout();
    let rows = layout.district_rows(district);
    let mut list: Vec<Stretch> = Vec::new();
    for year in layout.birth_years() {
        let cohort = layout.cohort_rows(district, year);
        if cohort.is_empty() {
            continue;
        }
        let whole = people.id(cohort.end - 1).0 - people.id(cohort.start).0 == cohort.len() as u64 - 1;
        // Only people who were added later break the run of identities of a birth year.
        let starts = if whole { cohort.start..cohort.start + 1 } else { cohort };
        for row in starts {
            list.push(Stretch { row: row - rows.start, id: people.id(row) });
        }
    }
    list
}

/// Draws up the rolls of campaigns with a decreed number that begin this week and divides the numbers of those that run.
pub(crate) fn prepare_campaigns(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    first: Offset,
    last: Offset,
    block: usize,
    parts: &mut Vec<Part>,
) {
    for (campaign, setting) in common.settings.campaigns.iter().enumerate() {
        draw_up_rolls(common, districts, campaign, (first, last), block);
        let runs = setting.from.iter().any(|from| *from <= last) && setting.until >= first;
        if let (true, Some(decreed)) = (runs, &setting.decreed) {
            let before: Vec<u64> = districts.iter().map(|district| district.rolls[campaign].part).collect();
            divide(common, districts, (campaign, decreed), last);
            let now = districts.iter().map(|district| district.rolls[campaign].part);
            let changed = (0..).zip(before.into_iter().zip(now)).filter(|(_, (before, now))| before != now);
            let (day, campaign) = (common.run_day(first) as u16, campaign as u8);
            parts.extend(changed.map(|(district, (_, men))| Part { day, district, campaign, men }));
        }
    }
}

/// Draws up the rolls of a campaign in the districts where it begins on these days.
pub(crate) fn draw_up_rolls(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    campaign: usize,
    (first, last): (Offset, Offset),
    block: usize,
) {
    districts.par_iter_mut().with_min_len(block).for_each(|district| {
        if begins(common, campaign, district.region, first, last) {
            district.draw_up_roll(common, campaign);
        }
    });
}

/// Whether a campaign with a decreed number draws up its roll before these days. Without such a number nobody outside the district asks for the
/// roll: it is drawn up on the day itself.
pub(crate) fn begins(common: &Common<'_>, campaign: usize, region: u16, first: Offset, last: Offset) -> bool {
    let setting = &common.settings.campaigns[campaign];
    let from = setting.from[usize::from(region)].max(common.settings.first);
    setting.decreed.is_some() && (first..=last).contains(&from) && setting.until >= common.settings.first
}

/// Divides a decreed number among regions (once and for all) and what is left of each among its districts by the men that are left; what one cannot
/// use in the week, another before whose commission more men are to come has.
fn divide(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    (campaign, decreed): (usize, &crate::settings::DecreedSetting),
    last: Offset,
) {
    let ages = common.settings.campaigns[campaign].ages;
    let mut men = vec![0; common.settings.regions];
    for district in districts.iter() {
        men[usize::from(district.region)] += common.men_of_ages(&district.cohorts, district.first_birth_year, ages);
    }
    let known: u64 = decreed.regions.iter().flatten().sum();
    let unknown: Vec<u64> =
        men.iter().zip(&decreed.regions).map(|(men, known)| if known.is_some() { 0 } else { *men }).collect();
    let rest = apportion(decreed.number.saturating_sub(known), &unknown);
    let numbers: Vec<u64> = decreed.regions.iter().zip(rest).map(|(known, rest)| known.unwrap_or(rest)).collect();
    let wanted: Vec<u64> =
        districts.par_iter().map(|district| district.places_wanted(common, campaign, last)).collect();
    let mut to_come = wanted.as_slice();
    for of_region in districts.chunk_by_mut(|one, other| one.region == other.region) {
        let number = numbers[usize::from(of_region[0].region)];
        let called: u64 = of_region.iter().map(|district| district.rolls[campaign].called).sum();
        let (wanted, others) = to_come.split_at(of_region.len());
        to_come = others;
        let rolls = || of_region.iter().map(|district| &district.rolls[campaign]).zip(wanted);
        let notices = common.settings.campaigns[campaign].notices_per_decreed();
        // Who has issued all that he owes and expects nobody cannot fill his part; if nobody can, it stays where it is.
        let can = |roll: &Roll, wanted: u64| wanted > 0 || roll.owes(notices);
        let some_can = rolls().any(|(roll, wanted)| can(roll, *wanted) && roll.left() > 0);
        let weight = |(roll, wanted): (&Roll, &u64)| if some_can && !can(roll, *wanted) { 0 } else { roll.left() };
        let left: Vec<u64> = rolls().map(weight).collect();
        let held: Vec<u64> = rolls().map(|(roll, _)| roll.open_part()).collect();
        let parts = lend(divide_anew(number.saturating_sub(called), &left, &held), wanted);
        for (district, part) in of_region.iter_mut().zip(parts) {
            district.rolls[campaign].part = district.rolls[campaign].called + part;
        }
    }
}

/// Counters of the nation, or of a part of it, as they are folded.
pub(crate) struct Fold {
    /// Days of the run that are counted.
    pub(crate) days: usize,
    /// By region: a row a day, a column a counter; empty for regions without a district so far.
    daily: Vec<Vec<u64>>,
    durations: Durations,
    by_stratum: ByStratum,
    /// Entries served, by kind.
    served: [u64; KINDS],
    work: Work,
    exercised: Vec<Vec<u64>>,
    covered: Covered,
    histories: Vec<HistoryRow>,
    quota_weeks: Vec<QuotaWeek>,
    pub(crate) environment: Environment,
    width: usize,
    length_days: usize,
    regions: usize,
}

impl Fold {
    pub(crate) fn new(columns: &Columns, settings: &Settings, laws: &LawSet) -> Fold {
        let regions = settings.regions;
        Fold {
            days: 0,
            daily: vec![Vec::new(); regions],
            durations: Durations::new(columns, regions, &settings.strata),
            by_stratum: ByStratum::new(columns, settings),
            served: [0; KINDS],
            work: Work::default(),
            exercised: laws.laws.iter().map(|law| vec![0; law.cites.len()]).collect(),
            covered: Covered::default(),
            histories: Vec::new(),
            quota_weeks: Vec::new(),
            environment: Environment::default(),
            width: columns.flows() + columns.stocks(),
            length_days: usize::from(settings.days),
            regions,
        }
    }

    /// The same with nothing counted.
    fn blank(&self) -> Fold {
        Fold {
            days: 0,
            daily: vec![Vec::new(); self.regions],
            durations: self.durations.blank(),
            by_stratum: self.by_stratum.blank(),
            served: [0; KINDS],
            work: Work::default(),
            exercised: self.exercised.iter().map(|counts| vec![0; counts.len()]).collect(),
            covered: Covered::default(),
            histories: Vec::new(),
            quota_weeks: Vec::new(),
            environment: Environment::default(),
            ..*self
        }
    }

    /// Takes what districts have counted, whose days so far are those from `day` on. The kinds of counters go side by side, and so do regions.
    pub(crate) fn take_days(&mut self, common: &Common<'_>, day: usize, districts: &mut [District<'_>]) {
        let (width, length, strata) = (self.width, self.length_days, &common.settings.strata);
        let mut of_regions: Vec<Vec<&Tally>> = vec![Vec::new(); self.regions];
        districts.iter().for_each(|district| of_regions[usize::from(district.region)].push(&district.tally));
        let (daily, durations, by_stratum) = (&mut self.daily, &mut self.durations, &mut self.by_stratum);
        let add_days = || {
            let regions: Vec<_> =
                daily.iter_mut().zip(&of_regions).filter(|(_, tallies)| !tallies.is_empty()).collect();
            regions.into_par_iter().for_each(|(sums, tallies)| {
                sums.resize(length * width, 0);
                tallies.iter().for_each(|tally| add_days(&mut sums[day * width..], tally.days()));
                tallies.iter().for_each(|tally| add_dated(common, sums, width, &tally.observed));
            });
        };
        let measure = || {
            for (region, tallies) in of_regions.iter().enumerate() {
                tallies.iter().for_each(|tally| durations.take(strata, region, &tally.samples));
            }
        };
        let observe = || by_stratum.take(strata, &of_regions);
        rayon::join(add_days, || rayon::join(measure, observe));
        districts.iter_mut().for_each(|district| district.tally.forget());
    }

    /// Takes what is known of a district only at its end.
    pub(crate) fn end_district(&mut self, number: u32, district: &mut District<'_>) {
        add_up(&mut self.served, &district.served);
        for (sums, counts) in self.exercised.iter_mut().zip(&district.journal.exercised) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u64::from(*count));
        }
        self.covered.take(&district.coverage);
        self.work.peak_agenda += district.agenda.peak() as u64;
        self.work.peak_matters += district.matters.peak() as u64;
        self.work.bytes_a_matter = district.matters.bytes_each() as u64;
        self.work.row_visits += district.row_visits;
        // Within a day one person's rows stay as they came; the order of persons is that of their identities.
        district.journal.rows.sort_by_key(|row| (row.day, row.person));
        self.histories.append(&mut district.journal.rows);
        self.environment.regions.push(district.region);
        self.environment.cut_offs.extend(district.cut_offs.drain(..).map(|cut_off| (number, cut_off)));
    }

    /// What is kept between two weeks while districts go side by side. What districts tell only at their end is theirs to keep.
    fn saved(&self, days: u16) -> SavedNation<'_> {
        // Every field by name: whoever adds one decides here whether it is kept.
        let Fold {
            days: _,
            daily,
            durations,
            by_stratum,
            served: _,
            work: _,
            exercised: _,
            covered: _,
            histories: _,
            quota_weeks,
            environment,
            width: _,
            length_days: _,
            regions: _,
        } = self;
        let (daily, parts) = (Cow::from(daily.as_slice()), Cow::from(environment.parts.as_slice()));
        SavedNation {
            days,
            daily,
            durations: Cow::Borrowed(durations),
            by_stratum: Cow::Borrowed(by_stratum),
            parts,
            efforts: Cow::from(environment.efforts.as_slice()),
            quota_weeks: Cow::from(quota_weeks.as_slice()),
        }
    }

    /// Takes it back.
    fn restore(&mut self, saved: SavedNation<'_>) -> Result<(), String> {
        require(saved.durations.has_form_of(&self.durations, COUNT_MAX), "its durations have another form")?;
        require(saved.by_stratum.has_form_of(&self.by_stratum, COUNT_MAX), "its counts by stratum have another form")?;
        self.daily = saved.daily.into_owned();
        self.durations = saved.durations.into_owned();
        self.by_stratum = saved.by_stratum.into_owned();
        self.environment.parts = saved.parts.into_owned();
        self.environment.efforts = saved.efforts.into_owned();
        self.quota_weeks = saved.quota_weeks.into_owned();
        Ok(())
    }

    /// Takes what came of a week's end.
    pub(crate) fn take_barrier(&mut self, barrier: Barrier) {
        self.quota_weeks.extend(barrier.weeks);
        self.environment.efforts.extend(barrier.efforts);
    }

    /// Adds what was counted of the districts that follow.
    fn absorb(&mut self, part: Fold) {
        for (sums, part) in self.daily.iter_mut().zip(&part.daily) {
            sums.resize(sums.len().max(part.len()), 0);
            add_up(sums, part);
        }
        self.durations.absorb(&part.durations);
        self.by_stratum.absorb(&part.by_stratum);
        add_up(&mut self.served, &part.served);
        self.exercised.iter_mut().zip(&part.exercised).for_each(|(sums, part)| add_up(sums, part));
        self.covered.absorb(part.covered);
        self.work.peak_agenda += part.work.peak_agenda;
        self.work.peak_matters += part.work.peak_matters;
        self.work.bytes_a_matter = part.work.bytes_a_matter;
        self.work.row_visits += part.work.row_visits;
        self.histories.extend(part.histories);
        self.environment.regions.extend(part.environment.regions);
        self.environment.cut_offs.extend(part.environment.cut_offs);
    }

    /// All that comes out.
    pub(crate) fn outcome(mut self, people: &People, common: &Common<'_>, completed: bool, marks: Vec<u32>) -> Outcome {
        let columns = common.columns;
        self.environment.draft_age_men = common.draft_age_men;
        self.work.events = Kind::ALL.iter().map(|kind| (kind.word(), self.served[*kind as usize])).collect();
        let strata = &common.settings.strata;
        let histograms = self.durations.histograms(columns);
        let daily = Daily::new(columns, self.regions, self.days, &self.daily);
        let counted = Counted {
            columns,
            daily: &daily,
            by_stratum: &self.by_stratum,
            persons: &Persons::count(people, &marks, strata),
            histograms: &histograms,
            strata: strata.list().len(),
        };
        let (weekly, whole) = rayon::join(|| counted.weekly(), || counted.whole());
        Outcome {
            completed,
            strata: strata.list().to_vec(),
            daily,
            histograms,
            weekly,
            whole,
            histories: self.histories,
            totals: Totals::count(&marks),
            environment: self.environment,
            quota_weeks: self.quota_weeks,
            marks,
            work: self.work,
            exercised: self.exercised,
            covered: self.covered,
        }
    }
}

/// Adds the days of a district. Sums of counts of people: far from the end of their numbers, and without a check many are added at once.
fn add_days(sums: &mut [u64], days: &[u32]) {
    sums.iter_mut().zip(days).for_each(|(sum, one)| *sum = sum.wrapping_add(u64::from(*one)));
}

/// Adds what belongs to other days than those on which it came to be known.
fn add_dated(common: &Common<'_>, sums: &mut [u64], width: usize, observed: &[Observed]) {
    for one in observed.iter().filter(|observed| is_dated(observed.column)) {
        // Such a flow only grows.
        sums[common.run_day(one.day) * width + usize::from(one.column)] += one.by as u64;
    }
}

/// Adds numbers place by place.
fn add_up(sums: &mut [u64], part: &[u64]) {
    sums.iter_mut().zip(part).for_each(|(sum, one)| *sum = sum.wrapping_add(*one));
}
