//! A law written otherwise and meaning the same changes nobody: not a row of any history but the articles it names, not a cell of any table.
//!
//! One act is rewritten in many ways: another way of counting, other units, other names, rules divided, moved and reordered, guards turned
//! around, numbers made parameters, one matter made two. Each wording runs over the same people.

use crate::support::{basis, books, busy, mixed, run};
use callup_sim::Outcome;
use callup_sim::journal::{Cause, HistoryRow};
use callup_sim::people::People;
use callup_sim::scenario::{ConditionSetting, LawInForce, Scenario};

/// The act. `@` stands for nothing, or for the name of one of two matters.
const HEAD: &str = r#"# An act
source "a test" confidence fictional
```law
law act "An act"
in force from 2000-01-01
```
## Article 1. Counting
> (1) Days are counted from the next day. (2) Months too. (3) Hours run from the event.
```law
periods in days (1): start next-day, roll none
periods in months (2): start next-day, month-end last-day
periods in hours (3): run from the event
condition register_works (1) "the register works": as set by the scenario
```
"#;

const BODY: &str = r#"## Article 2@. The summons
> (1) Sent, placed, handed over or read. (2) Deemed served. (3) The date. (4) Appearance. (5) Decisions. (6) The end of the season.
```law
matter draft_notice, data_check_notice:
  fact appearance_date: date
  fact liable_for_draft: yes/no as recorded
  fact has_portal_account: yes/no as it is
  track service@: none, sent as placed, placed, served, missed as served, defaulted, closed final, appeared, deferred final, called_up final
  track record@: absent, entered, spent final
rule sending@ (1):
  when sent
  service@: none -> sent
rule posting@ (1):
  when posted
  service@: none -> sent
rule placement@ (1):
  when placed if not (has_portal_account is no and register_works is no)
  service@: none | sent -> placed
rule record@ (1):
  when placed
  record@: absent -> entered
rule in_person@ (1):
  when handed_over
  service@: none | sent | placed -> served
rule by_post@ (1):
  when delivered
  service@: none | sent | placed -> served
rule deemed@ (2):
  7 days after placed, once it has run out
  service@: placed -> served
rule date_passed@ (3):
  0 days after appearance_date, once it has run out; already over on entry: at once
  service@: served -> missed
rule default@ (3):
  20 days after appearance_date, on the last day; already over on entry: at once
  service@: missed -> defaulted
rule appearance@ (4):
  when appeared if notice is draft_notice
  service@: none | sent | placed | served | missed | defaulted -> appeared
rule data_checked@ (4):
  when appeared if notice is data_check_notice
  service@: none | sent | placed | served | missed | defaulted -> closed
rule record_spent@ (4):
  when appeared
  record@: absent | entered -> spent
rule call_up@ (5):
  when called_up if age on the day of called_up >= 18 and < 27 as recorded
  service@: appeared -> called_up
rule outside_the_age@ (5):
  when called_up if age on the day of called_up < 18 as recorded or age on the day of called_up >= 27 as recorded
  service@: appeared -> closed
rule deferment@ (5):
  when deferred
  service@: appeared -> deferred
rule exemption@ (5):
  when exempted
  service@: appeared -> closed
rule not_needed@ (5):
  when not_called_up
  service@: appeared -> closed
rule season_over@ (6):
  when season_ended
  service@: none | sent | appeared -> closed
rule record_out_of_season@ (6):
  when season_ended
  record@: absent | entered -> spent
```
## Article 3@. Measures
> (1) Leaving. (2) Driving. (3) The end.
```law
measure leaving@ (1) "leaving" is exit_ban:
  starts on service@.placed if liable_for_draft is yes
  starts on service@.sent if liable_for_draft is yes and register_works is no
  ends (3) within 3 days of appeared in this matter
  ends (3) on appeared in any matter if has_portal_account is yes
  ends (3) on service@.closed
measure driving@ (2) "driving" is driving_ban:
  starts on service@.defaulted
  ends (3) on appeared in any matter
  ends (3) on service@.deferred
no remedy against leaving@, driving@ (3)
```
"#;

/// A way of writing the act: what is written for what, and how often at least.
struct Wording {
    name: &'static str,
    head: &'static [(&'static str, &'static str)],
    body: &'static [(&'static str, &'static str)],
}

const WORDINGS: &[Wording] = &[
    Wording {
        name: "days counted from the day itself, each period a day longer",
        head: &[("periods in days (1): start next-day", "periods in days (1): start same-day")],
        body: &[
            ("  7 days after", "  8 days after"),
            ("  0 days after", "  1 days after"),
            ("  20 days after", "  21 days after"),
            ("within 3 days of", "within 4 days of"),
        ],
    },
    Wording {
        name: "hours for days",
        head: &[],
        body: &[("  7 days after", "  168 hours after"), ("within 3 days of", "within 60 hours of")],
    },
    Wording {
        name: "states under other names that mean the same",
        head: &[],
        body: &[
            (
                " none, sent as placed, placed, served, missed as",
                " formed as none, sent as placed, laid_out as placed, deemed_known as served, missed as",
            ),
            ("@: none | sent", "@: formed | sent"),
            ("@: none -> sent", "@: formed -> sent"),
            (" -> placed", " -> laid_out"),
            ("@: placed -> served", "@: laid_out -> deemed_known"),
            ("| placed -> served", "| laid_out -> deemed_known"),
            ("| placed | served |", "| laid_out | deemed_known |"),
            ("@: served -> missed", "@: deemed_known -> missed"),
            ("@.placed", "@.laid_out"),
        ],
    },
    Wording {
        name: "a rule for each state it starts from",
        head: &[],
        body: &[
            (
                "rule in_person@ (1):\n  when handed_over\n  service@: none | sent | placed -> served\n",
                "rule in_person@ (1):\n  when handed_over\n  service@: placed -> served\nrule in_person_earlier@ (1):\n  when handed_over\n  service@: none | sent -> served\n",
            ),
            (
                "  service@: none | sent | placed | served | missed | defaulted -> appeared\n",
                "  service@: none | placed | missed -> appeared\nrule appearance_too@ (4):\n  when appeared if notice is draft_notice\n  service@: sent | served | defaulted -> appeared\n",
            ),
        ],
    },
    Wording {
        name: "guards turned around",
        head: &[],
        body: &[
            (
                "not (has_portal_account is no and register_works is no)",
                "has_portal_account is yes or not register_works is no",
            ),
            (
                "age on the day of called_up >= 18 and < 27 as recorded",
                "not (age on the day of called_up < 18 as recorded or age on the day of called_up >= 27 as recorded)",
            ),
            ("if notice is data_check_notice", "if not notice is draft_notice"),
            (
                "if liable_for_draft is yes and register_works is no",
                "if not (liable_for_draft is no or register_works is yes)",
            ),
        ],
    },
    Wording {
        name: "a number as a parameter, a condition twice, an ending twice",
        head: &[("periods in months", "param upper_age = 27 (1) \"the birthday\"\nperiods in months")],
        body: &[
            (">= 18 and < 27 as recorded", ">= 18 and < upper_age as recorded"),
            (
                "  starts on service@.placed if liable_for_draft is yes\n",
                "  starts on service@.placed if liable_for_draft is yes and register_works is yes\n  starts on service@.placed if liable_for_draft is yes and register_works is no\n",
            ),
            (
                "  ends (3) on service@.deferred\n",
                "  ends (3) on service@.deferred\n  ends (3) within 1 hours of service@.deferred\n",
            ),
        ],
    },
    Wording {
        name: "text flowed otherwise, with remarks, labels and prose",
        head: &[("## Article 1. Counting\n", "## Article 1. Counting\n\nHow time is counted is of the essence.\n\n")],
        body: &[
            (
                "none | sent | placed | served | missed | defaulted -> closed",
                "none | sent\n      | placed | served # and so on\n      | missed | defaulted\n      -> closed",
            ),
            (
                "  ends (3) on appeared in any matter if has_portal_account is yes\n",
                "  # Whoever has an account is seen everywhere.\n  ends (3) on appeared in any matter\n    if has_portal_account is yes\n",
            ),
            ("rule deemed@ (2):", "rule deemed@ (2) \"the summons counts as served\" ru: \"вручена\":"),
        ],
    },
    Wording {
        name: "another article for the register, and its rules first",
        head: &[],
        body: &[
            ("rule record@ (1):\n  when placed\n  record@: absent -> entered\n", ""),
            ("rule record_spent@ (4):\n  when appeared\n  record@: absent | entered -> spent\n", ""),
            (
                "rule sending@ (1):",
                "rule record_spent@ (4):\n  when appeared\n  record@: absent | entered -> spent\nrule by_register@ (1):\n  when placed\n  record@: absent -> entered\nrule sending@ (1):",
            ),
            ("## Article 3@. Measures\n", "## Article 88@. Measures\n"),
        ],
    },
    Wording {
        name: "exclusive rules in another order",
        head: &[],
        body: &[
            (
                "rule call_up@ (5):\n  when called_up if age on the day of called_up >= 18 and < 27 as recorded\n  service@: appeared -> called_up\n",
                "",
            ),
            (
                "rule deferment@ (5):\n  when deferred\n  service@: appeared -> deferred\n",
                "rule call_up@ (5):\n  when called_up if age on the day of called_up >= 18 and < 27 as recorded\n  service@: appeared -> called_up\n",
            ),
            (
                "rule not_needed@ (5):",
                "rule deferment@ (5):\n  when deferred\n  service@: appeared -> deferred\nrule not_needed@ (5):",
            ),
        ],
    },
];

fn rewritten(text: &str, pairs: &[(&str, &str)], wording: &str) -> String {
    pairs.iter().fold(text.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "{wording}: the act does not say `{from}`");
        text.replace(from, to)
    })
}

/// The whole act; a rule without a label gets one.
fn act(head: &str, bodies: &[String]) -> String {
    let labelled = |line: &str| match line.strip_suffix("):") {
        Some(rule) if rule.starts_with("rule ") => format!("{rule}) \"a rule\":\n"),
        _ => format!("{line}\n"),
    };
    format!("{head}{}", bodies.concat()).lines().map(labelled).collect()
}

/// What a row says, but for the article.
fn but_the_article(row: &HistoryRow) -> HistoryRow {
    let cause = match row.cause {
        Cause::Article { law, .. } => Cause::Article { law, cite: 0 },
        assumption => assumption,
    };
    HistoryRow { cause, ..*row }
}

fn scenario() -> Scenario {
    let busy = busy();
    let condition = |from: &str, regions: Option<&str>, value| ConditionSetting {
        name: "register_works".into(),
        from: crate::support::day(from),
        regions: regions.map(|iso| vec![iso.into()]),
        value,
        basis: basis(),
    };
    Scenario {
        laws: vec![LawInForce { id: "act".into(), from: busy.start }],
        conditions: vec![
            condition("2023-01-01", None, false),
            condition("2023-05-01", Some("XX-1"), true),
            condition("2023-10-01", None, true),
        ],
        history_share: 1.0,
        ..busy
    }
}

fn assert_same(wording: &str, one: &Outcome, other: &Outcome) {
    let rows = |outcome: &Outcome| -> Vec<HistoryRow> { outcome.histories.iter().map(but_the_article).collect() };
    let (ours, theirs) = (rows(one), rows(other));
    let differing = ours.iter().zip(&theirs).find(|(one, other)| one != other);
    assert!(differing.is_none() && ours.len() == theirs.len(), "{wording}: {differing:#?}");
    assert_eq!(one.daily, other.daily, "{wording}");
    assert_eq!(one.weekly, other.weekly, "{wording}");
    assert_eq!(one.histograms, other.histograms, "{wording}");
    assert_eq!((one.totals, &one.marks), (other.totals, &other.marks), "{wording}");
}

fn run_act(people: &People, text: &str) -> Outcome {
    run(people, &books(&[text]), &scenario())
}

#[test]
fn another_wording_changes_nobody() {
    let people = mixed(2, 12);
    let once = |body: &str| vec![body.replace('@', "")];
    let first = run_act(&people, &act(HEAD, &once(BODY)));
    let rows = |detail: fn(&HistoryRow) -> bool| first.histories.iter().filter(|row| detail(row)).count();
    assert!(rows(|row| matches!(row.cause, Cause::Article { .. })) > 2_000, "too little happens under the act");
    for Wording { name, head, body } in WORDINGS {
        let text = act(&rewritten(HEAD, head, name), &once(&rewritten(BODY, body, name)));
        assert_same(name, &run_act(&people, &text), &first);
    }
    assert_same("a matter for each kind of notice", &run_act(&people, &act_of_two_matters()), &first);
}

/// The text without what stands from one place up to another.
fn cut(text: &str, from: &str, to: &str) -> String {
    let (start, end) = (text.find(from).expect("a place to cut from"), text.find(to).expect("a place to cut to"));
    format!("{}{}", &text[..start], &text[end..])
}

/// The act with a matter of its own for each kind of notice, each with the states and rules that are about it.
fn act_of_two_matters() -> String {
    let both = "draft_notice, data_check_notice:";
    let draft = cut(BODY, "rule data_checked@", "rule record_spent@");
    let draft = rewritten(&draft, &[(both, "draft_notice:"), (" if notice is draft_notice", "")], "two matters");
    let check = cut(&cut(BODY, "rule appearance@", "rule data_checked@"), "rule call_up@", "rule season_over@");
    let only_of_the_draft = [
        (both, "data_check_notice:"),
        (" if notice is data_check_notice", ""),
        (", appeared, deferred final, called_up final", ""),
        ("none | sent | appeared -> closed", "none | sent -> closed"),
        ("  ends (3) on service@.deferred\n", ""),
    ];
    let check = rewritten(&check, &only_of_the_draft, "two matters");
    act(HEAD, &[draft.replace('@', "_draft"), check.replace('@', "_check")])
}

#[test]
fn another_meaning_is_noticed() {
    // The comparison above can fail: a deadline a day longer changes somebody.
    let people = mixed(2, 12);
    let text = act(HEAD, &[BODY.replace('@', "")]);
    let longer = text.replace("  7 days after", "  8 days after");
    let (one, other) = (run_act(&people, &text), run_act(&people, &longer));
    assert_ne!(one.daily, other.daily);
}
