//! Turns the weights of the signs around figures (`src/fact/words/odds.tsv`) into a table of numbers.

use crate::{key, sign};
use std::fmt::Write as _;

/// A line of the file: a sign, the measure that it is weighed for (`*`: all), its weight.
fn entry(line: &str) -> Option<(u32, i16)> {
    let mut parts = line.split('\t');
    let (name, measure, weight) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let mut words = name.split(' ').map(key::hash);
    let sign = sign::sign(sign::start(words.next()?), words.next()?, words.next().unwrap_or(0));
    Some((if measure == "*" { sign } else { sign::of_measure(sign, key::hash(measure)) }, weight))
}

/// Writes the table as Rust.
pub fn write(out: &mut String) -> Result<(), String> {
    let path = "src/fact/words/odds.tsv";
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let (mut start, mut startup) = (0, 0);
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let wrong = || format!("{path}:{}: not `sign, measure, weight`", at + 1);
        if let Some(weight) = line.strip_prefix("start\t*\t") {
            start = weight.parse::<i32>().map_err(|_| wrong())?;
        } else if let Some(weight) = line.strip_prefix("start\tstartup\t") {
            startup = weight.parse::<i32>().map_err(|_| wrong())?;
        } else {
            entries.push(entry(line).ok_or_else(wrong)?);
        }
    }
    let slots = (entries.len() * 3 / 2).next_power_of_two().max(2);
    let (mut signs, mut weights) = (vec![0u32; slots], vec![0i16; slots]);
    for (sign, weight) in entries {
        let mut slot = sign::slot(sign, slots);
        while signs[slot] != 0 && signs[slot] != sign {
            slot = (slot + 1) % slots;
        }
        signs[slot] = sign;
        weights[slot] += weight;
    }
    let list = |numbers: &mut dyn Iterator<Item = i64>| {
        numbers.fold(String::new(), |mut list, number| {
            let _ = write!(list, "{number},");
            list
        })
    };
    write!(
        out,
        "static WEIGHTS: Table = Table {{ signs: &[{}], weights: &[{}], start: {start}, startup: {startup} }};",
        list(&mut signs.into_iter().map(i64::from)),
        list(&mut weights.into_iter().map(i64::from)),
    )
    .map_err(|error| error.to_string())
}
