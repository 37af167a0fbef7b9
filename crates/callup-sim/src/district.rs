//! One district: its people's standing, its matters, its agenda, its office and its counters; and what all districts share.
//!
//! A district is run by one thread from week to week and touches nothing outside itself. The mechanisms in `procedure/` and the answers
//! of people in `behaviour.rs` are written on it. This file knows no order of a day.

use crate::agenda::Agenda;
use crate::ahead::DrawnAhead;
use crate::coverage::Coverage;
use crate::crossings::Crossings;
use crate::desks::Desks;
use crate::environment::CutOff;
use crate::event::{Entry, KINDS, Kind};
use crate::journal::{Assumption, Cause, HistoryRow, Journal, What};
use crate::lawset::LawSet;
use crate::lists::Lists;
use crate::matter::{Header, Matters, flag};
use crate::office::{Commission, Roll};
use crate::people::{Person, Standing};
use crate::places::Places;
use crate::pools::Pool;
use crate::random::{Actor, Decision, DrawKey, Draws, MatterKey, OfficeId, PersonId, Probability};
use crate::restricted::DaysRestricted;
use crate::settings::{Settings, Wait};
use crate::tally::{Columns, Tally};
use callup_law::calendar::Day;
use callup_law::program::{Offset, PictureCode, TRACKS_MAX, UNSET};
use callup_law::roles::PersonFact;
use callup_law::step::Effect;

/// What has ever been true of a person in the run, and what was decided about him; one bit each. Those that a matter keeps for him until it
/// closes are among the first sixteen.
pub mod mark {
    /// A notice was formed for him.
    pub const SUMMONED: u32 = 1;
    /// He came to know of a notice.
    pub const REACHED: u32 = 1 << 1;
    /// A notice counted as served before he knew of it.
    pub const SERVED_UNSEEN: u32 = 1 << 2;
    /// He was under an exit ban.
    pub const BARRED: u32 = 1 << 3;
    /// He was under an exit ban on a notice that he did not know of.
    pub const BARRED_UNSEEN: u32 = 1 << 4;
    /// He was under an exit ban though the truth freed him.
    pub const BARRED_WRONGLY: u32 = 1 << 5;
    /// He was under a measure other than the ban on leaving or on a passport.
    pub const RESTRICTED_FURTHER: u32 = 1 << 6;
    /// He appeared on a notice.
    pub const APPEARED: u32 = 1 << 7;
    /// He was called up.
    pub const CALLED_UP: u32 = 1 << 8;
    /// He was turned back at the border.
    pub const TURNED_BACK: u32 = 1 << 9;
    /// A deferment was granted to him.
    pub const DEFERRED: u32 = 1 << 10;
    /// He was exempted.
    pub const EXEMPTED: u32 = 1 << 11;
    /// A decision that defers or exempts him stands in the register.
    pub const DECISION_RECORDED: u32 = 1 << 12;
    /// He was dispatched to the forces.
    pub const DISPATCHED: u32 = 1 << 13;
    /// His time to come on a notice ran out.
    pub const DEFAULTED: u32 = 1 << 14;
    /// He was under a measure of any kind though the truth freed him.
    pub const RESTRICTED_WRONGLY: u32 = 1 << 15;
    /// He left the country for good.
    pub const LEFT: u32 = 1 << 16;
    /// He was under a measure of any kind.
    pub const RESTRICTED: u32 = 1 << 17;
    /// He was under a measure of any kind on a notice that he did not know of.
    pub const RESTRICTED_UNSEEN: u32 = 1 << 18;
    /// He was under a measure of any kind though the truth freed him, and the register did not show it.
    pub const RESTRICTED_BY_RECORD: u32 = 1 << 19;
    /// He was under a ban on driving.
    pub const DRIVING_BARRED: u32 = 1 << 20;
    /// He was found by a way of searching and owed what he was listed for.
    pub const FOUND: u32 = 1 << 22;
    /// He was taken for somebody listed and stopped.
    pub const WRONGLY_STOPPED: u32 = 1 << 23;
    /// He was stopped on a listing that had ended or that the truth does not bear out.
    pub const STALE_STOPPED: u32 = 1 << 24;
    /// He showed a valid reason for not coming on some notice.
    pub const REASON_SHOWN: u32 = 1 << 25;
    /// He was under a ban on driving, and his main income needs driving.
    pub const LIVELIHOOD_BARRED: u32 = 1 << 21;

    /// He asked for legal aid about a matter of his own.
    pub const ASKED_FOR_HELP: u32 = 1 << 26;
    /// He was dispatched on mobilisation.
    pub const MOBILISED: u32 = 1 << 27;
    /// He filed a remedy, or somebody for him.
    pub const FILED_REMEDY: u32 = 1 << 28;
    /// He was pressed to sign a contract.
    pub const PRESSED: u32 = 1 << 29;
    /// He signed a contract with the ministry.
    pub const SIGNED: u32 = 1 << 30;

    /// Every mark with its name and what it means.
    pub const NAMED: &[(u32, &str, &str)] = &[
        (SUMMONED, "summoned", "A notice was formed for him."),
        (REACHED, "reached", "He came to know of a notice."),
        (SERVED_UNSEEN, "served_unseen", "A notice counted as served before he knew of it."),
        (BARRED, "barred", "He was under an exit ban."),
        (BARRED_UNSEEN, "barred_unseen", "He was under an exit ban on a notice that he did not know of."),
        (BARRED_WRONGLY, "barred_wrongly", "He was under an exit ban though the truth freed him."),
        (
            RESTRICTED_FURTHER,
            "restricted_further",
            "He was under a measure other than the ban on leaving or on a passport.",
        ),
        (APPEARED, "appeared", "He appeared on a notice."),
        (CALLED_UP, "called_up", "He was called up."),
        (TURNED_BACK, "turned_back", "He was turned back at the border."),
        (DEFERRED, "deferred", "A deferment was granted to him."),
        (EXEMPTED, "exempted", "He was exempted."),
        (DECISION_RECORDED, "decision_recorded", "A decision that defers or exempts him stands in the register."),
        (DISPATCHED, "dispatched", "He was dispatched to the forces."),
        (DEFAULTED, "defaulted", "His time to come on a notice ran out."),
        (RESTRICTED_WRONGLY, "restricted_wrongly", "He was under a measure of any kind though the truth freed him."),
        (LEFT, "left", "He left the country for good."),
        (RESTRICTED, "restricted", "He was under a measure of any kind."),
        (
            RESTRICTED_UNSEEN,
            "restricted_unseen",
            "He was under a measure of any kind on a notice that he did not know of.",
        ),
        (
            RESTRICTED_BY_RECORD,
            "restricted_by_record",
            "He was under a measure of any kind though the truth freed him, and the register did not show it.",
        ),
        (DRIVING_BARRED, "driving_barred", "He was under a ban on driving."),
        (LIVELIHOOD_BARRED, "livelihood_barred", "He was under a ban on driving, and his main income needs driving."),
        (FOUND, "found", "He was found by a way of searching and owed what he was listed for."),
        (WRONGLY_STOPPED, "wrongly_stopped", "He was taken for somebody listed and stopped."),
        (
            STALE_STOPPED,
            "stale_stopped",
            "He was stopped on a listing that had ended or that the truth does not bear out.",
        ),
        (REASON_SHOWN, "reason_shown", "He showed a valid reason for not coming on some notice."),
        (ASKED_FOR_HELP, "asked_for_help", "He asked for legal aid about a matter of his own."),
        (MOBILISED, "mobilised", "He was dispatched on mobilisation."),
        (FILED_REMEDY, "filed_remedy", "He filed a remedy, or somebody for him."),
        (PRESSED, "pressed", "He was pressed to sign a contract."),
        (SIGNED, "signed", "He signed a contract with the ministry."),
    ];
}

/// What all districts share and none changes.
pub struct Common<'a> {
    /// Choices.
    pub settings: &'a Settings,
    /// Laws.
    pub laws: &'a LawSet,
    /// Chance.
    pub draws: Draws,
    /// Columns.
    pub columns: &'a Columns,
    /// Which law governs what is opened, by day of the run.
    pub law_on: Vec<u8>,
    /// Conditions: by law, condition and region, by day of the run.
    pub conditions: Vec<Vec<Vec<Vec<bool>>>>,
    /// Key of chance of each campaign's matters.
    pub matter_keys: Vec<MatterKey>,
    /// Place of the exit ban among the kinds of measure of the run; `u8::MAX` if no law has one.
    pub exit_ban: u8,
    /// Place of the ban on driving, likewise.
    pub driving_ban: u8,
    /// The smallest word of a draw that means a departure within the run, by region.
    pub departure_words: Vec<u32>,
    /// What is drawn ahead for each matter.
    pub ahead: DrawnAhead,
    /// Men of draft age in the nation, by whom capacity is split.
    pub draft_age_men: u64,
    /// Whether a campaign has a decreed number, whose places are short.
    pub has_decrees: bool,
    /// Whose history is written.
    pub watched: Watched,
}

/// Whose history is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// That of the sample that the scenario asks for.
    Sample,
    /// That of one person.
    One(PersonId),
    /// That of nobody.
    Nobody,
    /// That of everybody, to be looked at week by week.
    Everybody,
}

impl Common<'_> {
    /// The civil day of an offset.
    #[must_use]
    pub fn day(&self, offset: Offset) -> Day {
        self.settings.horizon.day(offset)
    }

    /// Day of the run, from 0.
    #[must_use]
    #[inline]
    pub fn run_day(&self, offset: Offset) -> usize {
        usize::from(offset - self.settings.first)
    }

    /// Whether it happens; certainties need no draw.
    #[must_use]
    #[inline]
    pub fn hits(&self, key: DrawKey, probability: Probability) -> bool {
        match probability {
            Probability::ALWAYS => true,
            Probability::NEVER => false,
            _ => self.draws.below(key, probability),
        }
    }

    /// Days to wait.
    #[must_use]
    #[inline]
    pub fn wait(&self, key: DrawKey, wait: &Wait) -> u16 {
        match wait {
            Wait::Fixed(days) => *days,
            Wait::Drawn(table) => self.draws.delay(key, table),
        }
    }
}

/// A run of rows with consecutive identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First row in the district.
    pub row: u32,
    /// Identity of the person in it.
    pub id: PersonId,
}

/// What a district can do by one way of searching of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchPower {
    /// Hazard a day of being found for the only person on the list.
    pub find: u64,
    /// Hazard a day of being taken for somebody else, for each innocent and each listed person, in units of 2^-58.
    pub mistake: u64,
}

/// How often each act of an office or a court has been awaited in each open matter, by slot and act; the last time counts.
pub type Awaited = std::collections::BTreeMap<(u32, u8), u8>;

/// One district.
pub struct District<'a> {
    /// Its place among all districts.
    pub number: u32,
    /// Place of its region.
    pub region: u16,
    /// Its office.
    pub office: OfficeId,
    /// Its people.
    pub people: &'a [Person],
    /// Where they stand.
    pub standings: &'a mut [Standing],
    /// What has ever been true of them, see [`mark`].
    pub marks: &'a mut [u32],
    /// Their identities.
    pub stretches: Vec<Stretch>,
    /// Rows of each birth year, from the first of the layout.
    pub cohorts: Vec<std::ops::Range<u32>>,
    /// First birth year.
    pub first_birth_year: u16,
    /// Open matters.
    pub matters: Matters,
    /// What is due.
    pub agenda: Agenda,
    /// Counters.
    pub tally: Tally,
    /// Lines that its offices drew.
    pub cut_offs: Vec<CutOff>,
    /// Histories and counts of articles.
    pub journal: Journal,
    /// Acts of offices and courts that its matters wait for.
    pub awaited: Awaited,
    /// What its matters have used of the laws.
    pub coverage: Coverage,
    /// The commission.
    pub commission: Commission,
    /// Those who are looked for.
    pub lists: Lists,
    /// What the district can do by each way of searching of the scenario.
    pub search_powers: Vec<SearchPower>,
    /// Remedies and cards of employers that wait to be decided.
    pub desks: Desks,
    /// What each desk can decide a day, in units of 2^-32 decisions.
    pub desk_powers: Vec<u64>,
    /// Crossings of the border.
    pub crossings: Crossings,
    /// Whom each campaign takes here.
    pub rolls: Vec<Roll>,
    /// Those who may sign a contract, by contract and channel.
    pub pools: Vec<Pool>,
    /// Contracts that count for the quota, by the region in which they were signed.
    pub signed_in: std::collections::BTreeMap<u16, u64>,
    /// Effort and pressure of its offices to sign contracts, thousandths of the usual.
    pub effort: u32,
    /// The day being run.
    pub today: Offset,
    /// Entries served, by kind.
    pub served: [u64; KINDS],
    /// Rows read in scans.
    pub row_visits: u64,
    /// Rows of those of whom something new may be true at the end of the day; empty between days.
    pub(crate) to_remember: Vec<u32>,
    /// Cause of the last thing that happened in a matter whose history is written: what has closed it, if it is over now.
    pub(crate) because: Cause,
    /// Whether somebody here has had two matters open at once.
    pub has_overlaps: bool,
    /// The places that its offices give.
    pub places: Places,
    /// How many days each person has been restricted, where somebody asks.
    pub days_restricted: Option<DaysRestricted>,
    /// Entries being served; kept for its room.
    pub(crate) batch: Vec<Entry>,
    /// Room for sorting them.
    pub(crate) sorting: Vec<Entry>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) before: [u8; TRACKS_MAX],
}

impl District<'_> {
    /// Effort and pressure of its offices to sign contracts, thousandths of the usual; more where the quota lags.
    #[must_use]
    pub fn effort(&self) -> u32 {
        self.effort
    }

    /// Stretch of identities in which a row lies.
    #[must_use]
    #[inline]
    pub fn stretch_of(&self, row: u32) -> u16 {
        (self.stretches.partition_point(|stretch| stretch.row <= row) - 1) as u16
    }

    /// Who is in a row.
    #[must_use]
    pub fn id(&self, row: u32) -> PersonId {
        self.id_in(self.stretch_of(row), row)
    }

    /// Who is in a row of this stretch.
    #[must_use]
    #[inline]
    pub fn id_in(&self, stretch: u16, row: u32) -> PersonId {
        let stretch = self.stretches[usize::from(stretch)];
        PersonId(stretch.id.0 + u64::from(row - stretch.row))
    }

    /// Key of a response in a matter.
    #[must_use]
    #[inline]
    pub fn key(&self, common: &Common<'_>, slot: u32, decision: Decision) -> DrawKey {
        let header = self.matters.header(slot);
        let id = self.id_in(header.stretch, header.row);
        DrawKey::of_response(id, decision, common.matter_keys[usize::from(header.campaign)])
    }

    /// The word for the fraction of a unit of work that the office has saved up when it begins: 0 decisions, 1 notices of a campaign,
    /// 2 trips begun, 3 trips ended, from 16 on those of its desks.
    #[must_use]
    pub fn saved_up(&self, common: &Common<'_>, matter: MatterKey, work: u8) -> u32 {
        let (actor, decision) = (Actor::Office(self.office), Decision::SavedUp);
        common.draws.word(DrawKey { actor, decision, matter, ordinal: 0, alternative: work })
    }

    /// Puts an entry of a matter on the agenda.
    #[inline]
    pub fn put(&mut self, day: Offset, kind: Kind, slot: u32, payload: u16) {
        let generation = self.matters.header(slot).generation;
        self.agenda.put(day, Entry { index: slot, payload, generation, kind });
    }

    /// Puts an entry of a person on the agenda.
    #[inline]
    pub fn put_person(&mut self, day: Offset, kind: Kind, row: u32, payload: u16) {
        self.agenda.put(day, Entry { index: row, payload, generation: 0, kind });
    }

    /// A later day, without overflow.
    #[must_use]
    #[inline]
    pub fn after(&self, days: u16) -> Offset {
        self.today.saturating_add(days)
    }

    /// Whether marks of a matter are set.
    #[must_use]
    #[inline]
    pub fn has(&self, slot: u32, flags: u16) -> bool {
        self.matters.header(slot).flags & flags != 0
    }

    /// Sets marks of a matter.
    #[inline]
    pub fn set(&mut self, slot: u32, flags: u16) {
        self.matters.header_mut(slot).flags |= flags;
    }

    /// Clears marks of a matter.
    #[inline]
    pub fn clear(&mut self, slot: u32, flags: u16) {
        self.matters.header_mut(slot).flags &= !flags;
    }

    /// The facts of a person under a law, as guards ask for them.
    #[must_use]
    pub fn facts<'c>(&'c self, common: &'c Common<'_>, row: u32, law: u8) -> FactsOf<'c> {
        let asked = Asked { region: self.region, today: self.today, earlier_default: false };
        facts_of(self.people, self.standings, self.marks, asked, common, row, law)
    }

    /// Writes a row of a matter's history, if its person is sampled.
    #[inline]
    pub fn note(&mut self, common: &Common<'_>, slot: u32, what: What, detail: u16, cause: Cause) {
        self.note_dated(common, slot, what, detail, UNSET, cause);
    }

    /// As [`District::note`], with a day that goes with it (`UNSET` for none).
    #[inline]
    pub fn note_dated(&mut self, common: &Common<'_>, slot: u32, what: What, detail: u16, date: Offset, cause: Cause) {
        let header = *self.matters.header(slot);
        if header.flags & flag::SAMPLED != 0 {
            let date = (date != UNSET).then(|| common.run_day(date) as u16);
            self.write(common, &header, (what, detail, date), cause);
        }
    }

    #[cold]
    fn write(&mut self, common: &Common<'_>, header: &Header, row: (What, u16, Option<u16>), cause: Cause) {
        let person = self.id_in(header.stretch, header.row);
        let day = common.run_day(self.today) as u16;
        let (what, detail, date) = row;
        let campaign = Some(header.campaign);
        self.journal.rows.push(HistoryRow { person, day, campaign, what, detail, date, cause });
    }

    /// Writes a row of a person's history that belongs to no matter, if he is sampled.
    pub fn note_person(&mut self, common: &Common<'_>, row: u32, what: What, detail: u16, cause: Assumption) {
        if common.watched == Watched::Sample && common.settings.history_share == Probability::NEVER {
            return;
        }
        let person = self.id(row);
        if self.is_sampled(common, person) {
            let day = common.run_day(self.today) as u16;
            self.journal.rows.push(HistoryRow {
                person,
                day,
                campaign: None,
                what,
                detail,
                date: None,
                cause: Cause::Assumption(cause),
            });
        }
    }

    /// Whether a person's whole history is written.
    #[must_use]
    pub fn is_sampled(&self, common: &Common<'_>, person: PersonId) -> bool {
        match common.watched {
            Watched::Sample => {
                common.hits(DrawKey::of_trait(person, Decision::HistorySample), common.settings.history_share)
            }
            Watched::One(watched) => watched == person,
            Watched::Nobody => false,
            Watched::Everybody => true,
        }
    }
}

/// The facts of a person, from columns that may be borrowed apart from the rest of a district. Nothing of the person is read here: a law
/// that asks nothing of him leaves his rows where they are.
pub(crate) fn facts_of<'c>(
    people: &'c [Person],
    standings: &'c [Standing],
    marks: &'c [u32],
    asked: Asked,
    common: &'c Common<'_>,
    row: u32,
    law: u8,
) -> FactsOf<'c> {
    let row = row as usize;
    FactsOf {
        people,
        standings,
        marks,
        row,
        asked,
        settings: common.settings,
        conditions: &common.conditions[usize::from(law)],
    }
}

/// Where and when guards ask, and what they may ask for that is not written on the person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Place of the region.
    pub(crate) region: u16,
    /// The day.
    pub(crate) today: Offset,
    /// Whether he is in default on another notice that is still pending.
    pub(crate) earlier_default: bool,
}

/// The facts of one person on one day.
pub struct FactsOf<'c> {
    people: &'c [Person],
    standings: &'c [Standing],
    marks: &'c [u32],
    row: usize,
    asked: Asked,
    settings: &'c Settings,
    conditions: &'c [Vec<Vec<bool>>],
}

impl FactsOf<'_> {
    fn day(&self) -> Day {
        self.settings.horizon.day(self.asked.today)
    }

    fn marks(&self) -> u32 {
        self.marks[self.row]
    }

    fn has_defaulted_before(&self) -> bool {
        self.asked.earlier_default || self.marks() & mark::DEFAULTED != 0
    }

    /// Whether a deferment granted in this run runs today.
    fn granted(&self) -> bool {
        self.standings[self.row].deferred_until().is_some_and(|until| self.day() <= until)
    }

    /// Whether the truth frees him from the call-up today.
    #[must_use]
    pub fn is_free(&self) -> bool {
        [PersonFact::Deferred, PersonFact::Exempt, PersonFact::Served].iter().any(|fact| self.as_it_is(*fact))
    }

    /// Whether the register shows him as free from the call-up today.
    #[must_use]
    pub fn is_recorded_free(&self) -> bool {
        [PersonFact::Deferred, PersonFact::Exempt, PersonFact::Served].iter().any(|fact| self.as_recorded(*fact))
    }

    fn as_it_is(&self, fact: PersonFact) -> bool {
        let truth = self.people[self.row].truth();
        match fact {
            PersonFact::LiableForDraft => !truth.is_reservist() && !truth.has_served(),
            PersonFact::Deferred => truth.has_deferment(self.day()) || self.granted(),
            PersonFact::Exempt => truth.is_exempt() || self.marks() & mark::EXEMPTED != 0,
            PersonFact::Student => truth.is_student(self.day()),
            PersonFact::Served => truth.has_served(),
            PersonFact::Reservist => truth.is_reservist(),
            PersonFact::ValidReason => self.marks() & mark::REASON_SHOWN != 0,
            PersonFact::LivesAtAddress => truth.lives_at_registered_address(),
            PersonFact::PortalAccount => truth.has(crate::people::Attribute::Account),
            PersonFact::DefaultedBefore => self.has_defaulted_before(),
            PersonFact::EarnsByDriving => truth.has(crate::people::Attribute::NeedsDriving),
            // Nothing in this version makes people differ in these.
            PersonFact::NeedsVehicle | PersonFact::AgreesToMessages => false,
        }
    }

    fn as_recorded(&self, fact: PersonFact) -> bool {
        let record = self.people[self.row].record(self.standings[self.row].mended);
        let recorded = self.marks() & mark::DECISION_RECORDED != 0;
        match fact {
            PersonFact::LiableForDraft => record.is_on_record() && !record.is_reservist() && !record.has_served(),
            PersonFact::Deferred => record.has_deferment(self.day()) || recorded && self.granted(),
            PersonFact::Exempt => record.is_exempt() || recorded && self.marks() & mark::EXEMPTED != 0,
            PersonFact::Student => record.is_student(self.day()),
            PersonFact::Served => record.has_served(),
            PersonFact::Reservist => record.is_reservist(),
            PersonFact::ValidReason => self.marks() & mark::REASON_SHOWN != 0,
            // The register holds every address that it has for right.
            PersonFact::LivesAtAddress => record.is_on_record(),
            PersonFact::PortalAccount => self.people[self.row].truth().has(crate::people::Attribute::Account),
            PersonFact::DefaultedBefore => self.has_defaulted_before(),
            PersonFact::EarnsByDriving | PersonFact::NeedsVehicle | PersonFact::AgreesToMessages => false,
        }
    }
}

impl callup_law::program::Facts for FactsOf<'_> {
    fn age(&self, on: Offset, _picture: PictureCode) -> i32 {
        self.people[self.row].age_on(self.settings.horizon.day(on))
    }

    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool {
        match picture {
            PictureCode::Recorded => self.as_recorded(fact),
            PictureCode::Truth | PictureCode::Proved => self.as_it_is(fact),
        }
    }

    fn condition(&self, condition: usize, today: Offset) -> bool {
        let days = &self.conditions[condition][usize::from(self.asked.region)];
        let day = usize::from(today.saturating_sub(self.settings.first));
        days[day.min(days.len() - 1)]
    }
}
