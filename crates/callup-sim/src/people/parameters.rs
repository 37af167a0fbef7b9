//! What people are like and what the register has of them, as shares by age. Every value comes from the scenario; none stands here.
//!
//! Shares say of whom they are shares. This file knows no file format: another crate reads a scenario and builds these, each table checked.

use crate::random::{ChanceError, KindTable, Probability};

/// Youngest age that is synthesised, completed years on the reference day.
pub const YOUNGEST_AGE: u8 = 16;
/// Oldest age that is synthesised.
pub const OLDEST_AGE: u8 = 64;
const AGES: usize = (OLDEST_AGE - YOUNGEST_AGE + 1) as usize;

/// Why a table by age does not stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AgeTableError {
    /// A band ends before it begins, or lies outside 16 to 64.
    BadBand {
        /// First age of the band.
        age_from: u8,
        /// Last age.
        age_to: u8,
    },
    /// Two bands give this age.
    Twice(u8),
    /// No band gives this age.
    Nowhere(u8),
    /// A value is not a share.
    Share(ChanceError),
}

impl std::fmt::Display for AgeTableError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AgeTableError::BadBand { age_from, age_to } => {
                write!(out, "ages {age_from} to {age_to} are no band within {YOUNGEST_AGE} to {OLDEST_AGE}")
            }
            AgeTableError::Twice(age) => write!(out, "two bands give age {age}"),
            AgeTableError::Nowhere(age) => write!(out, "no band gives age {age}"),
            AgeTableError::Share(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for AgeTableError {}

/// A share for each age from 16 to 64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeTable([Probability; AGES]);

impl AgeTable {
    /// The same at every age.
    ///
    /// # Errors
    /// If it is not a share.
    pub fn uniform(share: f64) -> Result<AgeTable, AgeTableError> {
        AgeTable::from_bands(&[(YOUNGEST_AGE, OLDEST_AGE, share)])
    }

    /// From bands (first age, last age, share) in any order that cover 16 to 64 once.
    ///
    /// # Errors
    /// If a band is out of range or backwards, an age is given twice or not at all, or a value is not a share.
    pub fn from_bands(bands: &[(u8, u8, f64)]) -> Result<AgeTable, AgeTableError> {
        let mut table: [Option<Probability>; AGES] = [None; AGES];
        for &(age_from, age_to, share) in bands {
            if age_from > age_to || age_from < YOUNGEST_AGE || age_to > OLDEST_AGE {
                return Err(AgeTableError::BadBand { age_from, age_to });
            }
            let share = Probability::new(share).map_err(AgeTableError::Share)?;
            for age in age_from..=age_to {
                if table[usize::from(age - YOUNGEST_AGE)].replace(share).is_some() {
                    return Err(AgeTableError::Twice(age));
                }
            }
        }
        let mut shares = [Probability::NEVER; AGES];
        for (age, (share, given)) in (YOUNGEST_AGE..).zip(shares.iter_mut().zip(table)) {
            *share = given.ok_or(AgeTableError::Nowhere(age))?;
        }
        Ok(AgeTable(shares))
    }

    /// The share at an age; outside 16 to 64 that of the nearer end.
    #[must_use]
    pub fn at(&self, age: u8) -> Probability {
        self.0[usize::from(age.clamp(YOUNGEST_AGE, OLDEST_AGE) - YOUNGEST_AGE)]
    }
}

/// How often one part of the record is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryErrors {
    /// Share of those of whom it is true and not entered.
    pub lost: Probability,
    /// Share of those of whom it is not true and entered.
    pub falsely_entered: Probability,
}

impl EntryErrors {
    /// From two shares.
    ///
    /// # Errors
    /// If one is not a share.
    pub fn new(lost: f64, falsely_entered: f64) -> Result<EntryErrors, ChanceError> {
        Ok(EntryErrors { lost: Probability::new(lost)?, falsely_entered: Probability::new(falsely_entered)? })
    }
}

/// How good the register is. Shares are of all persons unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordQuality {
    /// Share that the register lacks, by age.
    pub missing: AgeTable,
    /// Grounds for deferment.
    pub deferment: EntryErrors,
    /// Decisions that free.
    pub exemption: EntryErrors,
    /// Service done.
    pub service: EntryErrors,
    /// Studies.
    pub study: EntryErrors,
    /// Place in the reserve.
    pub reserve: EntryErrors,
    /// Share whose address in the register is out of date, by age.
    pub address_stale: AgeTable,
    /// Share of those whose employer or place of study reports them of whom the register lacks it.
    pub employer_lost: Probability,
}

/// What people are like. Ages are completed years on the reference day (1 January).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopulationParameters {
    /// Share of all men of an age who study full time on the reference day (school included). Each man has one quantile, so he leaves
    /// when the share at his age on the next 1 January falls below it.
    pub study: AgeTable,
    /// Month and day on which a year of study ends, for example (6, 30).
    pub study_year_ends: (u8, u8),
    /// Share of those not in full-time study who work, by age.
    pub works: AgeTable,
    /// Share of full-time students who work, by age.
    pub student_works: AgeTable,
    /// Share of those who work or study full time whose employer or place of study reports them to the office.
    pub employer_reports: Probability,
    /// Weights of the categories of fitness A, B, V, G, D among all men (five kinds).
    pub fitness: KindTable,
    /// Share of fit men (A, B) not in full-time study who have served, by age.
    pub served: AgeTable,
    /// Share of those who have not served who are in the reserve, by age. Who has served is in the reserve.
    pub reserve_unserved: AgeTable,
    /// Share of men of category V or D who were examined and freed by decision before the run, by age.
    pub unfit_decided: AgeTable,
    /// Share with a family ground for deferment, by age.
    pub family_ground: AgeTable,
    /// Share who object on conscience.
    pub objector: Probability,
    /// Share who live at their registered address, by age.
    pub at_address: AgeTable,
    /// Share with an account on the state portal, by age.
    pub account: AgeTable,
    /// Weights of reading daily, weekly, monthly, never among those with an account (four kinds).
    pub reading: KindTable,
    /// Share of those who work whose main income needs driving.
    pub needs_driving: Probability,
    /// The register.
    pub record: RecordQuality,
}
