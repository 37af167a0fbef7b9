//! The facts of a case asked for at a terminal, or read from standard input one answer a line.
//!
//! Questions are talk and go to standard error; what is typed is kept in memory until the explanation is printed, and nowhere else.

use super::render::talk;
use crate::error::Error;
use callup_law::explain::{Interview, Language, LawText, StatedFacts};
use std::io::{BufRead, IsTerminal as _};

/// Asks for the facts under these laws. Without a terminal only if that was asked for.
///
/// # Errors
/// Where there is no terminal, the answers end too early, or nothing happened that could be explained.
pub fn facts(language: Language, laws: &[Vec<LawText<'_>>], even_without_terminal: bool) -> Result<StatedFacts, Error> {
    let has_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !has_terminal && !even_without_terminal {
        return Err(Error::Usage {
            message: "no facts are given, and there is no terminal to ask for them".into(),
            help: "give --facts FILE (docs/scenario-format.md), or --ask to read the answers from standard input"
                .into(),
        });
    }
    let mut interview = Interview::new(language, laws);
    talk(&interview.intro());
    answer_all(&mut interview, &mut std::io::stdin().lock())?;
    let (facts, note) = interview.finish();
    if let (Some(note), Some(_)) = (&note, &facts) {
        talk(note);
    }
    facts.ok_or_else(|| Error::Unfit { what: "the answers".into(), reasons: note.into_iter().collect() })
}

fn answer_all(interview: &mut Interview<'_>, answers: &mut impl BufRead) -> Result<(), Error> {
    while let Some(prompt) = interview.ask() {
        talk(&prompt.question);
        for (number, choice) in prompt.choices.iter().enumerate() {
            talk(&format!("  {}  {choice}", number + 1));
        }
        let mut typed = String::new();
        match answers.read_line(&mut typed) {
            Ok(0) => return Err(ended()),
            Ok(_) => {}
            Err(error) => {
                let message = format!("standard input cannot be read: {error}");
                return Err(Error::Usage { message, help: "answers are text in UTF-8, one a line".into() });
            }
        }
        if let Err(help) = interview.answer(&typed) {
            talk(&help);
        }
    }
    Ok(())
}

fn ended() -> Error {
    Error::Usage {
        message: "the answers end before the questions".into(),
        help: "answer every question; `unknown` is an answer".into(),
    }
}
