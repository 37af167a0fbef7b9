//! The finished runs and comparisons of a folder: what each is, by the id under which it is asked for.
//!
//! A folder with a receipt is whole. Ids are the names of the folders that are there; what a client sends is only ever compared with them.

use super::answer::Refusal;
use crate::folder::OutputFile;
use crate::output::{comparison, page_data, receipt};
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

/// A run or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A run.
    Run,
    /// A comparison.
    Comparison,
}

/// What is said of each in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Scenario.
    pub scenario: String,
    /// Laws, or worlds.
    pub laws: Vec<String>,
    /// First day.
    pub start: String,
    /// Length, days.
    pub days: u16,
    /// People for each real one.
    pub scale: f64,
    /// Seed.
    pub seed: u64,
    /// Version of the program that made it.
    pub version: String,
    /// Whether this very program made it, so that lives can be told.
    pub tells_lives: bool,
    /// When it was begun, UTC.
    pub started: String,
}

/// How many reports are kept in memory after they were asked for, each a few megabytes.
const KEPT: usize = 4;

/// A report in memory, shared by all who ask for it at once, and let go with the last of them when others have been asked for since.
#[derive(Debug)]
struct Held(Arc<String>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// One of them.
#[derive(Debug)]
pub struct Shelved {
    /// What is said of it.
    pub card: Card,
    /// Its folder.
    pub folder: PathBuf,
    /// Its files.
    pub files: Vec<OutputFile>,
    /// Identity of a run.
    identity: String,
    /// Identities of the runs that its bands are of, itself first; none if it was run once.
    replicates: Vec<String>,
    read: Mutex<Weak<String>>,
}

/// When a receipt was last changed, and how long it is: enough to know that it is the same.
type Mark = (Option<SystemTime>, u64);

/// The folder of runs.
#[derive(Debug)]
pub struct Shelf {
    runs: PathBuf,
    known: Mutex<BTreeMap<String, (Mark, Arc<Shelved>)>>,
    kept: Mutex<VecDeque<Arc<String>>>,
}

impl Shelf {
    /// The shelf of this folder, which need not be there yet.
    pub fn new(runs: PathBuf) -> Shelf {
        Shelf { runs, known: Mutex::default(), kept: Mutex::default() }
    }

    /// Everything that is there, whole, and that this program can read; the newest first.
    pub fn list(&self) -> Vec<Arc<Shelved>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&self.runs).into_iter().flatten().flatten() {
            let Ok(id) = entry.file_name().into_string() else { continue };
            let folder = entry.path();
            let Ok(metadata) = fs::metadata(folder.join(receipt::FILE_NAME)) else { continue };
            let mark = (metadata.modified().ok(), metadata.len());
            let same = known.remove(&id).filter(|known| known.0 == mark).map(|known| known.1);
            if let Some(shelved) = same.or_else(|| shelved(&id, &folder).map(Arc::new)) {
                found.insert(id, (mark, shelved));
            }
        }
        let mut list: Vec<Arc<Shelved>> = found.values().map(|known| Arc::clone(&known.1)).collect();
        *known = found;
        list.sort_by(|one, other| other.card.started.cmp(&one.card.started));
        list
    }

    /// The same, each with the runs that are there only as its replicates. A run with replicates of its own stands for itself.
    pub fn folded(&self) -> Vec<(Arc<Shelved>, Vec<Arc<Shelved>>)> {
        let list = self.list();
        let is_under =
            |one: &Shelved, head: &Shelved| head.replicates.iter().skip(1).any(|other| *other == one.identity);
        let is_folded = |one: &Shelved| one.replicates.is_empty() && list.iter().any(|head| is_under(one, head));
        let under = |head: &Shelved| {
            let mut under: Vec<_> = list.iter().filter(|one| is_folded(one) && is_under(one, head)).cloned().collect();
            under.sort_by_key(|one| one.card.seed);
            under
        };
        list.iter().filter(|one| !is_folded(one)).map(|head| (Arc::clone(head), under(head))).collect()
    }

    /// The one of this id.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, id: &str) -> Result<Arc<Shelved>, Refusal> {
        let found = self.list().into_iter().find(|shelved| shelved.card.id == id);
        found.ok_or_else(|| Refusal::missing("run", id, "GET /api/runs lists them"))
    }

    /// The data of its page, as it stands in its report.
    ///
    /// # Errors
    /// When the report has none.
    pub fn page(&self, shelved: &Shelved) -> Result<Bytes, Refusal> {
        let report = self.text(shelved)?;
        let all = Bytes::from_owner(Held(Arc::clone(&report)));
        let data = page_data::of_report(&report).map(|data| all.slice_ref(data.as_bytes()));
        data.ok_or_else(|| {
            let help = "an earlier version made it; run it again";
            Refusal::new(StatusCode::CONFLICT, format!("`{}` has no data for the page", shelved.card.id), help)
        })
    }

    /// Its report.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn report(&self, shelved: &Shelved) -> Result<Bytes, Refusal> {
        Ok(Bytes::from_owner(Held(self.text(shelved)?)))
    }

    fn text(&self, shelved: &Shelved) -> Result<Arc<String>, Refusal> {
        let text = shelved.text()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|other| !Arc::ptr_eq(other, &text));
        kept.push_front(Arc::clone(&text));
        kept.truncate(KEPT);
        Ok(text)
    }
}

fn shelved(id: &str, folder: &Path) -> Option<Shelved> {
    let of_this = |sources: &str| sources == crate::SOURCES_SHA256;
    if let Ok(run) = receipt::Receipt::of_folder(folder) {
        let card = Card {
            id: id.to_owned(),
            kind: Kind::Run,
            title: run.title,
            scenario: run.scenario,
            laws: run.laws,
            start: run.start,
            days: run.days,
            scale: run.scale,
            seed: run.seed,
            version: run.version,
            tells_lives: of_this(&run.sources),
            started: run.cost.started,
        };
        let replicates = run.replicates.into_iter().map(|line| line.identity).collect();
        let (files, identity) = (run.outputs, run.identity);
        return Some(Shelved { card, folder: folder.to_owned(), files, identity, replicates, read: Mutex::default() });
    }
    let compared = comparison::Receipt::of_folder(folder)?;
    let names: Vec<String> = compared.worlds.iter().map(|world| world.name.clone()).collect();
    let card = Card {
        id: id.to_owned(),
        kind: Kind::Comparison,
        title: names.join(" against "),
        scenario: compared.worlds.first().map(|world| world.scenario.clone()).unwrap_or_default(),
        laws: names,
        start: compared.start,
        days: compared.days,
        scale: compared.scale,
        seed: compared.seed,
        version: compared.version,
        tells_lives: of_this(&compared.sources),
        started: compared.cost.started,
    };
    let (identity, replicates) = (compared.identity, Vec::new());
    Some(Shelved {
        card,
        folder: folder.to_owned(),
        files: compared.outputs,
        identity,
        replicates,
        read: Mutex::default(),
    })
}

impl Shelved {
    /// Its report, read if nobody has it any more.
    fn text(&self) -> Result<Arc<String>, Refusal> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = read.upgrade() {
            return Ok(text);
        }
        let text = fs::read_to_string(self.folder.join("report.html")).map_err(|error| {
            let help = "the folder was changed or taken away; run it again";
            let error = format!("the report of `{}` cannot be read: {error}", self.card.id);
            Refusal::new(StatusCode::NOT_FOUND, error, help)
        })?;
        let text = Arc::new(text);
        *read = Arc::downgrade(&text);
        Ok(text)
    }
}
