//! What may stand behind `cargo xtask peers`. Unknown words are errors.

/// What is said by `--help` and after an error.
pub const USAGE: &str = "usage: cargo xtask peers [OPTIONS]
  --people N,N      sizes to run at (1000000,10000000); slow engines run at 100000 whatever is asked for
  --only NAME,NAME  only these peers (calendar, numpy-lives, numba-lives, numba-daily, numpy-daily, starsim,
                    krabmaga, ixa, nexosim, simpy, mesa)
  --pairs N         rounds of peer, calendar and callup (5)
  --row-seconds N   no further round of a peer once its rounds have taken so long (no bound)
  --threads N       also N threads over one, at 30000000 people
  --quick           20000 people and one round: to see that everything works
  --write           put the tables into docs/performance.md";

/// Sizes at which engines are compared.
const SIZES: [u64; 2] = [1_000_000, 10_000_000];
const QUICK_SIZE: u64 = 20_000;
const THREADS_SIZE: u64 = 30_000_000;
const PAIRS: usize = 5;

/// The command line, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Sizes in people.
    pub people: Vec<u64>,
    /// Names of peers; all if empty.
    pub only: Vec<String>,
    /// Rounds.
    pub pairs: usize,
    /// Seconds after which no further round of a row begins.
    pub row_seconds: Option<u64>,
    /// How many threads to hold against one.
    pub threads: Option<usize>,
    /// Small sizes, one round.
    pub quick: bool,
    /// Whether to write into the book.
    pub write: bool,
}

impl Options {
    /// Reads the words behind the verb.
    pub fn read(words: &[String]) -> Result<Options, String> {
        let quick = words.iter().any(|word| word == "--quick");
        let mut options = Options {
            people: if quick { vec![QUICK_SIZE] } else { SIZES.to_vec() },
            only: Vec::new(),
            pairs: if quick { 1 } else { PAIRS },
            row_seconds: None,
            threads: None,
            quick,
            write: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value\n{USAGE}"));
            match word.as_str() {
                "--people" => options.people = value()?.split(',').map(number).collect::<Result<_, _>>()?,
                "--only" => options.only = value()?.split(',').map(str::to_string).collect(),
                "--pairs" => options.pairs = number(value()?)? as usize,
                "--row-seconds" => options.row_seconds = Some(number(value()?)?),
                "--threads" => options.threads = Some(number(value()?)? as usize),
                "--quick" => {}
                "--write" => options.write = true,
                _ => return Err(format!("unknown word `{word}`\n{USAGE}")),
            }
        }
        if options.quick && options.write {
            return Err("--quick figures say nothing and are not written".to_string());
        }
        Ok(options)
    }

    /// The size at which threads are held against one another.
    pub fn people_of_threads(&self) -> u64 {
        if self.quick { QUICK_SIZE } else { THREADS_SIZE }
    }
}

fn number(word: &str) -> Result<u64, String> {
    match word.replace('_', "").parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{word}` is not a whole number above 0\n{USAGE}")),
    }
}
