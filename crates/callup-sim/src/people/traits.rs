//! Draws one person: what he is like and how the register differs, each from its own word of his trait blocks.
//!
//! Nothing is stored that can be recomputed: latent propensities are words drawn on use. This file knows no layout and no other person.

use crate::people::parameters::{EntryErrors, PopulationParameters};
use crate::people::person::{Attribute, Attributes, Fitness, Person, ReadingClass, RecordError, RecordErrors, Truth};
use crate::random::{Decision, Draws, KindTable, PersonId, Probability, lanes, scaled_below};
use callup_law::calendar::Day;

/// Blocks of traits drawn at synthesis.
const BLOCKS: usize = 6;

/// The words of all traits drawn at synthesis, by code of the decision, of persons who are drawn at once; and which of them is meant.
struct Words<'w>(&'w [lanes::Words; BLOCKS], usize);

impl Words<'_> {
    #[inline]
    const fn word(&self, decision: Decision) -> u32 {
        self.0[decision as usize >> 2][decision as usize & 3][self.1]
    }
}

/// What holds for all persons of one birth year: their age on the reference day and the days between which they were born.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Completed years on the reference day, for all but those born on 1 January.
    age: u8,
    first_day: Day,
    days: u32,
    reference: Day,
    /// Last days of this and the following years of study.
    study_ends: Vec<Day>,
    /// What everybody of the cohort is, if nobody differs from anybody but in the day of birth.
    all_alike: Option<(Attributes, RecordErrors)>,
}

impl Cohort {
    /// The cohort born in `birth_year`, seen on 1 January of `reference_year`. `None` if either is outside the calendar or he was not born yet.
    #[must_use]
    pub fn new(birth_year: u16, reference_year: u16, parameters: &PopulationParameters) -> Option<Cohort> {
        let (month, day) = parameters.study_year_ends;
        let first_day = Day::from_ymd(i32::from(birth_year), 1, 1)?;
        let next_year = Day::from_ymd(i32::from(birth_year) + 1, 1, 1)?;
        let end_of_study = |year| Day::from_ymd(i32::from(reference_year) + year, u32::from(month), u32::from(day));
        let mut cohort = Cohort {
            age: u8::try_from(reference_year.checked_sub(birth_year + 1)?).ok()?,
            first_day,
            days: u32::try_from(next_year.days_since(first_day)).ok()?,
            reference: Day::from_ymd(i32::from(reference_year), 1, 1)?,
            study_ends: (0..STUDY_YEARS_AT_MOST).map(end_of_study).collect::<Option<Vec<Day>>>()?,
            all_alike: None,
        };
        if is_certain(cohort.age, parameters) {
            let anybody = person_of(&Words(&NO_WORDS, 0), &cohort, parameters);
            cohort.all_alike = Some((anybody.truth().attributes(), anybody.errors()));
        }
        Some(cohort)
    }
}

/// Years that anybody's studies can go on after the reference day: from 16 to 32, beyond which the tables must have nobody.
const STUDY_YEARS_AT_MOST: i32 = 16;

/// One person of a cohort.
#[must_use]
pub fn draw_person(draws: &Draws, id: PersonId, cohort: &Cohort, parameters: &PopulationParameters) -> Person {
    let mut words = NO_WORDS;
    for (code, words) in (0..).zip(&mut words) {
        draws.trait_words(id, code, 1, words);
    }
    person_of(&Words(&words, 0), cohort, parameters)
}

/// The persons of a cohort with serials from that of `first` on: each as [`draw_person`] draws him.
pub fn draw_persons(
    draws: &Draws,
    first: PersonId,
    cohort: &Cohort,
    parameters: &PopulationParameters,
    out: &mut [Person],
) {
    let mut words = NO_WORDS;
    let mut next = first;
    for people in out.chunks_mut(lanes::AT_ONCE) {
        if let Some((attributes, errors)) = cohort.all_alike {
            draws.trait_words(next, 0, people.len(), &mut words[0]);
            for (person, word) in people.iter_mut().zip(&words[0][Decision::BirthDay as usize]) {
                *person = Person::new(born(*word, cohort), None, attributes, errors);
            }
        } else {
            for (code, words) in (0..).zip(&mut words) {
                draws.trait_words(next, code, people.len(), words);
            }
            for (at, person) in people.iter_mut().enumerate() {
                *person = person_of(&Words(&words, at), cohort, parameters);
            }
        }
        next = PersonId(next.0 + people.len() as u64);
    }
}

const NO_WORDS: [lanes::Words; BLOCKS] = [[[0; lanes::AT_ONCE]; 4]; BLOCKS];

/// Whether no draw but that of the day of birth can tell two persons of this age apart. Who studies is never certain: he leaves some day.
fn is_certain(age: u8, parameters: &PopulationParameters) -> bool {
    let (q, p) = (&parameters.record, parameters);
    let entries = [q.deferment, q.exemption, q.service, q.study, q.reserve];
    let shares = [
        p.works.at(age),
        p.employer_reports,
        p.served.at(age),
        p.reserve_unserved.at(age),
        p.unfit_decided.at(age),
        p.family_ground.at(age),
        p.objector,
        p.at_address.at(age),
        p.account.at(age),
        p.needs_driving,
        q.missing.at(age),
        q.address_stale.at(age),
        q.employer_lost,
    ];
    let of_entries = entries.iter().flat_map(|rates| [rates.lost, rates.falsely_entered]);
    let one_kind = |table: &KindTable| table.kind(0) == table.kind(u32::MAX);
    p.study.at(age) == Probability::NEVER
        && shares.into_iter().chain(of_entries).all(Probability::is_certain)
        && one_kind(&p.fitness)
        && one_kind(&p.reading)
}

fn born(word: u32, cohort: &Cohort) -> Day {
    Day(cohort.first_day.0 + scaled_below(word, cohort.days) as i32)
}

fn person_of(words: &Words<'_>, cohort: &Cohort, parameters: &PopulationParameters) -> Person {
    let born = born(words.word(Decision::BirthDay), cohort);
    let study_until = study_until(words.word(Decision::Study), cohort, parameters);
    let attributes = attributes(words, cohort.age, study_until.is_some(), parameters);
    let true_person = Person::new(born, study_until, attributes, RecordErrors::NONE);
    let errors = record_errors(words, true_person.truth(), cohort, parameters);
    Person::new(born, study_until, attributes, errors)
}

/// His quantile stays; the share that studies falls with age; he leaves at the end of the year of study before it falls below his quantile.
fn study_until(word: u32, cohort: &Cohort, parameters: &PopulationParameters) -> Option<Day> {
    let studies_after = |years: u8| parameters.study.at(cohort.age + years).hits(word);
    let last = (0..).zip(&cohort.study_ends).take_while(|&(years, _)| studies_after(years)).last();
    last.map(|(_, day)| *day)
}

// Here and below `&` and `|` on purpose: chances are not predictable, so a branch for each would cost more than computing both sides.
fn attributes(words: &Words<'_>, age: u8, student: bool, parameters: &PopulationParameters) -> Attributes {
    let fitness = Fitness::ALL[parameters.fitness.kind(words.word(Decision::Fitness)).min(Fitness::ALL.len() - 1)];
    let reading =
        ReadingClass::ALL[parameters.reading.kind(words.word(Decision::ReadingClass)).min(ReadingClass::ALL.len() - 1)];
    let hits = |decision, share: crate::random::Probability| share.hits(words.word(decision));
    let works = hits(Decision::Work, if student { parameters.student_works.at(age) } else { parameters.works.at(age) });
    let served = !student & fitness.can_be_called() & hits(Decision::Served, parameters.served.at(age));
    let can_be_freed = matches!(fitness, Fitness::Limited | Fitness::Unfit);
    Attributes::new(fitness, reading)
        .with(Attribute::Works, works)
        .with(
            Attribute::EmployerReports,
            (works | student) & hits(Decision::EmployerReports, parameters.employer_reports),
        )
        .with(Attribute::Served, served)
        .with(Attribute::Reservist, served | hits(Decision::InReserve, parameters.reserve_unserved.at(age)))
        .with(Attribute::UnfitDecided, can_be_freed & hits(Decision::UnfitDecided, parameters.unfit_decided.at(age)))
        .with(Attribute::FamilyGround, hits(Decision::FamilyGround, parameters.family_ground.at(age)))
        .with(Attribute::Objector, hits(Decision::Objector, parameters.objector))
        .with(Attribute::AtAddress, hits(Decision::AtAddress, parameters.at_address.at(age)))
        .with(Attribute::Account, hits(Decision::Account, parameters.account.at(age)))
        .with(Attribute::NeedsDriving, works & hits(Decision::NeedsDriving, parameters.needs_driving))
}

fn record_errors(words: &Words<'_>, truth: Truth, cohort: &Cohort, parameters: &PopulationParameters) -> RecordErrors {
    let quality = &parameters.record;
    let errors = RecordErrors::NONE
        .with(RecordError::Missing, quality.missing.at(cohort.age).hits(words.word(Decision::RecordMissing)))
        .with(
            RecordError::AddressStale,
            quality.address_stale.at(cohort.age).hits(words.word(Decision::RecordOfAddress)),
        )
        .with(
            RecordError::EmployerLost,
            truth.has(Attribute::EmployerReports) & quality.employer_lost.hits(words.word(Decision::RecordOfEmployer)),
        );
    let entry = |errors: RecordErrors, holds: bool, rates: EntryErrors, decision, lost, falsely_entered| {
        let word = words.word(decision);
        errors
            .with(lost, holds & rates.lost.hits(word))
            .with(falsely_entered, !holds & rates.falsely_entered.hits(word))
    };
    let (day, q) = (cohort.reference, quality);
    use {Decision as D, RecordError as E};
    let errors =
        entry(errors, truth.has_deferment(day), q.deferment, D::RecordOfDeferment, E::DefermentLost, E::DefermentFalse);
    let errors =
        entry(errors, truth.is_exempt(), q.exemption, D::RecordOfExemption, E::ExemptionLost, E::ExemptionFalse);
    let errors = entry(errors, truth.has_served(), q.service, D::RecordOfService, E::ServiceLost, E::ServiceFalse);
    let errors = entry(errors, truth.is_student(day), q.study, D::RecordOfStudy, E::StudyLost, E::StudyFalse);
    entry(errors, truth.is_reservist(), q.reserve, D::RecordOfReserve, E::ReserveLost, E::ReserveFalse)
}
