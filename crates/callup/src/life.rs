//! One life of a run that is there: its inputs are held against those at hand, then the person's district lives through the run again.
//!
//! A run folder keeps the lives of a few sampled people; everybody else's is told from its receipt and its environment. This file knows no
//! command line, and nothing of how a life is lived.

use crate::data::{Data, ReadError};
use crate::error::{Error, Mismatch};
use crate::folder::OutputFile;
use crate::origin::Origin;
use crate::output::environment;
use crate::output::receipt::Receipt;
use crate::output::tables::{Told, person_name, sampled, told};
use crate::prepare::{Place, Prepared, RunRequest, Saving, prepare_again};
use crate::{plan, unlaid};
use callup_law::diagnostic::nearest;
use callup_sim::environment::Environment;
use callup_sim::people::{Attribute, Fitness, Layout, Person, ReadingClass, RecordError};
use callup_sim::random::PersonId;
use callup_sim::replay::{ReplayError, replay};
use callup_sim::synthesize::lay_out;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Version of the meaning of [`Life`] as JSON.
pub const FORMAT_VERSION: u32 = 1;

/// Whose life of which run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeRequest {
    /// Folder of the run.
    pub run: PathBuf,
    /// The person: code of the region, birth year and serial, as `histories.parquet` names him.
    pub id: String,
    /// The file of the scenario, for a run whose scenario does not come with the data.
    pub scenario: Option<PathBuf>,
}

/// One life.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Life {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Identity of the run.
    pub run: String,
    /// Who.
    pub person: Portrait,
    /// Last day of the run.
    pub until: String,
    /// All that happened, in order of time.
    pub rows: Vec<Told>,
}

/// What a synthetic person is like, and how the register differed from it at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Portrait {
    /// Region code, birth year and serial.
    pub id: String,
    /// ISO 3166-2 code of his region.
    pub region: String,
    /// His district, by its number in the region, from 1.
    pub district: u16,
    /// Day of birth.
    pub born: String,
    /// What is true of him.
    pub truth: Vec<String>,
    /// How the register differs from it.
    pub register: Vec<String>,
}

/// A sampled person of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SampledPerson {
    /// Region code, birth year and serial.
    pub id: String,
    /// Rows of his history.
    pub rows: usize,
}

/// Tells one life of a run.
///
/// # Errors
/// If the folder holds no whole run, the run was made from other inputs or by another program, or it has no such person.
pub fn life(request: &LifeRequest, data: &Data) -> Result<Life, Error> {
    let receipt = Receipt::of_folder(&request.run)?;
    let prepared = prepared_as(&receipt, request, data)?;
    let layout = layout_of(&prepared)?;
    let who = person_of(&request.id, &layout)?;
    let bytes = whole_file(&request.run, &receipt.outputs, environment::FILE_NAME)?;
    let file = in_run(&request.run, environment::FILE_NAME);
    let (person, rows) = retold(&prepared, &layout, who, bytes, &file)?;
    Ok(Life { format_version: FORMAT_VERSION, run: receipt.identity, person, until: last_day(&prepared), rows })
}

/// Where everybody's row is.
pub(crate) fn layout_of(prepared: &Prepared) -> Result<Layout, Error> {
    let laid_out = lay_out(&prepared.margins, plan(prepared));
    laid_out.map(|(layout, _)| layout).map_err(|error| unlaid(prepared, &error.to_string()))
}

pub(crate) fn last_day(prepared: &Prepared) -> String {
    prepared.scenario.start.plus_days(i32::from(prepared.scenario.days) - 1).to_string()
}

/// What a person is like and all that happened to him, told again from the bytes of an environment; `file` is where they stand.
pub(crate) fn retold(
    prepared: &Prepared,
    layout: &Layout,
    who: PersonId,
    bytes: Vec<u8>,
    file: &str,
) -> Result<(Portrait, Vec<Told>), Error> {
    let district = layout.row(who).map_or(0, |row| layout.district_of(row));
    let broken = |reason: String| Error::Read(ReadError::Damaged { path: file.to_owned(), reason });
    let environment = environment::of_district(bytes, prepared, district).map_err(broken)?;
    lived_again(prepared, layout, who, &environment).map_err(|error| match error {
        ReplayError::NoSuchPerson => no_such_person(&person_name(who), "the run has no such person".into()),
        ReplayError::Layout(error) => unlaid(prepared, &error.to_string()),
        ReplayError::Diverged(day) => {
            let date = prepared.scenario.start.plus_days(day.into());
            broken(format!("its lines of {date} are not those of the run that the receipt describes"))
        }
    })
}

/// What a person is like and all that happened to him, lived again within what his district was told.
///
/// # Errors
/// If there is no such person, or the environment is that of another run.
pub(crate) fn lived_again(
    prepared: &Prepared,
    layout: &Layout,
    who: PersonId,
    environment: &Environment,
) -> Result<(Portrait, Vec<Told>), ReplayError> {
    let district = layout.row(who).map_or(0, |row| layout.district_of(row));
    let (laws, scenario) = (&prepared.law_set, &prepared.scenario);
    let lived = replay(layout, prepared.margins.reference_year, laws, scenario, environment, who)?;
    let region = &layout.regions()[layout.region_of_district(district)];
    let person = portrait(who, lived.person, &region.iso_code, layout.number_in_region(district) + 1);
    Ok((person, lived.rows.iter().map(|row| told(prepared, row)).collect()))
}

/// The sampled persons of a run, in the order of its histories, each with how much happened to him.
///
/// # Errors
/// If the folder holds no whole run.
pub fn sample(run: &Path) -> Result<Vec<SampledPerson>, Error> {
    const FILE: &str = "histories.parquet";
    let receipt = Receipt::of_folder(run)?;
    let bytes = whole_file(run, &receipt.outputs, FILE)?;
    let broken = |reason| Error::Read(ReadError::Damaged { path: in_run(run, FILE), reason });
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    let names = sampled(bytes).map_err(broken)?;
    for name in &names {
        *rows.entry(name.clone()).or_default() += 1;
    }
    let mut list: Vec<SampledPerson> = Vec::new();
    for name in names {
        if let Some(rows) = rows.remove(&name) {
            list.push(SampledPerson { id: name, rows });
        }
    }
    Ok(list)
}

/// The run's scenario, laws and tables, read again and found to be the same.
fn prepared_as(receipt: &Receipt, request: &LifeRequest, data: &Data) -> Result<Prepared, Error> {
    let origin = Origin::of_receipt(receipt);
    let reasons = origin.other_program();
    if !reasons.is_empty() {
        let help = "tell lives with the program that made the run, or run the scenario again";
        return Err(unlike(&request.run, reasons, help));
    }
    let file = format!("scenarios/{}.toml", receipt.scenario);
    if request.scenario.is_none() && !receipt.inputs.iter().any(|input| input.name == file) {
        let message = format!("the scenario `{}` of this run does not come with the data", receipt.scenario);
        return Err(Error::Usage { message, help: "give its file with --scenario".into() });
    }
    let scenario =
        request.scenario.as_ref().map_or_else(|| receipt.scenario.clone(), |path| path.display().to_string());
    let (scale, seed, days) = (Some(receipt.scale), Some(receipt.seed), Some(receipt.days));
    // Nothing is written, so the place does not matter.
    let place = Place::Folder(request.run.clone());
    let replicates = receipt.replicates.len().max(1) as u16;
    let saving = Saving::default();
    let trusted: Vec<String> = receipt.inputs.iter().map(|input| input.sha256.clone()).collect();
    let prepared = prepare_again(
        &RunRequest { scenario, scale, seed, days, threads: None, place, saving, replicates },
        data,
        &trusted,
    )?;
    let reasons = origin.differences(&Origin::of(&prepared));
    if reasons.is_empty() {
        return Ok(prepared);
    }
    let help = "give the laws, scenarios and tables of the run with --data, or its scenario with --scenario";
    Err(unlike(&request.run, reasons, help))
}

pub(crate) fn unlike(run: &Path, reasons: Vec<String>, help: &str) -> Error {
    let what = format!("the run in {}", run.display());
    Error::Unlike(Mismatch { what, reasons, help: help.into() })
}

pub(crate) fn in_run(run: &Path, name: &str) -> String {
    run.join(name).display().to_string()
}

/// The bytes of a file of a run, as its receipt has them.
pub(crate) fn whole_file(run: &Path, outputs: &[OutputFile], name: &str) -> Result<Vec<u8>, Error> {
    let path = in_run(run, name);
    let damaged = |reason: &str| Error::Read(ReadError::Damaged { path: path.clone(), reason: reason.into() });
    let listed = outputs.iter().find(|output| output.name == name);
    let listed = listed.ok_or_else(|| damaged("the receipt of the run does not list it"))?;
    let bytes = std::fs::read(run.join(name));
    let bytes = bytes.map_err(|source| ReadError::System { path: path.clone(), source })?;
    if OutputFile::of(name, &bytes) != *listed {
        return Err(damaged("it is not the file that the receipt of the run describes"));
    }
    Ok(bytes)
}

/// The person that is meant, who is in the run.
pub(crate) fn person_of(id: &str, layout: &Layout) -> Result<PersonId, Error> {
    let parts: Vec<&str> = id.split('-').collect();
    let [code, year, serial] = parts.as_slice() else {
        return Err(no_such_person(
            id,
            "an id is the code of a region, a birth year and a serial, for example 45-1999-12".into(),
        ));
    };
    let codes: Vec<u8> = layout.regions().iter().map(|region| region.code).collect();
    let region = code.parse().ok().and_then(|code: u8| layout.region_with_code(code));
    let Some(region) = region else {
        let known: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let near = nearest(code, known.iter().map(String::as_str)).map(|near| format!(", for example {near}"));
        let (least, most) = (codes.iter().min().unwrap_or(&0), codes.iter().max().unwrap_or(&0));
        let help = format!("codes of regions lie between {least} and {most}{}", near.unwrap_or_default());
        return Err(no_such_person(id, help));
    };
    let years = layout.birth_years();
    let Some(year) = year.parse().ok().filter(|year| years.contains(year)) else {
        return Err(no_such_person(id, format!("birth years of the run are {} to {}", years.start, years.end - 1)));
    };
    let region = &layout.regions()[region];
    let men: u64 = region.districts.clone().map(|district| layout.cohort_rows(district, year).len() as u64).sum();
    let Some(serial) = serial.parse().ok().filter(|serial| u64::from(*serial) < men) else {
        let help = match men {
            0 => format!("nobody of {} in the run was born in {year}", region.iso_code),
            _ => format!("serials of {} and {year} are 0 to {}", region.iso_code, men - 1),
        };
        return Err(no_such_person(id, help));
    };
    Ok(PersonId::new(region.code, year, serial))
}

fn no_such_person(id: &str, help: String) -> Error {
    Error::Usage { message: format!("the run has no person `{id}`"), help }
}

fn portrait(who: PersonId, person: Person, region: &str, district: u16) -> Portrait {
    Portrait {
        id: person_name(who),
        region: region.to_owned(),
        district,
        born: person.born().to_string(),
        truth: truths(person),
        register: errors(person),
    }
}

const ATTRIBUTES: [(Attribute, &str); 9] = [
    (Attribute::Works, "works"),
    (Attribute::EmployerReports, "employer or place of study reports him"),
    (Attribute::Reservist, "in the reserve"),
    (Attribute::Served, "has served"),
    (Attribute::UnfitDecided, "freed as unfit before the run"),
    (Attribute::FamilyGround, "a family ground for deferment"),
    (Attribute::Objector, "objects on conscience"),
    (Attribute::AtAddress, "lives where he is registered"),
    (Attribute::NeedsDriving, "needs driving for his income"),
];

fn truths(person: Person) -> Vec<String> {
    let truth = person.truth();
    let fitness = match truth.fitness() {
        Fitness::Fit => "fit",
        Fitness::MinorRestrictions => "fit with minor restrictions",
        Fitness::Limited => "fit to a limited extent",
        Fitness::ForATime => "unfit for a time",
        Fitness::Unfit => "unfit",
    };
    let reading = match truth.reading() {
        _ if !truth.has(Attribute::Account) => "no account on the portal",
        ReadingClass::Daily => "reads the portal about daily",
        ReadingClass::Weekly => "reads the portal about weekly",
        ReadingClass::Monthly => "reads the portal about monthly",
        ReadingClass::Never => "never reads the portal",
    };
    let mut list = vec![fitness.to_owned(), reading.to_owned()];
    list.extend(truth.study_until().map(|until| format!("studies until {until}")));
    let holding = ATTRIBUTES.iter().filter(|(attribute, _)| truth.has(*attribute));
    list.extend(holding.map(|(_, words)| (*words).to_owned()));
    list
}

const ERRORS: [(RecordError, &str); 13] = [
    (RecordError::Missing, "lacks him altogether"),
    (RecordError::DefermentLost, "lacks a ground for deferment"),
    (RecordError::DefermentFalse, "has a deferment without ground"),
    (RecordError::ExemptionLost, "lacks a decision that frees him"),
    (RecordError::ExemptionFalse, "has an exemption that was not decided"),
    (RecordError::ServiceLost, "lacks his service"),
    (RecordError::ServiceFalse, "has a service that he did not do"),
    (RecordError::StudyLost, "lacks his studies"),
    (RecordError::StudyFalse, "has studies that he does not follow"),
    (RecordError::ReserveLost, "lacks his place in the reserve"),
    (RecordError::ReserveFalse, "has a place in the reserve that he does not have"),
    (RecordError::AddressStale, "has an address that is out of date"),
    (RecordError::EmployerLost, "lacks his employer or place of study"),
];

fn errors(person: Person) -> Vec<String> {
    let wrong = ERRORS.iter().filter(|(error, _)| person.errors().has(*error));
    wrong.map(|(_, words)| (*words).to_owned()).collect()
}
