//! Who takes part: the names, how each is started, and at which sizes it can be run.

/// The size of engines that need microseconds and more an event.
const SLOW_PEOPLE: u64 = 100_000;
/// Above this only the calendar is held against callup.
const MOST_PEOPLE: u64 = 10_000_000;

/// How a program is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// A package of the workspace of peers.
    Rust(&'static str),
    /// A script beside `requirements.txt`.
    Python(&'static str),
}

/// One engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Name on the command line.
    pub name: &'static str,
    /// Name in the table.
    pub engine: &'static str,
    /// Whether people could act upon one another in this way of writing it.
    pub people_meet: &'static str,
    /// What is run.
    pub program: Program,
    /// The largest size.
    pub people_most: u64,
}

impl Peer {
    /// The size at which it runs when `people` is asked for.
    pub fn people(&self, people: u64) -> u64 {
        people.min(self.people_most)
    }

    /// Whether it runs at `people`: an engine that cannot take two of the sizes runs once.
    pub fn takes(&self, people: u64, all: &[u64]) -> bool {
        people <= self.people_most
            || all.iter().all(|size| *size > self.people_most) && Some(&people) == all.iter().min()
    }
}

const fn peer(name: &'static str, engine: &'static str, people_meet: &'static str, program: Program) -> Peer {
    Peer { name, engine, people_meet, program, people_most: MOST_PEOPLE }
}

const fn slow(name: &'static str, engine: &'static str, program: Program) -> Peer {
    Peer { name, engine, people_meet: "yes", program, people_most: SLOW_PEOPLE }
}

const ROSTER: [Peer; 11] = [
    Peer {
        people_most: u64::MAX,
        ..peer("calendar", "hand-written calendar, barrier every week", "yes", Program::Rust("peer-calendar"))
    },
    peer("numpy-lives", "NumPy, whole lives at once", "no", Program::Python("numpy_lives.py")),
    peer("numba-lives", "Numba, whole lives", "no", Program::Python("numba_lives.py")),
    peer("numba-daily", "Numba, daily step", "yes", Program::Python("numba_daily.py")),
    peer("numpy-daily", "NumPy, daily step", "yes", Program::Python("numpy_daily.py")),
    peer("krabmaga", "krABMaga, events", "yes", Program::Rust("peer-krabmaga")),
    peer("ixa", "ixa, plans as events", "yes", Program::Rust("peer-ixa")),
    peer("nexosim", "nexosim, a model a region", "yes", Program::Rust("peer-nexosim")),
    slow("starsim", "Starsim, daily step", Program::Python("starsim_daily.py")),
    slow("simpy", "SimPy, a process a person", Program::Python("simpy_events.py")),
    slow("mesa", "Mesa, steps", Program::Python("mesa_steps.py")),
];

/// The yardstick.
pub fn calendar() -> Peer {
    ROSTER[0]
}

/// The peers of these names; all if none is named.
pub fn chosen(names: &[String]) -> Result<Vec<Peer>, String> {
    if let Some(unknown) = names.iter().find(|name| ROSTER.iter().all(|peer| peer.name != name.as_str())) {
        let known: Vec<&str> = ROSTER.iter().map(|peer| peer.name).collect();
        return Err(format!("no peer is called `{unknown}`; there are {}", known.join(", ")));
    }
    Ok(ROSTER.into_iter().filter(|peer| names.is_empty() || names.iter().any(|name| name == peer.name)).collect())
}
