//! Law documents found by `id@date`, by id or by path, and compiled with all their findings.
//!
//! It knows where texts come from and nothing of what the rules do. A law that is only looked at does not become an input of a run;
//! one that is chosen does.

use crate::data::{Data, ReadError, hex};
use callup_law::calendar::Day;
use callup_law::cases::{CaseResult, run_cases};
use callup_law::check::Checked;
use callup_law::compile_with;
use callup_law::diagnostic::{Diagnostic, Severity, Source, nearest};
use callup_law::holidays::{self, Holidays};
use callup_law::rulebook::{Rulebook, Waiver};
use sha2::{Digest as _, Sha256};
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
        self.book.as_ref().map_or_else(|| self.source.name.clone(), full_name)
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

/// `id@date` of a compiled law.
#[must_use]
pub fn full_name(book: &Rulebook) -> String {
    format!("{}@{}", book.id, String::from(book.in_force_from))
}

/// What the last reading came to, by the digest of all that it read: compiling takes a hundred times as long as reading, and whoever asks once
/// mostly asks again. Equal texts compile to equal laws, so nobody can tell the difference.
static LAST: Mutex<Option<(String, Arc<Vec<LawText>>)>> = Mutex::new(None);

/// Every law of the data, in the order of their file names. None of them becomes an input.
///
/// # Errors
/// When a file cannot be read.
pub fn read_all(data: &Data) -> Result<Arc<Vec<LawText>>, ReadError> {
    let (holidays, texts) = (texts_of(data, holidays::ENDING)?, texts_of(data, ENDING)?);
    let digest = digest_of([&holidays, &texts].into_iter().flatten());
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, laws)) = last.filter(|last| last.0 == digest) {
        return Ok(laws);
    }
    let holidays = readable(&holidays);
    let laws: Vec<LawText> = texts.into_iter().map(|text| LawText::of(text, &holidays)).collect();
    let laws = Arc::new(laws);
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some((digest, Arc::clone(&laws)));
    Ok(laws)
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
fn note_holidays(data: &Data, law: &LawText) -> Result<(), ReadError> {
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
    let laws = read_all(data)?;
    let fitting: Vec<usize> = (0..laws.len()).filter(|index| bears(&laws[*index], wanted)).collect();
    match fitting.as_slice() {
        [index] => {
            let law = laws[*index].clone();
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

/// The document with this id that is in force on a day. It becomes an input.
///
/// # Errors
/// When its text cannot be read again.
pub fn in_force_on<'l>(data: &Data, laws: &'l [LawText], id: &str, day: Day) -> Result<Option<&'l LawText>, ReadError> {
    let fits = |book: &Rulebook| {
        book.id == id && book.in_force_from <= day && book.in_force_until.is_none_or(|until| day <= until)
    };
    let found = laws.iter().find(|law| law.book.as_ref().is_some_and(fits));
    if let Some(law) = found {
        data.text(&law.source.name)?;
        note_holidays(data, law)?;
    }
    Ok(found)
}

/// Whether a law is named by its path.
#[must_use]
pub fn is_path(wanted: &str) -> bool {
    wanted.contains('/') || wanted.contains('\\') || wanted.ends_with(".md")
}

fn bears(law: &LawText, wanted: &str) -> bool {
    law.book.as_ref().is_some_and(|book| book.id == wanted || full_name(book) == wanted)
}

fn nothing_bears(wanted: &str, laws: &[LawText]) -> ChooseError {
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
