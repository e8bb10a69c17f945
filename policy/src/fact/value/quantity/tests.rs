use super::*;
use crate::fact::token::lex;

fn first(text: &str) -> (f64, Measure) {
    let tokens = lex(text);
    let found = scan(&tokens, Style::ENGLISH);
    let quantity = found.iter().find(|quantity| quantity.measure != Measure::Bare).unwrap_or(&found[0]);
    (quantity.value.unwrap(), quantity.measure)
}

#[test]
fn memory() {
    assert_eq!(first("at most 180 MB per instance"), (180e6, Measure::Bytes));
    assert_eq!(first("512MiB"), (536_870_912.0, Measure::Bytes));
    assert_eq!(first("1.5 GB"), (1.5e9, Measure::Bytes));
    assert_eq!(first("a 200-MB heap"), (200e6, Measure::Bytes));
    assert_eq!(first("40 MB/s"), (40e6, Measure::Other));
    assert_eq!(first("six Go engineers").1, Measure::Bare);
}

#[test]
fn times() {
    assert_eq!(first("sub-10 ms"), (10.0, Measure::Time));
    assert_eq!(first("100-120 ms"), (120.0, Measure::Time));
    assert_eq!(first("between 800 ms and 1.2 s"), (1200.0, Measure::Time));
    assert_eq!(first("80us"), (0.08, Measure::Time));
    assert_eq!(first("within a second"), (1000.0, Measure::Time));
    assert_eq!(first("half a second"), (500.0, Measure::Time));
    assert_eq!(first("two milliseconds"), (2.0, Measure::Time));
}

#[test]
fn rates() {
    assert_eq!(first("300 rps"), (300.0, Measure::Rate));
    assert_eq!(first("3k requests/s"), (3000.0, Measure::Rate));
    assert_eq!(first("18,000 messages per minute"), (300.0, Measure::Rate));
    assert_eq!(first("900 calls a second"), (900.0, Measure::Rate));
    assert!((first("2 million lookups per day").0 - 2e6 / 86400.0).abs() < 1e-9);
    assert_eq!(first("25 Anfragen pro Sekunde"), (25.0, Measure::Rate));
}
