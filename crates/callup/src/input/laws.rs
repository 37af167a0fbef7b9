//! Law documents found by `id@date`, by id or by path, and compiled with all their findings.
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
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// How a law document's name ends.
pub const ENDING: &str = ".law.md";

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
    /// Compiles one text whose calendars may name these holiday files.
    #[must_use]
    pub fn of(source: Source, holidays: &[Holidays]) -> LawText {
        let compiled = compile_with(std::slice::from_ref(&source), holidays);
        let book = compiled.rulebooks.into_iter().next();
        LawText { source, book, findings: compiled.diagnostics, waived: compiled.waived }
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

    /// The law as one in which nothing was found, because nobody looked.
    #[must_use]
    pub fn unchecked(&self) -> LawText {
        let (source, book) = (self.source.clone(), self.book.clone());
        LawText { source, book, findings: Vec::new(), waived: Vec::new() }
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
    /// SHA-256 of the text and of the holiday files that it may name.
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
    let readable = readable(&holidays);
    let outline = |source: Source| Outline {
        book: callup_law::outline(&source, &readable),
        digest: digest_of(holidays.iter().chain([&source])),
        source,
    };
    let outlines: Arc<Vec<Outline>> = Arc::new(texts.into_iter().map(outline).collect());
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some((digest, Arc::clone(&outlines)));
    Ok(outlines)
}

/// A law of the data with all its findings.
///
/// # Errors
/// When a holiday file cannot be read.
pub fn checked(data: &Data, outline: &Outline) -> Result<Arc<LawText>, ReadError> {
    let known = CHECKED.lock().unwrap_or_else(PoisonError::into_inner).get(&outline.digest).cloned();
    if let Some(law) = known {
        return Ok(law);
    }
    let law = Arc::new(LawText::of(outline.source.clone(), &holidays_of(data)?));
    let mut kept = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= CHECKED_MAX {
        kept.clear();
    }
    kept.insert(outline.digest.clone(), Arc::clone(&law));
    Ok(law)
}

/// Every law of the data with all its findings, in the order of their file names. None of them becomes an input.
///
/// # Errors
/// When a file cannot be read.
pub fn read_all(data: &Data) -> Result<Vec<LawText>, ReadError> {
    outlines(data)?.iter().map(|outline| checked(data, outline).map(|law| LawText::clone(&law))).collect()
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

/// The holiday files of the data. One that cannot be read as such is left out: a law that names it says so.
fn holidays_of(data: &Data) -> Result<Vec<Holidays>, ReadError> {
    Ok(readable(&texts_of(data, holidays::ENDING)?))
}

fn readable(texts: &[Source]) -> Vec<Holidays> {
    texts.iter().filter_map(|text| holidays::read(text, 0).ok()).collect()
}

/// The holiday files beside a law that the user named by its path, then those of the data.
fn holidays_beside(data: &Data, path: &Path) -> Result<Vec<Holidays>, ReadError> {
    let mut found = Vec::new();
    for name in Data::beside(path, holidays::ENDING)? {
        found.extend(holidays::read(&data.text_at(&name)?, 0).ok());
    }
    found.extend(holidays_of(data)?);
    Ok(found)
}

/// Notes the holiday files of a law that is chosen as inputs of their own.
///
/// # Errors
/// When one cannot be read.
pub fn note_holidays(data: &Data, law: &LawText) -> Result<(), ReadError> {
    let Some(book) = &law.book else { return Ok(()) };
    for name in data.list("laws", holidays::ENDING)? {
        if book.counting.calendars.iter().any(|calendar| calendar.holidays == holidays::name_of(&name)) {
            data.text(&name)?;
        }
    }
    Ok(())
}

/// The law that `wanted` names: `id@date`, an id that only one document bears, or a path. It becomes an input.
///
/// # Errors
/// When nothing or more than one document is meant, or a file cannot be read.
pub fn choose(data: &Data, wanted: &str) -> Result<LawText, ChooseError> {
    if is_path(wanted) {
        let holidays = holidays_beside(data, Path::new(wanted))?;
        return Ok(LawText::of(data.text_at(Path::new(wanted))?, &holidays));
    }
    let laws = outlines(data)?;
    let fitting: Vec<usize> = (0..laws.len()).filter(|index| bears(&laws[*index], wanted)).collect();
    match fitting.as_slice() {
        [index] => {
            let law = LawText::clone(&*checked(data, &laws[*index])?);
            data.text(&law.source.name)?;
            note_holidays(data, &law)?;
            Ok(law)
        }
        [] => Err(nothing_bears(wanted, &laws)),
        several => {
            let names: Vec<String> = several.iter().map(|index| laws[*index].name()).collect();
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
