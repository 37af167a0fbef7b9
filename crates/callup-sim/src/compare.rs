//! Several worlds over the same people, in lock-step: what each law does, and to whom it does what the other does not.
//!
//! Districts are run week by week in one world after the other while their people are warm. Chance is keyed by person and decision, so a
//! person's life differs between two worlds only by what law, places and the nation do to it. A world can be held to the places and to the decreed
//! parts of the first one: what it then does differently is the law's direct effect. This file knows no article and no file.

pub mod diverge;
pub mod paired;

use crate::district::{Common, District, Watched};
use crate::journal::HistoryRow;
use crate::lawset::LawSet;
use crate::nation::{Fold, Room, WEEK, draw_up_rolls, found_one, prepare_campaigns, share};
use crate::people::{People, Standing, by_district};
use crate::places::{Lines, Places};
use crate::restricted::DaysRestricted;
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::tally::Columns;
use crate::{Checks, Control, Outcome, Progress, settings_of};
use callup_law::program::Offset;
use diverge::{Diverged, Divergence};
use paired::{DaysBetween, Paired, everybody};
use rayon::prelude::*;
use std::mem::swap;

/// What a world takes from the first one instead of making it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Nothing,
    /// What the nation feeds back to districts: their parts of decreed numbers.
    Feedback,
    /// That, and where the lines of offices stand: who would have had a place has one, and takes it from nobody.
    FeedbackAndPlaces,
}

/// A world: laws and a scenario, over people that all worlds share.
#[derive(Clone, Copy, Debug)]
pub struct World<'w> {
    /// Laws.
    pub laws: &'w LawSet,
    /// Scenario; its people, days and chance are those of the first world.
    pub scenario: &'w Scenario,
    /// What it takes from the first world.
    pub held: Held,
    /// Whether to look where lives part; without it only who and how many days is known, at less cost.
    pub tells_lives: bool,
}

/// What comes out: each world by itself, and each but the first held against the first.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// One a world, without histories.
    pub outcomes: Vec<Outcome>,
    /// One a world but the first.
    pub pairs: Vec<Pair>,
}

/// A world held against the first, person by person.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// How many persons each indicator counts in both, in one alone, in neither.
    pub persons: Paired,
    /// Days gained and lost.
    pub days: DaysBetween,
    /// Everybody whose life differs, with the first thing that does; by district and row.
    pub diverged: Vec<Divergence>,
}

/// Why worlds cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotComparable {
    /// Fewer than two.
    TooFew,
    /// Other people, or other chance.
    OtherPeople,
    /// Other days.
    OtherDays,
    /// Other strata.
    OtherStrata,
    /// Other campaigns, though it takes places or parts of decreed numbers from the first.
    OtherCampaigns,
}

impl NotComparable {
    /// Why, as the end of a sentence about the world.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            NotComparable::TooFew => "a comparison needs two worlds at least",
            NotComparable::OtherPeople => "its people or its seed are not those of the first",
            NotComparable::OtherDays => "its days are not those of the first",
            NotComparable::OtherStrata => "its strata are not those of the first",
            NotComparable::OtherCampaigns => "its campaigns are not those of the first, whose places it takes",
        }
    }
}

/// Whether a world can be held against the first.
///
/// # Errors
/// Why it cannot.
pub fn comparable(first: &Scenario, other: &Scenario) -> Result<(), NotComparable> {
    let people = |scenario: &Scenario| {
        let offices = scenario.offices.inhabitants_per_district.value;
        (scenario.country.clone(), scenario.seed, scenario.scale.to_bits(), offices.to_bits())
    };
    if people(first) != people(other) || first.population != other.population {
        return Err(NotComparable::OtherPeople);
    }
    if (first.start, first.days) != (other.start, other.days) {
        return Err(NotComparable::OtherDays);
    }
    if first.strata != other.strata { Err(NotComparable::OtherStrata) } else { Ok(()) }
}

/// Lets all worlds run over the same people.
///
/// Panics as [`crate::simulate`] does.
///
/// # Errors
/// With the place of the first world that cannot be compared, and why.
pub fn compare(
    people: &People,
    worlds: &[World<'_>],
    checks: Checks,
    observer: &mut dyn FnMut(&Progress) -> Control,
) -> Result<Comparison, (usize, NotComparable)> {
    if worlds.len() < 2 {
        return Err((0, NotComparable::TooFew));
    }
    for (place, world) in worlds.iter().enumerate() {
        comparable(worlds[0].scenario, world.scenario).map_err(|why| (place, why))?;
    }
    let settings: Vec<Settings> = worlds.iter().map(|world| settings_of(people, world.scenario, checks)).collect();
    let columns: Vec<Columns> = worlds.iter().map(|world| Columns::new(world.laws.measure_kinds())).collect();
    let mut marks: Vec<Vec<u32>> = worlds.iter().map(|_| vec![0; people.len()]).collect();
    let made = worlds.iter().zip(&settings).zip(&columns).map(|((world, settings), columns)| Common {
        watched: if world.tells_lives { Watched::Everybody } else { Watched::Nobody },
        ..share(people, world.laws, world.scenario, settings, columns)
    });
    let commons: Vec<Common<'_>> = made.collect();
    let held: Vec<Held> = worlds.iter().map(|world| world.held).collect();
    let differs =
        |place: &usize| held[*place] != Held::Nothing && commons[*place].matter_keys != commons[0].matter_keys;
    if let Some(place) = (1..worlds.len()).find(differs) {
        return Err((place, NotComparable::OtherCampaigns));
    }
    let (folds, mut pairs, completed) = by_side(people, &commons, &held, &mut marks, checks.block, observer);
    let (strata, all) = (&settings[0].strata, everybody(people, &settings[0].strata));
    let persons = marks[1..].iter().map(|of| Paired::count(people, [&marks[0], of], strata, &all));
    let persons: Vec<Paired> = persons.collect();
    for (found, other) in pairs.iter_mut().zip(&marks[1..]) {
        found.list.par_iter_mut().for_each(|divergence| {
            let row = people.layout().row(divergence.person).expect("whoever lived has a row") as usize;
            divergence.only_first = marks[0][row] & !other[row];
            divergence.only_other = other[row] & !marks[0][row];
        });
    }
    let ended = folds.into_iter().zip(&commons).zip(marks);
    let outcomes = ended.map(|((fold, common), marks)| fold.outcome(people, common, completed, marks)).collect();
    let pairs = persons.into_iter().zip(pairs);
    let pairs = pairs.map(|(persons, found)| Pair { persons, days: found.days, diverged: found.list });
    Ok(Comparison { outcomes, pairs: pairs.collect() })
}

/// What is found of one pair.
struct Found {
    days: DaysBetween,
    list: Vec<Divergence>,
}

/// What happened in a district in one week: in the first world, and in another.
type Rows = [Vec<HistoryRow>; 2];

/// The same district in every world, and what is found of its pairs.
struct Lane<'l, 'd> {
    districts: Vec<&'l mut District<'d>>,
    diverged: &'l mut [Diverged],
}

/// Every district of every world through the days.
fn by_side(
    people: &People,
    commons: &[Common<'_>],
    held: &[Held],
    marks: &mut [Vec<u32>],
    block: usize,
    observer: &mut dyn FnMut(&Progress) -> Control,
) -> (Vec<Fold>, Vec<Found>, bool) {
    let mut standings: Vec<Vec<Standing>> = commons.iter().map(|_| people.standings()).collect();
    let founded = commons.iter().zip(&mut standings).zip(marks);
    let mut worlds: Vec<Vec<District<'_>>> =
        founded.map(|((common, standings), marks)| found_all(people, common, standings, marks, block)).collect();
    if held.contains(&Held::FeedbackAndPlaces) {
        worlds[0].iter_mut().for_each(|district| district.places = Places::Kept(Lines::default()));
    }
    let mut folds: Vec<Fold> =
        commons.iter().map(|common| Fold::new(common.columns, common.settings, common.laws)).collect();
    let mut diverged = vec![vec![Diverged::default(); commons.len() - 1]; worlds[0].len()];
    let settings = commons[0].settings;
    let (mut first, mut goes_on) = (settings.first, true);
    while goes_on && first <= settings.last {
        let last = (first + WEEK - 1).min(settings.last);
        prepare(commons, held, &mut worlds, (first, last), block, &mut folds);
        let lanes = lanes(&mut worlds, &mut diverged);
        // A thread hands the rows of one district's week on to the next district.
        let lanes = lanes.into_par_iter().with_min_len(block);
        lanes.for_each_init(Rows::default, |rows, lane| lane.live(commons, held, (first, last), rows));
        // Within a world in the order of districts; worlds do not touch each other.
        commons.par_iter().zip(&mut worlds).zip(&mut folds).for_each(|((common, districts), fold)| {
            fold.take_days(common, common.run_day(first), districts);
        });
        tell_efforts(commons, held, &mut worlds, last, &mut folds);
        first = last + 1;
        let events = worlds.iter().flatten().flat_map(|district| district.served).sum();
        let progress = Progress { day: first - settings.first, days: settings.days, events };
        goes_on = observer(&progress) == Control::Continue || first > settings.last;
    }
    let found = end(people, commons, &mut worlds, diverged, block);
    commons.par_iter().zip(&mut worlds).zip(&mut folds).for_each(|((common, districts), fold)| {
        fold.take_days(common, common.run_day(first), districts);
        (0..).zip(districts).for_each(|(number, district)| fold.end_district(number, district));
        fold.days = usize::from(first - settings.first);
    });
    (folds, found, goes_on)
}

fn found_all<'a>(
    people: &'a People,
    common: &Common<'_>,
    standings: &'a mut [Standing],
    marks: &'a mut [u32],
    block: usize,
) -> Vec<District<'a>> {
    let slices = by_district(people.layout(), standings).into_iter().zip(by_district(people.layout(), marks));
    let one = |((number, standings), (_, marks))| {
        let mut district = found_one(people, common, number, standings, marks, Room::new(common));
        district.days_restricted = Some(DaysRestricted::default());
        district
    };
    let mut districts: Vec<District<'_>> = slices.map(one).collect();
    districts.par_iter_mut().with_min_len(block).for_each(|district| district.look_ahead(common));
    districts
}

/// The nation tells the districts of each world their parts of decreed numbers; those of a world that is held to the first are the first one's.
fn prepare(
    commons: &[Common<'_>],
    held: &[Held],
    worlds: &mut [Vec<District<'_>>],
    (first, last): (Offset, Offset),
    block: usize,
    folds: &mut [Fold],
) {
    let (of_first, others) = worlds.split_first_mut().expect("there are two worlds at least");
    prepare_campaigns(&commons[0], of_first, first, last, block, &mut folds[0].environment.parts);
    for (place, districts) in (1..).zip(others) {
        if held[place] == Held::Nothing {
            prepare_campaigns(&commons[place], districts, first, last, block, &mut folds[place].environment.parts);
            continue;
        }
        for campaign in 0..commons[place].settings.campaigns.len() {
            draw_up_rolls(&commons[place], districts, campaign, (first, last), block);
            for (district, told) in districts.iter_mut().zip(of_first.iter()) {
                district.rolls[campaign].part = told.rolls[campaign].part;
            }
        }
    }
}

/// At a week's end every world's districts hear how they stand against its quota; those of a world that is held to the first hear what the first
/// one's hear.
fn tell_efforts(
    commons: &[Common<'_>],
    held: &[Held],
    worlds: &mut [Vec<District<'_>>],
    last: Offset,
    folds: &mut [Fold],
) {
    let mut told_first = Vec::new();
    for place in 0..worlds.len() {
        let mut barrier = crate::quota::look(&commons[place], &mut worlds[place], last);
        if place == 0 {
            told_first.clone_from(&barrier.efforts);
        } else if held[place] != Held::Nothing {
            barrier.efforts.clone_from(&told_first);
        }
        folds[place].take_barrier(barrier);
        if held[place] != Held::Nothing {
            let (of_first, others) = worlds.split_at_mut(place.max(1));
            for (told, district) in of_first[0].iter().zip(others.iter_mut().next().into_iter().flatten()) {
                district.effort = told.effort;
            }
        }
    }
}

fn lanes<'l, 'd>(worlds: &'l mut [Vec<District<'d>>], diverged: &'l mut [Vec<Diverged>]) -> Vec<Lane<'l, 'd>> {
    let mut lanes: Vec<Lane<'l, 'd>> =
        diverged.iter_mut().map(|diverged| Lane { districts: Vec::new(), diverged }).collect();
    for districts in worlds {
        lanes.iter_mut().zip(districts).for_each(|(lane, district)| lane.districts.push(district));
    }
    lanes
}

impl Lane<'_, '_> {
    /// Lives through a week in every world and looks where lives part.
    fn live(mut self, commons: &[Common<'_>], held: &[Held], (first, last): (Offset, Offset), rows: &mut Rows) {
        let (of_first, others) = self.districts.split_first_mut().expect("there are two worlds at least");
        let [before, after] = rows;
        swap(&mut of_first.journal.rows, before);
        of_first.run_week(&commons[0], first..=last);
        swap(&mut of_first.journal.rows, before);
        let lines = of_first.places.take();
        diverge::sort_by_person(before);
        for (place, district) in (1..).zip(others) {
            if held[place] == Held::FeedbackAndPlaces {
                district.places = Places::Told(lines.clone());
            }
            swap(&mut district.journal.rows, after);
            district.run_week(&commons[place], first..=last);
            swap(&mut district.journal.rows, after);
            if commons[place].watched == Watched::Nobody {
                continue;
            }
            diverge::sort_by_person(after);
            self.diverged[place - 1].take_week(district.region, [(&commons[0], before), (&commons[place], after)]);
            after.clear();
        }
        before.clear();
    }
}

/// Ends every district of every world; what is found of each pair.
fn end(
    people: &People,
    commons: &[Common<'_>],
    worlds: &mut [Vec<District<'_>>],
    diverged: Vec<Vec<Diverged>>,
    block: usize,
) -> Vec<Found> {
    for (common, districts) in commons.iter().zip(&mut *worlds) {
        districts.par_iter_mut().with_min_len(block).for_each(|district| {
            district.end_run(common);
            district.journal.rows.clear();
        });
    }
    let (strata, last) = (&commons[0].settings.strata, commons[0].settings.last);
    let regions = people.layout().regions().len();
    let mut found: Vec<Found> = Vec::new();
    for of_other in &worlds[1..] {
        let mut days = DaysBetween::new(regions, strata);
        for (one, other) in worlds[0].iter().zip(of_other) {
            days.take(strata, one, other, last);
        }
        found.push(Found { days, list: Vec::new() });
    }
    for (place, found) in found.iter_mut().enumerate() {
        found.list.reserve_exact(diverged.iter().map(|of_district| of_district[place].count()).sum());
    }
    for of_district in diverged {
        found.iter_mut().zip(of_district).for_each(|(found, diverged)| found.list.extend(diverged.list()));
    }
    found
}
