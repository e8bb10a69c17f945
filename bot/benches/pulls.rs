//! What a pull request costs the App: `cargo bench -p adrule --bench pulls`, on Linux.
//!
//! A repository with 100 services and as many decisions, and 1,000 pull requests, of which each adds a service and one
//! of ten a decision. They are delivered all at once to `adrule serve` with the settings that it has by itself, beside a GitHub of
//! our own over HTTP: opened, pushed to, and delivered again with nothing changed. Half of them have a gap at first, and so a
//! comment; all get a check. They are spread over 50 installations, since one writes once a second.
//! `ADRULE_PULLS` and `ADRULE_SERVICES` set other numbers.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a measurement")]

#[path = "../tests/fake/mod.rs"]
mod fake;
#[path = "../tests/many/mod.rs"]
mod many;
#[path = "../tests/served/mod.rs"]
mod served;
#[path = "../tests/support/mod.rs"]
mod support;

use many::Estate;

fn main() {
    let number =
        |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (pulls, services) = (number("ADRULE_PULLS", 1000), number("ADRULE_SERVICES", 100));
    let estate = Estate::new(services, pulls, 50);
    let server = estate.serve();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap();
    println!("{pulls} pull requests, {services} services; load {}", load.split(' ').next().unwrap());
    println!("idle: {:.1} MiB", server.memory() as f64 / 1024.0);
    println!("| | ms CPU | questions | writes | MiB after | MiB most |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (name, which) in [("opened", 0), ("pushed to", 1), ("nothing changed", 1)] {
        estate.push(which);
        let cost = estate.judge(&server, name, 1..=pulls);
        let (reads, writes) = (cost.reads(), cost.writes());
        let mib = |kib: u64| kib as f64 / 1024.0;
        let (memory, most) = (mib(cost.memory), mib(cost.most_memory));
        println!("| {name} | {:.2} | {reads:.2} | {writes:.2} | {memory:.1} | {most:.1} |", cost.cpu * 1000.0);
        estate.is_right(which);
    }
}
