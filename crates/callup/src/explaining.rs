//! Cases explained under laws that are named: what the command line and the page both call.
//!
//! Facts come in and explanations go out; nothing is stored or sent. How either is read or shown is not known here.

use crate::data::{Data, sha256_hex};
use crate::error::Error;
use crate::input::laws::{ChooseError, LawText, choose};
use callup_law::calendar::Day;
use callup_law::explain::{self, Explanation, Language, StatedFacts};

/// One law that was asked for, or several joined with `+`, which then succeed one another.
#[derive(Debug)]
pub struct Wanted {
    name: String,
    laws: Vec<LawText>,
    digests: Vec<String>,
}

impl Wanted {
    /// Reads the laws of this name.
    ///
    /// # Errors
    /// When there is no such law.
    pub fn read(data: &Data, name: &str) -> Result<Wanted, Error> {
        let names: Vec<&str> = if name.contains('/') { vec![name] } else { name.split('+').collect() };
        let laws: Vec<LawText> = names.iter().map(|name| chosen_law(data, name)).collect::<Result<_, _>>()?;
        let digests = laws.iter().map(|law| sha256_hex(law.source.text.as_bytes())).collect();
        Ok(Wanted { name: name.to_owned(), laws, digests })
    }

    /// The laws as `explain` takes them.
    ///
    /// # Errors
    /// When one has errors.
    pub fn texts(&self) -> Result<Vec<explain::LawText<'_>>, Error> {
        let text = |(law, sha256)| -> Result<explain::LawText<'_>, Error> {
            let law: &LawText = law;
            let book = law.book.as_ref().filter(|_| !law.is_broken()).ok_or_else(|| broken(law))?;
            Ok(explain::LawText { book, sha256 })
        };
        self.laws.iter().zip(self.digests.iter().map(String::as_str)).map(text).collect()
    }

    /// The case under them.
    ///
    /// # Errors
    /// When a law has errors, or the facts do not go with it.
    pub fn explained(&self, language: Language, facts: &StatedFacts, until: Day) -> Result<Explanation, Error> {
        let texts = self.texts()?;
        explain::explain_in(language, &texts, facts, until).map_err(|errors| Error::Unfit {
            what: format!("the facts and {} do not go together", self.name),
            reasons: errors.iter().map(ToString::to_string).collect(),
        })
    }
}

fn broken(law: &LawText) -> Error {
    let (what, findings) = (format!("law {}", law.source.name), law.findings.clone());
    Error::Findings { what, sources: vec![law.source.clone()], findings }
}

/// The law that is meant, see [`choose`].
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn chosen_law(data: &Data, name: &str) -> Result<LawText, Error> {
    choose(data, name).map_err(|error| match error {
        ChooseError::Read(error) => error.into(),
        ChooseError::Name { message, help } => Error::Usage { message, help },
    })
}
