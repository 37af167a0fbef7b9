//! The nation from week to week: districts side by side for seven days (longer where they share nothing), then one barrier at which decreed numbers are divided anew and counters
//! are folded.
//!
//! Between barriers no district sees another. At the barrier everything is done in the order of districts, in whole numbers.

use crate::agenda::Agenda;
use crate::district::{Common, District, Stretch};
use crate::environment::{Environment, Part};
use crate::event::{KINDS, Kind};
use crate::indicators::{Daily, Histogram, IndicatorRow, Outcome, Totals, Work};
use crate::journal::{Assumption, Cause, Journal};
use crate::lawset::LawSet;
use crate::matter::{Matters, Strides};
use crate::office::{Commission, Roll};
use crate::people::{People, Standing, by_district};
use crate::procedure::border;
use crate::random::{Draws, MatterKey};
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::tally::{Columns, Duration, Sample, Tally};
use crate::{Control, Progress};
use callup_law::program::{Offset, TRACKS_MAX};
use callup_law::roles::MeasureKind;
use rayon::prelude::*;

/// Days of a week.
pub(crate) const WEEK: u16 = 7;
/// Weeks from one barrier to the next where nothing but counters is shared between districts.
const UNCOUPLED_WEEKS: u16 = 8;

/// Runs everything. `block` districts go to a thread at a time; the result does not depend on it.
pub(crate) fn run(
    people: &People,
    laws: &LawSet,
    scenario: &Scenario,
    settings: &Settings,
    block: usize,
    observer: &mut dyn FnMut(&Progress) -> Control,
) -> Outcome {
    let columns = Columns::new(laws.measure_kinds());
    let mut standings = people.standings();
    let mut marks = vec![0_u32; people.len()];
    let mut common = share(people, laws, scenario, settings, &columns);
    let mut districts = found(people, &common, &mut standings, &mut marks);
    common.draft_age_men = districts.iter().map(|district| district.commission.draft_age_men).sum();
    let common = common;
    districts.par_iter_mut().with_min_len(block).for_each(|district| district.schedule_departures(&common));
    let mut fold = Fold::new(&columns, settings);
    let (mut completed, mut parts) = (true, Vec::new());
    let mut first = settings.first;
    // A decreed number is what districts share; without one they run on their own for longer, and the result is the same.
    let coupled = settings.campaigns.iter().any(|campaign| campaign.decreed.is_some());
    let stretch = if coupled { WEEK } else { WEEK * UNCOUPLED_WEEKS };
    while first <= settings.last {
        let last = (first + stretch - 1).min(settings.last);
        prepare_campaigns(&common, &mut districts, first, last, block, &mut parts);
        districts.par_iter_mut().with_min_len(block).for_each(|district| district.run_week(&common, first..=last));
        fold.stretch(&common, &mut districts, first, last);
        first = last + 1;
        let progress = Progress { day: first - settings.first, days: settings.days, events: events(&districts) };
        if observer(&progress) == Control::Stop {
            completed = first > settings.last;
            break;
        }
    }
    districts.par_iter_mut().with_min_len(block).for_each(|district| {
        district.recount(&common);
        district.mark_persons();
    });
    let (work, exercised) = (work(&districts), exercised(laws, &districts));
    let cut_offs = |(number, district): (u32, &mut District<'_>)| {
        std::mem::take(&mut district.cut_offs).into_iter().map(move |cut_off| (number, cut_off))
    };
    let cut_offs = (0..).zip(districts.iter_mut()).flat_map(cut_offs).collect();
    let histories = districts.iter_mut().flat_map(|district| std::mem::take(&mut district.journal.rows)).collect();
    drop(districts);
    Outcome {
        completed,
        histograms: fold.histograms(&columns),
        daily: fold.daily,
        weekly: fold.weekly,
        histories,
        totals: Totals::count(&marks),
        environment: Environment { draft_age_men: common.draft_age_men, parts, cut_offs },
        marks,
        work,
        exercised,
    }
}

fn work(districts: &[District<'_>]) -> Work {
    let sum = |of: fn(&District<'_>) -> u64| districts.iter().map(of).sum();
    let events = Kind::ALL.iter().map(|kind| {
        let count = districts.iter().map(|district| district.served[*kind as usize]).sum();
        (kind.word(), count)
    });
    Work {
        events: events.collect(),
        peak_agenda: sum(|district| district.agenda.peak() as u64),
        peak_matters: sum(|district| district.matters.peak() as u64),
        bytes_a_matter: districts.first().map_or(0, |district| district.matters.bytes_each() as u64),
        row_visits: sum(|district| district.row_visits),
    }
}

fn exercised(laws: &LawSet, districts: &[District<'_>]) -> Vec<Vec<u64>> {
    let mut sums: Vec<Vec<u64>> = laws.laws.iter().map(|law| vec![0; law.cites.len()]).collect();
    for district in districts {
        for (sums, counts) in sums.iter_mut().zip(&district.journal.exercised) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u64::from(*count));
        }
    }
    sums
}

fn events(districts: &[District<'_>]) -> u64 {
    districts.iter().flat_map(|district| district.served).sum()
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
    let isos: Vec<&str> = people.layout().regions().iter().map(|region| region.iso_code.as_str()).collect();
    Common {
        settings,
        laws,
        draws: Draws::new(settings.seed),
        columns,
        law_on: (0..settings.days).map(law_at).collect(),
        conditions: conditions(laws, scenario, &isos),
        matter_keys: settings.campaigns.iter().enumerate().map(key).collect(),
        exit_ban: columns.place(MeasureKind::ExitBan),
        departure_word: settings.border.departures.last().map_or(u32::MAX, |most| border::departure_word(*most)),
        draft_age_men: 0,
        watched: None,
    }
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

/// Founds the districts on their rows.
fn found<'a>(
    people: &'a People,
    common: &Common<'_>,
    standings: &'a mut [Standing],
    marks: &'a mut [u32],
) -> Vec<District<'a>> {
    let layout = people.layout();
    let slices = by_district(layout, standings).into_iter().zip(by_district(layout, marks));
    slices.map(|((number, standings), (_, marks))| found_one(people, common, number, standings, marks)).collect()
}

pub(crate) fn found_one<'a>(
    people: &'a People,
    common: &Common<'_>,
    number: u32,
    standings: &'a mut [Standing],
    marks: &'a mut [u32],
) -> District<'a> {
    let (layout, settings) = (people.layout(), common.settings);
    let first_row = layout.district_rows(number).start;
    let cohort = |year| {
        let rows = layout.cohort_rows(number, year);
        rows.start.saturating_sub(first_row)..rows.end.saturating_sub(first_row)
    };
    let mut district = District {
        region: layout.region_of_district(number) as u16,
        people: people.district(number),
        standings,
        marks,
        stretches: stretches(people, number),
        cohorts: layout.birth_years().map(cohort).collect(),
        first_birth_year: layout.birth_years().start,
        matters: Matters::new(strides(common.laws)),
        agenda: Agenda::new(settings.first, settings.days),
        tally: Tally::new(common.columns),
        cut_offs: Vec::new(),
        journal: Journal::new(common.laws),
        commission: Commission::default(),
        rolls: vec![Roll::default(); settings.campaigns.len()],
        today: settings.first,
        served: [0; KINDS],
        row_visits: 0,
        because: Cause::Assumption(Assumption::Campaign),
        effects: Vec::new(),
        before: [0; TRACKS_MAX],
    };
    district.commission.draft_age_men = district.men_of_draft_age(common);
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

fn strides(laws: &LawSet) -> Strides {
    let layouts = || laws.programs.iter().map(|bound| bound.program.layout());
    Strides {
        tracks: layouts().map(|layout| layout.tracks).max().unwrap_or(0),
        anchors: layouts().map(|layout| layout.anchors).max().unwrap_or(0),
        measures: layouts().map(|layout| layout.measures).max().unwrap_or(0),
    }
}

/// Draws up the rolls of campaigns with a decreed number that begin this week and divides the numbers of those that run.
fn prepare_campaigns(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    first: Offset,
    last: Offset,
    block: usize,
    parts: &mut Vec<Part>,
) {
    for (campaign, setting) in common.settings.campaigns.iter().enumerate() {
        let prepare = |district: &mut District<'_>| {
            if begins(common, campaign, district.region, first, last) {
                district.draw_up_roll(common, campaign);
            }
        };
        districts.par_iter_mut().with_min_len(block).for_each(prepare);
        let runs = setting.from.iter().any(|from| *from <= last) && setting.until >= first;
        if let (true, Some(decreed)) = (runs, &setting.decreed) {
            let before: Vec<u64> = districts.iter().map(|district| district.rolls[campaign].part).collect();
            divide(common, districts, campaign, decreed);
            let now = districts.iter().map(|district| district.rolls[campaign].part);
            let changed = (0..).zip(before.into_iter().zip(now)).filter(|(_, (before, now))| before != now);
            let (day, campaign) = (common.run_day(first) as u16, campaign as u8);
            parts.extend(changed.map(|(district, (_, men))| Part { day, district, campaign, men }));
        }
    }
}

/// Whether a campaign with a decreed number draws up its roll before these days. Without such a number nobody outside the district asks for the
/// roll: it is drawn up on the day itself.
pub(crate) fn begins(common: &Common<'_>, campaign: usize, region: u16, first: Offset, last: Offset) -> bool {
    let setting = &common.settings.campaigns[campaign];
    let from = setting.from[usize::from(region)].max(common.settings.first);
    setting.decreed.is_some() && (first..=last).contains(&from) && setting.until >= common.settings.first
}

/// Divides a decreed number among regions (once and for all) and what is left of each among its districts by the men that are left.
fn divide(
    common: &Common<'_>,
    districts: &mut [District<'_>],
    campaign: usize,
    decreed: &crate::settings::DecreedSetting,
) {
    let ages = common.settings.campaigns[campaign].ages;
    let mut men = vec![0; common.settings.regions];
    for district in districts.iter() {
        men[usize::from(district.region)] += district.men_of_ages(common, ages);
    }
    let known: u64 = decreed.regions.iter().flatten().sum();
    let unknown: Vec<u64> =
        men.iter().zip(&decreed.regions).map(|(men, known)| if known.is_some() { 0 } else { *men }).collect();
    let rest = apportion(decreed.number.saturating_sub(known), &unknown);
    let numbers: Vec<u64> = decreed.regions.iter().zip(rest).map(|(known, rest)| known.unwrap_or(rest)).collect();
    for of_region in districts.chunk_by_mut(|one, other| one.region == other.region) {
        let number = numbers[usize::from(of_region[0].region)];
        let called: u64 = of_region.iter().map(|district| district.rolls[campaign].called).sum();
        let left: Vec<u64> = of_region.iter().map(|district| district.rolls[campaign].left()).collect();
        let held: Vec<u64> = of_region.iter().map(|district| district.rolls[campaign].open_part()).collect();
        let parts = divide_anew(number.saturating_sub(called), &left, &held);
        for (district, part) in of_region.iter_mut().zip(parts) {
            district.rolls[campaign].part = district.rolls[campaign].called + part;
        }
    }
}

/// Divides a whole number by weights as [`apportion`] does, but leaves everybody what he holds where that is a rounding of his share: small
/// parts do not wander from week to week.
fn divide_anew(total: u64, weights: &[u64], held: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |place: usize| u128::from(total) * u128::from(weights[place]);
    let bounded = |place: usize| {
        let (low, high) = (exact(place) / sum, exact(place).div_ceil(sum));
        u128::from(held[place]).clamp(low, high) as u64
    };
    let mut parts: Vec<u64> = (0..weights.len()).map(bounded).collect();
    let mut missing = total as i64 - parts.iter().map(|part| *part as i64).sum::<i64>();
    // Who is furthest below (or above) his share changes first; nobody leaves the two roundings of it, so one round suffices.
    let above = |place: usize, part: u64| i128::from(part) * sum as i128 - exact(place) as i128;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| (above(*place, parts[*place]), *place));
    if missing < 0 {
        order.reverse();
    }
    for place in order {
        let off = above(place, parts[place]);
        if missing > 0 && off < 0 {
            parts[place] += 1;
            missing -= 1;
        } else if missing < 0 && off > 0 {
            parts[place] -= 1;
            missing += 1;
        }
    }
    parts
}

/// Divides a whole number by weights: whole parts first, then one each by the largest remainder, ties to the first.
pub(crate) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u64> = weights.iter().map(|weight| (exact(*weight) / sum) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(exact(weights[*place]) % sum), *place));
    let left = total - parts.iter().sum::<u64>();
    for place in order.into_iter().take(left as usize) {
        parts[place] += 1;
    }
    parts
}

/// Counters of the nation as they are folded week by week.
struct Fold {
    daily: Daily,
    weekly: Vec<IndicatorRow>,
    /// By duration, kind of measure (the last place for none) and region.
    durations: Vec<Vec<u64>>,
    kinds: usize,
    regions: usize,
}

impl Fold {
    fn new(columns: &Columns, settings: &Settings) -> Fold {
        let (kinds, regions) = (columns.kinds().len() + 1, settings.regions);
        Fold {
            daily: Daily::new(columns, regions),
            weekly: Vec::new(),
            durations: vec![Vec::new(); Duration::ALL.len() * kinds * regions],
            kinds,
            regions,
        }
    }

    fn stretch(&mut self, common: &Common<'_>, districts: &mut [District<'_>], first: Offset, last: Offset) {
        let day = common.run_day(first);
        self.daily.extend(usize::from(last - first) + 1);
        for district in districts.iter_mut() {
            let region = usize::from(district.region);
            self.daily.add(day, region, &district.tally.take_days());
            for sample in district.tally.samples.drain(..) {
                self.sample(region, sample);
            }
        }
        let last = common.run_day(last);
        for monday in (day..=last).step_by(usize::from(WEEK)) {
            let sunday = (monday + usize::from(WEEK) - 1).min(last);
            crate::indicators::weekly(&self.daily, common.columns, monday, sunday, &mut self.weekly);
        }
    }

    fn place(&self, duration: Duration, kind: usize, region: usize) -> usize {
        (duration as usize * self.kinds + kind) * self.regions + region
    }

    fn sample(&mut self, region: usize, sample: Sample) {
        let place = self.place(sample.duration, usize::from(sample.measure).min(self.kinds - 1), region);
        let counts = &mut self.durations[place];
        let days = usize::from(sample.days);
        if counts.len() <= days {
            counts.resize(days + 1, 0);
        }
        counts[days] += 1;
    }

    fn histograms(&self, columns: &Columns) -> Vec<Histogram> {
        let mut list = Vec::new();
        for &duration in Duration::ALL {
            for kind in 0..self.kinds {
                let measure = columns.kinds().get(kind).copied();
                let mut all: Vec<u64> = Vec::new();
                let by_region: Vec<&Vec<u64>> =
                    (0..self.regions).map(|region| &self.durations[self.place(duration, kind, region)]).collect();
                for counts in &by_region {
                    all.resize(all.len().max(counts.len()), 0);
                    all.iter_mut().zip(counts.iter()).for_each(|(sum, one)| *sum += one);
                }
                if all.is_empty() {
                    continue;
                }
                list.push(Histogram { duration, region: None, measure, counts: all });
                for (region, counts) in (0..).zip(by_region).filter(|(_, counts)| !counts.is_empty()) {
                    list.push(Histogram { duration, region: Some(region), measure, counts: counts.clone() });
                }
            }
        }
        list
    }
}

#[cfg(test)]
mod tests;
