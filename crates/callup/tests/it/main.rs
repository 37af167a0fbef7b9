//! The program from outside: what it prints, writes, refuses and leaves behind. One module a behaviour.

mod autumn;
mod command_line;
mod compare;
mod countries;
mod diff;
mod explain;
mod files;
mod identity;
mod indicators;
mod interrupted;
mod lint;
mod nudge;
mod person;
mod published;
mod query;
mod reference;
mod replicates;
mod report;
mod run;
mod saves;
mod scales;
mod seeds;
mod serve;
mod several;
mod support;
mod tutorial;
