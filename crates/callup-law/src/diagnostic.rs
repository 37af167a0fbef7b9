//! A finding about a source text: code, severity, place, message, help. Rendering for terminals is done here too.
//!
//! Every reader of the project (laws, scenarios, tables, facts) reports with this type, all findings in one pass.
//! This file knows no grammar.

use serde::Serialize;

/// How grave a finding is. Errors stop a compilation from being used; warnings must be mended or waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The document cannot be used.
    Error,
    /// Legally or technically doubtful; may be waived with a reason.
    Warning,
    /// Worth knowing.
    Info,
}

/// A named source text. `name` is what findings print before the line (a path as the user gave it, or an embedded name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to print.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A range of bytes in the source with this index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the source among those given to the reader.
    pub source: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, for example `E050`. The letter is the severity: E, W or I.
    pub code: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// The heading the place belongs to, for example `Article 6(2)`.
    pub heading: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, or a witness; one line each.
    pub help: Vec<String>,
}
