//! The mechanisms, one file each: what offices, agencies and the border do. Each reads its choices from the settings and raises events.

pub mod agency;
pub mod border;
pub mod draft;
pub mod issue;
pub mod listing;
pub mod locating;
pub mod paper;
pub mod portal;
pub mod proceedings;
pub mod reasons;
pub mod register;
pub mod signing;
pub mod timeline;
pub mod trips;
