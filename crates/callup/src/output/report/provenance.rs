//! What the figures are not, and how anybody can get the very same ones.
//!
//! The command is put together from the scenario of the run; digests are those of the receipt.

use crate::output::Made;
use crate::output::receipt::inputs;
use crate::output::words::grouped;
use maud::{Markup, html};

/// The limits of the model.
pub fn limits(subject: Made<'_>) -> Markup {
    let men = grouped(u64::from(subject.fit.synthesised_men));
    html! {
        ul {
            li { "The " (men) " men are synthetic, drawn from published tables. No record of a real person went in, and nothing here can be applied to one." }
            @match subject.replicates.several() {
                Some(runs) => li { "It is one run with one seed; in " (runs.len()) " replicates with other seeds the figures lie where the first table says." }
                None => li { "It is one run with one seed: another seed gives figures that differ by chance, most where counts are small." }
            }
            li { "Attributes that no table has (who is on record, who lives where he is registered, who reads the portal, who comes) are the assumptions listed above. Between regions they differ only where the scenario says so." }
            li { "Births, deaths and moves between regions are not modelled within a run." }
            li { "The law is read as its document says, with the readings chosen above; what a court or an office would do beyond the text is not known to it." }
            li { "“Wrongly” means: the truth (a ground for deferment, an exemption, service done) frees the man from the call-up while the register or the rule does not. It is not a judgment on any real case." }
            li { "“Unknowing” means: no notice had come before his eyes, however the law counts service." }
        }
    }
}

/// How to get the same figures.
pub fn reproduce(subject: Made<'_>) -> Markup {
    let prepared = subject.prepared;
    html! {
        p { "With callup " (env!("CARGO_PKG_VERSION")) " and the inputs below, on any machine and with any number of threads:" }
        pre { code { (prepared.command()) } }
        p { "The same inputs give the same bytes in every file but the receipt. Identity of the run: " code { (prepared.identity) } "." }
        details {
            summary { "Inputs and their SHA-256" }
            div.scroll { table {
                thead { tr { th scope="col" { "file" } th.n scope="col" { "bytes" } th scope="col" { "SHA-256" } } }
                tbody { @for input in inputs(prepared) { tr { th scope="row" { (input.name) } td.n { (grouped(input.bytes)) } td { code { (input.sha256) } } } } }
            } }
        }
        p { "Beside this page: " code { "daily.parquet" } " (a row a day and region), " code { "indicators.parquet" } " (long form, with durations), "
            code { "histories.parquet" } " (whole lives of synthetic persons drawn by lot), "
            code { "coverage.parquet" } " and a marked copy of each law (what was applied, to how many), "
            code { "environment.parquet" } " (what any other life needs to be told again, by " code { "callup person" } ") and " code { "receipt.json" } "." }
    }
}
