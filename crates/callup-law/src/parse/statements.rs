//! Lines of law blocks to statements: grouping by indentation, then one reader for each form.
//!
//! Measures and remedies are read in `measures.rs`, cases in `cases.rs`, guards in `guards.rs`. No name is resolved here.

use super::blocks::{Fence, confidence};
use super::cursor::{Cursor, Parsed, Refused, Sink, shorten};
use super::guards::{anchor, begins_period, guard_if_any, period};
use super::lexer::{Kind, Token, lex};
use super::{MAX_COUNT, MAX_STATEMENTS, MAX_WORDS, cases, chains, forms, measures};
use crate::calendar::Weekday;
use crate::diagnostic::Span;
use crate::document::{
    Body, ClausePlace, Document, Name, Place, Statement, Transition, WrittenDeadline, WrittenFact, WrittenState,
    WrittenTrack, WrittenTrigger, WrittenValue, WrittenWhen,
};
use crate::rulebook::{AlreadyOver, Moment, MonthEnd, Otherwise, Picture, Start, YearRange};

/// The statements that have clauses under them; every other one is a single sentence.
const WITH_CLAUSES: &[&str] = &["matter", "rule", "measure", "remedy", "chain", "case"];

/// A statement before its words are read: the tokens of its first line and of its clauses.
pub(super) struct Raw {
    pub(super) header: Vec<Token>,
    /// The first line ended in `:`, which is not among the tokens.
    pub(super) opens: bool,
    pub(super) clauses: Vec<Vec<Token>>,
    clause_indent: usize,
    article: Option<usize>,
}

/// Reads all statements of the law blocks into the document.
pub(super) fn read(sink: &mut Sink, fences: Vec<Fence>, document: &mut Document) {
    let mut count = 0;
    for fence in fences {
        for raw in group(sink, &fence) {
            count += 1 + raw.clauses.len();
            if count > MAX_STATEMENTS {
                let span = whole(sink, &raw.header);
                sink.error("E008", span, format!("the document has more than {MAX_STATEMENTS} statements and clauses"));
                return;
            }
            if let Some(long) = raw.too_long() {
                let span = whole(sink, &long[..1]);
                sink.error("E008", span, format!("this statement has more than {MAX_WORDS} words in one clause"));
                continue;
            }
            statement(sink, &raw, document);
        }
    }
}

/// Groups the lines of a block: a line at the margin begins a statement, indented lines belong to it.
fn group(sink: &mut Sink, fence: &Fence) -> Vec<Raw> {
    let mut raws: Vec<Raw> = Vec::new();
    for line in &fence.lines {
        let body = &sink.text[line.start as usize..line.end as usize];
        let indent = body
            .chars()
            .take_while(|letter| letter.is_whitespace())
            .map(|letter| if letter == '\t' { 4 } else { 1 })
            .sum();
        let mut tokens = Vec::new();
        lex(sink, line.start, line.end, &mut tokens);
        let Some(first) = tokens.first().copied() else { continue };
        if indent == 0 {
            let mut raw =
                Raw { header: Vec::new(), opens: false, clauses: Vec::new(), clause_indent: 0, article: fence.article };
            raw.begin_or_go_on(sink, tokens);
            raws.push(raw);
            continue;
        }
        let span = sink.span(first.start, first.end);
        let Some(raw) = raws.last_mut() else {
            sink.error("E003", span, "this line continues no statement")
                .help("a statement starts at the margin of its law block");
            continue;
        };
        if indent == 1 {
            sink.error("E003", span, "one space of indentation is too easily overlooked")
                .help("indent by two or more spaces");
        }
        raw.continue_with(sink, tokens, indent);
    }
    raws
}

impl Raw {
    /// Adds a line to the first line of the statement. In a statement with clauses a `:` at the end of a line opens them.
    fn begin_or_go_on(&mut self, sink: &Sink, tokens: Vec<Token>) {
        self.header.extend(tokens);
        let words = |token: &Token| &sink.text[token.start as usize..token.end as usize];
        let has_clauses = self.header.first().is_some_and(|first| WITH_CLAUSES.contains(&words(first)));
        if has_clauses && self.header.last().is_some_and(|last| words(last) == ":") {
            self.opens = true;
            self.header.pop();
        }
    }

    fn continue_with(&mut self, sink: &Sink, tokens: Vec<Token>, indent: usize) {
        if !self.opens {
            return self.begin_or_go_on(sink, tokens);
        }
        match self.clauses.last_mut() {
            Some(clause) if indent > self.clause_indent => clause.extend(tokens),
            Some(_) => self.clauses.push(tokens),
            None => {
                self.clause_indent = indent;
                self.clauses.push(tokens);
            }
        }
    }

    fn too_long(&self) -> Option<&Vec<Token>> {
        self.clauses.iter().chain([&self.header]).find(|tokens| tokens.len() > MAX_WORDS)
    }

    fn place(&self, sink: &Sink) -> Place {
        let clause_place =
            |tokens: &Vec<Token>| ClausePlace { span: whole(sink, tokens), paragraph: own_paragraph(sink, tokens) };
        let clauses: Vec<ClausePlace> = self.clauses.iter().map(clause_place).collect();
        let span = whole(sink, &self.header);
        let end = clauses.last().map_or(span.end, |clause| clause.span.end);
        Place { span, end, article: self.article, paragraph: own_paragraph(sink, &self.header), clauses }
    }

    /// A statement whose first line must end in `:`.
    pub(super) fn must_open(&self, cursor: &mut Cursor) -> Parsed<()> {
        if self.opens && cursor.is_done() { Ok(()) } else { cursor.refuse("`:` and, on the next lines, the clauses") }
    }
}

fn whole(sink: &Sink, tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => sink.span(first.start, last.end),
        _ => sink.span(0, 0),
    }
}

fn own_paragraph(sink: &Sink, tokens: &[Token]) -> Option<Name> {
    let token = tokens.iter().find(|token| token.kind == Kind::Paragraph)?;
    let text = sink.text[token.start as usize + 1..token.end as usize - 1].to_owned();
    Some(Name { text, span: sink.span(token.start, token.end) })
}

/// Reads one statement; if it is refused its place stays, so that findings know their heading and names in it are not missed.
fn statement(sink: &mut Sink, raw: &Raw, document: &mut Document) {
    let place = raw.place(sink);
    let span = place.span;
    let errors = sink.findings.len();
    let keyword = &sink.text[span.start as usize..raw.header.first().map_or(span.end, |token| token.end) as usize];
    if raw.article.is_none() && forms::of(keyword).is_some() && !matches!(keyword, "law" | "in" | "replaces") {
        let help = "put it in a law block under a heading such as `## Article 6. …`: the heading is its citation";
        sink.error("E006", span, "this statement stands outside the articles").help(help);
    }
    let index = document.places.len();
    match body(sink, raw, keyword) {
        Ok(body) => document.statements.push(Statement { place: index, body }),
        Err(Refused) => sink.broken.push(span.to(sink.span(span.start, place.end))),
    }
    if sink.findings.len() > errors && keyword == "matter" {
        sink.broken.push(sink.span(span.start, place.end));
    }
    document.places.push(place);
}

fn body(sink: &mut Sink, raw: &Raw, keyword: &str) -> Parsed<Body> {
    let Some(form) = forms::of(keyword) else { return unknown_statement(sink, raw, keyword) };
    match keyword {
        "matter" => return matter(sink, raw),
        "rule" => return rule(sink, raw),
        "measure" => return measures::measure(sink, raw),
        "remedy" => return measures::remedy(sink, raw),
        "chain" => return chains::chain(sink, raw),
        "case" => return cases::case(sink, raw),
        _ => {}
    }
    let mut cursor = Cursor::new(sink, &raw.header, form);
    cursor.skip();
    let body = one_line(&mut cursor, keyword)?;
    cursor.end()?;
    Ok(body)
}

fn unknown_statement(sink: &mut Sink, raw: &Raw, keyword: &str) -> Parsed<Body> {
    let Some(first) = raw.header.first() else { return Err(Refused) };
    let span = sink.span(first.start, first.end);
    let keywords: Vec<&str> = forms::STATEMENTS.iter().map(|(word, _)| *word).collect();
    let help = match crate::diagnostic::nearest(keyword, keywords.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? its form is `{}`", forms::of(near).unwrap_or_default()),
        None => format!("statements begin with {}", keywords.join(", ")),
    };
    sink.error("E003", span, format!("no statement begins with `{}`", shorten(keyword))).help(help);
    Err(Refused)
}

fn one_line(cursor: &mut Cursor, keyword: &str) -> Parsed<Body> {
    match keyword {
        "law" => Ok(Body::Law {
            id: cursor.identifier("the identifier of the law")?,
            title: cursor.label("the title in quotes")?,
        }),
        "in" => in_force(cursor),
        "replaces" => replaces(cursor),
        "periods" => periods(cursor),
        "param" => param(cursor),
        "switch" => switch(cursor),
        "condition" => condition(cursor),
        "calendar" => calendar(cursor),
        "window" => window(cursor),
        "notice" => notice(cursor),
        "while" => tolling(cursor),
        "no" => no_remedy(cursor),
        "duty" => duty(cursor),
        "power" => power(cursor),
        "gap" => gap(cursor),
        _ => allow(cursor),
    }
}

fn in_force(cursor: &mut Cursor) -> Parsed<Body> {
    cursor.expect_all(&["force", "from"])?;
    let from = cursor.date()?;
    let until = if cursor.eat("until") { Some(cursor.date()?) } else { None };
    Ok(Body::InForce { from, until })
}

fn replaces(cursor: &mut Cursor) -> Parsed<Body> {
    let id = cursor.identifier("the identifier of the replaced law")?;
    cursor.expect("from")?;
    let from = cursor.date()?;
    cursor.expect_all(&[";", "pending", "matters", ":"])?;
    let pending = cursor.name("`old`, `new` or a switch")?;
    Ok(Body::Replaces { id, from, pending })
}

const STARTS: &[(&str, Start)] = &[("next-day", Start::NextDay), ("same-day", Start::SameDay)];

fn periods(cursor: &mut Cursor) -> Parsed<Body> {
    cursor.expect("in")?;
    let units = [("days", "days"), ("months", "months"), ("hours", "hours"), ("working days", "working days")];
    let unit = cursor.one_of(&units)?;
    if unit == "working days" {
        return working_days(cursor);
    }
    match unit {
        "months" => cursor.set_form(forms::PERIODS_IN_MONTHS),
        "hours" => cursor.set_form(forms::PERIODS_IN_HOURS),
        _ => {}
    }
    cursor.paragraph();
    cursor.expect(":")?;
    if unit == "hours" {
        cursor.expect_all(&["run", "from", "the", "event"])?;
        return Ok(Body::PeriodsInHours);
    }
    cursor.expect("start")?;
    let start = cursor.one_of(STARTS)?;
    if unit == "days" {
        cursor.expect_all(&[",", "roll"])?;
        return Ok(Body::PeriodsInDays { start, roll: roll(cursor)? });
    }
    if cursor.is_done() {
        let span = cursor.whole();
        let help = "add `, month-end last-day` or `, month-end first-of-next`: a month after 31 January ends on 28 February or on 1 March";
        cursor.sink.error("E051", span, "say where a period in months ends if its last month lacks the day").help(help);
        return Ok(Body::PeriodsInMonths { start, month_end: None, roll: None });
    }
    cursor.expect_all(&[",", "month-end"])?;
    let month_end = cursor.one_of(&[("last-day", MonthEnd::LastDay), ("first-of-next", MonthEnd::FirstOfNext)])?;
    let roll = if cursor.eat_all(&[",", "roll"]) { roll(cursor)? } else { None };
    Ok(Body::PeriodsInMonths { start, month_end: Some(month_end), roll })
}

/// `none | next-working-day of CALENDAR`
fn roll(cursor: &mut Cursor) -> Parsed<Option<Name>> {
    if cursor.one_of(&[("none", true), ("next-working-day of", false)])? {
        return Ok(None);
    }
    cursor.name("a calendar").map(Some)
}

fn working_days(cursor: &mut Cursor) -> Parsed<Body> {
    cursor.set_form(forms::PERIODS_IN_WORKING_DAYS);
    cursor.expect("of")?;
    let calendar = cursor.name("a calendar")?;
    cursor.paragraph();
    cursor.expect_all(&[":", "start"])?;
    Ok(Body::PeriodsInWorkingDays { calendar, start: cursor.one_of(STARTS)? })
}

const WEEK: &[(&str, Weekday)] = &[
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

fn calendar(cursor: &mut Cursor) -> Parsed<Body> {
    let name = cursor.name("the name of the calendar")?;
    cursor.paragraph();
    let label = cursor.label_if_any()?;
    cursor.expect_all(&[":", "weekends"])?;
    let mut weekends = Vec::new();
    if !cursor.eat("none") {
        while cursor.peek() != "," {
            weekends.push(cursor.one_of(WEEK)?);
        }
    }
    cursor.expect_all(&[",", "holidays"])?;
    let file = cursor.name("the name of a holiday file, or `none`")?;
    Ok(Body::Calendar { name, label, weekends, holidays: (file.text != "none").then_some(file) })
}

fn param(cursor: &mut Cursor) -> Parsed<Body> {
    let name = cursor.name("the name of the parameter")?;
    cursor.expect("=")?;
    let mut values = Vec::new();
    loop {
        let first = cursor.here();
        let value = cursor.number(0..=1_000_000, "the value")?;
        let from = if cursor.eat("from") { Some(cursor.date()?) } else { None };
        let until = if cursor.eat("until") { Some(cursor.date()?) } else { None };
        values.push(WrittenValue { value, from, until, span: cursor.since(first) });
        if !cursor.eat(",") {
            break;
        }
    }
    cursor.paragraph();
    Ok(Body::Param { name, values, label: cursor.label_if_any()? })
}

fn switch(cursor: &mut Cursor) -> Parsed<Body> {
    let name = cursor.name("the name of the switch")?;
    cursor.paragraph();
    cursor.words_of(&name)?;
    cursor.expect(":")?;
    let mut options = Vec::new();
    loop {
        let option = cursor.name("an option")?;
        // The last string before `source` says why it is open.
        if cursor.another_follows_label() {
            cursor.words_of(&option)?;
        }
        options.push(option);
        if !cursor.eat("|") {
            break;
        }
    }
    let why = cursor.label("why it is open, in quotes")?;
    if !cursor.eat("source") {
        let span = cursor.whole();
        let help = "add `source \"…\" confidence U`: a contested reading needs somebody who contests it, or the word that nobody does";
        cursor.sink.error("E010", span, format!("switch `{}` has no source", name.text)).help(help);
        return Err(Refused);
    }
    let source = cursor.text("the source in quotes")?;
    cursor.expect("confidence")?;
    Ok(Body::Switch { name, options, why, source, confidence: confidence(cursor)? })
}

fn condition(cursor: &mut Cursor) -> Parsed<Body> {
    let name = cursor.name("the name of the condition")?;
    cursor.paragraph();
    let label = cursor.label("a label in quotes")?;
    cursor.expect_all(&[":", "as", "set", "by", "the", "scenario"])?;
    Ok(Body::Condition { name, label })
}

fn window(cursor: &mut Cursor) -> Parsed<Body> {
    let name = cursor.name("the name of the window")?;
    cursor.expect("=")?;
    let mut ranges = Vec::new();
    loop {
        let first = cursor.here();
        let from = cursor.month_day()?;
        cursor.expect_all(&[".", "."])?;
        let until = cursor.month_day()?;
        ranges.push((YearRange { from, until }, cursor.since(first)));
        if !cursor.eat(",") {
            break;
        }
    }
    cursor.paragraph();
    Ok(Body::Window { name, ranges, label: cursor.label_if_any()? })
}

fn notice(cursor: &mut Cursor) -> Parsed<Body> {
    let notice = cursor.name("a kind of notice")?;
    cursor.paragraph();
    cursor.expect(":")?;
    let fact = cursor.name("a date fact")?;
    let bound = cursor.one_of(&[("at most", "at most"), ("at least", "at least"), ("between", "between")])?;
    match bound {
        "at least" => cursor.set_form(forms::NOTICE_AT_LEAST),
        "between" => cursor.set_form(forms::NOTICE_BETWEEN),
        _ => {}
    }
    let first = cursor.number(0..=MAX_COUNT, "a number of days")?;
    let (min_days, max_days) = match bound {
        "at most" => (None, Some(first)),
        "at least" => (Some(first), None),
        _ => {
            cursor.expect("and")?;
            (Some(first), Some(cursor.number(0..=MAX_COUNT, "a number of days")?))
        }
    };
    if !cursor.eat("day") {
        cursor.expect("days")?;
    }
    cursor.expect("after")?;
    let after = cursor.name("an event")?;
    let guard = guard_if_any(cursor)?;
    cursor.expect_all(&[";", "else"])?;
    let otherwise = cursor.one_of(&[("void", Otherwise::Void), ("gap", Otherwise::Gap)])?;
    Ok(Body::Notice { notice, fact, min_days, max_days, after, guard, otherwise })
}

fn tolling(cursor: &mut Cursor) -> Parsed<Body> {
    let subject = cursor.name("a track, a remedy or a condition")?;
    cursor.expect("is")?;
    let values = cursor.names("a state, `yes` or `no`", "|")?;
    cursor.expect_all(&[",", "period"])?;
    let rules = cursor.names("the name of a rule", ",")?;
    cursor.expect_all(&["does", "not", "run"])?;
    cursor.paragraph();
    Ok(Body::While { subject, values, rules })
}

fn no_remedy(cursor: &mut Cursor) -> Parsed<Body> {
    cursor.expect_all(&["remedy", "against"])?;
    let against = cursor.names("a measure", ",")?;
    cursor.paragraph();
    Ok(Body::NoRemedy { against, label: cursor.label_if_any()? })
}

fn duty(cursor: &mut Cursor) -> Parsed<Body> {
    let who = cursor.name("whose duty it is")?;
    cursor.paragraph();
    let label = cursor.label_if_any()?;
    cursor.expect(":")?;
    let what = cursor.label("what must be done, in quotes")?;
    let first = cursor.here();
    let within = if cursor.eat("within") {
        let (period, of) = (period(cursor)?, {
            cursor.expect("of")?;
            anchor(cursor)?
        });
        Some(WrittenDeadline { paragraph: None, period, of, span: cursor.since(first) })
    } else {
        None
    };
    let breach =
        if cursor.eat_all(&[";", "else", "breach"]) { Some(cursor.label("what follows, in quotes")?) } else { None };
    Ok(Body::Duty { who, label, what, within, breach })
}

fn power(cursor: &mut Cursor) -> Parsed<Body> {
    let who = cursor.name("whose power it is")?;
    cursor.paragraph();
    let label = cursor.label_if_any()?;
    cursor.expect_all(&[":", "may"])?;
    Ok(Body::Power { who, label, what: cursor.label("what may be done, in quotes")? })
}

fn gap(cursor: &mut Cursor) -> Parsed<Body> {
    cursor.paragraph();
    let what = cursor.label("what is missing, in quotes")?;
    cursor.expect("because")?;
    Ok(Body::Gap { what, because: cursor.label("why, in quotes")? })
}

fn allow(cursor: &mut Cursor) -> Parsed<Body> {
    let code = cursor.word("the code of a warning, as W070")?;
    let digits =
        code.text.get(1..).is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if !digits || !code.text.starts_with(['W', 'I']) {
        let message = format!("`{}` cannot be waived", shorten(&code.text));
        cursor
            .sink
            .error("E003", code.span, message)
            .help("only warnings and notes can: `allow W070 because \"…\" 2026-11-21`");
        return Err(Refused);
    }
    cursor.expect("because")?;
    let because = cursor.label("the reason, in quotes")?;
    Ok(Body::Allow { code, because, date: cursor.date()? })
}

fn matter(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("matter").unwrap_or_default());
    cursor.skip();
    let notices = cursor.names("a kind of notice", ",");
    let head = notices.and_then(|notices| raw.must_open(&mut cursor).map(|()| notices));
    let (mut facts, mut tracks) = (Vec::new(), Vec::new());
    for clause in &raw.clauses {
        let mut cursor = Cursor::new(sink, clause, forms::TRACK);
        let read = match cursor.peek() {
            "fact" => fact(&mut cursor).map(|fact| facts.push(fact)),
            "track" => track(&mut cursor).map(|track| tracks.push(track)),
            _ => cursor.refuse("`fact` or `track`"),
        };
        let _ = read.and_then(|()| cursor.end());
    }
    Ok(Body::Matter { notices: head?, facts, tracks })
}

fn fact(cursor: &mut Cursor) -> Parsed<WrittenFact> {
    cursor.set_form(forms::FACT);
    let span = cursor.whole();
    cursor.skip();
    let name = cursor.name("the name of the fact")?;
    cursor.expect(":")?;
    if cursor.eat("date") {
        cursor.set_form(forms::FACT_DATE);
        return Ok(WrittenFact { name, picture: None, span });
    }
    if !cursor.eat_all(&["yes", "/", "no"]) {
        return cursor.refuse("`date` or `yes/no`");
    }
    let picture = picture(cursor, span, &format!("fact `{}`", name.text))?;
    Ok(WrittenFact { name, picture: Some(picture), span })
}

/// Whose picture; E045 if it is not said.
pub(super) fn picture(cursor: &mut Cursor, span: Span, what: &str) -> Parsed<Picture> {
    if cursor.eat_all(&["as", "recorded"]) {
        return Ok(Picture::AsRecorded);
    }
    if cursor.eat_all(&["as", "it", "is"]) {
        return Ok(Picture::AsItIs);
    }
    if cursor.eat_all(&["as", "proved", "to"]) {
        return Ok(Picture::AsProvedTo(cursor.name("the body that it is proved to")?.text));
    }
    let help = "add `as recorded` (the register), `as it is` (the truth) or `as proved to NAME`: an automatic measure acts on the record";
    cursor.sink.error("E045", span, format!("say whose picture {what} is taken from")).help(help);
    if cursor.eat("as") {
        cursor.skip();
    }
    Err(Refused)
}

fn track(cursor: &mut Cursor) -> Parsed<WrittenTrack> {
    let span = cursor.whole();
    cursor.skip();
    let name = cursor.name("the name of the track")?;
    let label = cursor.label_if_any()?;
    cursor.expect(":")?;
    let mut states = Vec::new();
    loop {
        match state(cursor) {
            Ok(state) => states.push(state),
            Err(Refused) => {
                cursor.skip_past_comma();
                if cursor.is_done() {
                    break;
                }
                continue;
            }
        }
        if cursor.is_done() {
            break;
        }
        if cursor.expect(",").is_err() {
            cursor.skip_past_comma();
        }
    }
    Ok(WrittenTrack { name, label, states, span })
}

fn state(cursor: &mut Cursor) -> Parsed<WrittenState> {
    let name = cursor.name("the name of a state")?;
    let role = if cursor.eat("as") { Some(cursor.name("a milestone")?) } else { None };
    let is_final = cursor.eat("final");
    Ok(WrittenState { name, role, is_final, label: cursor.label_if_any()? })
}

fn rule(sink: &mut Sink, raw: &Raw) -> Parsed<Body> {
    let mut cursor = Cursor::new(sink, &raw.header, forms::of("rule").unwrap_or_default());
    cursor.skip();
    let head = rule_head(&mut cursor, raw);
    let (mut trigger_line, mut transition_line) = (None, None);
    let span = whole(sink, &raw.header);
    for (index, clause) in raw.clauses.iter().enumerate() {
        match index {
            0 => trigger_line = trigger(&mut Cursor::new(sink, clause, forms::WHEN)).ok(),
            1 => transition_line = transition(&mut Cursor::new(sink, clause, forms::TRANSITION)).ok(),
            _ => Cursor::new(sink, clause, forms::TRANSITION)
                .refuse("the next statement; a rule has one trigger and one transition")?,
        }
    }
    if head.is_ok() && raw.clauses.len() < 2 {
        let help = format!("under it stand `{}` or a period, then `{}`", forms::WHEN, forms::TRANSITION);
        sink.error("E003", span, "a rule has two lines under it: its trigger and its transition").help(help);
    }
    let (name, label) = head?;
    Ok(Body::Rule { name, label, trigger: trigger_line, transition: transition_line })
}

fn rule_head(cursor: &mut Cursor, raw: &Raw) -> Parsed<(Name, String)> {
    let name = cursor.name("the name of the rule")?;
    cursor.paragraph();
    let label = cursor.label("a label in quotes")?;
    raw.must_open(cursor)?;
    Ok((name, label))
}

fn trigger(cursor: &mut Cursor) -> Parsed<WrittenTrigger> {
    let when = if cursor.eat("when") {
        WrittenWhen::Event(cursor.name("an event")?)
    } else if begins_period(cursor) {
        cursor.set_form(forms::AFTER);
        period_trigger(cursor)?
    } else {
        return cursor.refuse("`when EVENT` or a period such as `7 days after placed`");
    };
    let guard = guard_if_any(cursor)?;
    cursor.end()?;
    Ok(WrittenTrigger { when, guard })
}

fn period_trigger(cursor: &mut Cursor) -> Parsed<WrittenWhen> {
    let first = cursor.here();
    let period = period(cursor)?;
    cursor.expect("after")?;
    let after = anchor(cursor)?;
    let span = cursor.since(first);
    let moments = [("on the last day", Moment::OnTheLastDay), ("once it has run out", Moment::OnceItHasRunOut)];
    let moment = if cursor.eat(",") { Some(cursor.one_of(&moments)?) } else { None };
    let over =
        [("at once", AlreadyOver::AtOnce), ("never", AlreadyOver::Never), ("from entry", AlreadyOver::FromEntry)];
    let already_over = if cursor.eat(";") {
        cursor.expect_all(&["already", "over", "on", "entry", ":"])?;
        Some(cursor.one_of(&over)?)
    } else {
        None
    };
    Ok(WrittenWhen::Period { period, after, moment, already_over, span })
}

fn transition(cursor: &mut Cursor) -> Parsed<Transition> {
    let track = cursor.name("a track")?;
    cursor.expect(":")?;
    let from = cursor.names("a state", "|")?;
    cursor.expect("->")?;
    let to = cursor.name("a state")?;
    cursor.end()?;
    Ok(Transition { track, from, to })
}
