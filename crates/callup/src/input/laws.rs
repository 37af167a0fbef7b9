//! Law documents found by `id@date`, by id or by path; those that are used are compiled with all their findings.
//!
//! It knows where texts come from and nothing of what the rules do. A law that is only looked at does not become an input of a run;
//! one that is chosen does.

use crate::data::{Data, ReadError, hex};
use callup_law::cases::{CaseResult, run_cases};
use callup_law::check::Checked;
use callup_law::compile_with;
use callup_law::diagnostic::{Diagnostic, Severity, Source, nearest};
use callup_law::holidays::{self, Holidays};
use callup_law::rulebook::{Rulebook, Waiver};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How a law document's name ends.
pub const ENDING: &str = ".law.md";

/// A file that a law is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LawFile {
    /// One of the data, by its name there.
    OfData(String),
    /// One that the user named by its path, or that lies beside it.
    AtPath(PathBuf),
}

/// One law document: its text, the compiled form if it has no error, and what was found.
#[derive(Clone, Debug)]
pub struct LawText {
    /// The text; findings speak of it as source 0.
    pub source: Source,
    /// The compiled form; `None` if there are errors.
    pub book: Option<Rulebook>,
    /// What reading, resolving and checking found.
    pub findings: Vec<Diagnostic>,
    /// What the document waives, with the waiver.
    pub waived: Vec<(Diagnostic, Waiver)>,
    /// Where it and the holiday files that it names were read.
    files: Vec<LawFile>,
}

/// A holiday file that a law may name.
#[derive(Clone, Debug)]
pub struct HolidayFile {
    file: LawFile,
    holidays: Holidays,
}

/// Why a law that somebody named is not there.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Nothing bears the name, or several documents do.
    #[error("{message}")]
    Name {
        /// What is wrong.
        message: String,
        /// What there is.
        help: String,
    },
}

impl LawText {
    /// Compiles one text, read from a file, whose calendars may name these holiday files: of two with one name the first.
    #[must_use]
    pub fn of(source: Source, file: LawFile, holidays: &[HolidayFile]) -> LawText {
        let compiled = compile_with(std::slice::from_ref(&source), &only_holidays(holidays));
        let book = compiled.rulebooks.into_iter().next();
        let files = files_of(file, book.as_ref(), holidays);
        LawText { source, book, findings: compiled.diagnostics, waived: compiled.waived, files }
    }

    /// Notes the law and the holiday files that it names as inputs.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn note(&self, data: &Data) -> Result<(), ReadError> {
        for file in &self.files {
            match file {
                LawFile::OfData(name) => data.text(name)?,
                LawFile::AtPath(path) => data.text_at(path)?,
            };
        }
        Ok(())
    }

    /// Whether an error was found, so that it cannot be used.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.book.is_none() || self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// `id@date`, or the name of the text if it cannot be compiled.
    #[must_use]
    pub fn name(&self) -> String {
        name_of(self.book.as_ref(), &self.source)
    }

    /// Runs the cases of the document; none if it is broken.
    #[must_use]
    pub fn run_cases(&self) -> Vec<CaseResult> {
        self.book.as_ref().map(run_cases).unwrap_or_default()
    }

    /// Reading, resolving and checking: everything that stands and what the document waives; of a broken one nothing counts as waived.
    #[must_use]
    pub fn checked(&self) -> Checked {
        let waived = if self.book.is_some() { self.waived.clone() } else { Vec::new() };
        Checked { findings: self.findings.clone(), waived }
    }
}

impl Outline {
    /// `id@date`, or the name of the text if it cannot be read.
    #[must_use]
    pub fn name(&self) -> String {
        name_of(self.book.as_ref(), &self.source)
    }

    /// The law with all its findings.
    #[must_use]
    pub fn checked(&self) -> Arc<LawText> {
        let known = CHECKED.lock().unwrap_or_else(PoisonError::into_inner).get(&self.digest).cloned();
        known.unwrap_or_else(|| {
            let law = Arc::new(LawText::of(self.source.clone(), self.file(), &self.holidays));
            let mut kept = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= CHECKED_MAX {
                kept.clear();
            }
            kept.insert(self.digest.clone(), Arc::clone(&law));
            law
        })
    }

    /// The law as one in which nothing was found, because nobody looked.
    #[must_use]
    pub fn unchecked(&self) -> LawText {
        let (source, book) = (self.source.clone(), self.book.clone());
        let files = files_of(self.file(), book.as_ref(), &self.holidays);
        LawText { source, book, findings: Vec::new(), waived: Vec::new(), files }
    }

    fn file(&self) -> LawFile {
        LawFile::OfData(self.source.name.clone())
    }
}

fn name_of(book: Option<&Rulebook>, source: &Source) -> String {
    book.map_or_else(|| source.name.clone(), full_name)
}

/// `id@date` of a compiled law.
#[must_use]
pub fn full_name(book: &Rulebook) -> String {
    format!("{}@{}", book.id, String::from(book.in_force_from))
}

/// A law document as far as naming it goes: read and resolved, not checked. Checking takes fifty times as long, and most laws of the data are
/// never used by a command.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The text.
    pub source: Source,
    /// What it says; `None` if it cannot be read. Checking may still find errors.
    pub book: Option<Rulebook>,
    /// The holiday files that it may name.
    holidays: Arc<Vec<HolidayFile>>,
    /// SHA-256 of the text and of these files.
    digest: String,
}

/// What the last reading came to, by the digest of all that it read: whoever asks once mostly asks again. Equal texts read alike, so nobody can
/// tell the difference.
static LAST: Mutex<Option<(String, Arc<Vec<Outline>>)>> = Mutex::new(None);
/// Laws that have been checked, by the digest of their outlines.
static CHECKED: Mutex<BTreeMap<String, Arc<LawText>>> = Mutex::new(BTreeMap::new());
/// Most laws that are kept there: whoever changes a law again and again shall not fill the memory.
const CHECKED_MAX: usize = 256;

/// Every law of the data, in the order of their file names, not checked. None of them becomes an input.
///
/// # Errors
/// When a file cannot be read.
pub fn outlines(data: &Data) -> Result<Arc<Vec<Outline>>, ReadError> {
    let (holidays, texts) = (texts_of(data, holidays::ENDING)?, texts_of(data, ENDING)?);
    let digest = digest_of([&holidays, &texts].into_iter().flatten());
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, outlines)) = last.filter(|last| last.0 == digest) {
        return Ok(outlines);
    }
    let readable = Arc::new(readable(&holidays));
    let days_off = only_holidays(&readable);
    let outline = |source: Source| Outline {
        book: callup_law::outline(&source, &days_off),
        digest: digest_of(holidays.iter().chain([&source])),
        holidays: Arc::clone(&readable),
        source,
    };
    let outlines: Arc<Vec<Outline>> = Arc::new(texts.into_iter().map(outline).collect());
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some((digest, Arc::clone(&outlines)));
    Ok(outlines)
}

/// Every law of the data with all its findings, in the order of their file names. None of them becomes an input.
///
/// # Errors
/// When a file cannot be read.
pub fn read_all(data: &Data) -> Result<Vec<Arc<LawText>>, ReadError> {
    Ok(outlines(data)?.iter().map(Outline::checked).collect())
}

fn texts_of(data: &Data, ending: &str) -> Result<Vec<Source>, ReadError> {
    data.list("laws", ending)?.iter().map(|name| data.peek(name)).collect()
}

/// SHA-256 over each text: its name, its length and its bytes.
fn digest_of<'t>(texts: impl Iterator<Item = &'t Source>) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(format!("{}\0{}\0", text.name, text.text.len()));
        digest.update(&text.text);
    }
    hex(&digest.finalize())
}

/// Holiday files of the data. One that cannot be read as such is left out: a law that names it says so.
fn readable(texts: &[Source]) -> Vec<HolidayFile> {
    let file = |text: &Source| {
        let holidays = holidays::read(text, 0).ok()?;
        Some(HolidayFile { file: LawFile::OfData(text.name.clone()), holidays })
    };
    texts.iter().filter_map(file).collect()
}

fn only_holidays(files: &[HolidayFile]) -> Vec<Holidays> {
    files.iter().map(|file| file.holidays.clone()).collect()
}

/// The file of a law, and of these holiday files those that its calendars name: of two with one name the first.
fn files_of(file: LawFile, book: Option<&Rulebook>, holidays: &[HolidayFile]) -> Vec<LawFile> {
    let mut files = vec![file];
    for calendar in book.iter().flat_map(|book| &book.counting.calendars) {
        let named = holidays.iter().find(|file| file.holidays.name == calendar.holidays);
        files.extend(named.map(|named| named.file.clone()).filter(|named| !files.contains(named)));
    }
    files
}

/// The holiday files beside a law that the user named by its path, then those of the data.
fn holidays_beside(data: &Data, path: &Path) -> Result<Vec<HolidayFile>, ReadError> {
    let mut found = Vec::new();
    for name in Data::beside(path, holidays::ENDING)? {
        let holidays = holidays::read(&data.text_at(&name)?, 0).ok();
        found.extend(holidays.map(|holidays| HolidayFile { file: LawFile::AtPath(name), holidays }));
    }
    found.extend(readable(&texts_of(data, holidays::ENDING)?));
    Ok(found)
}

/// The law that `wanted` names: `id@date`, an id that only one document bears, or a path. It becomes an input.
///
/// # Errors
/// When nothing or more than one document is meant, or a file cannot be read.
pub fn choose(data: &Data, wanted: &str) -> Result<LawText, ChooseError> {
    if is_path(wanted) {
        let path = PathBuf::from(wanted);
        let holidays = holidays_beside(data, &path)?;
        return Ok(LawText::of(data.text_at(&path)?, LawFile::AtPath(path), &holidays));
    }
    let laws = outlines(data)?;
    let bearing: Vec<&Outline> = laws.iter().filter(|law| bears(law, wanted)).collect();
    let sound = |law: &&&Outline| bearing.len() == 1 || !law.checked().is_broken();
    // A draft with errors takes the name from nobody.
    match bearing.iter().filter(sound).collect::<Vec<_>>().as_slice() {
        [law] => {
            let law = LawText::clone(&*law.checked());
            law.note(data)?;
            Ok(law)
        }
        [] if bearing.is_empty() => Err(nothing_bears(wanted, &laws)),
        _ => {
            let names: Vec<String> = bearing.iter().map(|law| law.name()).collect();
            let message = format!("`{wanted}` names several documents");
            Err(ChooseError::Name { message, help: format!("name one of: {}", names.join(", ")) })
        }
    }
}

/// Whether a law is named by its path.
#[must_use]
pub fn is_path(wanted: &str) -> bool {
    wanted.contains('/') || wanted.contains('\\') || wanted.ends_with(".md")
}

fn bears(law: &Outline, wanted: &str) -> bool {
    law.book.as_ref().is_some_and(|book| book.id == wanted || full_name(book) == wanted)
}

fn nothing_bears(wanted: &str, laws: &[Outline]) -> ChooseError {
    let names: Vec<String> = laws.iter().filter_map(|law| law.book.as_ref().map(full_name)).collect();
    let ids = laws.iter().filter_map(|law| law.book.as_ref().map(|book| book.id.as_str()));
    let known = names.iter().map(String::as_str).chain(ids);
    let message = format!("there is no law `{wanted}`");
    let help = match nearest(wanted, known) {
        Some(near) => format!("did you mean `{near}`? `callup list` shows all; a path to a document works too"),
        None => "`callup list` shows the laws; a path to a document works too".into(),
    };
    ChooseError::Name { message, help }
}
