//! The register of persons liable and its errors (M1): whom a campaign sees in it, what mends it, what is entered in it.
//!
//! The office works from the record, never from the truth. This file knows no law and no channel.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::people::{Mended, Standing};
use crate::random::Decision;
use crate::scenario::Selection;
use crate::tally::Flow;
use callup_law::calendar::Day;
use callup_law::roles::NoticeKind;

impl District<'_> {
    /// Whether the register shows a person as one whom the campaign takes today (his age aside).
    #[must_use]
    pub fn is_selected(&self, common: &Common<'_>, selection: &Selection, row: u32) -> bool {
        let at = row as usize;
        if self.is_away(row) {
            return false;
        }
        let on_record = || self.people[at].record(self.standings[at].mended).is_on_record();
        match selection {
            Selection::Everyone { .. } => true,
            Selection::OnRecord { .. } => on_record(),
            Selection::RecordedReservists { .. } => {
                on_record() && self.marks[at] & mark::MOBILISED == 0 && !self.desks.shielded.contains(&row)
            }
            Selection::RecordedLiable { .. } => {
                on_record() && self.marks[at] & mark::CALLED_UP == 0 && !self.facts(common, row, 0).is_recorded_free()
            }
        }
    }

    /// An appearance to check the data brings the record in line with the truth.
    pub fn mend_record(&mut self, common: &Common<'_>, slot: u32) {
        let row = self.matters.header(slot).row;
        let at = row as usize;
        if self.standings[at].mended == Mended::ALL || !self.people[at].errors().any() {
            return;
        }
        let before = self.restriction(common, row);
        self.standings[at].mended = Mended::ALL;
        self.tally.count(Flow::RecordsMended);
        self.note(common, slot, What::RecordMended, 0, Cause::Assumption(Assumption::Population));
        self.settle(common, row, before);
    }

    /// A decision that defers or exempts is to be entered after its delay, unless it is lost on the way.
    pub fn await_record(&mut self, common: &Common<'_>, slot: u32) {
        let commission = &common.settings.commission;
        let cause = Cause::Assumption(Assumption::Commission);
        if self.hits(common, slot, Decision::DecisionRecorded, commission.record_lost) {
            self.tally.count(Flow::RecordsLost);
            self.note(common, slot, What::RecordLost, 0, cause);
            return;
        }
        let days = self.wait(common, slot, Decision::RecordDelay, &commission.record);
        let row = self.matters.header(slot).row;
        if days == 0 {
            self.enter_record(common, row);
        } else {
            self.put_person(self.after(days), Kind::RecordEntered, row, 0);
        }
    }

    /// A decision is entered in the register.
    pub fn enter_record(&mut self, common: &Common<'_>, row: u32) {
        let before = self.restriction(common, row);
        self.marks[row as usize] |= mark::DECISION_RECORDED;
        self.tally.count(Flow::RecordsEntered);
        self.note_person(common, row, What::RecordEntered, 0, Assumption::Commission);
        self.settle(common, row, before);
    }

    /// Grants a deferment up to and with a day, as the truth has it.
    pub fn grant_deferment(&mut self, common: &Common<'_>, row: u32, until: Day) {
        let before = self.restriction(common, row);
        let standing: &mut Standing = &mut self.standings[row as usize];
        standing.set_deferred_until(Some(until));
        self.marks[row as usize] |= mark::DEFERRED;
        self.settle(common, row, before);
    }

    /// Rows of those whose completed age lies between two ages on some day of the run, by birth year.
    pub fn rows_of_ages(&mut self, common: &Common<'_>, youngest: u8, oldest: u8) -> std::ops::Range<u32> {
        let cohorts = self.cohorts_of_ages(common, youngest, oldest);
        cohorts.first().map_or(0, |first| first.start)..cohorts.last().map_or(0, |last| last.end)
    }

    /// The same, birth year by birth year.
    pub fn cohorts_of_ages(&mut self, common: &Common<'_>, youngest: u8, oldest: u8) -> Vec<std::ops::Range<u32>> {
        let (first, last) = (common.settings.first, common.settings.last);
        let from = common.year(first).saturating_sub(u16::from(oldest) + 1);
        let until = common.year(last).saturating_sub(youngest.into());
        let place = |year: u16| usize::from(year.saturating_sub(self.first_birth_year)).min(self.cohorts.len());
        let cohorts = self.cohorts[place(from)..place(until + 1).max(place(from))].to_vec();
        self.row_visits += cohorts.iter().map(|rows| rows.len() as u64).sum::<u64>();
        cohorts
    }
}

impl Common<'_> {
    /// Men whose year of birth gives them a completed age between two ages in the first year of the run, by the rows of each birth year. Reads
    /// no row.
    #[must_use]
    pub fn men_of_ages(&self, cohorts: &[std::ops::Range<u32>], first_birth_year: u16, ages: [u8; 2]) -> u64 {
        self.cohorts_of_ages(cohorts, first_birth_year, ages).iter().map(|rows| rows.len() as u64).sum()
    }

    /// Rows of those men, by year of birth.
    #[must_use]
    pub fn cohorts_of_ages<'r>(
        &self,
        cohorts: &'r [std::ops::Range<u32>],
        first_birth_year: u16,
        ages: [u8; 2],
    ) -> &'r [std::ops::Range<u32>] {
        let year = self.year(self.settings.first);
        let place = |age: u8| usize::from(year.saturating_sub(u16::from(age)).saturating_sub(first_birth_year));
        cohorts.get(place(ages[1])..(place(ages[0]) + 1).min(cohorts.len())).unwrap_or_default()
    }

    /// Men of the ages of all draft campaigns taken together.
    #[must_use]
    pub fn men_of_draft_age(&self, cohorts: &[std::ops::Range<u32>], first_birth_year: u16) -> u64 {
        let draft = || self.settings.campaigns.iter().filter(|campaign| campaign.notice == NoticeKind::DraftNotice);
        let youngest = draft().map(|campaign| campaign.ages[0]).min();
        let oldest = draft().map(|campaign| campaign.ages[1]).max();
        let ages = youngest.zip(oldest);
        ages.map_or(0, |(youngest, oldest)| self.men_of_ages(cohorts, first_birth_year, [youngest, oldest]))
    }

    /// Year of an offset.
    fn year(&self, offset: callup_law::program::Offset) -> u16 {
        u16::try_from(self.day(offset).to_ymd().0).unwrap_or(0)
    }
}
