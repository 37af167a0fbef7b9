//! Every code that reading, resolving and checking a law can raise: severity and meaning in one sentence.
//!
//! `docs/checks.md` is held to this list by a test. The letter of a code is its severity.

use crate::diagnostic::Severity;

/// A code with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// For example `E050`.
    pub code: &'static str,
    /// As its letter says.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub meaning: &'static str,
}

const fn error(code: &'static str, meaning: &'static str) -> Code {
    Code { code, severity: Severity::Error, meaning }
}

const fn warning(code: &'static str, meaning: &'static str) -> Code {
    Code { code, severity: Severity::Warning, meaning }
}

const fn info(code: &'static str, meaning: &'static str) -> Code {
    Code { code, severity: Severity::Info, meaning }
}

/// All codes, in order of their numbers.
pub const CODES: &[Code] = &[
    error("E001", "a name that nothing declares"),
    error("E002", "a name declared twice"),
    error("E003", "a statement that does not follow its form"),
    warning("W003", "declared and never used, or a waiver that waives nothing"),
    error("E004", "a date that the calendar does not have"),
    error("E005", "a number outside its bounds"),
    error("E006", "a statement outside the articles"),
    error("E007", "a document without one of the statements that every law has"),
    error("E008", "a text too large to read, or not a text"),
    error("E009", "a case that gives or expects what the law does not have"),
    error("E010", "a statement without its paragraph, an article or a switch without its source"),
    error("E011", "a citation of a paragraph that the article does not have"),
    warning("W012", "a paragraph with neither a rule nor a gap"),
    warning("W014", "a number of the quotation that no rule of its paragraph contains"),
    error("E020", "a state that is never reached"),
    error("E021", "a state without exit that is not marked final"),
    warning("W022", "an event ends a measure but moves no track of the matter"),
    error("E023", "a circle of transitions in which no time passes"),
    error("E030", "a measure without a lifting line"),
    error("E031", "the lifting of a measure is out of reach from a state in which it stands"),
    warning("W032", "a measure that only an act of the authority can lift"),
    warning("W033", "a measure that starts again after its lifting because the state that started it remains"),
    warning("W034", "one lifting ends a measure that still stands on another ground"),
    warning("W035", "the lifting of a measure is out of reach for some people or under one reading"),
    warning("W036", "a matter can be over while its measure still stands"),
    error("E040", "two rules apply to the same person and lead to different states"),
    warning("W041", "an event to which a state reacts for some people only"),
    warning("W042", "a guard that always or never holds"),
    error("E043", "an age without the day on which it is taken"),
    error("E044", "numbers or days that contradict each other"),
    error("E045", "a fact without the words whose picture of the person is meant"),
    error("E050", "a period without the words when its effect comes"),
    error("E051", "a period in months where the law does not say how a month ends that lacks the day"),
    error("E052", "a period in hours without its way of counting, or from a date, which has no hour"),
    error("E053", "a period in days, months or years where the law does not say how they are counted"),
    error("E054", "a period that can never run out because another always comes first"),
    error("E055", "a date that must come before the notice can count as served"),
    error("E056", "a period after something that may have no day on one way into its state"),
    error("E057", "a period that may be over on entry, without the words what then"),
    warning("W058", "the last day to file can come before the person must know of the measure"),
    warning("W059", "a measure that can begin before any decision on a remedy is due, and that no filing suspends"),
    warning("W060", "a power without a time limit"),
    warning("W061", "a duty whose breach has no consequence"),
    warning("W070", "a measure against which no remedy lies"),
    info("I071", "a remedy that does not suspend the measure"),
    info("I072", "a remedy whose suspension depends on an open reading"),
    warning("W073", "a measure against which remedies go only to a body that acts on it itself"),
    warning("W074", "a measure that starts without anything the person could have seen"),
    error("E080", "two versions of one law in force on the same day"),
    error("E082", "a pending matter cannot move to the new law"),
    error("E083", "a parameter without a value on a day the law is in force"),
    error("E090", "a text that is not the JSON form of a compiled law"),
    error("E091", "a compiled law of another format version"),
    error("E098", "a compiled law that refers to something it does not contain"),
    error("E099", "a law too large to check"),
];

/// The entry of a code, if there is one.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|entry| entry.code == code)
}

/// The severity of a code; an unknown one counts as an error.
#[must_use]
pub fn severity(code: &str) -> Severity {
    find(code).map_or(Severity::Error, |entry| entry.severity)
}
