//! One world lived through, and everything that must hold of it. A breach is told, not thrown.

use crate::grounds::{assert_grounds, assert_table_is_sum_of_histories};
use crate::laws::Family;
use crate::naive::differences;
use crate::trim::Trim;
use crate::world::World;
use callup_naive::random_law::Stream;
use callup_sim::scenario::Capacity;
use callup_sim::{Checks, Control, LawSet, Outcome, simulate_savable, simulate_with};
use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// What was lived through.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    worlds: u64,
    refused: u64,
    days: u64,
    people: u64,
    rows: u64,
    compared: u64,
    resumed: u64,
}

impl Lived {
    /// Both together.
    pub fn plus(&self, other: &Lived) -> Lived {
        Lived {
            worlds: self.worlds + other.worlds,
            refused: self.refused + other.refused,
            days: self.days + other.days,
            people: self.people + other.people,
            rows: self.rows + other.rows,
            compared: self.compared + other.compared,
            resumed: self.resumed + other.resumed,
        }
    }
}

impl fmt::Display for Lived {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lived { worlds, refused, days, people, rows, compared, resumed } = self;
        write!(
            out,
            "{worlds} worlds lived through ({refused} refused, {resumed} saved and gone on with): {people} people, {days} days, \
             {rows} rows of histories, {compared} happenings as the naive interpreter has them"
        )
    }
}

thread_local! {
    static TOLD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panics are findings here: their words are kept for the report instead of being printed at once.
pub fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        let words = info.payload_as_str().unwrap_or("a panic without words");
        let backtrace = std::env::var_os("RUST_BACKTRACE").map(|_| std::backtrace::Backtrace::force_capture());
        let trace = backtrace.map(|trace| format!("\n{trace}")).unwrap_or_default();
        let words = format!("{words}{place}{trace}");
        LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner).replace(words.clone());
        TOLD.with(|told| told.replace(Some(words)));
    }));
}

/// The last panic of any thread: a pool tells its panic on a thread of its own.
static LAST: std::sync::Mutex<Option<String>> = std::sync::Mutex::new(None);

/// Lives through a world.
pub fn judge(seed: u64, trim: &Trim) -> Result<Lived, String> {
    let lived = catch_unwind(AssertUnwindSafe(|| {
        let world = World::of(seed, trim);
        world.map_or_else(|| Lived { refused: 1, ..Lived::default() }, |world| live(&world))
    }));
    lived.map_err(|_| {
        let own = TOLD.with(|told| told.take());
        let last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        own.or(last).unwrap_or_else(|| "a panic without words".to_owned())
    })
}

static POOLS: LazyLock<Vec<rayon::ThreadPool>> = LazyLock::new(|| [1, 2, 3, 8].map(pool).into());

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
}

fn live(world: &World) -> Lived {
    let laws = LawSet::bind(&world.books, &world.scenario).expect("a world has laws that go with its scenario");
    let mut stream = Stream(world.scenario.seed ^ 0x7EAD);
    let run = |pool: &rayon::ThreadPool, checks| {
        pool.install(|| simulate_with(&world.people, &laws, &world.scenario, checks, &mut |_| Control::Continue))
    };
    let outcome = run(&POOLS[0], Checks { recount_daily: true, block: 1 });
    let (several, block) = (&POOLS[1 + stream.below(3)], stream.pick(&[1, 2, 7]));
    let other = run(several, Checks { recount_daily: false, block });
    let threads = several.current_num_threads();
    assert!(told(&outcome) == told(&other), "{threads} threads and blocks of {block} give another outcome");
    let days = world.scenario.days;
    assert!(outcome.completed && outcome.daily.days() == usize::from(days), "a run ends with its last day");
    let resumed = go_on(world, &laws, &told(&outcome), &mut stream);
    let mut compared = 0;
    if world.scenario.history_share >= 1.0 {
        assert_grounds(&outcome, &world.books);
        let has_queue = world.scenario.commission.capacity != Capacity::Unlimited;
        assert_table_is_sum_of_histories(&world.people, &outcome, has_queue);
        compared = compare(world, &outcome);
    }
    Lived {
        worlds: 1,
        refused: 0,
        days: u64::from(days),
        people: world.people.len() as u64,
        rows: outcome.histories.len() as u64,
        compared,
        resumed: resumed.into(),
    }
}

/// Everything of an outcome as one text.
fn told(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

/// Saves at one week's end, goes on from there with other threads, and holds the end to the run in one go. No where there is no week's end to save at.
fn go_on(world: &World, laws: &LawSet, whole: &str, stream: &mut Stream) -> bool {
    let weeks = usize::from(world.scenario.days) / 7;
    if weeks == 0 {
        return false;
    }
    let day = 7 * (1 + stream.below(weeks)) as u16;
    let (first, then) = (stream.below(4), stream.below(4));
    let saved = |block| {
        let mut save = None;
        let checks = Checks { recount_daily: false, block };
        let observer = &mut |week: &callup_sim::WeekEnd<'_>| match week.progress.day {
            at if at < day => Control::Continue,
            _ => {
                save = week.save();
                Control::Stop
            }
        };
        let stopped = simulate_savable(&world.people, laws, &world.scenario, checks, None, observer);
        drop(stopped.expect("no save was read"));
        save
    };
    let checks = Checks { recount_daily: false, block: stream.pick(&[1, 3]) };
    let save = POOLS[first].install(|| saved(1));
    let again = POOLS[then].install(|| saved(5));
    assert!(save == again, "the save of day {day} hangs on the number of threads or the size of blocks");
    let Some(save) = save else { return false };
    let ended = POOLS[then].install(|| {
        let observer = &mut |_: &callup_sim::WeekEnd<'_>| Control::Continue;
        simulate_savable(&world.people, laws, &world.scenario, checks, Some(&save), observer)
    });
    let ended = ended.unwrap_or_else(|error| panic!("the save of day {day} is refused: {error}"));
    assert!(told(&ended) == whole, "a run saved on day {day} and gone on with has another outcome");
    true
}

/// Holds the histories to the naive interpreter, which knows one random law at a time.
fn compare(world: &World, outcome: &Outcome) -> u64 {
    if world.family != Family::Random || world.books.len() > 1 {
        return 0;
    }
    let mut compared = 0;
    let found = differences(&world.books[0], &world.people, &world.scenario, &outcome.histories, &mut compared);
    assert!(found.is_empty(), "the naive interpreter differs: {}", found[0]);
    compared as u64
}
