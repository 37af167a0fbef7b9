//! Remedies, duties and powers as they stand beside the measures: W060, W061, W070, I071, I072.
//!
//! Looks at what is said and what is missing; dates are the matter of `time.rs`.

use super::Finding;
use crate::rulebook::{Duty, Guard, Power, Remedy, Rulebook, Switch, Test};
use std::collections::BTreeSet;

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    findings.extend(book.powers.iter().filter_map(|power| endless_power(book, power)));
    findings.extend(book.duties.iter().filter_map(toothless_duty));
    findings.extend(book.remedies.iter().filter_map(|remedy| suspension(book, remedy)));
    for (index, measure) in book.measures.iter().enumerate() {
        let remedied = book.remedies.iter().any(|remedy| remedy.against.contains(&index));
        let silent = book.no_remedies.iter().any(|silence| silence.against.contains(&index));
        if !remedied && !silent {
            let message = format!("no remedy lies against `{}`", measure.name);
            let help =
                format!("write the remedy; if the law has none, say so: `no remedy against {} (n)`", measure.name);
            findings.push(Finding::new("W070", &measure.cite, message).help(help));
        }
    }
}

/// W060: a power is bounded by a dated duty of the same office in the same article.
fn endless_power(book: &Rulebook, power: &Power) -> Option<Finding> {
    let bounds =
        |duty: &Duty| duty.who == power.who && duty.within.is_some() && duty.cite.article == power.cite.article;
    let message = format!("`{}` may \"{}\" without a time limit", power.who, power.what);
    let help = format!(
        "if the law sets one, write it in this article: `duty {} (n): \"…\" within PERIOD of ANCHOR`",
        power.who
    );
    (!book.duties.iter().any(bounds)).then(|| Finding::new("W060", &power.cite, message).help(help))
}

/// W061
fn toothless_duty(duty: &Duty) -> Option<Finding> {
    let message = format!("nothing follows if `{}` does not \"{}\"", duty.who, duty.what);
    let help = "if the law says what follows, write `; else breach \"…\"`";
    duty.breach.is_none().then(|| Finding::new("W061", &duty.cite, message).help(help))
}

/// I071, I072
fn suspension(book: &Rulebook, remedy: &Remedy) -> Option<Finding> {
    let Some(guard) = &remedy.suspends else {
        let (against, help) = if remedy.against.is_empty() {
            ("decision", "the decision is carried out meanwhile")
        } else {
            ("measure", "the measure is enforced until the decision")
        };
        let message = format!("remedy `{}` does not suspend the {against}", remedy.name);
        return Some(Finding::new("I071", &remedy.cite, message).help(help));
    };
    let switches: Vec<&Switch> = switches_of(guard).into_iter().map(|switch| &book.switches[switch]).collect();
    let names: Vec<String> = switches.iter().map(|switch| format!("`{}`", switch.name)).collect();
    let message = match names.as_slice() {
        [] => return None,
        [name] => format!("whether remedy `{}` suspends the measure depends on the open reading {name}", remedy.name),
        names => {
            let names = names.join(" and ");
            format!("whether remedy `{}` suspends the measure depends on the open readings {names}", remedy.name)
        }
    };
    let finding = Finding::new("I072", &remedy.cite, message);
    Some(switches.iter().fold(finding, |finding, switch| finding.help(format!("under debate: {}", switch.why))))
}

/// The switches that a guard asks, each once, in the order of their declaration.
fn switches_of(guard: &Guard) -> BTreeSet<usize> {
    let asked = |test: &Test| if let Test::Switch { switch, .. } = test { Some(*switch) } else { None };
    guard.0.iter().flatten().filter_map(asked).collect()
}
