use super::*;
use proptest::prelude::*;

fn bytes(text: &str) -> Result<f64, Unusable> {
    read(Type::Bytes, text).map(|read| match read.value {
        Value::Bytes(value) => value,
        other => panic!("{other:?}"),
    })
}

fn time(text: &str) -> Result<(f64, Option<f64>), Unusable> {
    read(Type::Duration, text).map(|read| match read.value {
        Value::Duration(value) => (value, read.percentile),
        other => panic!("{other:?}"),
    })
}

fn impact(text: &str) -> Result<String, Unusable> {
    read(Type::Impact, text).map(|read| match read.value {
        Value::Rank(rank) => rank.to_string(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn memory() {
    for (text, value) in [
        ("180 MB per instance", 180e6),
        ("≤ 180 MB", 180e6),
        ("max. 180MB", 180e6),
        ("64 MiB", 67_108_864.0),
        ("256Mi", 268_435_456.0),
        ("1.5 GiB", 1_610_612_736.0),
        ("100-120 MB", 120e6),
        ("1,500 MB", 1500e6),
        ("1 500 MB", 1500e6),
        ("1,5 GB", 1.5e9),
        ("no more than 75 megabytes", 75e6),
        ("must not exceed 512 kB", 512e3),
        ("180 Mo par instance", 180e6),
        ("1,5 Go au plus", 1.5e9),
        ("180 MB (was 400 MB)", 180e6),
        ("512 МБ", 512e6),
        ("内存 256 MB", 256e6),
    ] {
        assert_eq!(bytes(text), Ok(value), "{text}");
    }
    assert_eq!(bytes("512"), Err(Unusable::NoUnit("512 MB".into())));
    assert_eq!(bytes("536870912"), Err(Unusable::NoUnit("536870912 B".into())));
    assert!(matches!(bytes("> 80 MB"), Err(Unusable::NotALimit(_))));
    assert!(matches!(bytes("at least 80 MB"), Err(Unusable::NotALimit(_))));
    assert!(matches!(bytes("512 Mb"), Err(Unusable::NotUnderstood(_))));
    assert!(matches!(bytes("1.500 MB"), Err(Unusable::NotUnderstood(_))));
    assert!(matches!(bytes("180 MB or 256 MB"), Err(Unusable::NotUnderstood(_))));
    assert_eq!(bytes("none"), Err(Unusable::Denied));
    assert_eq!(bytes("no limit"), Err(Unusable::Denied));
}

#[test]
fn placeholders() {
    for text in [
        "TBD",
        "TODO",
        "<N> MB",
        "{p95}",
        "XXX",
        "n/a",
        "e.g. 120 ms",
        "… MB",
        "?",
        "-",
        "120 ms (TBC)",
        "{{ .Values.m }}",
    ] {
        assert_eq!(read(Type::Duration, text), Err(Unusable::Placeholder), "{text}");
    }
    assert_eq!(impact("low | medium | high | very-high"), Err(Unusable::Placeholder));
    assert_eq!(impact("choose one: low, medium, high"), Err(Unusable::Placeholder));
}

#[test]
fn times() {
    for (text, value, percentile) in [
        ("p95 < 120 ms", 120.0, Some(95.0)),
        ("120 ms", 120.0, None),
        ("99th percentile within 1.2 seconds", 1200.0, Some(99.0)),
        ("under 2 s", 2000.0, None),
        ("99% of requests < 300ms", 300.0, Some(99.0)),
        ("300ms @ p99.9", 300.0, Some(99.9)),
        ("two milliseconds", 2.0, None),
        ("zwei Sekunden", 2000.0, None),
        ("höchstens 1,5 Sekunden (99. Perzentil)", 1500.0, Some(99.0)),
        ("0.25 s", 250.0, None),
        ("200 µs", 0.2, None),
        ("90 d", 90.0 * 86_400_000.0, None),
        ("120 мс", 120.0, None),
        ("120毫秒以内", 120.0, None),
    ] {
        assert_eq!(time(text), Ok((value, percentile)), "{text}");
    }
    let two = read_all(Type::Duration, "p50 5 ms, p99 40 ms").unwrap();
    assert_eq!(two.iter().map(|read| read.percentile).collect::<Vec<_>>(), [Some(50.0), Some(99.0)]);
    let two = read_all(Type::Duration, "20 ms p50 / 40 ms p99").unwrap();
    assert_eq!(two.iter().map(|read| read.percentile).collect::<Vec<_>>(), [Some(50.0), Some(99.0)]);
}

#[test]
fn impacts() {
    for (text, rank) in [
        ("high", "high"),
        ("Very-High", "very-high"),
        ("critical", "very-high"),
        ("moderate", "medium"),
        ("Minor: mail goes out late", "low"),
        ("high, because a low stock is not seen", "high"),
        ("rated medium", "medium"),
        ("sehr hoch", "very-high"),
        ("élevé", "high"),
        ("muy alta", "very-high"),
        ("очень высокое", "very-high"),
        ("매우 높음", "very-high"),
        ("高", "high"),
    ] {
        assert_eq!(impact(text), Ok(rank.to_owned()), "{text}");
    }
    assert_eq!(impact("not assessed"), Err(Unusable::Denied));
    assert!(matches!(impact("major"), Err(Unusable::NotUnderstood(_))));
    assert!(matches!(impact("medium to high"), Err(Unusable::NotUnderstood(_))));
}

#[test]
fn other_types() {
    let value = |kind, text: &str| read(kind, text).map(|read| read.value);
    assert_eq!(value(Type::Rate, "~300 rps"), Ok(Value::Rate(300.0)));
    assert_eq!(value(Type::Rate, "18,000 messages per minute"), Ok(Value::Rate(300.0)));
    assert_eq!(value(Type::Rate, "每秒 300"), Ok(Value::Rate(300.0)));
    assert_eq!(value(Type::Count, "4 pods"), Ok(Value::Count(4.0)));
    assert_eq!(value(Type::Count, "three"), Ok(Value::Count(3.0)));
    assert_eq!(value(Type::Share, "40 %"), Ok(Value::Share(0.4)));
    assert_eq!(value(Type::Share, "0.4"), Ok(Value::Share(0.4)));
    assert_eq!(value(Type::Money, "4000 EUR per hour"), Ok(Value::Money(4000.0, "EUR".into())));
    assert_eq!(value(Type::Money, "$4k"), Ok(Value::Money(4000.0, "USD".into())));
    assert_eq!(value(Type::Names, "[ana, ben]"), Ok(Value::Names(vec!["ana".into(), "ben".into()])));
    assert_eq!(value(Type::Names, "3"), Ok(Value::Count(3.0)));
    assert_eq!(value(Type::Flag, "no"), Ok(Value::Flag(false)));
    assert_eq!(value(Type::Date, "2027-06-01"), Ok(Value::Date(jiff::civil::date(2027, 6, 1))));
    assert!(value(Type::Date, "June 2027").is_err());
    assert_eq!(value(Type::Choice(&["wrong-action"]), "Wrong action"), Ok(Value::Text("wrong-action".into())));
}

#[test]
fn keys_with_units() {
    let keyed = |kind, key: &str, text: &str| read_keyed(kind, key, text).map(|read| (read.value, read.percentile));
    assert_eq!(keyed(Type::Bytes, "memory_budget_mb", "180"), Ok((Value::Bytes(180e6), None)));
    assert_eq!(keyed(Type::Bytes, "memoryBudgetMiB", "64"), Ok((Value::Bytes(67_108_864.0), None)));
    assert_eq!(keyed(Type::Duration, "latency_p99_ms", "25"), Ok((Value::Duration(25.0), Some(99.0))));
    assert_eq!(keyed(Type::Duration, "p95_ms", "120"), Ok((Value::Duration(120.0), Some(95.0))));
    assert_eq!(keyed(Type::Duration, "latency-target-p95", "65 ms"), Ok((Value::Duration(65.0), Some(95.0))));
    assert_eq!(keyed(Type::Rate, "requests_per_minute", "600"), Ok((Value::Rate(10.0), None)));
    assert_eq!(keyed(Type::Bytes, "memory_mb", "180 MB"), Ok((Value::Bytes(180e6), None)));
    assert!(keyed(Type::Bytes, "memory_mb", "2 GB").is_err());
    assert!(keyed(Type::Bytes, "memory", "180").is_err());
}

#[test]
fn runtimes() {
    assert_eq!(kubernetes_memory("192Mi"), Ok(201_326_592.0));
    assert_eq!(kubernetes_memory("80M"), Ok(80e6));
    assert_eq!(kubernetes_memory("1e9"), Ok(1e9));
    assert_eq!(kubernetes_memory("1.5Gi"), Ok(1_610_612_736.0));
    assert_eq!(kubernetes_memory("128974848"), Ok(128_974_848.0));
    assert_eq!(kubernetes_memory("128m"), Err(Unusable::Millibytes("128Mi".into())));
    assert!(kubernetes_memory("128MB").is_err());
    assert_eq!(compose_memory("128m"), Ok(134_217_728.0));
    assert_eq!(compose_memory("1gb"), Ok(1_073_741_824.0));
    assert!(compose_memory("lots").is_err());
}

proptest! {
    #[test]
    fn nothing_panics_and_ranges_fit(text in "\\PC{0,60}") {
        for kind in [Type::Bytes, Type::Duration, Type::Impact, Type::Rate, Type::Count, Type::Share, Type::Money, Type::Names, Type::Date] {
            for read in read_all(kind, &text).unwrap_or_default() {
                prop_assert!(text.get(read.range).is_some());
            }
            let _ = read_keyed(kind, &text, &text);
        }
        let _ = kubernetes_memory(&text);
        let _ = compose_memory(&text);
    }

    #[test]
    fn unit_words_in_any_order_do_not_panic(words in proptest::collection::vec(
        prop_oneof!["at most", "p95", "99", "1,500", "1.500", "ms", "MB", "-", "to", "per", "second", "a", "half", "µs", "%", "of", "ten", "nine", "in", "<", ">"], 0..12)) {
        let text = words.join(" ");
        for kind in [Type::Bytes, Type::Duration, Type::Rate, Type::Count] {
            let _ = read_all(kind, &text);
        }
    }

    #[test]
    fn whole_megabytes_round_trip(amount in 1u32..100_000) {
        prop_assert_eq!(bytes(&format!("at most {amount} MB")), Ok(f64::from(amount) * 1e6));
        prop_assert_eq!(kubernetes_memory(&format!("{amount}Mi")), Ok(f64::from(amount) * 1_048_576.0));
    }
}
