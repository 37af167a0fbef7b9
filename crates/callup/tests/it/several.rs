//! Replicates as the library makes them: refused before anything runs, going on where they were interrupted, each stage of the cost its own.

use crate::support::{files_but_receipt, names};
use callup::data::Data;
use callup::error::Error;
use callup::folder::WriteError;
use callup::output::receipt::Receipt;
use callup::prepare::{Place, RunRequest, Saving, prepare};
use callup::{Finished, Stage, run};
use callup_sim::Control;
use std::fs;
use std::path::Path;

/// Two runs of five weeks, saved every week.
fn two(runs: &Path) -> RunRequest {
    RunRequest {
        scale: Some(0.01),
        days: Some(35),
        threads: Some(1),
        place: Place::Under(runs.to_owned()),
        saving: Saving { every_weeks: Some(1), ..Saving::default() },
        replicates: 2,
        ..RunRequest::once("ee-2025")
    }
}

fn whole(request: &RunRequest) -> Finished {
    run(request, &Data::embedded(), &mut |_| Control::Continue).expect("it runs")
}

/// Runs until a week is saved, of the first run or of the other, and says where saves were taken up.
fn stopped(request: &RunRequest, in_first: bool) -> (Error, Vec<(u16, bool)>) {
    let (mut is_first, mut found) = (false, Vec::new());
    let ended = run(request, &Data::embedded(), &mut |stage| {
        match stage {
            Stage::Replicate { .. } => is_first = true,
            Stage::SaveFound { day, goes_on, .. } => found.push((day, goes_on)),
            Stage::Saved { .. } if is_first == in_first => return Control::Stop,
            _ => {}
        }
        Control::Continue
    });
    (ended.expect_err("it is stopped"), found)
}

#[test]
fn replicates_go_on_where_they_were_interrupted_when_they_are_asked_for_again() {
    let [cut, straight] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let request = two(cut.path());
    let (error, found) = stopped(&request, false);
    assert!(matches!(error, Error::InterruptedSaved { day: 7, is_of_several: true, .. }), "{error:?}");
    assert!(error.help().is_some_and(|help| help.contains("same command") && !help.contains("--resume")));
    assert_eq!(found, []);
    let (error, found) = stopped(&request, true);
    assert!(matches!(error, Error::InterruptedSaved { day: 7, is_of_several: true, .. }), "{error:?}");
    assert_eq!(found, [(7, true)]);
    let first = whole(&request);
    let other = first.folder.with_file_name(format!("ee-2025-{}", &first.receipt.replicates[1].identity[..8]));
    assert_eq!(
        (first.receipt.resumed_at_days.as_slice(), of(&other).resumed_at_days.as_slice()),
        ([7].as_slice(), [7].as_slice())
    );
    assert_eq!(names(cut.path()).len(), 2, "the saves are gone");

    let saving = Saving::default();
    let again = whole(&RunRequest { saving, place: Place::Under(straight.path().to_owned()), ..request });
    assert_eq!(first.folder.file_name(), again.folder.file_name());
    assert_eq!(names(cut.path()), names(straight.path()));
    for name in names(cut.path()) {
        assert!(
            files_but_receipt(&cut.path().join(&name)) == files_but_receipt(&straight.path().join(&name)),
            "{name}"
        );
    }
    // The other run lies within the time that the receipt gives to replicates, and in no other stage.
    let seconds = |receipt: &Receipt, stage: &str| receipt.cost.seconds.get(stage).copied();
    let other = of(&straight.path().join(other.file_name().unwrap()));
    assert!(
        seconds(&again.receipt, "replicates") >= Some(other.cost.seconds.values().sum()),
        "{:?}",
        again.receipt.cost
    );
    assert_eq!(seconds(&other, "replicates"), None);
}

fn of(folder: &Path) -> Receipt {
    Receipt::of_folder(folder).unwrap()
}

#[test]
fn what_cannot_be_written_is_refused_before_any_replicate_runs() {
    let runs = tempfile::tempdir().unwrap();
    let refused = |request: &RunRequest| {
        let mut stages = 0;
        let ended = run(request, &Data::embedded(), &mut |_| {
            stages += 1;
            Control::Continue
        });
        assert_eq!(stages, 0, "nothing ran");
        ended.expect_err("it is refused")
    };
    let one = RunRequest { place: Place::Folder(runs.path().join("one")), ..two(runs.path()) };
    assert!(matches!(refused(&one), Error::Usage { .. }));
    assert_eq!(names(runs.path()), [""; 0]);

    let request = two(runs.path());
    let name = prepare(&request, &Data::embedded()).unwrap().folder_name();
    fs::create_dir(runs.path().join(&name)).unwrap();
    assert!(matches!(refused(&request), Error::Write(WriteError::Foreign { .. })));
    assert_eq!(names(runs.path()), [name.as_str()]);

    fs::write(runs.path().join("file"), "").unwrap();
    let under_a_file = RunRequest { place: Place::Under(runs.path().join("file")), ..request };
    assert!(matches!(refused(&under_a_file), Error::Write(WriteError::System { .. })));
}
