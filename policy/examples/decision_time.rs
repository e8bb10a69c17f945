#![allow(clippy::print_stdout, missing_docs)]
use adrule_policy::{decision, text};
use std::sync::Arc;
use std::time::Instant;
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit(')').next().unwrap();
    let f: Vec<&str> = rest.split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) * 10.0
}
fn main() {
    let files: Vec<(Arc<str>, String)> = std::env::args()
        .skip(1)
        .filter_map(|p| Some((Arc::from(p.as_str()), std::fs::read_to_string(&p).ok()?)))
        .collect();
    let n = 10;
    for what in ["first", "read", "outline"] {
        let before = cpu();
        let s = Instant::now();
        for _ in 0..n {
            for (p, t) in &files {
                if what == "outline" {
                    std::hint::black_box(match decision::format(p) {
                        Some(decision::Format::Asciidoc) => text::asciidoc::read(t),
                        Some(decision::Format::Rst) => text::rst::read(t),
                        Some(decision::Format::Markdown) => text::markdown::read(t),
                        _ => Default::default(),
                    });
                } else {
                    std::hint::black_box(decision::read(p, t));
                }
            }
        }
        println!(
            "{what}: {} files, cpu {:.1} ms a round, wall {:.1}",
            files.len(),
            (cpu() - before) / n as f64,
            s.elapsed().as_secs_f64() * 1000.0 / n as f64
        );
    }
}
