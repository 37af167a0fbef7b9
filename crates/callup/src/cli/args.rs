//! The command line as it is written: verbs, options and their help. What they mean stands in one file a verb.

use crate::error::ExitCode;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::IpAddr;
use std::path::PathBuf;

/// The scenario that runs when none is named.
pub const FLAGSHIP: &str = "ru-2023-as-enacted";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "callup",
    version,
    about = "An open, executable model of electronic conscription: a law as a document, a synthetic nation under it, day by day.",
    after_help = exit_codes(),
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// Read laws, scenarios and tables from this folder instead of those built in.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Simulate a scenario, write a run folder, print what matters.
    Run(RunArgs),
    /// Let a run that was saved go on under another law from the next day, with the transitional rule of that law.
    Fork(ForkArgs),
    /// Let the same people live under two laws or scenarios, or more: who fares otherwise, by how much, and which article did it.
    Compare(CompareArgs),
    /// Check laws: every finding, what is waived, how much of each article is modelled, the cases.
    Lint(LintArgs),
    /// Two laws side by side: which measures start earlier or later, who may end what, which remedies vanish.
    Diff(DiffArgs),
    /// Explain one case under a law: dated lines, how each day was counted, which article says so, what is open.
    Explain(ExplainArgs),
    /// Print the compiled form of a law as JSON.
    Export(ExportArgs),
    /// Tell the whole legal life of one synthetic person of a run, dated, with the article or assumption behind every line.
    Person(PersonArgs),
    /// Answer with one figure of a run or comparison that is there: value, unit, definition, and its interval where there are replicates.
    Query(QueryArgs),
    /// Hold a scenario against published figures, figure by figure, hits and misses.
    Check(CheckArgs),
    /// List the laws, scenarios and indicators.
    List(ListArgs),
    /// Serve the page that people read, with its runs, on this machine alone.
    Serve(ServeArgs),
}

/// `callup run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A scenario by name or path; the flagship, or that of the save, if none is named.
    pub scenario: Option<String>,
    /// How much of the nation, with which chance, and where it is written.
    #[command(flatten)]
    pub made: MadeArgs,
    /// Save the run after every so many weeks, beside its folder, so that it can go on if it is ended.
    #[arg(long, value_name = "WEEKS", value_parser = clap::value_parser!(u16).range(1..))]
    pub save_every: Option<u16>,
    /// Go on from this save of the very same run; the result is that of a run in one go.
    #[arg(long, value_name = "FILE")]
    pub resume: Option<PathBuf>,
    /// Keep the save when the run is finished.
    #[arg(long)]
    pub keep_saves: bool,
    /// Run so many times, each with the seed after the last, in folders side by side: `callup query` then tells an interval.
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with_all = ["out", "resume"], value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub replicates: u16,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// No progress on standard error.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How much of the nation lives, with which chance, and where what comes out is written.
#[derive(Debug, Args)]
pub struct MadeArgs {
    /// Synthetic people for each real one, above 0 and up to 1, instead of the scenario's number.
    #[arg(long, value_name = "X")]
    pub scale: Option<f64>,
    /// Seed of all chance, instead of the scenario's; replicates take those that follow.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Length of the run in days, instead of the scenario's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub days: Option<u16>,
    /// By how many threads, and where it is written.
    #[command(flatten)]
    pub written: WrittenArgs,
}

/// By how many threads something is made, and where it is written.
#[derive(Debug, Args)]
pub struct WrittenArgs {
    /// How many threads work; the result is the same for any number. All processors if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Write to this folder, which must not exist.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Folder that holds the folders of runs and comparisons, each named after its inputs.
    #[arg(long, value_name = "DIR", default_value = "runs", conflicts_with = "out")]
    pub runs: PathBuf,
}

/// `callup fork`
#[derive(Debug, Args)]
pub struct ForkArgs {
    /// The save of a run (`callup run --save-every`).
    pub save: PathBuf,
    /// The law that comes into force on the next day, as `id`, `id@date` or path.
    pub law: String,
    /// The answer to a switch of the law that the scenario leaves open.
    #[arg(long, value_name = "SWITCH=ANSWER")]
    pub answer: Vec<String>,
    /// Pending matters stay under the law before: to be said where the law does not say what becomes of them.
    #[arg(long)]
    pub pending_stay: bool,
    /// By how many threads, and where it is written.
    #[command(flatten)]
    pub written: WrittenArgs,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// No progress on standard error.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `callup compare`
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Two to eight scenarios (by name or path) or laws (`id`, `id@date` or path); each is held against the first.
    #[arg(value_name = "WORLD", required = true, num_args = 2..=8)]
    pub worlds: Vec<String>,
    /// The scenario under which laws are compared: its people, offices and acts of government.
    #[arg(long, value_name = "SCENARIO", default_value = FLAGSHIP)]
    pub scenario: String,
    /// From which day the laws apply; before it those of the scenario. The first day of each law, or of the scenario, if not given.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// The answer to a switch of a law that the scenario leaves open.
    #[arg(long, value_name = "SWITCH=ANSWER")]
    pub answer: Vec<String>,
    /// Say where the difference comes from: the law itself, places that others take or leave, what the nation feeds back. For two worlds.
    #[arg(long)]
    pub attribute: bool,
    /// Compare so many times with other chance, to know how much of a difference is noise.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub replicates: u16,
    /// How much of the nation, with which chance, and where it is written.
    #[command(flatten)]
    pub made: MadeArgs,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// No progress on standard error.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `callup lint`
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Laws as `id`, `id@date` or path; all laws of the data if none is given.
    #[arg(value_name = "LAW")]
    pub laws: Vec<String>,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// Lint again whenever one of the laws is saved, until interrupted; for laws named by path or given with `--data`.
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,
    /// Print instead what each law comes to: how measures end and by whom, remedies, first and last days, what is covered.
    #[arg(long, conflicts_with = "watch")]
    pub score: bool,
    /// Print instead the page of a code of the checks: what it means, why it matters, a law that has it, how to mend it.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["laws", "json", "watch", "score"])]
    pub explain: Option<String>,
}

/// `callup diff`
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The law that the other is held against, as `id`, `id@date` or path.
    pub first: String,
    /// The other law.
    pub second: String,
    /// How to print.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// How the difference of two laws is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Lines for people.
    Text,
    /// JSON with a format version.
    Json,
    /// A page that stands alone.
    Html,
}

/// `callup explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Laws as `id`, `id@date` or path. Several stand side by side; laws joined by `+` succeed one another.
    #[arg(value_name = "LAW", required = true)]
    pub laws: Vec<String>,
    /// What happened and what is known, as a file (docs/scenario-format.md); it is read and forgotten. Without it the facts are asked for.
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// Ask for the facts one by one, also where there is no terminal: the answers are read from standard input, one a line.
    #[arg(long, conflicts_with = "facts")]
    pub ask: bool,
    /// Print the facts that were asked for as a file for `--facts`, instead of the explanation. Nothing is stored otherwise.
    #[arg(long, conflicts_with_all = ["facts", "plain", "format", "ics", "why", "why_not"])]
    pub print_facts: bool,
    /// Language of the explanation and of the questions.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub lang: Lang,
    /// Last day to look at; a year after the last day in the facts if not given.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Whole sentences without a table, for screen readers.
    #[arg(long, conflicts_with = "format")]
    pub plain: bool,
    /// Only the limits, as a calendar file (RFC 5545) of all-day entries; nothing of what you gave is in it.
    #[arg(long, conflicts_with_all = ["plain", "format"])]
    pub ics: bool,
    /// Only why this measure begins.
    #[arg(long, value_name = "MEASURE", conflicts_with_all = ["why_not", "plain", "format", "ics"])]
    pub why: Option<String>,
    /// Only why this measure does not begin.
    #[arg(long, value_name = "MEASURE", conflicts_with_all = ["plain", "format", "ics"])]
    pub why_not: Option<String>,
}

/// Languages of explanations, by their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English.
    En,
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    Text,
    /// JSON with a format version.
    Json,
    /// A page of Markdown.
    Md,
    /// A page of HTML that stands alone.
    Html,
}

/// `callup person`
#[derive(Debug, Args)]
pub struct PersonArgs {
    /// Folder of a run, or of a comparison, whose worlds are then told side by side.
    pub run: PathBuf,
    /// The person: code of the region, birth year and serial, for example 45-1999-12.
    #[arg(required_unless_present_any = ["sample", "only_first", "only_other"])]
    pub id: Option<String>,
    /// List the persons whose lives the run has written down, and how many lines each; of a comparison, everybody whose life parts.
    #[arg(long, conflicts_with = "id")]
    pub sample: bool,
    /// Of a comparison: list those of whom this is true in the first world alone, for example `barred_unseen`: who is spared it, and why.
    #[arg(long, value_name = "QUANTITY", conflicts_with_all = ["id", "sample"])]
    pub only_first: Option<String>,
    /// The same of the other world alone: whom it strikes, and why.
    #[arg(long, value_name = "QUANTITY", conflicts_with_all = ["id", "sample", "only_first"])]
    pub only_other: Option<String>,
    /// The file of the run's scenario, if it does not come with the data.
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
}

/// `callup query`
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// Folder of a run or of a comparison. Runs beside it that differ in nothing but the seed are its replicates.
    pub run: PathBuf,
    /// What is asked for: a daily column, an indicator, a length, or what a ledger tells (`callup list indicators`).
    #[arg(long, value_name = "NAME")]
    pub indicator: String,
    /// ISO code of a region; all of them if not given.
    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
    /// First day; that of the run if not given. Weeks and months count by their last day.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day; that of the run if not given.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// A stratum (`student=yes`), a kind of measure (`exit_ban`), both with a comma between, or a group of a ledger (`contract.deployed`).
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
}

/// `callup export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The law as `id`, `id@date` or path.
    pub law: String,
}

/// `callup check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A scenario by name, which has published figures under `validation/`; with `--figures` also one by path.
    #[arg(default_value = "ru-2023")]
    pub scenario: String,
    /// Synthetic people for each real one, above 0 and up to 1, instead of the scenario's number.
    #[arg(long, value_name = "X")]
    pub scale: Option<f64>,
    /// How many threads work. All processors if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Hold it against the figures published on this scenario instead; for a scenario of your own. Which figures are predictions is said of that one.
    #[arg(long, value_name = "SCENARIO")]
    pub figures: Option<String>,
    /// How often the scenario is run, each time with other chance: its seed is that of the scenario plus 0, 1, 2, …
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub replicates: u16,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// No progress on standard error.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `callup list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only these.
    #[arg(value_enum)]
    pub what: Option<Listed>,
    /// Print JSON instead of lines for people.
    #[arg(long)]
    pub json: bool,
}

/// `callup serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port; any that is free for 0.
    #[arg(long, value_name = "N", default_value_t = 8411)]
    pub port: u16,
    /// Folder that holds the folders of runs and comparisons.
    #[arg(long, value_name = "DIR", default_value = "runs")]
    pub runs: PathBuf,
    /// Listen on this address instead of that of this machine alone; one that others can reach has to be said twice.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// The second time: others may reach the server, and whoever has the printed address may run and read everything in it.
    #[arg(long, requires = "listen")]
    pub others_can_reach_it: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// Laws.
    Laws,
    /// Scenarios.
    Scenarios,
    /// Indicators.
    Indicators,
}

fn exit_codes() -> String {
    let lines = ExitCode::ALL.iter().map(|code| format!("  {:>3}  {}", *code as u8, code.meaning()));
    format!("Exit codes:\n{}", lines.collect::<Vec<_>>().join("\n"))
}
