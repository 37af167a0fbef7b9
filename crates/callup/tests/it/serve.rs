//! The local server from outside, over real sockets: who is let in, what is handed out, and that it is what the run wrote.

mod asking;
mod client;
mod doors;
mod jobs;
mod load;
mod tables;
