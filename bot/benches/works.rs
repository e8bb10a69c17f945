//! The works that adrule is measured by, each as a whole process beside a floor: the same files listed, opened,
//! read and parsed, with no rules.
//!
//! ```sh
//! cargo bench -p adrule --bench works                 # all works, in a new temporary folder
//! ADRULE_WORKS=/tmp/works cargo bench …               # keep the generated files there, and use them again
//! ADRULE_WORKS_ONLY=small,records cargo bench …       # some works only: small, records, real, monorepo
//! ADRULE_CORPUS=…/corpus cargo bench …                # with records that people wrote, in its folder `adr`
//! ```
//!
//! CPU is user and system time of the process and of the git commands that it starts; peak is the resident memory of
//! the largest of them. Medians of runs that alternate between the program and its floor.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::panic, missing_docs)]

#[cfg(unix)]
mod works {
    pub mod floor;
    pub mod generate;
    pub mod measure;
}

#[cfg(unix)]
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("meter") => works::measure::meter(&args[1..]),
        Some("floor") => works::floor::run(&args[1..]),
        _ => works::measure::all(),
    }
}

#[cfg(not(unix))]
fn main() {
    println!("The works are measured on Unix only.");
}
