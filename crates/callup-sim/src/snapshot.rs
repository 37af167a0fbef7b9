//! A run at a week's end as bytes, and back: matters, agendas, standings, marks, offices, journals and counters. People are made anew from the seed.
//!
//! What is kept is what a district knows, not how it lies in memory. Bytes are never trusted: every number is held against the layout, the laws and the
//! scenario of the run that goes on, before anything is done with it. This file knows no nation, no file and no checksum.

pub mod fork;

use crate::agenda::Agenda;
use crate::coverage::Coverage;
use crate::crossings::Crossings;
use crate::desks::Desks;
use crate::district::{Awaited, Common, District};
use crate::environment::{CutOff, Effort, Part};
use crate::event::{Entry, KINDS, Kind};
use crate::indicators::{ByStratum, Durations, QuotaWeek};
use crate::journal::{Cause, HistoryRow, Journal};
use crate::lists::Lists;
use crate::matter::{Matters, NONE, flag};
use crate::office::{Commission, Roll};
use crate::people::Standing;
use crate::pools::Used;
use crate::procedure::remedy::{FINAL_OF_MEASURE, PLACE_BITS};
use crate::scenario::Act;
use crate::scenario::contract::CHANNELS;
use crate::settings::contract::USUAL_EFFORT;
use crate::tally::{Columns, SavedTally};
use callup_law::program::Offset;
use callup_law::roles::Milestone;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Counts above this can come from no run, and sums of a few of them cannot overflow.
pub(crate) const COUNT_MAX: u64 = 1 << 40;

/// Why bytes are no save of this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// They end too early, or go on too long.
    Length,
    /// They are no such record.
    Form(String),
    /// They name what the run does not have: the district (`None` for the nation) and what is wrong.
    Content(Option<u32>, String),
}

impl std::fmt::Display for SnapshotError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SnapshotError::Length => write!(out, "its parts are not as long as they say"),
            SnapshotError::Form(what) => write!(out, "it cannot be decoded: {what}"),
            SnapshotError::Content(None, what) => write!(out, "{what}"),
            SnapshotError::Content(Some(district), what) => write!(out, "district {district}: {what}"),
        }
    }
}

impl std::error::Error for SnapshotError {}

/// What the nation has counted and told so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedNation<'s> {
    /// Days done.
    pub(crate) days: u16,
    /// Counters by region, a row a day.
    pub(crate) daily: Cow<'s, [Vec<u64>]>,
    /// Durations by kind, region and stratum.
    pub(crate) durations: Cow<'s, Durations>,
    /// Flows and stocks by stratum.
    pub(crate) by_stratum: Cow<'s, ByStratum>,
    /// What the districts were told.
    pub(crate) parts: Cow<'s, [Part]>,
    /// Efforts that they were told.
    pub(crate) efforts: Cow<'s, [Effort]>,
    /// How regions stood against their quotas.
    pub(crate) quota_weeks: Cow<'s, [QuotaWeek]>,
}

/// What a district knows at a week's end.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedDistrict<'s> {
    matters: Cow<'s, Matters>,
    agenda: Vec<(Offset, Entry)>,
    agenda_peak: u64,
    #[serde(borrow)]
    tally: SavedTally<'s>,
    commission: Cow<'s, Commission>,
    lists: Cow<'s, Lists>,
    crossings: Cow<'s, Crossings>,
    desks: Cow<'s, Desks>,
    rolls: Cow<'s, [Roll]>,
    /// How far each pool of the willing is used up.
    pools: Vec<Used>,
    signed_in: Cow<'s, std::collections::BTreeMap<u16, u64>>,
    effort: u32,
    cut_offs: Cow<'s, [CutOff]>,
    journal: Cow<'s, Journal>,
    coverage: Cow<'s, Coverage>,
    awaited: Cow<'s, Awaited>,
    served: Vec<u64>,
    row_visits: u64,
    has_overlaps: bool,
    /// Those who are not as everybody was at the start: distance from the row before, standing, marks.
    changed: Vec<(u32, Standing, u32)>,
}

/// The parts of a save, each with its length before it.
pub(crate) struct Parts<'b> {
    left: &'b [u8],
}

impl<'b> Parts<'b> {
    pub(crate) fn of(bytes: &'b [u8]) -> Parts<'b> {
        Parts { left: bytes }
    }

    /// The next part.
    pub(crate) fn next_part(&mut self) -> Result<&'b [u8], SnapshotError> {
        let (length, rest) = self.left.split_first_chunk::<8>().ok_or(SnapshotError::Length)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| SnapshotError::Length)?;
        let (part, rest) = rest.split_at_checked(length).ok_or(SnapshotError::Length)?;
        self.left = rest;
        Ok(part)
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Nothing may be left.
    pub(crate) fn end(&self) -> Result<(), SnapshotError> {
        if self.left.is_empty() { Ok(()) } else { Err(SnapshotError::Length) }
    }
}

/// Puts parts together so that [`Parts`] takes them apart again.
pub(crate) fn join<'p>(parts: impl Iterator<Item = &'p Vec<u8>> + Clone) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.clone().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Writes a record.
pub(crate) fn encode(record: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(record).expect("records of plain numbers can be written to memory")
}

/// Reads a record that takes up all of a part. Reading never takes more memory than some constant times the length of the part.
pub(crate) fn decode<'b, T: Deserialize<'b>>(part: &'b [u8]) -> Result<T, SnapshotError> {
    let form = |error: postcard::Error| SnapshotError::Form(error.to_string());
    let (record, rest) = postcard::take_from_bytes(part).map_err(form)?;
    if rest.is_empty() { Ok(record) } else { Err(SnapshotError::Length) }
}

/// An error unless it holds.
pub(crate) fn require(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

impl SavedNation<'_> {
    /// Whether everything in it can be of this run, which has so many districts.
    pub(crate) fn check(&self, common: &Common<'_>, districts: u32) -> Result<(), String> {
        let (columns, settings) = (common.columns, common.settings);
        require((1..=settings.days).contains(&self.days), "it was saved on a day that the run does not have")?;
        let row = columns.flows() + columns.stocks();
        let length = usize::from(settings.days) * row;
        require(self.daily.len() == settings.regions, "it has another number of regions")?;
        let whole = |rows: &Vec<u64>| rows.is_empty() || rows.len() == length;
        require(self.daily.iter().all(whole), "its daily counters have another form")?;
        require(self.daily.iter().flatten().all(|count| *count <= COUNT_MAX), "a counter is too large")?;
        let campaigns = settings.campaigns.len();
        let known = |part: &Part| {
            part.district < districts
                && usize::from(part.campaign) < campaigns
                && part.day < self.days
                && part.men <= COUNT_MAX
        };
        require(self.parts.iter().all(known), "it divides a number that the run does not have")?;
        let told = |effort: &Effort| effort.district < districts && effort.day <= self.days;
        require(self.efforts.iter().all(told), "it tells an effort that the run does not have")?;
        let stood = |week: &QuotaWeek| {
            week.day < self.days
                && usize::from(week.region) < settings.regions
                && week.plan <= COUNT_MAX
                && week.actual <= COUNT_MAX
        };
        require(self.quota_weeks.iter().all(stood), "it has a plan that the run does not have")
    }
}

impl District<'_> {
    /// All that a district knows, as bytes. To be called between two days.
    pub(crate) fn save(&self) -> Vec<u8> {
        // Every field by name: whoever adds one decides here whether it is kept.
        let District {
            number: _,
            region: _,
            office: _,
            people: _,
            standings,
            marks,
            stretches: _,
            cohorts: _,
            first_birth_year: _,
            matters,
            agenda,
            tally,
            cut_offs,
            journal,
            coverage,
            awaited,
            commission,
            lists,
            crossings,
            desks,
            desk_powers: _,
            search_powers: _,
            rolls,
            pools,
            signed_in,
            effort,
            today: _,
            served,
            row_visits,
            has_overlaps,
            places: _,
            days_restricted: _,
            to_remember: _,
            because: _,
            batch: _,
            sorting: _,
            effects: _,
            before: _,
        } = self;
        encode(&SavedDistrict {
            matters: Cow::Borrowed(matters),
            agenda: agenda.entries(),
            agenda_peak: agenda.peak() as u64,
            tally: tally.saved(),
            commission: Cow::Borrowed(commission),
            lists: Cow::Borrowed(lists),
            crossings: Cow::Borrowed(crossings),
            desks: Cow::Borrowed(desks),
            rolls: Cow::Borrowed(rolls),
            pools: pools.iter().map(|pool| pool.used).collect(),
            signed_in: Cow::Borrowed(signed_in),
            effort: *effort,
            cut_offs: Cow::Borrowed(cut_offs),
            journal: Cow::Borrowed(journal),
            coverage: Cow::Borrowed(coverage),
            awaited: Cow::Borrowed(awaited),
            served: served.to_vec(),
            row_visits: *row_visits,
            has_overlaps: *has_overlaps,
            changed: changed(standings, marks),
        })
    }

    /// Takes back what was saved at the end of day `today`; an error leaves the district unfit for anything.
    pub(crate) fn restore(&mut self, common: &Common<'_>, part: &[u8], today: Offset) -> Result<(), SnapshotError> {
        let saved: SavedDistrict<'_> = decode(part)?;
        let content = |what: String| SnapshotError::Content(None, what);
        saved.check(self, common, today).map_err(content)?;
        self.find_willing(common);
        let fits = |(pool, used): (&crate::pools::Pool, &Used)| pool.fits(*used);
        let pools = self.pools.len() == saved.pools.len() && self.pools.iter().zip(&saved.pools).all(fits);
        require(pools, "its pools of the willing are not those of its people").map_err(content)?;
        self.pools.iter_mut().zip(saved.pools).for_each(|(pool, used)| pool.used = used);
        (self.signed_in, self.effort) = (saved.signed_in.into_owned(), saved.effort);
        self.today = today;
        self.matters = saved.matters.into_owned();
        self.draw_again(common);
        self.agenda = Agenda::restored(&self.agenda, today, saved.agenda_peak as usize, &saved.agenda);
        self.tally.restore(saved.tally);
        let draft_age_men = self.commission.draft_age_men;
        self.commission = saved.commission.into_owned();
        self.commission.draft_age_men = draft_age_men;
        self.lists = saved.lists.into_owned();
        self.crossings = saved.crossings.into_owned();
        self.desks = saved.desks.into_owned();
        self.rolls = saved.rolls.into_owned();
        self.cut_offs = saved.cut_offs.into_owned();
        self.journal = saved.journal.into_owned();
        let mut coverage = saved.coverage.into_owned();
        coverage.restore(&self.coverage, self.matters.slots(), self.people.len()).map_err(content)?;
        self.coverage = coverage;
        self.awaited = saved.awaited.into_owned();
        self.served.copy_from_slice(&saved.served);
        (self.row_visits, self.has_overlaps) = (saved.row_visits, saved.has_overlaps);
        let mut row = 0;
        for (distance, standing, marks) in saved.changed {
            row += distance as usize;
            (self.standings[row], self.marks[row]) = (standing, marks);
            row += 1;
        }
        self.check_chains().map_err(content)?;
        self.check_stocks(common).map_err(content)
    }

    /// Whether each open matter is in the list of its person, once, and each list has only his.
    fn check_chains(&self) -> Result<(), String> {
        let mut listed = 0;
        for (row, standing) in (0_u32..).zip(self.standings.iter()) {
            let mut slot = standing.open_matter;
            while slot != NONE {
                require((slot as usize) < self.matters.slots(), "a person has a matter that is not there")?;
                let header = self.matters.header(slot);
                require(header.row == row, "a person has another's matter")?;
                listed += 1;
                require(listed <= self.matters.open_count(), "a person's matters go in a circle")?;
                slot = header.next;
            }
        }
        require(listed == self.matters.open_count(), "a matter is in no person's list")?;
        let several = |standing: &Standing| {
            standing.open_matter != NONE && self.matters.header(standing.open_matter).next != NONE
        };
        require(self.has_overlaps || !self.standings.iter().any(several), "matters overlap though none ever did")
    }

    /// Whether the stocks are what a full count gives.
    fn check_stocks(&self, common: &Common<'_>) -> Result<(), String> {
        let counted = self.count_stocks(common);
        let milestones = Columns::at_milestone(0)..Columns::at_milestone(Milestone::ALL.len() as u8);
        let mut at_milestone = vec![0_i64; counted.len()];
        for slot in self.matters.open_slots() {
            let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
            let tracks = bound.program.layout().tracks;
            for (track, state) in (0..).zip(&self.matters.states(slot)[..tracks]) {
                let milestone = bound.milestone(track, *state);
                if milestone != crate::lawset::NO_MILESTONE {
                    at_milestone[Columns::at_milestone(milestone)] += 1;
                }
            }
        }
        let agrees = |(stock, is): (usize, &i64)| {
            // Closed matters stay at their last milestone, so only a least number is known.
            let fits = |least: i64| (least..=COUNT_MAX as i64).contains(is);
            if milestones.contains(&stock) { fits(at_milestone[stock]) } else { fits(0) && *is == counted[stock] }
        };
        require(self.tally.stocks.iter().enumerate().all(agrees), "its stocks are not what its matters add up to")
    }
}

/// Those who are not as everybody was at the start.
fn changed(standings: &[Standing], marks: &[u32]) -> Vec<(u32, Standing, u32)> {
    let mut next = 0;
    let mut list = Vec::new();
    for (row, (standing, marks)) in (0_u32..).zip(standings.iter().zip(marks)) {
        if *standing != Standing::START || *marks != 0 {
            list.push((row - next, *standing, *marks));
            next = row + 1;
        }
    }
    list
}

impl SavedDistrict<'_> {
    /// Whether everything in it can be of this district at the end of this day.
    fn check(&self, district: &District<'_>, common: &Common<'_>, today: Offset) -> Result<(), String> {
        let run_day = common.run_day(today) as u16;
        self.matters.check_form(&district.matters)?;
        self.check_matters(district, common, today)?;
        self.check_agenda(district, common, today)?;
        require(self.tally.is_sound(common.columns, today), "its counters have another form")?;
        let slots = self.matters.slots();
        let is_awaited = |(slot, act): &(u32, u8)| (*slot as usize) < slots && usize::from(*act) < Act::ALL.len();
        require(self.awaited.keys().all(is_awaited), "an act is awaited in no matter")?;
        self.check_offices(district, common, today)?;
        self.check_journal(common, run_day)?;
        require(self.served.len() == KINDS, "its counts of work have another form")?;
        let counts = self.served.iter().chain([&self.row_visits, &self.agenda_peak]);
        require(counts.into_iter().all(|count| *count <= COUNT_MAX), "a count of work is too large")?;
        let rows: u64 = self.changed.iter().map(|(distance, ..)| u64::from(*distance) + 1).sum();
        require(rows <= district.people.len() as u64, "it has more people")
    }

    fn check_matters(&self, district: &District<'_>, common: &Common<'_>, today: Offset) -> Result<(), String> {
        for slot in self.matters.open_slots() {
            let header = self.matters.header(slot);
            require((header.row as usize) < district.people.len(), "a matter is nobody's")?;
            let stretch = district.stretch_of(header.row);
            require(header.stretch == stretch, "a matter's person has another identity")?;
            require(usize::from(header.campaign) < common.settings.campaigns.len(), "a matter is of no campaign")?;
            let Some(bound) = common.laws.programs.get(usize::from(header.program)) else {
                return Err("a matter is under no law".into());
            };
            let (layout, states) = (bound.program.layout(), self.matters.states(slot));
            let mut tracks = (0..).zip(&states[..layout.tracks]);
            require(tracks.all(|(track, state)| *state < bound.program.states(track)), "a matter is in no state")?;
            require(self.matters.fits_measures(slot, bound.kinds.len()), "a matter has a measure that its law lacks")?;
            require(usize::from(header.late_height()) < common.settings.response.late.len(), "a hazard has no height")?;
            let stratum = district.stratum_of(common, header.row);
            require(self.matters.stratum(slot) == stratum, "a matter is of another stratum")?;
            require(header.opened <= today && header.late_from <= today + 1, "a matter has days to come")?;
            let is_of_run = common.settings.first <= header.opened && header.opened <= header.appearance;
            require(is_of_run, "a matter was opened before the run, or after its date")?;
            let sampled = header.flags & flag::SAMPLED != 0;
            let person = district.id_in(stretch, header.row);
            require(sampled == district.is_sampled(common, person), "the wrong people are sampled")?;
        }
        Ok(())
    }

    fn check_agenda(&self, district: &District<'_>, common: &Common<'_>, today: Offset) -> Result<(), String> {
        let channels = common.settings.channels.len();
        for (day, entry) in &self.agenda {
            require((today + 1..=common.settings.last).contains(day), "something is due on a day outside the run")?;
            let bound = if entry.kind.is_personal() { district.people.len() } else { self.matters.slots() };
            require((entry.index as usize) < bound, "something is due for nobody")?;
            let payload = usize::from(entry.payload);
            let known = match entry.kind {
                Kind::Visit => payload >> 8 < channels,
                Kind::Proceed => payload & 0xff < Act::ALL.len(),
                Kind::Sign => payload >> 8 < common.settings.contracts.len() && payload & 0xff < CHANNELS,
                Kind::ContractEnds => payload <= 1,
                Kind::File => payload & PLACE_BITS < common.settings.remedies.len(),
                Kind::FileFor => {
                    payload >> 8 < common.settings.campaigns.len()
                        && payload & PLACE_BITS < common.settings.remedies.len()
                }
                Kind::Final => {
                    let filing = self.desks.filings.get(&(entry.index, entry.payload & FINAL_OF_MEASURE != 0));
                    filing.is_some_and(|filing| filing.is_decided)
                }
                Kind::ComesHome | Kind::SentHome => entry.payload <= today,
                Kind::Card | Kind::Muster => common.settings.mobilisation.is_some(),
                // In the register, or in the list of a channel.
                Kind::Place => payload.checked_sub(1).is_none_or(|channel| channel < channels),
                Kind::Open => payload <= 1,
                Kind::Send | Kind::Post | Kind::PostOutcome | Kind::EmployerOutcome => payload < channels,
                Kind::MeasureOn | Kind::MeasureOff => payload < self.matters.measures_at_most(),
                _ => true,
            };
            require(known, "something is due that the scenario does not have")?;
        }
        Ok(())
    }

    fn check_offices(&self, district: &District<'_>, common: &Common<'_>, today: Offset) -> Result<(), String> {
        let (rows, campaigns) = (district.people.len(), common.settings.campaigns.len());
        require(self.commission.is_sound(rows, self.matters.slots(), campaigns), "its queue is not a queue")?;
        let regions = common.settings.regions;
        let counted = |(region, signed): (&u16, &u64)| usize::from(*region) < regions && *signed <= COUNT_MAX;
        require(self.signed_in.iter().all(counted), "contracts were signed in no region")?;
        let limit = common.settings.quota.as_ref().map_or(USUAL_EFFORT, |quota| quota.limit.max(USUAL_EFFORT));
        require((USUAL_EFFORT..=limit).contains(&self.effort), "its effort is none that it can be told")?;
        require(self.lists.is_sound(rows), "its list of those looked for is not a list")?;
        require(self.crossings.is_sound(rows), "its trips do not add up")?;
        let (slots, desks) = (self.matters.slots(), district.desk_powers.len());
        require(self.desks.are_sound(today, rows, slots, campaigns, desks), "what waits on its desks does not add up")?;
        require(self.rolls.len() == campaigns, "it has another number of campaigns")?;
        require(self.rolls.iter().all(|roll| roll.is_sound(rows, COUNT_MAX)), "a roll is not a roll")
    }

    fn check_journal(&self, common: &Common<'_>, run_day: u16) -> Result<(), String> {
        let (laws, campaigns) = (&common.laws.laws, common.settings.campaigns.len());
        let mut counts = laws.iter().zip(&self.journal.exercised);
        let form =
            self.journal.exercised.len() == laws.len() && counts.all(|(law, count)| law.cites.len() == count.len());
        require(form, "its laws have other articles")?;
        let counts = self.journal.exercised.iter().flatten();
        require(counts.into_iter().all(|count| *count <= u32::MAX / 2), "an article is counted too often")?;
        let cited = |cause: Cause| match cause {
            Cause::Article { law, cite } => {
                laws.get(usize::from(law)).is_some_and(|law| usize::from(cite) < law.cites.len())
            }
            Cause::Assumption(_) => true,
        };
        let known = |row: &HistoryRow| {
            row.day <= run_day
                && row.campaign.is_none_or(|campaign| usize::from(campaign) < campaigns)
                && cited(row.cause)
        };
        require(self.journal.rows.iter().all(known), "a history has what the run does not have")?;
        let drawn =
            |line: &CutOff| line.day <= run_day && line.entered <= line.day && usize::from(line.campaign) < campaigns;
        require(self.cut_offs.iter().all(drawn), "an office drew a line that the run does not have")
    }
}
