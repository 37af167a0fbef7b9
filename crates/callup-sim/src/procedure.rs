//! The mechanisms, one file each: what offices, agencies and the border do. Each reads its choices from the settings and raises events.

pub mod agency;
pub mod border;
pub mod draft;
pub mod issue;
pub mod legal_aid;
pub mod listing;
pub mod locating;
pub mod mobilisation;
pub mod objection;
pub mod paper;
pub mod portal;
pub mod proceedings;
pub mod reasons;
pub mod register;
pub mod remedy;
pub mod signing;
pub mod timeline;
pub mod trips;
pub mod visit;
