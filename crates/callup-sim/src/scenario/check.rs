//! What must hold between the parts of a scenario and the laws it puts in force. All findings, each with the path it is about.
//!
//! Each function looks at one part, so that a reader whose file is broken elsewhere can still ask. No file format is known here.

use super::{Against, Agency, Campaign, ConditionSetting, LAWS_MAX, LawInForce, Remedy, Selection};
use callup_law::calendar::Day;
use callup_law::diagnostic::nearest;
use callup_law::program::Answers;
use callup_law::roles::MeasureKind;
use callup_law::rulebook::Rulebook;

/// A finding about a scenario as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, listed in `docs/scenario-format.md`.
    pub code: &'static str,
    /// Path in the scenario, for example `campaign.spring_2023.until`.
    pub path: String,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do.
    pub help: Vec<String>,
}

fn problem(code: &'static str, path: String, message: String, help: Vec<String>) -> Problem {
    Problem { code, path, message, help }
}

/// The laws among `rulebooks` that the scenario puts in force, with their place in its list. A law is the document with
/// that identifier that is in force on its first day; in an identifier `ID@DATE` the date names the document.
#[must_use]
pub fn books_in_force<'b>(laws: &[LawInForce], rulebooks: &'b [Rulebook]) -> Vec<(usize, &'b Rulebook)> {
    let numbered = laws.iter().take(LAWS_MAX).enumerate();
    numbered.filter_map(|(place, law)| book_of(law, rulebooks).map(|book| (place, book))).collect()
}

fn book_of<'b>(law: &LawInForce, rulebooks: &'b [Rulebook]) -> Option<&'b Rulebook> {
    rulebooks.iter().find(|book| book.id == law.id && is_in_force(book, law.from))
}

fn is_in_force(book: &Rulebook, day: Day) -> bool {
    book.in_force_from <= day && book.in_force_until.is_none_or(|until| day <= until)
}

/// Laws: there is one on the first day, they ascend, each is known and in force on its day (`S020`, `S021`, `S022`).
#[must_use]
pub fn laws(laws: &[LawInForce], start: Day, rulebooks: &[Rulebook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if laws.len() > LAWS_MAX {
        let message = format!("the scenario has {} laws; a run has at most {LAWS_MAX}", laws.len());
        return vec![problem("S022", "law".to_owned(), message, Vec::new())];
    }
    for (place, law) in laws.iter().enumerate() {
        problems.extend(law_alone(place, law, rulebooks));
        let before = place.checked_sub(1).and_then(|before| laws.get(before));
        if before.is_some_and(|before| before.from >= law.from) {
            let message = format!(
                "`{}` governs from {} and stands after a law that starts then or later",
                law.id,
                date(law.from)
            );
            let help = vec!["laws stand in the order of their first days".to_owned()];
            problems.push(problem("S022", format!("law.{place}.from"), message, help));
        }
    }
    match laws.first() {
        Some(first) if first.from <= start => {}
        Some(first) => {
            let message = format!("no law governs from {} to the day before {}", date(start), date(first.from));
            let help = vec!["the first law starts on the first day of the run or before".to_owned()];
            problems.push(problem("S022", "law.0.from".to_owned(), message, help));
        }
        None => problems.push(problem("S022", "law".to_owned(), "the scenario has no law".to_owned(), Vec::new())),
    }
    problems
}

fn law_alone(place: usize, law: &LawInForce, rulebooks: &[Rulebook]) -> Option<Problem> {
    if book_of(law, rulebooks).is_some() {
        return None;
    }
    let documents: Vec<&Rulebook> = rulebooks.iter().filter(|book| book.id == law.id).collect();
    if documents.is_empty() {
        let mut known: Vec<&str> = rulebooks.iter().map(|book| book.id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let help = match nearest(&law.id, known.iter().copied()) {
            Some(near) => vec![format!("did you mean `{near}`?")],
            None => vec![format!("known laws: {}", quoted(&known))],
        };
        return Some(problem("S020", format!("law.{place}.id"), format!("there is no law `{}`", law.id), help));
    }
    let message = format!("`{}` is not in force on {}", law.id, date(law.from));
    let spans = documents.iter().map(|book| match book.in_force_until {
        Some(until) => format!("in force from {} until {}", date(book.in_force_from), date(until)),
        None => format!("in force from {}", date(book.in_force_from)),
    });
    Some(problem("S021", format!("law.{place}.from"), message, spans.collect()))
}

/// Switches: every one of the laws in force is answered by one of its options, no other is (`S023`, `S024`, `S025`).
/// A switch that only a law not in force here knows may stand answered: a scenario that extends another inherits its answers.
#[must_use]
pub fn answers(answers: &Answers, laws: &[LawInForce], rulebooks: &[Rulebook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut asked: Vec<(&str, &str)> = Vec::new();
    for (_, book) in books_in_force(laws, rulebooks) {
        for switch in &book.switches {
            if !answers.contains_key(&switch.name) && !asked.iter().any(|seen| seen.0 == switch.name) {
                let options: Vec<&str> = switch.options.iter().map(String::as_str).collect();
                let message = format!("the switch `{}` of `{}` is not answered", switch.name, book.id);
                let help = vec![format!("choose {}", quoted(&options)), format!("it is open because: {}", switch.why)];
                problems.push(problem("S023", "answers".to_owned(), message, help));
            }
            asked.push((&switch.name, &book.id));
        }
    }
    problems.extend(answers.iter().filter_map(|(name, answer)| answer_alone(name, answer, rulebooks)));
    problems
}

fn answer_alone(name: &str, answer: &str, rulebooks: &[Rulebook]) -> Option<Problem> {
    let path = format!("answers.{name}");
    let switches: Vec<_> = rulebooks.iter().flat_map(|book| &book.switches).collect();
    let Some(switch) = switches.iter().find(|switch| switch.name == name) else {
        let mut known: Vec<&str> = switches.iter().map(|switch| switch.name.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => vec![format!("did you mean `{near}`?")],
            None => vec![format!("switches of the laws: {}", quoted(&known))],
        };
        return Some(problem("S024", path, format!("no law has a switch `{name}`"), help));
    };
    if switches.iter().any(|switch| switch.name == name && switch.options.iter().any(|option| option == answer)) {
        return None;
    }
    let options: Vec<&str> = switch.options.iter().map(String::as_str).collect();
    let help = vec![format!("choose {}", quoted(&options))];
    Some(problem("S025", path, format!("`{answer}` is not an option of the switch `{name}`"), help))
}

/// Conditions: every one of the laws in force has a value everywhere from the day that law starts, none is unknown
/// (`S026`, `S027`).
#[must_use]
pub fn conditions(
    settings: &[ConditionSetting],
    laws: &[LawInForce],
    start: Day,
    rulebooks: &[Rulebook],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut asked: Vec<&str> = Vec::new();
    for (place, book) in books_in_force(laws, rulebooks) {
        let first = laws[place].from.max(start);
        for condition in &book.conditions {
            let set = |setting: &ConditionSetting| {
                setting.name == condition.name && setting.regions.is_none() && setting.from <= first
            };
            if asked.contains(&condition.name.as_str()) || settings.iter().any(set) {
                continue;
            }
            asked.push(&condition.name);
            let message =
                format!("the condition `{}` of `{}` has no value on {}", condition.name, book.id, date(first));
            let help = vec![format!("add a `[[condition]]` for all regions from {} or before", date(first))];
            problems.push(problem("S026", "condition".to_owned(), message, help));
        }
    }
    let mut known: Vec<&str> =
        rulebooks.iter().flat_map(|book| &book.conditions).map(|condition| condition.name.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    for (place, setting) in settings.iter().enumerate() {
        if !known.contains(&setting.name.as_str()) {
            let help = vec![format!("conditions of the laws: {}", quoted(&known))];
            let message = format!("no law has a condition `{}`", setting.name);
            problems.push(problem("S027", format!("condition.{place}.name"), message, help));
        }
    }
    problems
}

/// Campaigns: dates in order and inside the run, ages in order, a decreed number that its regions do not exceed
/// (`S014`, `S015`, `S030`); no two share their chance (`S017`).
#[must_use]
pub fn campaigns(campaigns: &[Campaign], start: Day, last: Day) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        campaigns.iter().flat_map(|campaign| campaign_alone(campaign, start, last)).collect();
    for (place, campaign) in campaigns.iter().enumerate() {
        let same = |other: &&Campaign| other.name != campaign.name && other.chance_number() == campaign.chance_number();
        if let Some(other) = campaigns[..place].iter().find(same) {
            let message = format!("`{}` has the same number of chance as `{}`", campaign.name, other.name);
            let help = vec!["give one of them another name; the number follows from the name alone".to_owned()];
            problems.push(problem("S017", format!("campaign.{}.name", campaign.name), message, help));
        }
    }
    problems
}

fn campaign_alone(campaign: &Campaign, start: Day, last: Day) -> Vec<Problem> {
    let path = |key: &str| format!("campaign.{}.{key}", campaign.name);
    let mut problems = Vec::new();
    if campaign.from > campaign.until {
        let message = format!("it ends on {} and starts on {}", date(campaign.until), date(campaign.from));
        problems.push(problem("S014", path("until"), message, Vec::new()));
    }
    if campaign.until < start || campaign.from > last {
        let message = format!("it lies outside the run, {} to {}", date(start), date(last));
        problems.push(problem("S014", path("from"), message, Vec::new()));
    }
    for (region, from) in campaign.regions.iter().flatten() {
        if *from < campaign.from || *from > campaign.until {
            let message = format!("{region} starts on {}, outside the campaign", date(*from));
            problems.push(problem("S014", path("regions"), message, Vec::new()));
        }
    }
    let (Selection::Everyone { age_min, age_max }
    | Selection::RecordedLiable { age_min, age_max }
    | Selection::OnRecord { age_min, age_max }
    | Selection::RecordedReservists { age_min, age_max }) = campaign.selection;
    if age_min > age_max {
        let message = format!("the youngest age, {age_min}, is above the oldest, {age_max}");
        problems.push(problem("S015", path("selection"), message, Vec::new()));
    }
    problems.extend(decreed_alone(campaign, &path("decreed")));
    problems
}

fn decreed_alone(campaign: &Campaign, path: &str) -> Option<Problem> {
    let decreed = campaign.decreed.as_ref()?;
    let regions: u64 = decreed.regions.iter().map(|region| u64::from(region.1)).sum();
    (regions > u64::from(decreed.number)).then(|| {
        let message = format!("its regions sum to {regions}, more than the decreed number, {}", decreed.number);
        problem("S030", path.to_owned(), message, Vec::new())
    })
}

/// Every law that governs on a day of issue has a matter for the notice of the campaign (`S031`).
#[must_use]
pub fn notices(campaigns: &[Campaign], laws: &[LawInForce], rulebooks: &[Rulebook]) -> Vec<Problem> {
    let books = books_in_force(laws, rulebooks);
    let mut problems = Vec::new();
    for campaign in campaigns {
        for (place, book) in &books {
            let until = laws.get(place + 1).map_or(Day(i32::MAX), |next| next.from);
            let governs = laws[*place].from <= campaign.until && campaign.from < until;
            let serves = book.matters.iter().any(|matter| matter.notices.contains(&campaign.notice));
            if governs && !serves {
                let message = format!("`{}` has no matter for a {}", book.id, campaign.notice.word());
                let help = vec!["choose another kind of notice, or dates on which another law governs".to_owned()];
                problems.push(problem("S031", format!("campaign.{}.notice", campaign.name), message, help));
            }
        }
    }
    problems
}

/// Agencies: each kind of measure that a law in force knows is carried out by exactly one (`S032`).
#[must_use]
pub fn agencies(agencies: &[Agency], laws: &[LawInForce], rulebooks: &[Rulebook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut kinds: Vec<MeasureKind> = books_in_force(laws, rulebooks)
        .iter()
        .flat_map(|(_, book)| book.measures.iter().map(|measure| measure.kind))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in &kinds {
        if !agencies.iter().any(|agency| agency.measures.contains(kind)) {
            let message = format!("no agency carries out {}", kind.word());
            problems.push(problem("S032", "agency".to_owned(), message, Vec::new()));
        }
    }
    for kind in MeasureKind::ALL {
        let mut carrying = agencies.iter().filter(|agency| agency.measures.contains(kind));
        if let (Some(first), Some(second)) = (carrying.next(), carrying.next()) {
            let message = format!("both `{}` and `{}` carry out {}", first.name, second.name, kind.word());
            problems.push(problem("S032", format!("agency.{}.measures", second.name), message, Vec::new()));
        }
    }
    problems
}

/// Remedies among themselves: the one that must have been refused before is there (`S011`), is against the same, and comes after no circle (`S035`).
#[must_use]
pub fn remedies(remedies: &[Remedy]) -> Vec<Problem> {
    remedies.iter().filter_map(|remedy| remedy_before(remedy, remedies)).collect()
}

fn remedy_before(remedy: &Remedy, remedies: &[Remedy]) -> Option<Problem> {
    let before = remedy.after.as_deref()?;
    let path = format!("remedy.{}.after", remedy.name);
    let others = || remedies.iter().filter(|other| other.name != remedy.name);
    let Some(known) = others().find(|other| other.name == before) else {
        let message = format!("there is no other remedy `{before}` to come before `{}`", remedy.name);
        let near = nearest(before, others().map(|other| other.name.as_str()));
        return Some(problem(
            "S011",
            path,
            message,
            near.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
        ));
    };
    if known.against != remedy.against {
        let (one, other) = (remedy.against.word(), known.against.word());
        let message = format!(
            "nobody can file `{}`: it is against `{one}`, and `{before}` before it against `{other}`",
            remedy.name
        );
        return Some(problem(
            "S035",
            path,
            message,
            vec!["a remedy comes after one that is against the same".to_owned()],
        ));
    }
    is_after_a_circle(remedy, remedies).then(|| {
        let message = format!("nobody can file `{}`: the remedies before it wait for each other", remedy.name);
        problem("S035", path, message, vec!["the first of them has `after = \"none\"`".to_owned()])
    })
}

/// Whether the way from a remedy to those before it never ends.
fn is_after_a_circle(remedy: &Remedy, remedies: &[Remedy]) -> bool {
    let before = |one: &&Remedy| remedies.iter().find(|other| Some(&other.name) == one.after.as_ref());
    // A way as long as the list has passed one of them twice.
    std::iter::successors(Some(remedy), before).nth(remedies.len()).is_some()
}

/// Remedies and laws: some law that is known has a remedy of the name that is filed (`S011`; a scenario that extends another inherits its remedies, so
/// it need not be one in force here), and in every law in force that has it, it is against the same (`S035`).
#[must_use]
pub fn remedies_in_laws(remedies: &[Remedy], laws: &[LawInForce], rulebooks: &[Rulebook]) -> Vec<Problem> {
    let in_force = books_in_force(laws, rulebooks);
    let mut problems = Vec::new();
    for remedy in remedies {
        let Some(name) = remedy.law.as_deref() else { continue };
        let path = || format!("remedy.{}", remedy.name);
        if rulebooks.iter().all(|book| in_law(book, name).is_none()) {
            problems.push(unknown_to_laws(remedy, name, &in_force, rulebooks));
        }
        let of_other = in_force.iter().find(|(_, book)| {
            in_law(book, name).is_some_and(|of_law| of_law.against.is_empty() == (remedy.against == Against::Measure))
        });
        if let Some((_, book)) = of_other {
            let what = if remedy.against == Against::Measure { "a decision" } else { "measures" };
            let message =
                format!("`{name}` of `{}` is against {what}, not against `{}`", book.id, remedy.against.word());
            problems.push(problem("S035", path() + ".against", message, Vec::new()));
        }
    }
    problems
}

fn in_law<'b>(book: &'b Rulebook, name: &str) -> Option<&'b callup_law::rulebook::Remedy> {
    book.remedies.iter().find(|remedy| remedy.name == name)
}

fn unknown_to_laws(remedy: &Remedy, name: &str, in_force: &[(usize, &Rulebook)], rulebooks: &[Rulebook]) -> Problem {
    fn names<'b>(books: impl Iterator<Item = &'b Rulebook>) -> Vec<&'b str> {
        let mut names: Vec<&str> = books.flat_map(|book| &book.remedies).map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
    let own = names(in_force.iter().map(|(_, book)| *book));
    let near = nearest(name, own.iter().copied()).or_else(|| nearest(name, names(rulebooks.iter()).into_iter()));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if own.is_empty() => {
            "the laws of the scenario have no remedy: `law = \"none\"` is one that no law knows".to_owned()
        }
        None => format!("remedies of the laws: {}; `law = \"none\"` is one that no law knows", quoted(&own)),
    };
    let message = format!("no law has a remedy `{name}`: nobody would file `{}`", remedy.name);
    problem("S011", format!("remedy.{}.law", remedy.name), message, vec![help])
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn date(day: Day) -> String {
    String::from(day)
}
