//! The sentence forms of the grammar, as `docs/law-language.md` prints them; findings quote them. A test holds the page to them.
//!
//! This file knows no parsing.

/// A source line outside the law blocks.
pub const SOURCE: &str = "source \"…\" confidence L | R | R2 | G | U | fictional";
/// The words that begin a statement, each with the form of its first line.
pub const STATEMENTS: &[(&str, &str)] = &[
    ("law", "law ID \"Title\""),
    ("in", "in force from DATE [until DATE]"),
    ("replaces", "replaces ID from DATE; pending matters: old | new | SWITCH"),
    ("periods", "periods in days (n): start next-day | same-day, roll none | next-working-day of CALENDAR"),
    ("param", "param NAME = NUMBER [from DATE] [until DATE], … (n) [\"label\"]"),
    (
        "switch",
        "switch NAME [(n)] [\"label\"]: OPTION [\"label\"] | OPTION [\"label\"] [| OPTION]… \"why it is open\" source \"…\" confidence U",
    ),
    ("condition", "condition NAME (n) \"label\": as set by the scenario"),
    ("calendar", "calendar NAME (n) [\"label\"]: weekends DAY [DAY]… | none, holidays FILE | none"),
    ("window", "window NAME = MM-DD..MM-DD [, MM-DD..MM-DD]… (n) [\"label\"]"),
    ("matter", "matter NOTICE [, NOTICE]…:"),
    ("notice", "notice NOTICE (n): FACT at most N days after EVENT [if GUARD]; else void | gap"),
    ("rule", "rule NAME (n) \"label\":"),
    ("measure", "measure NAME (n) \"label\" [is MEASURE]:"),
    ("remedy", "remedy NAME (n) [\"label\"]:"),
    ("while", "while TRACK is STATE [| STATE]…, period RULE [, RULE]… does not run (n)"),
    ("chain", "chain NAME (n) [\"label\"]:"),
    ("no", "no remedy against MEASURE [, MEASURE]… (n) [\"label\"]"),
    ("duty", "duty WHO (n) [\"label\"]: \"what\" [within PERIOD of ANCHOR][; else breach \"…\"]"),
    ("power", "power WHO (n) [\"label\"]: may \"what\""),
    ("gap", "gap (n) \"what is missing or not modelled\" because \"…\""),
    ("allow", "allow CODE because \"…\" DATE"),
    ("case", "case \"name\" [with NAME = OPTION [, NAME = OPTION]…]:"),
];
/// Counting of months.
pub const PERIODS_IN_MONTHS: &str = "periods in months (n): start next-day | same-day, month-end last-day | first-of-next [, roll next-working-day of CALENDAR]";
/// Counting of working days.
pub const PERIODS_IN_WORKING_DAYS: &str = "periods in working days of CALENDAR (n): start next-day | same-day";
/// Counting of hours.
pub const PERIODS_IN_HOURS: &str = "periods in hours (n): run from the event";
/// A fact of a matter.
pub const FACT: &str = "fact NAME: yes/no as recorded | as it is | as proved to NAME";
/// A date of a matter.
pub const FACT_DATE: &str = "fact NAME: date";
/// A track of a matter.
pub const TRACK: &str = "track NAME [\"label\"]: STATE [as ROLE] [final] [\"label\"], …";
/// Bounds of a notice, lower.
pub const NOTICE_AT_LEAST: &str = "notice NOTICE (n): FACT at least N days after EVENT [if GUARD]; else void | gap";
/// Bounds of a notice, both.
pub const NOTICE_BETWEEN: &str = "notice NOTICE (n): FACT between N and N days after EVENT [if GUARD]; else void | gap";
/// Trigger by an event.
pub const WHEN: &str = "when EVENT [if GUARD]";
/// Trigger by a period.
pub const AFTER: &str = "PERIOD after ANCHOR, on the last day | once it has run out[; already over on entry: at once | never | from entry] [if GUARD]";
/// Transition.
pub const TRANSITION: &str = "TRACK: STATE [| STATE]… -> STATE";
/// Start of a measure.
pub const STARTS: &str = "starts on TRACK.STATE [if GUARD]";
/// End of a measure.
pub const ENDS: &str = "ends (n) on EVENT | TRACK.STATE [in this matter | in any matter] [if GUARD]";
/// End of a measure by a time limit.
pub const ENDS_WITHIN: &str =
    "ends (n) within PERIOD of EVENT | TRACK.STATE [in this matter | in any matter] [if GUARD]";
/// No end.
pub const ENDS_NEVER: &str = "ends never (n)";
/// Measures a remedy lies against.
pub const AGAINST: &str = "against MEASURE [, MEASURE]…";
/// A decision a remedy lies against.
pub const AGAINST_DECISION: &str = "against decision of BODY";
/// The remedy that must come first.
pub const ONLY_AFTER: &str = "only after REMEDY is decided | granted | rejected | final";
/// A condition that keeps a period from running.
pub const WHILE_CONDITION: &str = "while CONDITION is yes | no, period RULE [, RULE]… does not run (n)";
/// The beginning of a chain.
pub const BEGINS: &str = "begins on EVENT | TRACK.STATE [if GUARD]";
/// An act of an office in a chain.
pub const STEP: &str = "WHO warns | demands | sues | penalises (n) [as STATE] [within PERIOD][; else lapses]";
/// The time to comply in a chain.
pub const COMPLY: &str = "PERIOD to comply (n) [as STATE], on the last day | once it has run out";
/// The decision in a chain.
pub const DECIDES: &str = "WHO decides (n) [within PERIOD][; must refuse if GUARD]";
/// Body of a remedy.
pub const TO: &str = "to BODY";
/// Time limit for filing.
pub const FILE: &str = "file within PERIOD of ANCHOR [, restorable for good cause]";
/// Time limit for the decision.
pub const DECIDE: &str = "decide (n) within PERIOD of filed";
/// Suspension.
pub const SUSPENDS: &str = "suspends the measure | MEASURE | EVENT [, MEASURE | EVENT]… [until decided | until final] [if GUARD]  |  suspends nothing";
/// Expectations of a case.
pub const EXPECT: &str = "expect EXPECTED [, EXPECTED]…";
/// Givens of a case.
pub const GIVEN: &str = "GIVEN [, GIVEN]…";
/// A given of a case.
pub const ONE_GIVEN: &str = "EVENT DATE [in another matter] | EVENT REMEDY DATE | FACT DATE | FACT yes|no | born DATE | kind NOTICE | condition NAME yes|no [from DATE]";
/// An expectation of a case.
pub const ONE_EXPECTED: &str = "MEASURE on DATE | MEASURE lifted by DATE | MEASURE suspended|resumed on DATE | both|all lifted by DATE | no MEASURE | MEASURE open | TRACK.STATE on DATE | never TRACK.STATE | REMEDY open until DATE | WHO must act by DATE | void | gap | no gap";
/// An age.
pub const AGE: &str = "age on the day of EVENT CMP NUMBER [and CMP NUMBER] PICTURE";
/// Other tests.
pub const IS: &str = "FACT is yes|no, SWITCH is OPTION, CONDITION is yes|no, notice is NOTICE, TRACK is STATE";

/// Tests on a window.
pub const IN_WINDOW: &str = "today in window WINDOW | EVENT in window WINDOW";

/// The form of the statement that this word begins.
#[must_use]
pub fn of(keyword: &str) -> Option<&'static str> {
    STATEMENTS.iter().find(|(word, _)| *word == keyword).map(|(_, form)| *form)
}

/// Every form, once.
pub fn all() -> impl Iterator<Item = &'static str> {
    let others = [
        SOURCE,
        PERIODS_IN_MONTHS,
        PERIODS_IN_HOURS,
        PERIODS_IN_WORKING_DAYS,
        FACT,
        FACT_DATE,
        TRACK,
        NOTICE_AT_LEAST,
        NOTICE_BETWEEN,
        WHEN,
        AFTER,
        TRANSITION,
        STARTS,
        ENDS,
        ENDS_WITHIN,
        ENDS_NEVER,
        AGAINST,
        TO,
        FILE,
        DECIDE,
        SUSPENDS,
        EXPECT,
        GIVEN,
        AGE,
        IN_WINDOW,
        AGAINST_DECISION,
        ONLY_AFTER,
        WHILE_CONDITION,
        BEGINS,
        STEP,
        COMPLY,
        DECIDES,
    ];
    STATEMENTS.iter().map(|(_, form)| *form).chain(others)
}
