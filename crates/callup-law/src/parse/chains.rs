//! Chains: a measure by steps, each act in its time from the step before.
//!
//! Each clause is read by itself, so that one bad clause hides no other. No name is resolved here.

use super::cursor::{Cursor, Parsed, Sink};
use super::forms;
use super::guards::{begins_period, guard_if_any, period};
use super::statements::Raw;
use crate::document::{
    Body, EndWord, Name, OfficeAct, StateName, StepAct, WrittenBeginning, WrittenChain, WrittenStep,
};
use crate::rulebook::Moment;

/// Reads a chain.
pub(super) fn chain(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("chain").unwrap_or_default());
    cursor.skip();
    let head = chain_head(&mut cursor, raw);
    let (mut begins, mut steps) = (None, Vec::new());
    let mut read = Ok(());
    for (index, clause) in raw.clauses.iter().enumerate() {
        let mut cursor = Cursor::new(sink, clause, if index == 0 { forms::BEGINS } else { forms::STEP });
        let one = if index == 0 {
            beginning(&mut cursor).map(|beginning| begins = Some(beginning))
        } else {
            step(&mut cursor).map(|step| steps.push(step))
        };
        read = read.and(one);
    }
    let (name, label) = head?;
    if read.is_ok() && steps.is_empty() {
        let help = format!("under it stand `{}`, then its steps, for example `{}`", forms::BEGINS, forms::STEP);
        sink.error("E003", name.span, format!("chain `{}` has no steps", name.text)).help(help);
    }
    Ok(Body::Chain(WrittenChain { name, label, begins, steps }))
}

fn chain_head(cursor: &mut Cursor, raw: &Raw) -> Parsed<(Name, String)> {
    let name = cursor.name("the name of the chain")?;
    cursor.paragraph();
    let label = cursor.label_if_any()?;
    raw.must_open(cursor)?;
    Ok((name, label))
}

fn beginning(cursor: &mut Cursor) -> Parsed<WrittenBeginning> {
    let span = cursor.whole();
    cursor.expect_all(&["begins", "on"])?;
    let word = cursor.name("an event or TRACK.STATE")?;
    let on = if cursor.eat(".") {
        EndWord::State(StateName { track: word, state: cursor.name("a state")? })
    } else {
        EndWord::Event(word)
    };
    let guard = guard_if_any(cursor)?;
    cursor.end()?;
    Ok(WrittenBeginning { on, guard, span })
}

fn step(cursor: &mut Cursor) -> Parsed<WrittenStep> {
    let span = cursor.whole();
    let step = if begins_period(cursor) { comply(cursor)? } else { act(cursor)? };
    cursor.end()?;
    Ok(WrittenStep { span, ..step })
}

fn comply(cursor: &mut Cursor) -> Parsed<WrittenStep> {
    cursor.set_form(forms::COMPLY);
    let span = cursor.here();
    let period = period(cursor)?;
    cursor.expect_all(&["to", "comply"])?;
    let paragraph = cursor.paragraph();
    let state = state_name(cursor)?;
    cursor.expect(",")?;
    let moments = [("on the last day", Moment::OnTheLastDay), ("once it has run out", Moment::OnceItHasRunOut)];
    let moment = cursor.one_of(&moments)?;
    Ok(WrittenStep { act: StepAct::Comply { period, moment }, paragraph, state, span })
}

fn state_name(cursor: &mut Cursor) -> Parsed<Option<Name>> {
    if cursor.eat("as") { cursor.name("the name of a state").map(Some) } else { Ok(None) }
}

const ACTS: &[(&str, Option<OfficeAct>)] = &[
    ("warns", Some(OfficeAct::Warn)),
    ("demands", Some(OfficeAct::Demand)),
    ("sues", Some(OfficeAct::Sue)),
    ("penalises", Some(OfficeAct::Penalise)),
    ("decides", None),
];

fn act(cursor: &mut Cursor) -> Parsed<WrittenStep> {
    let span = cursor.here();
    let who = cursor.name("who acts, or a period to comply")?;
    let act = cursor.one_of(ACTS)?;
    if act.is_none() {
        cursor.set_form(forms::DECIDES);
    }
    let paragraph = cursor.paragraph();
    let state = if act.is_some() { state_name(cursor)? } else { None };
    let within = if cursor.eat("within") { Some(period(cursor)?) } else { None };
    let act = match act {
        Some(act) => {
            let lapses = cursor.eat_all(&[";", "else", "lapses"]);
            StepAct::Office { who, act, within, lapses }
        }
        None => {
            let must_refuse = if cursor.eat_all(&[";", "must", "refuse"]) { guard_if_any(cursor)? } else { None };
            StepAct::Decide { who, within, must_refuse }
        }
    };
    Ok(WrittenStep { act, paragraph, state, span })
}
