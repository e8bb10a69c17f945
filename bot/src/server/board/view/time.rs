//! Times as people say them, with the exact one beside it.

use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use maud::{Markup, html};

/// A time, from now.
pub fn from_now(time: Timestamp, now: Timestamp) -> Markup {
    let exact = time.round(Unit::Second).unwrap_or(time).to_string();
    let words = match time.as_second() - now.as_second() {
        seconds @ ..=-60 => format!("{} ago", span(-seconds)),
        -59..=0 => "just now".to_owned(),
        seconds => format!("in {}", span(seconds)),
    };
    html! { time datetime=(exact) title=(exact) { (words) } }
}

/// A length of time in its largest unit.
pub fn span(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Days from a day to another; negative where it is past.
pub fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_their_largest_unit() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let said = |seconds: i64| {
            let html = from_now(Timestamp::from_second(1_000_000 + seconds).unwrap(), now).into_string();
            html.split_once('>').unwrap().1.trim_end_matches("</time>").to_owned()
        };
        let all: Vec<_> = [-200_000, -90_000, -3_600, -119, -60, -59, 0, 1, 61].map(said).into();
        assert_eq!(
            all,
            [
                "2 days ago",
                "25 h ago",
                "1 h ago",
                "1 min ago",
                "1 min ago",
                "just now",
                "just now",
                "in 1 s",
                "in 1 min"
            ]
        );
    }

    #[test]
    fn days_are_counted_over_months() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(days(day("2026-01-30"), day("2026-03-01")), 30);
        assert_eq!(days(day("2026-03-01"), day("2026-02-27")), -2);
    }
}
