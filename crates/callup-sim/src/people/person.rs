//! One synthetic person: what he is like (truth), how the register differs from it, and where he stands in a run.
//!
//! Two records of eight bytes: [`Person`] never changes in a run and is shared by every law of it; [`Standing`] is one law's. This file knows no
//! table, no chance and no law: whether a fact frees somebody is the law's to say.

use callup_law::calendar::Day;

/// What is true or not of a person for the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Attribute {
    /// Works.
    Works,
    /// His employer (or, for a student, his place of study) reports him to the office.
    EmployerReports,
    /// Is in the reserve.
    Reservist,
    /// Has served his term.
    Served,
    /// Was examined and freed as unfit by a decision before the run.
    UnfitDecided,
    /// A family ground for deferment exists.
    FamilyGround,
    /// Objects to military service on conscience.
    Objector,
    /// Lives at the address at which he is registered.
    AtAddress,
    /// Has an account on the state portal.
    Account,
    /// His main income needs driving.
    NeedsDriving,
}

/// Categories of fitness of the Russian medical examination, in the order of their letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Fitness {
    /// A: fit.
    Fit,
    /// B: fit with minor restrictions.
    MinorRestrictions,
    /// V: fit to a limited extent; freed in peacetime, in the reserve.
    Limited,
    /// G: unfit for a time.
    ForATime,
    /// D: unfit.
    Unfit,
}

impl Fitness {
    /// All, in order of the letters.
    pub const ALL: [Fitness; 5] =
        [Fitness::Fit, Fitness::MinorRestrictions, Fitness::Limited, Fitness::ForATime, Fitness::Unfit];

    /// Whether a man of this category can be called up in peacetime.
    #[must_use]
    pub const fn can_be_called(self) -> bool {
        matches!(self, Fitness::Fit | Fitness::MinorRestrictions)
    }
}

/// How often somebody with an account reads the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ReadingClass {
    /// About daily.
    Daily,
    /// About weekly.
    Weekly,
    /// About monthly.
    Monthly,
    /// Never.
    Never,
}

impl ReadingClass {
    /// All, from the most frequent.
    pub const ALL: [ReadingClass; 4] =
        [ReadingClass::Daily, ReadingClass::Weekly, ReadingClass::Monthly, ReadingClass::Never];
}

/// All attributes of a person in 16 bits: ten yes or no, fitness, reading class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes(u16);

impl Attributes {
    const FITNESS_SHIFT: u16 = 10;
    const READING_SHIFT: u16 = 13;

    /// Nothing true of him but these two.
    #[must_use]
    pub const fn new(fitness: Fitness, reading: ReadingClass) -> Attributes {
        Attributes((fitness as u16) << Self::FITNESS_SHIFT | (reading as u16) << Self::READING_SHIFT)
    }

    /// The same with this attribute set or cleared.
    #[must_use]
    pub const fn with(self, attribute: Attribute, holds: bool) -> Attributes {
        let shift = attribute as u16;
        Attributes(self.0 & !(1 << shift) | (holds as u16) << shift)
    }

    /// Whether it holds.
    #[must_use]
    pub const fn has(self, attribute: Attribute) -> bool {
        self.0 >> (attribute as u16) & 1 == 1
    }

    /// Latent category of fitness.
    #[must_use]
    pub const fn fitness(self) -> Fitness {
        match self.0 >> Self::FITNESS_SHIFT & 7 {
            0 => Fitness::Fit,
            1 => Fitness::MinorRestrictions,
            2 => Fitness::Limited,
            3 => Fitness::ForATime,
            _ => Fitness::Unfit,
        }
    }

    /// Reading class; means something only with an account.
    #[must_use]
    pub const fn reading(self) -> ReadingClass {
        match self.0 >> Self::READING_SHIFT & 3 {
            0 => ReadingClass::Daily,
            1 => ReadingClass::Weekly,
            2 => ReadingClass::Monthly,
            _ => ReadingClass::Never,
        }
    }
}

/// One way in which the register differs from the truth. `Lost`: true and not entered; `False`: entered and not true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RecordError {
    /// The register lacks him altogether.
    Missing,
    /// A ground for deferment is not entered.
    DefermentLost,
    /// A deferment is entered that has no ground.
    DefermentFalse,
    /// A decision that frees him is not entered.
    ExemptionLost,
    /// An exemption is entered that was not decided.
    ExemptionFalse,
    /// His service is not entered.
    ServiceLost,
    /// A service is entered that he did not do.
    ServiceFalse,
    /// His studies are not entered.
    StudyLost,
    /// Studies are entered that he does not follow.
    StudyFalse,
    /// His place in the reserve is not entered.
    ReserveLost,
    /// A place in the reserve is entered that he does not have.
    ReserveFalse,
    /// The address in the register is out of date.
    AddressStale,
    /// His employer or place of study reports him, and the register lacks it all the same.
    EmployerLost,
}

impl RecordError {
    /// The part of the record that it spoils.
    #[must_use]
    pub const fn part(self) -> RecordPart {
        match self {
            RecordError::Missing => RecordPart::Entry,
            RecordError::DefermentLost | RecordError::DefermentFalse => RecordPart::Deferment,
            RecordError::ExemptionLost | RecordError::ExemptionFalse => RecordPart::Exemption,
            RecordError::ServiceLost | RecordError::ServiceFalse => RecordPart::Service,
            RecordError::StudyLost | RecordError::StudyFalse => RecordPart::Study,
            RecordError::ReserveLost | RecordError::ReserveFalse => RecordPart::Reserve,
            RecordError::AddressStale => RecordPart::Address,
            RecordError::EmployerLost => RecordPart::Employer,
        }
    }
}

/// A part of the record that can be mended during a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RecordPart {
    /// Being entered at all.
    Entry,
    /// Deferment.
    Deferment,
    /// Exemption.
    Exemption,
    /// Service done.
    Service,
    /// Studies.
    Study,
    /// Reserve.
    Reserve,
    /// Address.
    Address,
    /// Employer or place of study.
    Employer,
}

/// All the ways in which the register differs from the truth about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordErrors(u16);

impl RecordErrors {
    /// The register is right.
    pub const NONE: RecordErrors = RecordErrors(0);

    /// The same with this error set or cleared.
    #[must_use]
    pub const fn with(self, error: RecordError, holds: bool) -> RecordErrors {
        let shift = error as u16;
        RecordErrors(self.0 & !(1 << shift) | (holds as u16) << shift)
    }

    /// Whether the record has this error.
    #[must_use]
    pub const fn has(self, error: RecordError) -> bool {
        self.0 >> (error as u16) & 1 == 1
    }

    /// Whether there is any.
    #[must_use]
    pub const fn any(self) -> bool {
        self.0 != 0
    }
}

/// A synthetic person: eight bytes that never change in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Day of birth, from day 0.
    born: u16,
    /// Last day of full-time study, from day 0; 0 for none.
    study_until: u16,
    attributes: Attributes,
    errors: RecordErrors,
}

impl Person {
    /// A person. Days outside 1900-01-01 to 2079-06-06 (16 bits) are moved to the nearer end.
    #[must_use]
    pub fn new(born: Day, study_until: Option<Day>, attributes: Attributes, errors: RecordErrors) -> Person {
        Person { born: short_day(born), study_until: study_until.map_or(0, short_day), attributes, errors }
    }

    /// Day of birth.
    #[must_use]
    pub const fn born(self) -> Day {
        Day(self.born as i32)
    }

    /// Completed years on a day; one born on 29 February completes his year on 1 March.
    #[must_use]
    pub fn age_on(self, day: Day) -> i32 {
        day.age_of(self.born())
    }

    /// What he is like.
    #[must_use]
    pub const fn truth(self) -> Truth {
        Truth(self)
    }

    /// What the register has of him. `mended` is that of his [`Standing`]; [`Mended::NONE`] for the register as it was at the start.
    #[must_use]
    pub const fn record(self, mended: Mended) -> Record {
        Record { person: self, mended }
    }

    /// How the register differed from the truth at the start.
    #[must_use]
    pub const fn errors(self) -> RecordErrors {
        self.errors
    }
}

fn short_day(day: Day) -> u16 {
    u16::try_from(day.0.max(0)).unwrap_or(u16::MAX)
}

/// A person as he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth(Person);

impl Truth {
    /// All attributes.
    #[must_use]
    pub const fn attributes(self) -> Attributes {
        self.0.attributes
    }

    /// Whether an attribute holds.
    #[must_use]
    pub const fn has(self, attribute: Attribute) -> bool {
        self.0.attributes.has(attribute)
    }

    /// Studies full time on this day.
    #[must_use]
    pub const fn is_student(self, day: Day) -> bool {
        day.0 <= self.0.study_until as i32 && self.0.study_until != 0
    }

    /// Last day of full-time study, if he studies at the start.
    #[must_use]
    pub const fn study_until(self) -> Option<Day> {
        if self.0.study_until == 0 { None } else { Some(Day(self.0.study_until as i32)) }
    }

    /// A ground for deferment exists on this day: full-time study or family. What a commission granted stands in [`Standing`].
    #[must_use]
    pub const fn has_deferment(self, day: Day) -> bool {
        self.is_student(day) || self.has(Attribute::FamilyGround)
    }

    /// Freed by a decision before the run.
    #[must_use]
    pub const fn is_exempt(self) -> bool {
        self.has(Attribute::UnfitDecided)
    }

    /// Has served his term.
    #[must_use]
    pub const fn has_served(self) -> bool {
        self.has(Attribute::Served)
    }

    /// Is in the reserve.
    #[must_use]
    pub const fn is_reservist(self) -> bool {
        self.has(Attribute::Reservist)
    }

    /// Lives where he is registered.
    #[must_use]
    pub const fn lives_at_registered_address(self) -> bool {
        self.has(Attribute::AtAddress)
    }

    /// Latent category of fitness, examined or not.
    #[must_use]
    pub const fn fitness(self) -> Fitness {
        self.0.attributes.fitness()
    }

    /// How often he reads the portal; `Never` without an account.
    #[must_use]
    pub const fn reading(self) -> ReadingClass {
        if self.has(Attribute::Account) { self.0.attributes.reading() } else { ReadingClass::Never }
    }
}

/// A person as the register has him. Of somebody who is missing it says nothing is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    person: Person,
    mended: Mended,
}

impl Record {
    const fn wrong(self, error: RecordError) -> bool {
        self.person.errors.has(error) && !self.mended.has(error.part())
    }

    const fn entered(self, truth: bool, lost: RecordError, false_entry: RecordError) -> bool {
        self.is_on_record() && (truth && !self.wrong(lost) || self.wrong(false_entry))
    }

    /// The register has him.
    #[must_use]
    pub const fn is_on_record(self) -> bool {
        !self.wrong(RecordError::Missing)
    }

    /// Entered as studying full time on this day.
    #[must_use]
    pub const fn is_student(self, day: Day) -> bool {
        self.entered(self.person.truth().is_student(day), RecordError::StudyLost, RecordError::StudyFalse)
    }

    /// A ground for deferment is entered on this day.
    #[must_use]
    pub const fn has_deferment(self, day: Day) -> bool {
        self.entered(self.person.truth().has_deferment(day), RecordError::DefermentLost, RecordError::DefermentFalse)
    }

    /// Entered as freed by a decision.
    #[must_use]
    pub const fn is_exempt(self) -> bool {
        self.entered(self.person.truth().is_exempt(), RecordError::ExemptionLost, RecordError::ExemptionFalse)
    }

    /// Entered as having served.
    #[must_use]
    pub const fn has_served(self) -> bool {
        self.entered(self.person.truth().has_served(), RecordError::ServiceLost, RecordError::ServiceFalse)
    }

    /// Entered as being in the reserve.
    #[must_use]
    pub const fn is_reservist(self) -> bool {
        self.entered(self.person.truth().is_reservist(), RecordError::ReserveLost, RecordError::ReserveFalse)
    }

    /// The register knows his employer or place of study.
    #[must_use]
    pub const fn knows_employer(self) -> bool {
        self.is_on_record()
            && self.person.attributes.has(Attribute::EmployerReports)
            && !self.wrong(RecordError::EmployerLost)
    }

    /// He lives at the address that the register has: it is up to date and he lives where he is registered.
    #[must_use]
    pub const fn address_reaches_him(self) -> bool {
        self.is_on_record()
            && self.person.truth().lives_at_registered_address()
            && !self.wrong(RecordError::AddressStale)
    }
}

/// The parts of somebody's record that were mended during the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mended(u8);

impl Mended {
    /// None yet.
    pub const NONE: Mended = Mended(0);
    /// All of it.
    pub const ALL: Mended = Mended(u8::MAX);

    /// The same with this part mended.
    #[must_use]
    pub const fn with(self, part: RecordPart) -> Mended {
        Mended(self.0 | 1 << part as u8)
    }

    /// Whether this part was mended.
    #[must_use]
    pub const fn has(self, part: RecordPart) -> bool {
        self.0 >> (part as u8) & 1 == 1
    }
}

/// Where somebody stands in the world under one law of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[repr(u8)]
pub enum Status {
    /// A civilian in the country.
    Civilian,
    /// Has left the country for good.
    Abroad,
    /// Serves his term.
    Conscript,
    /// Does alternative civilian service.
    AlternativeService,
    /// Serves on contract.
    Contract,
    /// Serves, mobilised.
    Mobilised,
    /// Fights under a private company's contract.
    Company,
    /// Has left his unit.
    AbsentFromUnit,
    /// Convicted and detained.
    Detained,
    /// Lost in service.
    Lost,
}

/// One person under one law of a run: eight bytes that the day loop changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// Index of his first open matter in the arena of his district; [`Standing::NO_MATTER`] for none.
    pub open_matter: u32,
    /// Last day of a deferment granted in this run, from day 0; 0 for none.
    deferred_until: u16,
    /// Status.
    pub status: Status,
    /// Parts of his record mended in this run.
    pub mended: Mended,
}

impl Standing {
    /// No open matter.
    pub const NO_MATTER: u32 = u32::MAX;

    /// How everybody starts.
    pub const START: Standing = Standing {
        open_matter: Standing::NO_MATTER,
        deferred_until: 0,
        status: Status::Civilian,
        mended: Mended::NONE,
    };

    /// Last day of a deferment granted in this run.
    #[must_use]
    pub const fn deferred_until(self) -> Option<Day> {
        if self.deferred_until == 0 { None } else { Some(Day(self.deferred_until as i32)) }
    }

    /// Grants a deferment up to and with this day, or takes it away.
    pub fn set_deferred_until(&mut self, until: Option<Day>) {
        self.deferred_until = until.map_or(0, short_day);
    }
}

/// Bytes that a person takes: his own row and his standing under one law.
pub const BYTES_A_PERSON: usize = size_of::<Person>() + size_of::<Standing>();

// INVARIANT: a person takes at most 16 bytes.
const _: () = assert!(BYTES_A_PERSON <= 16);
