//! Texts as long as they may be, made so that work which grows faster than the text would never end: each must be done in seconds.

use callup_fuzz::fuzzer::watched;
use callup_fuzz::pack::packed;
use callup_fuzz::shipped::DATA;
use callup_fuzz::targets::{FACTS, LAW, RULEBOOK, SCENARIO, TABLES, Target, VALIDATION};

/// Parts numbered from 0, one after another, up to about a mebibyte.
fn many(part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = part(number);
        if text.len() + next.len() > 1_000_000 {
            return text;
        }
        text += &next;
    }
    text
}

/// The same, no more than so many.
fn some(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn shipped(name: &str) -> String {
    DATA.peek(name).expect("a shipped file").text
}

fn all_are_done(target: Target, texts: &[String]) {
    for (place, text) in texts.iter().enumerate() {
        println!("{} {place}: {} bytes", target.0, text.len());
        watched(target, text.as_bytes());
    }
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn scenarios() {
    let base = shipped("scenarios/ru-2023-as-enacted.toml");
    let with = |more: &str| format!("extends = \"ru-2023-as-enacted\"\n{more}");
    let keys = |letter: char| some(24_000, |number| format!("{letter}{number:06} = {{ answer = \"no\" }}\n"));
    all_are_done(
        SCENARIO,
        &[
            with(&format!("[[condition]]\nregions = [{}]\n", some(90_000, |number| format!("'R{number:05}', ")))),
            with(&format!("[[condition]]\nregions = [{}]\n", some(15_000, |number| format!("'RU-{number:059}', ")))),
            with(&format!(
                "[[campaign]]\nname = \"{}\"\nregions_from = {{ {} }}\n",
                "n".repeat(300_000),
                some(25_000, |number| format!("R{number:05} = 2023-01-01, "))
            )),
            with(&format!(
                "[{}]\n{}",
                "n".repeat(300_000),
                some(30_000, |number| format!("R{number:05} = 2023-01-01\n"))
            )),
            packed([
                ("", format!("extends = \"base\"\n[answers]\n{}", keys('a')).as_str()),
                ("base", format!("extends = \"bottom\"\n[answers]\n{}", keys('b')).as_str()),
                ("bottom", format!("[answers]\n{}", keys('c')).as_str()),
            ]),
            with(&some(20_000, |_| "[[law]]\nid = \"ru_127fz\"\nfrom = 2023-04-14\n".to_owned())),
            with(&some(20_000, |number| format!("[[campaign]]\nname = \"campaign_{number:06}\"\n"))),
            with(&some(12_000, |number| {
                format!(
                    "[[condition]]\nname = \"register_works\"\nfrom = 2023-01-01\nregions = \"all\"\nvalue = true\nsource = \"{number}\"\n"
                )
            })),
            with(&format!("{}z = 1\n", "a.".repeat(90_000))),
            with(&format!("a = {}1{}\n", "{ a = ".repeat(45_000), " }".repeat(45_000))),
            with(&format!("title = \"{}\"\n", "\\u202e".repeat(150_000))),
            with(&format!("title = 'a'\n{}", "title = 'b'\n".repeat(60_000))),
            with(&"=\n".repeat(90_000)),
            with(&"\"".repeat(900_000)),
            with(&"\r".repeat(900_000)),
            with(&"\u{0}".repeat(900_000)),
            format!("\u{feff}{}", base.replace('\n', "\r\n")),
        ],
    );
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn facts() {
    let events = "issued sent posted placed placed_in_account delivered refused handed_over opened learned appeared located deferred";
    let notice = |number: usize| {
        let dated = |(place, event): (usize, &str)| {
            format!("{event} = 20{:02}-0{}-1{}\n", number % 30, 1 + place % 9, place % 10)
        };
        let events: String = events.split(' ').enumerate().map(dated).collect();
        format!(
            "[[notice]]\nkind = \"draft_notice\"\ndates = {{ appearance_date = 2023-05-0{} }}\n[notice.events]\n{events}",
            1 + number % 9
        )
    };
    all_are_done(
        FACTS,
        &[
            some(8, notice),
            format!("born = 1900-01-01\n{}", some(8, |_| notice(23))),
            "[[notice]]\nkind = \"draft_notice\"\nevents = { issued = 1900-01-01, appeared = 2099-12-31 }\n".to_owned(),
            "[[notice]]\nkind = \"draft_notice\"\nevents = { issued = 2099-12-31 }\n".to_owned(),
            format!(
                "[[notice]]\nkind = \"draft_notice\"\n{}",
                some(8, |_| notice(23))
                    .replace("[[notice]]\nkind = \"draft_notice\"\n", "[[notice]]\nkind = \"data_check_notice\"\n")
            ),
            format!("[conditions]\n{}\n{}", some(40_000, |number| format!("c{number} = true\n")), notice(23)),
            many(|_| notice(23)),
            format!("[person]\n{}", many(|number| format!("is_student{number} = true\n"))),
        ],
    );
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn tables() {
    let table = |name: &str, text: String| packed([(name, text.as_str())]);
    let head = |name: &str| shipped(&format!("tables/ru/{name}")).lines().next().unwrap_or_default().to_owned() + "\n";
    let (regions, commissions) = (shipped("tables/ru/regions.csv"), shipped("tables/ru/draft_commissions.csv"));
    // Every number of a table as large as it can be read, and as small.
    let numbers = |text: &str, number: &str| -> String {
        let mut lines = text.split_inclusive('\n');
        let first = lines.next().unwrap_or_default().to_owned();
        let cell = |cell: &str| {
            if cell.len() > 2 && cell.bytes().all(|byte| byte.is_ascii_digit()) { number } else { cell }.to_owned()
        };
        first + &lines.map(|line| line.split(',').map(cell).collect::<Vec<_>>().join(",")).collect::<String>()
    };
    let everywhere = |count: &str| {
        let codes = regions.lines().skip(1).filter_map(|line| line.split(',').nth(1));
        let codes: std::collections::BTreeSet<&str> = codes.collect();
        head("draft_commissions.csv")
            + &codes.iter().map(|code| format!("{code},{count},2023-04,derived\n")).collect::<String>()
    };
    let mut texts = vec![
        table(
            "regions.csv",
            head("regions.csv")
                + &many(|number| format!("{},X{number},n,n,f,2023-01-01,9,5,7,6,59,derived\n", number % 256)),
        ),
        table(
            "draft_commissions.csv",
            head("draft_commissions.csv") + &many(|number| format!("X{number},1,2023-04,derived\n")),
        ),
        table("draft_commissions.csv", everywhere("65535")),
        table("draft_commissions.csv", everywhere("700")),
        table(
            "age_shape_2010.csv",
            head("age_shape_2010.csv") + &many(|number| format!("X{number},0.1,0.1,0.1,0.1,0.1,0.1,0.4,derived\n")),
        ),
        table(
            "male_single_years.csv",
            head("male_single_years.csv")
                + &many(|number| format!("{},2022-07-01,{number},derived\n", 16 + number % 49)),
        ),
        table(
            "male_single_years.csv",
            shipped("tables/ru/male_single_years.csv").replace("2022-", "0000-").replace("2023-", "0001-"),
        ),
        table(
            "male_age_groups.csv",
            head("male_age_groups.csv")
                + &many(|number| format!("{},,{:04}-07-01,1,derived\n", number % 256, number % 10_000)),
        ),
        table("regions.csv", many(|number| format!("c{number},"))),
        table("regions.csv", "\n".repeat(900_000)),
        table("regions.csv", "\"".repeat(900_000)),
        table("SOURCES.toml", many(|number| format!("[[table]]\nfile = \"f{number}\"\n"))),
    ];
    for number in ["4294967295", "4294967296", "18446744073709551615", "0", "1"] {
        texts.push(table("regions.csv", numbers(&regions, number)));
        texts.push(table("draft_commissions.csv", numbers(&commissions, number)));
        texts.push(table("male_single_years.csv", numbers(&shipped("tables/ru/male_single_years.csv"), number)));
        texts.push(table("male_age_groups.csv", numbers(&shipped("tables/ru/male_age_groups.csv"), number)));
    }
    all_are_done(TABLES, &texts);
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn figures() {
    let against = |number: usize| {
        format!(
            "[[figure]]\nname = \"f{number}\"\nwhat = \"w\"\nunit = \"persons\"\nvalue = {{ low = 1, high = \"open\" }}\nsource = \"s\"\npublished = \"p\"\n\
             confidence = \"derived\"\nrole = \"held\"\nreason = \"r\"\nagainst = {{ columns = [\"issued\"], from = 2023-01-01, until = 2023-01-02, \
             until_earliest = 2023-01-02, until_latest = 2023-01-02, region = \"all\" }}\n"
        )
    };
    all_are_done(
        VALIDATION,
        &[
            format!("title = \"t\"\nscenario = \"s\"\n{}", some(2_500, against)),
            format!("title = \"t\"\nscenario = \"s\"\n{}", many(|_| "[[figure]]\n".to_owned())),
        ],
    );
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn laws() {
    let law = |body: &str| {
        format!(
            "# T\nsource \"a test\" confidence fictional\n## Article 1\n```law\nlaw a \"A\"\nin force from 2000-01-01\n\
             periods in days: start next-day, roll none\nmatter draft_notice:\n  track t: a, b, c final\n{body}```\n"
        )
    };
    let rule = |guard: &str| law(&format!("rule r \"r\":\n  when placed if {guard}\n  t: a -> b\n"));
    all_are_done(
        LAW,
        &[
            rule(&vec!["(lives_at_address as it is or has_portal_account as it is)"; 40].join(" and ")),
            rule(&vec!["not (lives_at_address as it is and has_portal_account as it is)"; 40].join(" or ")),
            law(&some(2_000, |number| format!("rule r{number} \"r\":\n  when placed\n  t: a -> b\n"))),
            law(&some(600, |number| {
                format!(
                    "rule r{number} \"r\":\n  {} days after placed, once it has run out; already over on entry: at once\n  t: a -> b\n",
                    number + 1
                )
            })),
            law(&some(1_000, |number| format!("switch s{number}: a | b \"w\" source \"s\" confidence U\n"))),
            law(&some(1_000, |number| format!("case \"c{number}\":\n  issued 2001-01-01\n  expect no exit_ban\n"))),
            law(&many(|number| format!("gap \"g{number}\" because \"b\"\n"))),
            law(
                "rule r \"r\":\n  65535 years after placed, on the last day; already over on entry: from entry\n  t: a -> b\n",
            ),
        ],
    );
}

#[test]
#[ignore = "takes minutes without optimisation; `cargo xtask long` runs it"]
fn compiled_laws() {
    all_are_done(
        RULEBOOK,
        &[
            format!("{{\"format_version\": 1, \"a\": {}", "[".repeat(900_000)),
            format!("{{\"format_version\": 1, {}", many(|number| format!("\"k{number}\": 1, "))),
            format!("{{\"format_version\": {}", "9".repeat(900_000)),
        ],
    );
}
