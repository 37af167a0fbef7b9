//! Cases: what is given, what is expected.
//!
//! Items stand between commas; a bad item hides no other. No name is resolved here.

use super::cursor::{Cursor, Parsed, Sink};
use super::forms;
use super::guards::state_name;
use super::lexer::Kind;
use super::statements::Raw;
use crate::calendar::Day;
use crate::document::{Body, Name, WrittenCase, WrittenExpected, WrittenGiven};
use crate::roles::Event;

/// Reads a case.
pub(super) fn case(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("case").unwrap_or_default());
    cursor.skip();
    let head = case_head(&mut cursor, raw);
    let (mut given, mut expected) = (Vec::new(), Vec::new());
    for clause in &raw.clauses {
        let mut cursor = Cursor::new(sink, clause, forms::ONE_GIVEN);
        if cursor.eat("expect") {
            cursor.set_form(forms::ONE_EXPECTED);
            items(&mut cursor, &mut expected, one_expected);
        } else {
            items(&mut cursor, &mut given, one_given);
        }
    }
    let (name, answers) = head?;
    let expects = raw
        .clauses
        .iter()
        .any(|clause| clause.first().is_some_and(|token| sink.text[token.start as usize..].starts_with("expect")));
    if !expects {
        let span = Cursor::new(sink, &raw.header, "").whole();
        sink.error("E003", span, "this case expects nothing").help(format!("add a line `{}`", forms::EXPECT));
    }
    Ok(Body::Case(WrittenCase { name, answers, given, expected }))
}

fn case_head(cursor: &mut Cursor, raw: &Raw) -> Parsed<(String, Vec<(Name, Name)>)> {
    let name = cursor.label("the name of the case in quotes")?;
    let mut answers = Vec::new();
    if cursor.eat("with") {
        loop {
            let switch = cursor.name("a switch")?;
            cursor.expect("=")?;
            answers.push((switch, cursor.name("an option")?));
            if !cursor.eat(",") {
                break;
            }
        }
    }
    raw.must_open(cursor)?;
    Ok((name, answers))
}

fn items<T>(cursor: &mut Cursor, list: &mut Vec<T>, read: fn(&mut Cursor) -> Parsed<T>) {
    loop {
        let item = read(cursor);
        let whole = item.is_ok() && (cursor.is_done() || cursor.peek() == "," || cursor.refuse::<()>("`,`").is_ok());
        if let (Ok(item), true) = (item, whole) {
            list.push(item);
        }
        cursor.skip_past_comma();
        if cursor.is_done() {
            return;
        }
    }
}

fn yes_or_no(cursor: &mut Cursor) -> Parsed<bool> {
    cursor.one_of(&[("yes", true), ("no", false)])
}

fn one_given(cursor: &mut Cursor) -> Parsed<WrittenGiven> {
    if cursor.eat("kind") {
        return cursor.name("a kind of notice").map(WrittenGiven::Kind);
    }
    if cursor.eat("condition") {
        let (name, is) = (cursor.name("a condition")?, yes_or_no(cursor)?);
        let from = if cursor.eat("from") { Some(cursor.date()?) } else { None };
        return Ok(WrittenGiven::Condition(name, is, from));
    }
    if cursor.eat("born") {
        return cursor.date().map(WrittenGiven::Born);
    }
    let name = cursor.name("an event or a fact")?;
    match cursor.kind() {
        Some(Kind::Date) => {
            let day = cursor.date()?;
            let is_elsewhere = cursor.eat_all(&["in", "another", "matter"]);
            Ok(if is_elsewhere { WrittenGiven::Elsewhere(name, day) } else { WrittenGiven::Dated(name, day) })
        }
        _ if matches!(cursor.peek(), "yes" | "no") => Ok(WrittenGiven::Fact(name, yes_or_no(cursor)?)),
        // The vocabulary is closed, so it needs no names to know which events can name a remedy.
        Some(Kind::Word) if Event::from_word(&name.text).is_some_and(Event::is_of_remedies) => {
            let remedy = cursor.name("a date or a remedy")?;
            Ok(WrittenGiven::Remedy(name, remedy, cursor.date()?))
        }
        _ => cursor.refuse("a date, `yes` or `no`"),
    }
}

fn one_expected(cursor: &mut Cursor) -> Parsed<WrittenExpected> {
    if cursor.eat("void") {
        return Ok(WrittenExpected::Void);
    }
    if cursor.eat("gap") {
        return Ok(WrittenExpected::Gap(true));
    }
    if cursor.eat_all(&["no", "gap"]) {
        return Ok(WrittenExpected::Gap(false));
    }
    if cursor.eat("no") {
        return cursor.name("a measure").map(WrittenExpected::No);
    }
    if cursor.eat("never") {
        return state_name(cursor).map(WrittenExpected::Never);
    }
    if cursor.is_followed_by(".") {
        let state = state_name(cursor)?;
        cursor.expect("on")?;
        return Ok(WrittenExpected::StateOn(state, cursor.date()?));
    }
    let name = cursor.name("a measure or TRACK.STATE")?;
    if cursor.eat("on") {
        return Ok(WrittenExpected::On(name, cursor.date()?));
    }
    if cursor.eat_all(&["open", "until"]) {
        return Ok(WrittenExpected::OpenUntil(name, cursor.date()?));
    }
    if cursor.eat_all(&["must", "act", "by"]) {
        return Ok(WrittenExpected::MustActBy(name, cursor.date()?));
    }
    if cursor.eat("open") {
        return Ok(WrittenExpected::Open(name));
    }
    for (word, expected) in [
        ("suspended", WrittenExpected::Suspended as fn(Name, Day) -> WrittenExpected),
        ("resumed", WrittenExpected::Resumed),
    ] {
        if cursor.eat_all(&[word, "on"]) {
            return Ok(expected(name, cursor.date()?));
        }
    }
    cursor.expect_all(&["lifted", "by"])?;
    let day = cursor.date()?;
    Ok(match name.text.as_str() {
        "both" | "all" => WrittenExpected::SeveralLiftedBy(name, day),
        _ => WrittenExpected::LiftedBy(name, day),
    })
}
