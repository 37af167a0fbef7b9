//! Broken scenarios, each a change of a whole one, with the findings as a user sees them; and texts beyond all reason.

use super::{Russia, laws, read, shipped};
use crate::input::scenario::{Surroundings, read_scenario};
use callup_law::diagnostic::{Source, render};

/// What is put in the place of what.
type Change<'c> = (&'static str, &'c str);

/// The scenario that is broken.
fn whole() -> Source {
    Source { name: "scenarios/whole.toml".to_owned(), text: include_str!("whole.toml").to_owned() }
}

#[test]
fn the_scenario_that_is_broken_is_whole() {
    let read = read("whole", &|name| (name == "whole").then(whole));
    assert!(read.scenario.is_some(), "{}", render(&read.findings, &read.sources));
}

/// The whole scenario with some changes, each of which must fit, and what is said about it.
fn told(changes: &[Change<'_>]) -> String {
    let mut source = whole();
    for (old, new) in changes {
        assert!(source.text.contains(old), "the scenario no longer says {old:?}");
        source.text = source.text.replacen(old, new, 1);
    }
    let read = read("whole", &|name| (name == "whole").then(|| source.clone()));
    assert!(read.scenario.is_none(), "a broken scenario must not be usable");
    render(&read.findings, &read.sources)
}

/// Holds a text to the golden file of this name beside the tests.
fn held(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("findings");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

macro_rules! broken {
    ($($name:ident: $changes:expr;)+) => {
        $(#[test] fn $name() { held(stringify!($name), &told(&$changes)); })+
    };
}

broken! {
    unknown_key: [("seed = 20230414", "seed = 20230414\nscael = 0.5")];
    set_what_is_not_there: [("[offices]", "[set]\n\"campaign.spring_2032.pace.notices_per_decreed\" = { value = 5.0, assumption = \"a test\" }\n\"commission.outcome\" = { value = 5.0, assumption = \"a test\" }\n\"population.study_share.18_19\" = { value = 0.5, assumption = \"a test\" }\n\"border.returns_share\" = 0.2\n\"border.trips_per_year\" = { value = 0.2 }\n\"response.objector_factor\" = { value = 7.0, assumption = \"a test\" }\n\n[offices]")];
    unknown_key_far_from_any: [("[offices]", "[offices]\nweather = \"fine\"")];
    missing_key: [("seed = 20230414", "")];
    missing_unit: [("length_days = 365", "length = 365"), ("departures_per_year =", "departures =")];
    wrong_unit: [("trips_per_year =", "trips_share =")];
    wrong_type: [("start = 2023-01-01", "start = \"2023-01-01\""), ("scale = 1.0", "scale = \"all\"")];
    out_of_range: [("scale = 1.0", "scale = 1.5"), ("length_days = 365", "length_days = 4000")];
    no_such_day: [("from = 2023-04-01", "from = 2023-02-30"), ("study_year_ends = \"06-30\"", "study_year_ends = \"06-31\"")];
    neither_source_nor_assumption: [(", assumption = \"some objectors come to apply for alternative service, others stay away\"", "")];
    both_source_and_assumption: [("assumption = \"what the names of the classes say\"", "assumption = \"a\"\nsource = \"b\"")];
    empty_reason: [("assumption = \"what the names of the classes say\"", "assumption = \" \"")];
    value_outside_its_range: [("objector_factor = { value = 0.5", "objector_factor = { value = 1.5")];
    unknown_word: [("decides = \"aware\"", "decides = \"awares\""), ("notice = \"data_check_notice\"", "notice = \"party\"")];
    weights_that_do_not_sum: [("[0, 0.2], [1, 0.3], [3, 0.2]", "[0, 0.2], [1, 0.3], [3, 0.4]")];
    bands_with_a_hole: [("[21, 21, 0.40, 0.32, 0.48],", "")];
    delay_backwards: [("leave_delay = { from_days = 1, to_days = 14", "leave_delay = { from_days = 15, to_days = 14")];
    ages_backwards: [("age_min_years = 18, age_max_years = 26", "age_min_years = 27, age_max_years = 26")];
    campaign_ends_before_it_starts: [("until = 2023-07-15", "until = 2023-03-15")];
    two_campaigns_of_one_name: [("name = \"autumn_2023\"", "name = \"spring_2023\"")];
    two_campaigns_of_one_number: [("name = \"autumn_2023\"", "name = \"campaign_2438\"")];
    regions_above_the_decreed_number: [("RU-MOW = 5000, ", "RU-MOW = 150000, ")];
    unknown_region: [("RU-CHE = 3500", "RU-CHEL = 3500")];
    unknown_country: [("country = \"ru\"", "country = \"atlantis\"")];
    unknown_law: [("id = \"ru_127fz\"", "id = \"ru_127\"")];
    law_not_in_force: [("from = 2023-08-04", "from = 2023-08-01")];
    laws_out_of_order: [("id = \"ru_paper_2022\"\nfrom = 2023-01-01", "id = \"ru_paper_2022\"\nfrom = 2023-04-14")];
    switch_unanswered: [("hand_over_is_sending = {", "hand_over = {")];
    not_an_option: [("{ answer = \"not_served\"", "{ answer = \"perhaps\"")];
    condition_unset: [("name = \"register_works\"\nfrom = 2023-01-01", "name = \"register_work\"\nfrom = 2023-01-01"), ("name = \"register_works\"\nfrom = 2023-04-14", "name = \"register_works\"\nfrom = 2023-09-01")];
    law_without_the_matter: [("notice = \"data_check_notice\"", "notice = \"training_notice\"")];
    agency_missing_and_twice: [("measures = [\"property_registration_ban\"]", "measures = [\"exit_ban\"]")];
    remedy_that_no_law_has: [("law = \"commission_complaint\"", "law = \"comission_complaint\"")];
    remedy_far_from_any: [("law = \"commission_complaint\"", "law = \"petition\"")];
    remedy_against_something_else_in_the_law: [("against = \"call_up\"", "against = \"measure\"")];
    remedy_after_one_that_is_not_there: [("after = \"none\"", "after = \"complain\"")];
    not_toml: [("[reading]\nkind", "[reading\nkind"), ("scale = 1.0", "scale =")];
    many_at_once: [("seed = 20230414", "sed = 20230414"), ("scale = 1.0", "scale = 0"), ("until = 2023-12-31", "until = 2023-09-31"), ("id = \"ru_437fz\"", "id = \"ru_437\"")];
}

/// Two remedies more, of which each comes after this one.
fn remedies(first: &str, second: [&str; 2]) -> String {
    let own = whole().text;
    let (_, own) = own.split_once("[[remedy]]").expect("it has a remedy");
    let (own, _) = own.split_once("[objection]").expect("an objection follows");
    let further = [("claim", "call_up", first), ("appeal", second[0], second[1])];
    let text = further.map(|(name, against, after)| {
        let own = own.replace("name = \"complaint\"", &format!("name = \"{name}\""));
        let own = own.replace("after = \"none\"", &format!("after = \"{after}\""));
        let own = own.replace("against = \"call_up\"", &format!("against = \"{against}\""));
        format!("[[remedy]]{own}").replace("law = \"commission_complaint\"", "law = \"none\"")
    });
    text.concat() + "[objection]"
}

#[test]
fn remedies_that_wait_for_each_other() {
    held("remedies_that_wait_for_each_other", &told(&[("[objection]", &remedies("appeal", ["call_up", "claim"]))]));
}

#[test]
fn remedy_after_one_against_something_else() {
    let after = remedies("complaint", ["measure", "claim"]);
    held("remedy_after_one_against_something_else", &told(&[("[objection]", &after)]));
}

fn chain(files: &'static [(&'static str, &'static str)]) -> String {
    let text_of = |name: &str| {
        let (name, text) = files.iter().find(|file| file.0 == name)?;
        Some(Source { name: format!("{name}.toml"), text: (*text).to_owned() })
    };
    let read = read_scenario("a", &text_of, &Surroundings { laws: &[], regions: &Russia(Vec::new()) });
    assert!(read.scenario.is_none());
    let ours: Vec<_> = read.findings.into_iter().filter(|found| found.code == "S018" || found.code == "S019").collect();
    render(&ours, &read.sources)
}

#[test]
fn extends_what_is_not_there() {
    held("extends_what_is_not_there", &chain(&[("a", "title = \"A\"\nextends = \"b\"\n")]));
}

#[test]
fn extends_in_a_circle() {
    held("extends_in_a_circle", &chain(&[("a", "extends = \"b\"\n"), ("b", "extends = \"a\"\n")]));
}

#[test]
fn no_scenario_of_this_name() {
    held("no_scenario_of_this_name", &chain(&[]));
}

/// A table that says why is one statement: half of it must not survive under the other's reason.
#[test]
fn half_a_parameter_does_not_inherit_the_other_half() {
    let text_of = |name: &str| match name {
        "child" => Some(Source {
            name: "child.toml".to_owned(),
            text: "extends = \"ru-2023-as-enacted\"\n[response]\nobjector_factor = { value = 0.7 }\n".to_owned(),
        }),
        other => shipped(other),
    };
    let read = read("child", &text_of);
    assert!(read.scenario.is_none());
    held("half_a_parameter_does_not_inherit_the_other_half", &render(&read.findings, &read.sources));
}

/// However a text is cut, doubled or littered, reading it ends with findings or a scenario, never with a panic.
#[test]
fn no_text_panics() {
    let short = shipped("reference-r1").expect("R1 ships").text;
    let regions = Russia::read();
    let surroundings = Surroundings { laws: laws(), regions: &regions };
    // A small generator of its own, so that the texts are the same on every machine.
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let litter = ["[", "]", "{", "}", "\"", "'''", "=", "-1", "1e999", "2023-02-30", "\u{202e}", "ы", "\n", "nan", "."];
    for _ in 0..150 {
        let mut text = short.clone();
        for _ in 0..=next(3) {
            let (from, to) = (text.floor_char_boundary(next(text.len())), text.floor_char_boundary(next(text.len())));
            match next(3) {
                0 => text.insert_str(from, litter[next(litter.len())]),
                1 => text.truncate(from),
                _ => text.replace_range(from.min(to)..from.max(to).min(from.min(to) + 40).max(from.min(to)), ""),
            }
            text.truncate(text.floor_char_boundary(text.len()));
        }
        let source = Source { name: "mutated.toml".to_owned(), text };
        let read = read_scenario("x", &|name| (name == "x").then(|| source.clone()), &surroundings);
        assert!(read.scenario.is_some() != read.findings.iter().any(|found| found.code.starts_with('S')));
        let _ = render(&read.findings, &read.sources);
    }
}

#[test]
fn texts_beyond_all_reason_are_refused() {
    let deep = format!("a = {}1{}", "[".repeat(5000), "]".repeat(5000));
    let dotted = format!("{}a = 1", "a.".repeat(20_000));
    let long = "#".repeat(1 << 21);
    let many = "a=1\n".repeat(150_000);
    for text in [deep, dotted, long, many] {
        let source = Source { name: "huge.toml".to_owned(), text };
        let surroundings = Surroundings { laws: &[], regions: &Russia(Vec::new()) };
        let read = read_scenario("x", &|name| (name == "x").then(|| source.clone()), &surroundings);
        assert!(read.scenario.is_none());
        assert!(read.findings.iter().any(|found| found.code == "S001" || found.code == "S002"));
    }
}
