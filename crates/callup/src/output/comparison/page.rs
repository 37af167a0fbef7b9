//! The page of a comparison for people: one file without scripts or outside requests. What reaches people stands beside what it does to those it wrongs.
//!
//! Counts are those of the nation: raw counts divided by the scale. The page knows no clock.

use super::causes::{self, Clause, Side};
use super::noise::{Figure, figures};
use super::{Compared, FIRST, steps};
use crate::output::receipt::inputs;
use crate::output::tables::expanded;
use crate::output::words::grouped;
use crate::output::{page, page_data};
use crate::prepare::law_names;
use callup_sim::compare::paired::Quantity;
use callup_sim::district::mark;
use callup_sim::restricted::Manner;
use maud::{Markup, html};

/// Articles and choices that the page names; the table has all.
const CLAUSES: usize = 20;

/// A part of the page: its anchor, its heading and what makes it.
type Part = (&'static str, &'static str, fn(&Compared<'_>) -> Markup);

const PARTS: [Part; 8] = [
    ("persons", "Who fares otherwise", persons),
    ("days", "Days gained and lost", days),
    ("clauses", "What parts the lives", clauses),
    ("steps", "Where the difference comes from", by_steps),
    ("became", "What became of those restricted", became),
    ("regions", "By region", regions),
    ("groups", "Who they are", groups),
    ("reproduce", "What this is not, and how to get the same figures", reproduce),
];

/// The bytes of the page.
pub(super) fn bytes(all: &Compared<'_>) -> Vec<u8> {
    let title = all.worlds.names.join(" against ");
    let is_there = |part: &&Part| part.0 != "steps" || all.is_attributed();
    let sections = html! {
        @for (anchor, heading, content) in PARTS.iter().filter(is_there) { (page::section(anchor, heading, &content(all))) }
    };
    let footer =
        html! { "callup " (env!("CARGO_PKG_VERSION")) ", comparison " code { (all.worlds.identity[..8]) } "." };
    let data = page_data::element(&page_data::comparison::comparison(all));
    page::report(&title, (&opening(all, &title), &sections, &footer), &data).into_bytes()
}

fn opening(all: &Compared<'_>, title: &str) -> Markup {
    let scenario = &all.worlds.prepared[0].scenario;
    let people: u64 = all.comparison.outcomes[0].marks.len() as u64;
    html! {
        h1 { (title) }
        p.facts {
            time { (scenario.start) } " to " time { (scenario.last_day()) } " · the same " (grouped(people)) " synthetic men in every world"
            @if scenario.scale < 1.0 { " (scale " (scenario.scale) ", counts multiplied)" } " · seed " (scenario.seed)
            @if all.replicates.len() > 1 { " · " (all.replicates.len()) " replicates" }
        }
        @for (world, pair) in all.others() { p { (sentence(all, world, pair)) } }
        p.notice {
            strong { "A model on synthetic people, not a prediction. " }
            "Nobody in it exists. Every man reads, travels, comes and is examined by the same chance in every world; what differs is what law, places and the nation make of it."
        }
        nav aria-label="Contents" { @for (anchor, heading, _) in PARTS { @if anchor != "steps" || all.is_attributed() { a href={ "#" (anchor) } { (heading) } } } }
    }
}

/// What one world does otherwise, in a sentence.
fn sentence(all: &Compared<'_>, world: usize, pair: usize) -> Markup {
    let figures = figures(all);
    let find = |name: &str| figures.iter().find(|one| one.world == all.worlds.names[world] && one.name == name);
    let more = |figure: Option<&Figure>| {
        figure.map_or_else(
            || "nobody".to_owned(),
            |one| {
                let count = grouped(expanded(one.difference.abs().round() as u64, all.scale()));
                match one.difference {
                    less if less < 0.0 => format!("{count} fewer"),
                    more if more > 0.0 => format!("{count} more"),
                    _ => "as many".to_owned(),
                }
            },
        )
    };
    let lives = expanded(all.comparison.pairs[pair].diverged.len() as u64, all.scale());
    html! {
        "Under " strong { (all.worlds.names[world]) } " the lives of " (grouped(lives)) " men go otherwise than under " strong { (all.worlds.names[0]) } ": "
        (more(find("reached"))) " come to know of a notice, " (more(find("restricted"))) " are ever restricted, "
        (more(find("restricted_unseen"))) " of them on a notice that they do not know of, " (more(find("restricted_wrongly"))) " though the truth frees them."
    }
}

fn count(all: &Compared<'_>, count: u64) -> Markup {
    html! { (grouped(expanded(count, all.scale()))) }
}

fn signed(all: &Compared<'_>, difference: f64) -> String {
    let size = grouped(expanded(difference.abs().round() as u64, all.scale()));
    if difference < 0.0 {
        format!("−{size}")
    } else if difference > 0.0 {
        format!("+{size}")
    } else {
        size
    }
}

fn persons(all: &Compared<'_>) -> Markup {
    let figures = figures(all);
    let of_world = |world: usize| {
        let own = |name: &str| figures.iter().find(|one| one.world == all.worlds.names[world] && one.name == *name);
        FIRST.iter().filter_map(move |name| own(name)).collect::<Vec<_>>()
    };
    html! {
        @for (world, _) in all.others() {
            div.scroll { table {
                caption { "Persons by the end of the run, " (all.worlds.names[0]) " against " (all.worlds.names[world]) ". " (noise_words(all)) }
                thead { tr {
                    th scope="col" { "what is true of him" }
                    th.n scope="col" { (all.worlds.names[0]) } th.n scope="col" { (all.worlds.names[world]) } th.n scope="col" { "difference" }
                    th.n scope="col" { "only under the first" } th.n scope="col" { "only under the other" } th scope="col" { "noise" }
                } }
                tbody { @for one in of_world(world) { tr {
                    th scope="row" { (one.definition) }
                    td.n { (count(all, one.first)) } td.n { (count(all, one.other)) } td.n { (signed(all, one.difference)) }
                    td.n { (count(all, one.first_only)) } td.n { (count(all, one.other_only)) }
                    td { (if one.is_within_noise && one.first_only + one.other_only > 0 { "within noise" } else { "" }) }
                } } }
            } }
        }
        p.soft { "All quantities, also by region and stratum: " code { "persons.parquet" } "." }
    }
}

fn noise_words(all: &Compared<'_>) -> &'static str {
    if all.replicates.len() > 1 {
        "The difference is the mean over the replicates; within noise is one of less than two standard errors."
    } else {
        "Of one pair of runs the noise is judged by those who differ: within noise is a difference of less than twice the square root of their number. More replicates say more."
    }
}

fn days(all: &Compared<'_>) -> Markup {
    html! {
        @for (world, pair) in all.others() {
            div.scroll { table {
                caption { "Person-days, " (all.worlds.names[0]) " against " (all.worlds.names[world]) ", and who bears them." }
                thead { tr {
                    th scope="col" { "restricted" } th.n scope="col" { "days under the first" } th.n scope="col" { "days under the other" }
                    th.n scope="col" { "men spared" } th.n scope="col" { "days spared" } th.n scope="col" { "men burdened" } th.n scope="col" { "days more" }
                } }
                tbody { @for manner in Manner::ALL {
                    @let cell = all.comparison.pairs[pair].days.cell(manner, None, None);
                    tr {
                        th scope="row" { (manner.meaning()) }
                        td.n { (count(all, cell.days_first)) } td.n { (count(all, cell.days_other)) }
                        td.n { (count(all, cell.persons_fewer)) } td.n { (count(all, cell.days_fewer)) }
                        td.n { (count(all, cell.persons_more)) } td.n { (count(all, cell.days_more)) }
                    }
                } }
            } }
        }
    }
}

fn clauses(all: &Compared<'_>) -> Markup {
    let found = causes::clauses(all);
    let of = |world: usize| {
        found.iter().filter(|one| one.world == all.worlds.names[world]).take(CLAUSES).collect::<Vec<&Clause>>()
    };
    html! {
        p { "Two lives of one man are the same until something happens in one of them and not in the other. What that is, and by which article or choice, is counted here; a life parts once, on one side or on both." }
        @for (world, _) in all.others() {
            div.scroll { table {
                caption { (all.worlds.names[0]) " against " (all.worlds.names[world]) }
                thead { tr { th.n scope="col" { "lives" } th scope="col" { "in which world" } th scope="col" { "by which article or choice" } th scope="col" { "what it does" } } }
                tbody { @for one in of(world) { tr {
                    td.n { (count(all, one.persons)) }
                    td { (all.worlds.names[if one.side == Side::First { 0 } else { world }]) }
                    th scope="row" { (cause_words(one)) }
                    td { (one.what) }
                } } }
            } }
        }
        p.soft { "All of them: " code { "clauses.parquet" } "; each life: " code { "lives.parquet" } ". One life under either law: " code { "callup person" } " on a run of each." }
    }
}

/// The article or the choice, in words.
pub fn cause_words(clause: &Clause) -> String {
    match (&clause.article, &clause.law, &clause.assumption) {
        (Some(article), Some(law), _) => format!("{article} ({law})"),
        (_, _, Some(assumption)) => format!("choice of the scenario: {assumption}"),
        _ => String::new(),
    }
}

fn by_steps(all: &Compared<'_>) -> Markup {
    let steps = steps(all);
    let shown = steps.iter().filter(|step| step.unit == "days" || FIRST.contains(&step.name.as_str()));
    html! {
        p { "The other law first with the places and the decreed parts that the first one gave (what it says of each man himself), then with places of its own (whom others displace), then with the parts that the nation divides anew. The steps add up." }
        div.scroll { table {
            thead { tr {
                th scope="col" { "what" } th scope="col" { "unit" } th.n scope="col" { "first" } th.n scope="col" { "the law itself" }
                th.n scope="col" { "places" } th.n scope="col" { "feedback" } th.n scope="col" { "other" }
            } }
            tbody { @for step in shown { tr {
                th scope="row" { (step.name) } td { (step.unit) } td.n { (count(all, step.first)) }
                td.n { (signed(all, step.direct as f64)) } td.n { (signed(all, step.displacement as f64)) } td.n { (signed(all, step.feedback as f64)) }
                td.n { (count(all, step.other)) }
            } } }
        } }
    }
}

fn became(all: &Compared<'_>) -> Markup {
    let place = |name: &str| mark::NAMED.iter().position(|(_, known, _)| *known == name);
    let own = place("restricted").unwrap_or(0);
    html! {
        @for (world, pair) in all.others() {
            @let persons = &all.comparison.pairs[pair].persons;
            div.scroll { table {
                caption { "Of the " (count(all, persons.also(own, own) + alone(all, pair, own))) " men restricted under " (all.worlds.names[0]) ", under " (all.worlds.names[world]) ":" }
                thead { tr { th scope="col" { "what is true of him" } th.n scope="col" { "men" } } }
                tbody { @for (other, (_, name, definition)) in mark::NAMED.iter().enumerate() {
                    @if FIRST.contains(name) { tr { th scope="row" { (definition) } td.n { (count(all, persons.also(own, other))) } } }
                } }
            } }
        }
    }
}

/// Persons of whom a mark is true in the first world and not in the other.
fn alone(all: &Compared<'_>, pair: usize, place: usize) -> u64 {
    all.comparison.pairs[pair].persons.cell(place, None, None).first_only
}

/// What is shown of each region and stratum.
const CUT: [&str; 3] = ["reached", "restricted_unseen", "restricted_wrongly"];

fn cut_row(all: &Compared<'_>, pair: usize, cut: (Option<usize>, Option<usize>)) -> Markup {
    let quantities = Quantity::all();
    html! { @for name in CUT {
        @let place = quantities.iter().position(|quantity| quantity.name == name).unwrap_or(0);
        @let cell = all.comparison.pairs[pair].persons.cell(place, cut.0, cut.1);
        td.n { (count(all, cell.both + cell.first_only)) } td.n { (signed(all, cell.difference() as f64)) }
    } }
}

fn cut_head(first: &str) -> Markup {
    html! { thead { tr {
        th scope="col" { (first) }
        th.n scope="col" { "know of a notice, first" } th.n scope="col" { "difference" }
        th.n scope="col" { "restricted unknowing, first" } th.n scope="col" { "difference" }
        th.n scope="col" { "restricted wrongly, first" } th.n scope="col" { "difference" }
    } } }
}

fn regions(all: &Compared<'_>) -> Markup {
    let regions = &all.worlds.prepared[0].margins.regions;
    html! { @for (world, pair) in all.others() { details open[regions.len() < 12] {
        summary { (all.worlds.names[0]) " against " (all.worlds.names[world]) ", " (regions.len()) " regions" }
        div.scroll { table.regions { (cut_head("region")) tbody { @for (place, region) in regions.iter().enumerate() {
            tr { th scope="row" { (region.iso_code) } (cut_row(all, pair, (Some(place), None))) }
        } } } }
    } } }
}

fn groups(all: &Compared<'_>) -> Markup {
    let strata = &all.comparison.outcomes[0].strata;
    html! { @if strata.is_empty() { p { "The scenario splits nobody by strata." } } @else { @for (world, pair) in all.others() {
        div.scroll { table {
            caption { (all.worlds.names[0]) " against " (all.worlds.names[world]) }
            (cut_head("stratum"))
            tbody { @for (place, stratum) in strata.iter().enumerate() {
                tr { th scope="row" { (stratum.kind) ": " (stratum.name) } (cut_row(all, pair, (None, Some(place)))) }
            } }
        } }
    } } }
}

fn reproduce(all: &Compared<'_>) -> Markup {
    html! {
        ul {
            li { "The men are synthetic, drawn from published tables. No record of a real person went in, and nothing here can be applied to one." }
            li { "Each law is read as its document says, with the answers below. What offices and people do beyond the text are assumptions of the scenario, the same in every world unless the scenarios differ." }
            li { "“Wrongly” means: the truth frees the man while the register or the rule does not. “Unknowing” means: no notice had come before his eyes, however the law counts service." }
        }
        @for (world, name) in all.worlds.names.iter().enumerate() {
            @let prepared = &all.worlds.prepared[world];
            h3 { (name) }
            p { "Laws: " (law_names(prepared).join(", ")) ". Answers: "
                (prepared.scenario.answers.iter().map(|(name, answer)| format!("{name} = {answer}")).collect::<Vec<_>>().join(", ")) "." }
            details { summary { "Inputs and their SHA-256" } div.scroll { table {
                thead { tr { th scope="col" { "file" } th.n scope="col" { "bytes" } th scope="col" { "SHA-256" } } }
                tbody { @for input in inputs(prepared) { tr { th scope="row" { (input.name) } td.n { (grouped(input.bytes)) } td { code { (input.sha256) } } } } }
            } } }
        }
    }
}
