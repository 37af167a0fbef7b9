//! Measures and remedies: statements whose clauses may come in any number.
//!
//! Each clause is read by itself, so that one bad clause hides no other. No name is resolved here.

use super::cursor::{Cursor, Parsed, Refused, Sink};
use super::forms;
use super::guards::{anchor, guard_if_any, period, state_name};
use super::statements::Raw;
use crate::document::{
    Body, EndWord, Name, Never, StateName, Suspension, WrittenDeadline, WrittenEnd, WrittenRemedy, WrittenStart,
};

/// Reads a measure.
pub(super) fn measure(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("measure").unwrap_or_default());
    cursor.skip();
    let head = measure_head(&mut cursor, raw);
    let (mut starts, mut ends, mut never) = (Vec::new(), Vec::new(), None);
    let mut read = Ok(());
    for clause in &raw.clauses {
        let mut cursor = Cursor::new(sink, clause, forms::STARTS);
        let one = if cursor.eat("starts") {
            start(&mut cursor).map(|start| starts.push(start))
        } else if cursor.eat_all(&["ends", "never"]) {
            no_end(&mut cursor).map(|end| never = Some(end))
        } else if cursor.eat("ends") {
            end(&mut cursor).map(|end| ends.push(end))
        } else {
            cursor.refuse("`starts` or `ends`")
        };
        read = read.and(one);
    }
    let (name, label, kind) = head?;
    if starts.is_empty() && read.is_ok() {
        let help = format!("add `{}`", forms::STARTS);
        sink.error("E003", name.span, format!("measure `{}` never starts", name.text)).help(help);
    }
    Ok(Body::Measure { name, label, kind, starts, ends, never })
}

fn measure_head(cursor: &mut Cursor, raw: &Raw) -> Parsed<(Name, String, Option<Name>)> {
    let name = cursor.name("the name of the measure")?;
    cursor.paragraph();
    let label = cursor.label("a label in quotes")?;
    let kind = if cursor.eat("is") { Some(cursor.name("a kind of measure")?) } else { None };
    raw.must_open(cursor)?;
    Ok((name, label, kind))
}

fn start(cursor: &mut Cursor) -> Parsed<WrittenStart> {
    let span = cursor.whole();
    cursor.expect("on")?;
    let on = state_name(cursor)?;
    let guard = guard_if_any(cursor)?;
    cursor.end()?;
    Ok(WrittenStart { on, guard, span })
}

fn no_end(cursor: &mut Cursor) -> Parsed<Never> {
    cursor.set_form(forms::ENDS_NEVER);
    let paragraph = cursor.paragraph();
    cursor.end()?;
    Ok(Never { paragraph, span: cursor.whole() })
}

fn end(cursor: &mut Cursor) -> Parsed<WrittenEnd> {
    cursor.set_form(forms::ENDS);
    let paragraph = cursor.paragraph();
    let within = if cursor.eat("within") {
        cursor.set_form(forms::ENDS_WITHIN);
        let within = period(cursor)?;
        cursor.expect("of")?;
        Some(within)
    } else if cursor.eat("on") {
        None
    } else {
        return cursor.refuse("`on` or `within`");
    };
    let word = cursor.name("an event or TRACK.STATE")?;
    let on = if cursor.eat(".") {
        EndWord::State(StateName { track: word, state: cursor.name("a state")? })
    } else {
        EndWord::Event(word)
    };
    let in_any_matter = if cursor.peek() == "in" {
        Some(cursor.one_of(&[("in this matter", false), ("in any matter", true)])?)
    } else {
        None
    };
    let guard = guard_if_any(cursor)?;
    cursor.end()?;
    Ok(WrittenEnd { paragraph, on, within, in_any_matter, guard, span: cursor.whole() })
}

/// Reads a remedy.
pub(super) fn remedy(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("remedy").unwrap_or_default());
    cursor.skip();
    let head = remedy_head(&mut cursor, raw);
    let mut clauses = Clauses::default();
    let mut read = Ok(());
    for clause in &raw.clauses {
        read = read.and(clauses.read(&mut Cursor::new(sink, clause, forms::AGAINST)));
    }
    let (name, label) = head?;
    if read.is_ok() {
        clauses.demand_all(sink, &name);
    }
    let Clauses { against, only_after, to, file, decide, suspends } = clauses;
    let (against, decision_of) = against.unwrap_or_default();
    let (file, restorable) = file.map_or((None, false), |(file, restorable)| (Some(file), restorable));
    let remedy =
        WrittenRemedy { name, label, against, decision_of, only_after, to, file, restorable, decide, suspends };
    Ok(Body::Remedy(remedy))
}

fn remedy_head(cursor: &mut Cursor, raw: &Raw) -> Parsed<(Name, String)> {
    let name = cursor.name("the name of the remedy")?;
    cursor.paragraph();
    let label = cursor.label_if_any()?;
    raw.must_open(cursor)?;
    Ok((name, label))
}

/// The clauses of a remedy, each at most once.
#[derive(Default)]
struct Clauses {
    /// Measures, or the body whose decision it is.
    against: Option<(Vec<Name>, Option<Name>)>,
    only_after: Option<(Name, Name)>,
    to: Option<Name>,
    /// With whether it can be restored.
    file: Option<(WrittenDeadline, bool)>,
    decide: Option<WrittenDeadline>,
    suspends: Option<Suspension>,
}

impl Clauses {
    fn read(&mut self, cursor: &mut Cursor) -> Parsed<()> {
        match cursor.peek() {
            "against" => put(cursor, &mut self.against, forms::AGAINST, challenged),
            "only" => put(cursor, &mut self.only_after, forms::ONLY_AFTER, only_after),
            "to" => put(cursor, &mut self.to, forms::TO, |cursor| cursor.name("a body")),
            "file" => put(cursor, &mut self.file, forms::FILE, file_limit),
            "decide" => put(cursor, &mut self.decide, forms::DECIDE, decision_limit),
            "suspends" => put(cursor, &mut self.suspends, forms::SUSPENDS, suspension),
            _ => cursor.refuse("`against`, `only after`, `to`, `file`, `decide` or `suspends`"),
        }
    }

    /// Who is challenged where, and whether that suspends, is said by every remedy.
    fn demand_all(&self, sink: &mut Sink, name: &Name) {
        let needed = [
            (self.against.is_some(), forms::AGAINST),
            (self.to.is_some(), forms::TO),
            (self.suspends.is_some(), forms::SUSPENDS),
        ];
        for (_, form) in needed.iter().filter(|(said, _)| !said) {
            let word = form.split(' ').next().unwrap_or_default();
            sink.error("E003", name.span, format!("remedy `{}` does not say `{word}`", name.text))
                .help(format!("add `{form}`"));
        }
    }
}

/// Reads one clause into its slot; a second one of the kind is refused.
fn put<T>(
    cursor: &mut Cursor,
    slot: &mut Option<T>,
    form: &'static str,
    read: impl FnOnce(&mut Cursor) -> Parsed<T>,
) -> Parsed<()> {
    cursor.set_form(form);
    let span = cursor.whole();
    let word = cursor.peek();
    cursor.skip();
    let value = read(cursor)?;
    cursor.end()?;
    if slot.is_some() {
        cursor.sink.error("E002", span, format!("the remedy says `{word}` twice"));
        return Err(Refused);
    }
    *slot = Some(value);
    Ok(())
}

fn challenged(cursor: &mut Cursor) -> Parsed<(Vec<Name>, Option<Name>)> {
    if cursor.eat_all(&["decision", "of"]) {
        cursor.set_form(forms::AGAINST_DECISION);
        return Ok((Vec::new(), Some(cursor.name("a body")?)));
    }
    Ok((cursor.names("a measure", ",")?, None))
}

fn only_after(cursor: &mut Cursor) -> Parsed<(Name, Name)> {
    cursor.expect("after")?;
    let remedy = cursor.name("a remedy")?;
    cursor.expect("is")?;
    Ok((remedy, cursor.name("`decided`, `granted`, `rejected` or `final`")?))
}

fn file_limit(cursor: &mut Cursor) -> Parsed<(WrittenDeadline, bool)> {
    let span = cursor.whole();
    cursor.expect("within")?;
    let period = period(cursor)?;
    cursor.expect("of")?;
    let of = anchor(cursor)?;
    let restorable = cursor.eat_all(&[",", "restorable", "for", "good", "cause"]);
    Ok((WrittenDeadline { paragraph: None, period, of, span }, restorable))
}

fn decision_limit(cursor: &mut Cursor) -> Parsed<WrittenDeadline> {
    let span = cursor.whole();
    let paragraph = cursor.paragraph();
    cursor.expect("within")?;
    let period = period(cursor)?;
    cursor.expect("of")?;
    if cursor.peek() != "filed" {
        return cursor.refuse("`filed`");
    }
    Ok(WrittenDeadline { paragraph, period, of: anchor(cursor)?, span })
}

fn suspension(cursor: &mut Cursor) -> Parsed<Suspension> {
    if cursor.eat("nothing") {
        return Ok(Suspension::Nothing);
    }
    let mut what = Vec::new();
    loop {
        let one = if cursor.eat_all(&["the", "measure"]) { None } else { Some(cursor.name("a measure or an event")?) };
        what.push(one);
        if !cursor.eat(",") {
            break;
        }
    }
    let until_final = if cursor.eat("until") { cursor.one_of(&[("decided", false), ("final", true)])? } else { false };
    Ok(Suspension::Some { what, until_final, guard: guard_if_any(cursor)? })
}
