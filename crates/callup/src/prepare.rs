//! Everything a run needs, read and checked before the first person is made: scenario, laws, tables, and the identity of the run.
//!
//! Nothing is written here and nothing runs. What is read becomes an input of the receipt; laws that are only looked at do not.

use crate::data::{Data, InputFile, ReadError, sha256_hex};
use crate::error::Error;
use crate::input::laws::{self, LawText, Outline, full_name};
use crate::input::scenario::{RegionsOf, ScenarioRead, Surroundings, read_scenario};
use crate::input::tables::{BONUSES, ONE_REGION, TableSource, TablesRead, read_tables, region_codes};
use crate::input::validation::{Published, ValidationRead, read_validation};
use callup_law::diagnostic::{Diagnostic, Severity, Source, nearest};
use callup_law::rulebook::Rulebook;
use callup_sim::margins::Margins;
use callup_sim::scenario::Scenario;
use callup_sim::scenario::check::books_in_force;
use callup_sim::scenario::contract::Bonus;
use callup_sim::{LawProblem, LawSet};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the user asks for. `None` leaves the scenario's own number.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// A scenario by name or path.
    pub scenario: String,
    /// People for each real one, above 0 and up to 1.
    pub scale: Option<f64>,
    /// Seed of all chance.
    pub seed: Option<u64>,
    /// Length in days, at most that of the scenario.
    pub days: Option<u16>,
    /// Threads; `None` for one a processor.
    pub threads: Option<u16>,
    /// Where to write: a folder of its own, which must not exist, or a folder of runs.
    pub place: Place,
    /// Saves on the way.
    pub saving: Saving,
    /// How many times it is run, at least 1, each with the seed after the last.
    pub replicates: u16,
}

impl RunRequest {
    /// A scenario as it is, run once and not saved on its way; only where something is written does the place matter.
    #[must_use]
    pub fn once(scenario: &str) -> RunRequest {
        RunRequest {
            scenario: scenario.to_owned(),
            scale: None,
            seed: None,
            days: None,
            threads: None,
            place: Place::Under("runs".into()),
            saving: Saving::default(),
            replicates: 1,
        }
    }
}

/// Whether a run is saved on its way, and whether it goes on from a save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Save after every so many weeks, at least 1; `None` for never.
    pub every_weeks: Option<u16>,
    /// Keep the save when the run is finished.
    pub keep: bool,
    /// Go on from this save.
    pub from: Option<PathBuf>,
}

/// Where a run is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// This very folder.
    Folder(PathBuf),
    /// A folder of this folder, named after scenario and inputs.
    Under(PathBuf),
}

/// A run made ready.
#[derive(Debug)]
pub struct Prepared {
    /// The scenario, with what the request changes in it.
    pub scenario: Scenario,
    /// The laws of the run, in the scenario's order.
    pub laws: Vec<LawText>,
    /// The same, compiled.
    pub books: Vec<Rulebook>,
    /// The same, bound.
    pub law_set: LawSet,
    /// Population margins.
    pub margins: Margins,
    /// Where each table comes from.
    pub origins: Vec<TableSource>,
    /// What was published of the days of the scenario, if anything is and its text is that of the data.
    pub published: Option<Published>,
    /// Every text that the result depends on.
    pub inputs: Vec<InputFile>,
    /// SHA-256 of version, sources of the program, inputs, changed numbers and number of replicates: equal only if the results are.
    pub identity: String,
    /// How many times it is run.
    pub replicates: u16,
    /// What is worth knowing about the texts of the scenario; no errors.
    pub notes: Vec<Diagnostic>,
    /// The texts that the notes speak of.
    pub note_sources: Vec<Source>,
}

impl Prepared {
    /// Name of the run's folder: the scenario and eight digits of the identity.
    #[must_use]
    pub fn folder_name(&self) -> String {
        self.folder_of(&self.identity)
    }

    /// The command that makes the very same run.
    #[must_use]
    pub fn command(&self) -> String {
        let Scenario { name, scale, seed, days, .. } = &self.scenario;
        let replicates = if self.replicates > 1 { format!(" --replicates {}", self.replicates) } else { String::new() };
        format!("callup run {name} --scale {scale} --seed {seed} --days {days}{replicates}")
    }

    /// Name of the folder of a run of the same scenario with this identity.
    #[must_use]
    pub fn folder_of(&self, identity: &str) -> String {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
        let name: String = self.scenario.name.chars().map(plain).collect();
        format!("{}-{}", name.trim_start_matches('.'), &identity[..8])
    }
}

/// The scenario of a request under another name, with something else in it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its text, which extends the scenario of the request.
    pub text: String,
    /// A law document that takes the place of the one of the data with its id and date.
    pub law: Option<LawText>,
}

/// The laws that a scenario may name: those of the data, or a variant's own in the place of one.
struct Shelf<'r> {
    data: &'r Data,
    outlines: Arc<Vec<Outline>>,
    own: Option<&'r LawText>,
    /// SHA-256 of texts that were checked before.
    trusted: &'r [String],
}

impl Shelf<'_> {
    fn of<'r>(data: &'r Data, variant: Option<&'r Variant>, trusted: &'r [String]) -> Result<Shelf<'r>, ReadError> {
        let own = variant.and_then(|variant| variant.law.as_ref());
        Ok(Shelf { data, outlines: laws::outlines(data)?, own, trusted })
    }

    fn is_replaced(&self, name: &str) -> bool {
        self.own.is_some_and(|own| own.name() == name)
    }

    /// What they say, where they can be read.
    fn books(&self) -> Vec<Rulebook> {
        let of_data = self.outlines.iter().filter(|outline| !self.is_replaced(&outline.name()));
        of_data.filter_map(|outline| outline.book.clone()).chain(self.own.and_then(|own| own.book.clone())).collect()
    }

    /// Those with errors.
    fn broken(&self) -> Result<Vec<LawText>, ReadError> {
        let of_data = laws::read_all(self.data)?.into_iter().filter(|law| !self.is_replaced(&law.name()));
        let all = of_data.map(|law| LawText::clone(&law)).chain(self.own.cloned());
        Ok(all.filter(LawText::is_broken).collect())
    }

    /// One of the books with its text and findings.
    fn law(&self, book: &Rulebook) -> LawText {
        if let Some(own) = self.own.filter(|own| own.book.as_ref() == Some(book)) {
            return own.clone();
        }
        let outline = self.outlines.iter().find(|outline| outline.book.as_ref() == Some(book));
        let outline = outline.expect("the books come from these laws");
        if !self.trusted.is_empty() && self.trusted.contains(&sha256_hex(outline.source.text.as_bytes())) {
            return outline.unchecked();
        }
        LawText::clone(&outline.checked())
    }

    /// The laws of these books, all whole.
    fn laws(&self, scenario: &str, books: &[Rulebook]) -> Result<Vec<LawText>, Error> {
        let laws: Vec<LawText> = books.iter().map(|book| self.law(book)).collect();
        let broken: Vec<LawText> = laws.iter().filter(|law| law.is_broken()).cloned().collect();
        if broken.is_empty() { Ok(laws) } else { Err(broken_scenario(scenario, Vec::new(), Vec::new(), &broken)) }
    }
}

/// Reads and checks all that a run needs.
///
/// # Errors
/// When something is missing, unreadable or wrong; all findings of the first reading that has errors.
pub fn prepare(request: &RunRequest, data: &Data) -> Result<Prepared, Error> {
    prepare_variant(request, None, data)
}

/// As [`prepare`], of a variant of the scenario.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_variant(request: &RunRequest, variant: Option<&Variant>, data: &Data) -> Result<Prepared, Error> {
    prepare_with(request, variant, &Shelf::of(data, variant, &[])?)
}

/// As [`prepare`], of what has been made before: a law whose SHA-256 is among `trusted` was checked then, and is not again.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_again(request: &RunRequest, data: &Data, trusted: &[String]) -> Result<Prepared, Error> {
    prepare_with(request, None, &Shelf::of(data, None, trusted)?)
}

fn prepare_with(request: &RunRequest, variant: Option<&Variant>, shelf: &Shelf<'_>) -> Result<Prepared, Error> {
    let data = shelf.data;
    let all_books = shelf.books();
    let Read { scenario, is_of_data, mut notes } = read(request, variant, shelf, &all_books)?;
    let mut scenario = changed(scenario, request)?;
    let tables = tables_of(data, &scenario)?;
    scenario.bonuses.clone_from(&tables.bonuses);
    let chosen = books_in_force(&scenario.laws, &all_books);
    let books: Vec<Rulebook> = chosen.iter().map(|(_, book)| (*book).clone()).collect();
    let laws = shelf.laws(&scenario.name, &books)?;
    laws.iter().try_for_each(|law| law.note(data))?;
    let law_set = LawSet::bind(&books, &scenario).map_err(|problems| unfit(&scenario, &problems))?;
    let published = if is_of_data { published(data, &scenario.name, &mut notes)? } else { None };
    let inputs = data.inputs();
    let identity = identity(&scenario, variant, &inputs, request.replicates);
    Ok(Prepared {
        scenario,
        laws,
        books,
        law_set,
        margins: tables.margins,
        origins: tables.origins,
        published,
        inputs,
        identity,
        replicates: request.replicates,
        notes: notes.findings,
        note_sources: notes.sources,
    })
}

/// The published figures that a scenario of the data is held against. A run can do without them, so what is wrong with their file is a note.
fn published(data: &Data, scenario: &str, notes: &mut Notes) -> Result<Option<Published>, Error> {
    let name = format!("validation/{scenario}.toml");
    if !data.list("validation", ".toml")?.contains(&name) {
        return Ok(None);
    }
    let source = data.text(&name)?;
    let ValidationRead { published, findings } = read_validation(&source, &Regions::of(data));
    if !findings.is_empty() {
        let place = u16::try_from(notes.sources.len()).unwrap_or(u16::MAX);
        notes.sources.push(source);
        notes.findings.extend(findings.into_iter().map(|found| as_note(found, place)));
    }
    Ok(published)
}

fn as_note(mut finding: Diagnostic, source: u16) -> Diagnostic {
    (finding.severity, finding.span.source) = (Severity::Warning, source);
    finding.help.push("the run is held against no figure of this file until that is mended".to_owned());
    finding
}

/// A scenario without errors.
struct Read {
    scenario: Scenario,
    /// Whether its text is that which the data have under its name: what is published was held against that one, and no other has its roles.
    is_of_data: bool,
    notes: Notes,
}

/// What is worth knowing about texts, and the texts.
struct Notes {
    findings: Vec<Diagnostic>,
    sources: Vec<Source>,
}

fn read(request: &RunRequest, variant: Option<&Variant>, shelf: &Shelf<'_>, books: &[Rulebook]) -> Result<Read, Error> {
    let data = shelf.data;
    let (base, path) = name_and_path(&request.scenario);
    let failed: RefCell<Option<ReadError>> = RefCell::new(None);
    let keep = |result: Result<Source, ReadError>| match result {
        Ok(source) => Some(source),
        Err(error) => {
            failed.borrow_mut().get_or_insert(error);
            None
        }
    };
    let text_of = |wanted: &str| match (variant, &path) {
        (Some(variant), _) if wanted == variant.name => {
            Some(Source { name: scenario_file(wanted), text: variant.text.clone() })
        }
        (_, Some(path)) if wanted == base => keep(data.text_at(path)),
        _ => keep(data.text(&scenario_file(wanted))),
    };
    if path.is_none() && !scenario_names(data)?.contains(&base) {
        return Err(no_such_scenario(data, &base)?);
    }
    let name = variant.map_or(base.clone(), |variant| variant.name.clone());
    let regions = Regions::of(data);
    let ScenarioRead { scenario, findings, sources } =
        read_scenario(&name, &text_of, &Surroundings { laws: books, regions: &regions });
    // A scenario read against half a table would be blamed for what the table lacks.
    if let Some(error) = regions.broken.into_inner() {
        return Err(error);
    }
    // What cannot be read at all says more than the finding that it is missing; but what is not there is a finding of its place.
    match failed.into_inner() {
        Some(error) if !matches!(error, ReadError::Missing { .. }) || sources.is_empty() => return Err(error.into()),
        _ => {}
    }
    match scenario {
        Some(mut scenario) => {
            // The report speaks of the file, not of where it lies on this machine.
            for record in &mut scenario.register {
                record.set_in = short_name(&record.set_in);
            }
            let own = || data.peek(&scenario_file(&name)).ok().map(|own| own.text);
            let is_of_data = path.is_none() || own() == sources.first().map(|source| source.text.clone());
            Ok(Read { scenario, is_of_data, notes: Notes { findings, sources } })
        }
        None => Err(broken_scenario(&name, sources, findings, &shelf.broken()?)),
    }
}

/// Name and, if it is one, path of what the user calls a scenario.
pub(crate) fn name_and_path(given: &str) -> (String, Option<PathBuf>) {
    if !given.contains('/') && !given.contains('\\') && !given.ends_with(".toml") {
        return (given.to_owned(), None);
    }
    let path = Path::new(given);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    (stem, Some(path.to_path_buf()))
}

/// The last part of a path; a name inside the data stays whole.
#[must_use]
pub fn short_name(name: &str) -> String {
    let inside = ["laws/", "scenarios/", "tables/", "validation/"].iter().any(|folder| name.starts_with(folder));
    let last = Path::new(name).file_name().map(|last| last.to_string_lossy().into_owned());
    if inside { name.to_owned() } else { last.unwrap_or_else(|| name.to_owned()) }
}

fn scenario_file(name: &str) -> String {
    format!("scenarios/{name}.toml")
}

/// Names of the scenarios of the data, in order.
///
/// # Errors
/// When the data cannot be listed.
pub fn scenario_names(data: &Data) -> Result<Vec<String>, ReadError> {
    let files = data.list("scenarios", ".toml")?;
    let name = |file: &String| file.strip_prefix("scenarios/")?.strip_suffix(".toml").map(str::to_owned);
    Ok(files.iter().filter_map(name).collect())
}

fn no_such_scenario(data: &Data, wanted: &str) -> Result<Error, Error> {
    let names = scenario_names(data)?;
    let near = nearest(wanted, names.iter().map(String::as_str));
    let start = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let help = format!("{start}`callup list scenarios` shows all; a path to a file works too");
    Ok(Error::Usage { message: format!("there is no scenario `{wanted}`"), help })
}

/// The findings of a scenario, and the errors of laws: those that it names, or, if it is broken itself, all, which may be why it does not find them.
fn broken_scenario(name: &str, mut sources: Vec<Source>, mut findings: Vec<Diagnostic>, broken: &[LawText]) -> Error {
    for law in broken {
        let index = u16::try_from(sources.len()).unwrap_or(u16::MAX);
        sources.push(law.source.clone());
        for finding in law.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let mut finding = finding.clone();
            finding.span.source = index;
            findings.push(finding);
        }
    }
    Error::Findings { what: format!("scenario `{name}`"), sources, findings }
}

/// Knows the regions of the data's tables, and keeps what is wrong with the tables it was asked about.
#[derive(Debug)]
pub(crate) struct Regions<'d> {
    data: &'d Data,
    broken: RefCell<Option<Error>>,
}

impl<'d> Regions<'d> {
    pub(crate) fn of(data: &'d Data) -> Regions<'d> {
        Regions { data, broken: RefCell::new(None) }
    }
}

impl RegionsOf for Regions<'_> {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        let text_of = |name: &str| self.data.peek(name).ok();
        ["regions.csv", ONE_REGION].iter().find_map(|file| text_of(&format!("tables/{country}/{file}")))?;
        // Any year that the tables have will do: the codes stand in every row.
        let year = read_tables(country, 0, &text_of).tables.nearest_reference_year(0).unwrap_or(0);
        let read = read_tables(country, year, &text_of);
        if read.margins.is_none() {
            self.broken.borrow_mut().get_or_insert(broken_tables(country, read.sources, read.findings));
            return None;
        }
        Some(region_codes(&read.tables))
    }
}

fn broken_tables(country: &str, sources: Vec<Source>, findings: Vec<Diagnostic>) -> Error {
    Error::Findings { what: format!("tables of `{country}`"), sources, findings }
}

/// What the request changes in the scenario.
fn changed(mut scenario: Scenario, request: &RunRequest) -> Result<Scenario, Error> {
    if let Some(scale) = request.scale {
        if !(scale > 0.0 && scale <= 1.0) {
            let help = "0.01 runs one synthetic person for a hundred real ones".into();
            return Err(Error::Usage { message: format!("--scale {scale} is not above 0 and at most 1"), help });
        }
        scenario.scale = scale;
    }
    if let Some(days) = request.days {
        if days > scenario.days {
            let message = format!("--days {days} is more than the {} days of the scenario", scenario.days);
            return Err(Error::Usage {
                message,
                help: "a longer run needs a scenario that says what happens in it".into(),
            });
        }
        scenario.days = days;
    }
    scenario.seed = request.seed.unwrap_or(scenario.seed);
    Ok(scenario)
}

struct Tables {
    margins: Margins,
    bonuses: Vec<Bonus>,
    origins: Vec<TableSource>,
}

fn tables_of(data: &Data, scenario: &Scenario) -> Result<Tables, Error> {
    let start_year = scenario.start.to_ymd().0.try_into().unwrap_or(u16::MAX);
    // The published single years of age end before some scenarios begin; the report says which year the people are of.
    let looked = read_tables(&scenario.country, start_year, &|name| data.peek(name).ok());
    let year = looked.tables.nearest_reference_year(start_year).unwrap_or(start_year);
    let failed: RefCell<Option<ReadError>> = RefCell::new(None);
    let [one_region, bonuses] = [ONE_REGION, BONUSES].map(|file| format!("tables/{}/{file}", scenario.country));
    let text_of = |name: &str| {
        // Whether a country has regions or bonuses is asked by looking for a table; where it is not, that is the answer.
        if (name == one_region || name == bonuses) && data.peek(name).is_err() {
            return None;
        }
        data.text(name).map_err(|error| failed.borrow_mut().get_or_insert(error).help()).ok()
    };
    let TablesRead { margins, bonuses, origins, findings, sources, .. } =
        read_tables(&scenario.country, year, &text_of);
    match (margins, failed.into_inner()) {
        (_, Some(error)) if !matches!(error, ReadError::Missing { .. }) => Err(error.into()),
        (Some(margins), _) => Ok(Tables { margins, bonuses, origins }),
        (None, _) => Err(broken_tables(&scenario.country, sources, findings)),
    }
}

fn identity(scenario: &Scenario, variant: Option<&Variant>, inputs: &[InputFile], replicates: u16) -> String {
    let mut digests: Vec<&str> = inputs.iter().map(|input| input.sha256.as_str()).collect();
    digests.sort_unstable();
    let mut text = format!(
        "callup {} {}\nscenario {}\nseed {}\ndays {}\nscale {:016x}\n{}\n{}",
        env!("CARGO_PKG_VERSION"),
        crate::SOURCES_SHA256,
        scenario.name,
        scenario.seed,
        scenario.days,
        scenario.scale.to_bits(),
        digests.join("\n"),
        variant.map_or("", |variant| &variant.text)
    );
    // A run whose page tells where its replicates lie is another than the same run alone.
    if replicates > 1 {
        text += &format!("\nreplicates {replicates}");
    }
    sha256_hex(text.as_bytes())
}

fn unfit(scenario: &Scenario, problems: &[LawProblem]) -> Error {
    let mut reasons: Vec<String> = problems.iter().map(sentence).collect();
    reasons.dedup();
    Error::Unfit { what: format!("scenario `{}` and its laws do not go together", scenario.name), reasons }
}

fn sentence(problem: &LawProblem) -> String {
    match problem {
        LawProblem::NoLaw { place, id } => {
            format!("law {} is not there: {}", place + 1, id.as_deref().unwrap_or("the scenario names none"))
        }
        LawProblem::Bind { law, notice, error } => format!("{law}, {}: {error}", notice.word()),
        LawProblem::ConditionUnset { law, condition } => {
            format!("{law}: condition `{condition}` is not set for all regions from the first day")
        }
        LawProblem::NoAgency { law, measure } => format!("{law}: no agency carries out `{}`", measure.word()),
        LawProblem::UnknownDate { law, fact } => format!("{law}: the world knows no date `{fact}`"),
        LawProblem::PendingUnanswered { law, switch, options } => {
            format!("{law}: what becomes of pending matters is open: answer `{switch}` with {}", options.join(" or "))
        }
        LawProblem::Unmatched { law, names } => {
            format!("{law} takes over pending matters and lacks {}", names.join(", "))
        }
        LawProblem::Choice(error) => format!("{}: {}", error.path, error.why),
    }
}

/// `id@date` of each law of a run.
#[must_use]
pub fn law_names(prepared: &Prepared) -> Vec<String> {
    prepared.books.iter().map(full_name).collect()
}
