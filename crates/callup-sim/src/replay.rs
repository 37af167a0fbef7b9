//! One life again: the person's own district lives through the run alone, told at each barrier what the nation told it then.
//!
//! Nobody but the district's own people and the nation's barrier touches a life, so everything about it comes out as it did in the run. This file
//! knows no format and no file.

use crate::district::{Common, District, Watched};
use crate::environment::{CutOff, Environment};
use crate::journal::HistoryRow;
use crate::lawset::LawSet;
use crate::nation::{Room, WEEK, begins, found_one, share};
use crate::people::{Layout, LayoutError, People, Person};
use crate::random::{Draws, PersonId};
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::tally::Columns;
use callup_law::program::Offset;

/// Why there is no life to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayError {
    /// The run has no such person.
    NoSuchPerson,
    /// The people cannot be made.
    Layout(LayoutError),
    /// The district drew other lines than in the run: environment and inputs do not belong together. A day that differs.
    Diverged(u16),
}

/// A life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Whose.
    pub who: PersonId,
    /// What he is like and what the register had of him at the start.
    pub person: Person,
    /// His district, its place in the layout.
    pub district: u32,
    /// All that happened, in order of time.
    pub rows: Vec<HistoryRow>,
}

/// Tells the whole life of one person of a run, sampled or not.
///
/// Panics as [`crate::simulate`] does.
///
/// # Errors
/// If there is no such person, or the environment is that of another run.
pub fn replay(
    layout: &Layout,
    reference_year: u16,
    laws: &LawSet,
    scenario: &Scenario,
    environment: &Environment,
    who: PersonId,
) -> Result<Life, ReplayError> {
    let number = layout.row(who).map(|row| layout.district_of(row)).ok_or(ReplayError::NoSuchPerson)?;
    let draws = Draws::new(scenario.seed);
    let people = People::draw(layout.only(number), reference_year, &scenario.population, &draws);
    let people = people.map_err(ReplayError::Layout)?;
    let regions: Vec<String> = layout.regions().iter().map(|region| region.iso_code.clone()).collect();
    let settings = Settings::new(scenario, &regions).expect("LawSet::bind has checked every choice of this scenario");
    let columns = Columns::new(laws.measure_kinds());
    let common = Common {
        draft_age_men: environment.draft_age_men,
        watched: Watched::One(who),
        ..share(&people, laws, scenario, &settings, &columns)
    };
    let (mut standings, mut marks) = (people.standings(), vec![0; people.len()]);
    let mut district = found_one(&people, &common, number, &mut standings, &mut marks, Room::new(&common));
    live(&mut district, &common, number, environment);
    let told = environment.cut_offs.iter().filter(|(district, _)| *district == number).map(|(_, cut_off)| *cut_off);
    if let Some(day) = first_difference(told.collect(), district.cut_offs.clone()) {
        return Err(ReplayError::Diverged(day));
    }
    let rows = std::mem::take(&mut district.journal.rows);
    let row = people.row(who).ok_or(ReplayError::NoSuchPerson)?;
    Ok(Life { who, person: people.person(row), district: number, rows })
}

/// The days of the run, week by week as the nation has them.
fn live(district: &mut District<'_>, common: &Common<'_>, number: u32, environment: &Environment) {
    district.look_ahead(common);
    let mut first = common.settings.first;
    while first <= common.settings.last {
        let last = (first + WEEK - 1).min(common.settings.last);
        hear(district, common, number, environment, first..=last);
        district.run_week(common, first..=last);
        district.tally.forget();
        first = last + 1;
    }
}

/// What the nation tells the district before these days.
fn hear(
    district: &mut District<'_>,
    common: &Common<'_>,
    number: u32,
    environment: &Environment,
    days: std::ops::RangeInclusive<Offset>,
) {
    for campaign in 0..common.settings.campaigns.len() {
        if begins(common, campaign, district.region, *days.start(), *days.end()) {
            district.draw_up_roll(common, campaign);
        }
    }
    let today = common.run_day(*days.start());
    for effort in environment.efforts.iter().filter(|effort| effort.district == number) {
        if usize::from(effort.day) == common.run_day(*days.start()) {
            district.effort = effort.thousandths;
        }
    }
    for part in environment.parts.iter().filter(|part| part.district == number && usize::from(part.day) == today) {
        if let Some(roll) = district.rolls.get_mut(usize::from(part.campaign)) {
            roll.part = part.men;
        }
    }
}

/// A day on which two lists of lines differ, office by office.
fn first_difference(mut told: Vec<CutOff>, mut drawn: Vec<CutOff>) -> Option<u16> {
    for lines in [&mut told, &mut drawn] {
        lines.sort_by_key(|line| (line.office, line.day));
    }
    let at = told.iter().zip(&drawn).position(|(one, other)| one != other);
    let at = at.or_else(|| (told.len() != drawn.len()).then_some(told.len().min(drawn.len())))?;
    told.get(at).into_iter().chain(drawn.get(at)).map(|line| line.day).min()
}
