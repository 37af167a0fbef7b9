//! Guards, periods and anchors: the parts that several statements share.
//!
//! No name is resolved here. Brackets nest to a fixed depth, so that no text exhausts the stack.

use super::MAX_COUNT;
use super::cursor::{Cursor, Parsed, Refused};
use super::forms;
use super::lexer::Kind;
use super::statements::picture;
use crate::diagnostic::Span;
use crate::document::{Name, StateName, WrittenAnchor, WrittenGuard, WrittenNumber, WrittenPeriod, WrittenTest};
use crate::rulebook::{Compare, Period, Pick, Unit};

/// How deep brackets and `not` may nest.
const MAX_DEPTH: usize = 24;

const UNITS: &[(&str, Unit)] = &[
    ("hours", Unit::Hours),
    ("hour", Unit::Hours),
    ("days", Unit::Days),
    ("day", Unit::Days),
    ("months", Unit::Months),
    ("month", Unit::Months),
    ("working days", Unit::WorkingDays),
    ("working day", Unit::WorkingDays),
    ("years", Unit::Years),
    ("year", Unit::Years),
];

/// Whether a period comes: a number, or the name of a parameter and a unit.
pub(super) fn begins_period(cursor: &Cursor) -> bool {
    let mut first_words = UNITS.iter().filter_map(|(unit, _)| unit.split(' ').next());
    cursor.kind() == Some(Kind::Number) || first_words.any(|word| cursor.is_followed_by(word))
}

/// `N hours | N days | N working days | N months | N years`, N a number or the name of a parameter
pub(super) fn period(cursor: &mut Cursor) -> Parsed<WrittenPeriod> {
    let first = cursor.here();
    // `0 days after A` is the end of the day of A; nothing else is shorter than one.
    let least = i32::from(!(cursor.is_followed_by("days") || cursor.is_followed_by("day")));
    let (count, parameter) = if cursor.kind() == Some(Kind::Word) {
        (0, Some(cursor.name("a number or the name of a parameter")?))
    } else {
        (cursor.number(least..=MAX_COUNT, "the length of a period")?, None)
    };
    let Some((words, unit)) = UNITS.iter().find(|(words, _)| cursor.sees(&words.split(' ').collect::<Vec<_>>())) else {
        return cursor.refuse("`hours`, `days`, `working days`, `months` or `years`");
    };
    words.split(' ').for_each(|_| cursor.skip());
    let period = Period { count: count as u16, unit: *unit, parameter: None };
    Ok(WrittenPeriod { period, parameter, span: cursor.since(first) })
}

/// An event, a date fact, `TRACK.STATE`, `start of MEASURE`, a window, `knowledge`, or the later or the earlier of several.
pub(super) fn anchor(cursor: &mut Cursor) -> Parsed<WrittenAnchor> {
    let first = cursor.here();
    if cursor.eat("the") {
        let pick = cursor.one_of(&[("later of", Pick::Later), ("earlier of", Pick::Earlier)])?;
        let mut of = vec![plain_anchor(cursor)?];
        cursor.expect("and")?;
        of.push(plain_anchor(cursor)?);
        while cursor.eat("and") {
            of.push(plain_anchor(cursor)?);
        }
        return Ok(WrittenAnchor::Combined { pick, of, span: cursor.since(first) });
    }
    plain_anchor(cursor)
}

fn plain_anchor(cursor: &mut Cursor) -> Parsed<WrittenAnchor> {
    if cursor.eat_all(&["start", "of", "window"]) {
        return Ok(WrittenAnchor::WindowStart(cursor.name("a window")?));
    }
    if cursor.eat_all(&["end", "of", "window"]) {
        return Ok(WrittenAnchor::WindowEnd(cursor.name("a window")?));
    }
    if cursor.eat_all(&["start", "of"]) {
        return Ok(WrittenAnchor::StartOf(cursor.name("a measure")?));
    }
    let first = cursor.here();
    if cursor.eat("knowledge") {
        return Ok(WrittenAnchor::Knowledge(first));
    }
    let word = cursor.name("an event, TRACK.STATE, a date fact, `start of MEASURE` or `knowledge`")?;
    if cursor.eat(".") {
        return Ok(WrittenAnchor::State(StateName { track: word, state: cursor.name("a state")? }));
    }
    Ok(WrittenAnchor::Word(word))
}

/// `TRACK.STATE`
pub(super) fn state_name(cursor: &mut Cursor) -> Parsed<StateName> {
    let track = cursor.name("a track")?;
    cursor.expect(".")?;
    Ok(StateName { track, state: cursor.name("a state")? })
}

/// `[if GUARD]`
pub(super) fn guard_if_any(cursor: &mut Cursor) -> Parsed<Option<WrittenGuard>> {
    if cursor.eat("if") { guard(cursor, 0).map(Some) } else { Ok(None) }
}

fn guard(cursor: &mut Cursor, depth: usize) -> Parsed<WrittenGuard> {
    let mut any = vec![conjunction(cursor, depth)?];
    while cursor.eat("or") {
        any.push(conjunction(cursor, depth)?);
    }
    Ok(if any.len() > 1 { WrittenGuard::Or(any) } else { any.swap_remove(0) })
}

fn conjunction(cursor: &mut Cursor, depth: usize) -> Parsed<WrittenGuard> {
    let mut all = vec![negation(cursor, depth)?];
    while cursor.eat("and") {
        all.push(negation(cursor, depth)?);
    }
    Ok(if all.len() > 1 { WrittenGuard::And(all) } else { all.swap_remove(0) })
}

fn negation(cursor: &mut Cursor, depth: usize) -> Parsed<WrittenGuard> {
    if depth > MAX_DEPTH {
        let here = cursor.here();
        cursor
            .sink
            .error("E008", here, "this guard nests too deeply")
            .help(format!("at most {MAX_DEPTH} brackets and `not`; split the rule"));
        return Err(Refused);
    }
    if cursor.eat("not") {
        return Ok(WrittenGuard::Not(Box::new(negation(cursor, depth + 1)?)));
    }
    if cursor.eat("(") {
        let inner = guard(cursor, depth + 1)?;
        cursor.expect(")")?;
        return Ok(inner);
    }
    test(cursor).map(WrittenGuard::Test)
}

fn test(cursor: &mut Cursor) -> Parsed<WrittenTest> {
    let first = cursor.here();
    if cursor.eat("age") {
        return age(cursor, first);
    }
    cursor.set_form(forms::IS);
    let subject = cursor.name("`age on the day of EVENT`, a fact, a switch, a condition, `notice` or `today`")?;
    if cursor.peek() == "in" || subject.text == "today" {
        cursor.set_form(forms::IN_WINDOW);
        cursor.expect_all(&["in", "window"])?;
        let on = (subject.text != "today").then_some(subject);
        return Ok(WrittenTest::Window { on, window: cursor.name("a window")? });
    }
    cursor.expect("is")?;
    Ok(WrittenTest::Is { subject, value: cursor.name("what it is")? })
}

fn age(cursor: &mut Cursor, first: Span) -> Parsed<WrittenTest> {
    cursor.set_form(forms::AGE);
    let on = age_day(cursor, first)?;
    let mut bounds = vec![(compare(cursor)?, number(cursor)?)];
    while cursor.peek() == "and" && cursor.follows_comparison() {
        cursor.skip();
        bounds.push((compare(cursor)?, number(cursor)?));
    }
    let span = cursor.since(first);
    let picture = picture(cursor, span, "the age").ok();
    Ok(WrittenTest::Age { on, bounds, picture })
}

/// `on the day of EVENT`; E043 if it is not said.
fn age_day(cursor: &mut Cursor, first: Span) -> Parsed<Option<Name>> {
    if cursor.eat("on") {
        cursor.expect_all(&["the", "day", "of"])?;
        return cursor.name("an event").map(Some);
    }
    let help = "write `age on the day of placed`: a person may have a birthday between two steps of the procedure";
    cursor.sink.error("E043", first, "say on which day the age is taken").help(help);
    Ok(None)
}

fn compare(cursor: &mut Cursor) -> Parsed<Compare> {
    cursor.one_of(&[
        ("<", Compare::Less),
        ("<=", Compare::LessOrEqual),
        (">", Compare::Greater),
        (">=", Compare::GreaterOrEqual),
        ("=", Compare::Equal),
    ])
}

fn number(cursor: &mut Cursor) -> Parsed<WrittenNumber> {
    if cursor.kind() == Some(Kind::Number) {
        return cursor.number(0..=150, "an age").map(WrittenNumber::Value);
    }
    cursor.name("a number or the name of a parameter").map(WrittenNumber::Param)
}
