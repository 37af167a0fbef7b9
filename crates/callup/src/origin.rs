//! What a run or a save was made from, and how that differs from what is at hand.
//!
//! This file reads nothing: it compares what receipts, saves and a prepared run say of themselves.

use crate::SOURCES_SHA256;
use crate::data::InputFile;
use crate::output::comparison;
use crate::output::receipt::{Receipt, inputs};
use crate::prepare::Prepared;
use serde::{Deserialize, Serialize};

/// What something was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Version of callup.
    pub version: String,
    /// SHA-256 of the sources of the program.
    pub sources: String,
    /// SHA-256 of all of it, see [`Prepared::identity`].
    pub identity: String,
    /// Scenario by name.
    pub scenario: String,
    /// People for each real one.
    pub scale: f64,
    /// Seed of all chance.
    pub seed: u64,
    /// Length, days.
    pub days: u16,
    /// Every text that the result depends on.
    pub inputs: Vec<InputFile>,
}

impl Origin {
    /// What a run that is ready would be made from.
    #[must_use]
    pub fn of(prepared: &Prepared) -> Origin {
        let scenario = &prepared.scenario;
        Origin {
            version: env!("CARGO_PKG_VERSION").into(),
            sources: SOURCES_SHA256.into(),
            identity: prepared.identity.clone(),
            scenario: scenario.name.clone(),
            scale: scenario.scale,
            seed: scenario.seed,
            days: scenario.days,
            inputs: inputs(prepared),
        }
    }

    /// What a finished run was made from.
    #[must_use]
    pub fn of_receipt(receipt: &Receipt) -> Origin {
        Origin {
            version: receipt.version.clone(),
            sources: receipt.sources.clone(),
            identity: receipt.identity.clone(),
            scenario: receipt.scenario.clone(),
            scale: receipt.scale,
            seed: receipt.seed,
            days: receipt.days,
            inputs: receipt.inputs.clone(),
        }
    }

    /// What a world of a comparison was made from.
    #[must_use]
    pub fn of_world(receipt: &comparison::Receipt, world: usize) -> Origin {
        let line = &receipt.worlds[world];
        Origin {
            version: receipt.version.clone(),
            sources: receipt.sources.clone(),
            identity: line.identity.clone(),
            scenario: line.scenario.clone(),
            scale: receipt.scale,
            seed: receipt.seed,
            days: receipt.days,
            inputs: line.inputs.clone(),
        }
    }

    /// Whether another program made it, said in two sentences; none if it was this one.
    #[must_use]
    pub fn other_program(&self) -> Vec<String> {
        if (self.version.as_str(), self.sources.as_str()) == (env!("CARGO_PKG_VERSION"), SOURCES_SHA256) {
            return Vec::new();
        }
        vec![
            format!("it was made by callup {} of the sources {}", self.version, short(&self.sources)),
            format!("this is callup {} of the sources {}", env!("CARGO_PKG_VERSION"), short(SOURCES_SHA256)),
        ]
    }

    /// How it differs from what is at hand, one sentence each; none if it is the same.
    #[must_use]
    pub fn differences(&self, now: &Origin) -> Vec<String> {
        if self.identity == now.identity {
            return Vec::new();
        }
        let mut reasons = self.other_program();
        let mut differ = |what: &str, then: String, now: String| {
            if then != now {
                reasons.push(format!("{what}: {then} then, {now} now"));
            }
        };
        differ("scenario", self.scenario.clone(), now.scenario.clone());
        differ("scale", self.scale.to_string(), now.scale.to_string());
        differ("seed", self.seed.to_string(), now.seed.to_string());
        differ("days", self.days.to_string(), now.days.to_string());
        for input in &self.inputs {
            match now.inputs.iter().find(|other| other.name == input.name) {
                Some(other) => differ(&input.name, short(&input.sha256).into(), short(&other.sha256).into()),
                None => differ(&input.name, short(&input.sha256).into(), "not read".into()),
            }
        }
        for input in now.inputs.iter().filter(|input| !self.inputs.iter().any(|other| other.name == input.name)) {
            differ(&input.name, "not read".into(), short(&input.sha256).into());
        }
        if reasons.is_empty() {
            reasons.push("what it says of itself does not go with its name".into());
        }
        reasons
    }
}

/// The first digits of a digest: enough to tell two apart.
fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}
