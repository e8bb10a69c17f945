//! Units, as people write them in the languages that are read.

/// What a unit measures, with its factor to the base: bytes, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    /// Factor to bytes.
    Bytes(f64),
    /// Factor to milliseconds.
    Time(f64),
    /// Megabit and the like, which people confuse with bytes.
    Bits,
}

const KI: f64 = 1024.0;

/// A unit of memory. `Go` is a gigabyte in French only: elsewhere six Go engineers would be six gigabytes. Upper and lower case count in one place: `Mb` is a megabit.
///
/// `lower` is the text in lower case.
pub(crate) fn memory(text: &str, lower: &str, french: bool) -> Option<Unit> {
    if !french && matches!(text, "ko" | "mo" | "go" | "to" | "Ko" | "Mo" | "Go" | "To" | "GO") {
        return None;
    }
    if matches!(text, "Kb" | "Mb" | "Gb" | "Tb") {
        return Some(Unit::Bits);
    }
    Some(Unit::Bytes(match lower {
        // `b` may be a bit or a byte; only the capital is a byte.
        "b" if text == "B" => 1.0,
        "byte" | "bytes" | "octet" | "octets" | "bajtów" | "bajty" | "байт" | "байта" | "байтов" | "байтів"
        | "字节" | "バイト" | "바이트" => 1.0,
        "kb" | "ko" | "kbyte" | "kbytes" | "kilobyte" | "kilobytes" | "kilooctet" | "kilooctets" | "kilobajtów"
        | "кб" | "килобайт" | "кілобайт" | "千字节" | "キロバイト" | "킬로바이트" => 1e3,
        "mb"
        | "mo"
        | "mbyte"
        | "mbytes"
        | "meg"
        | "megs"
        | "megabyte"
        | "megabytes"
        | "mégaoctet"
        | "mégaoctets"
        | "megaoctets"
        | "megabajtów"
        | "megabajty"
        | "мб"
        | "мегабайт"
        | "мегабайта"
        | "мегабайтов"
        | "мегабайтів"
        | "兆字节"
        | "メガバイト"
        | "메가바이트" => 1e6,
        "gb"
        | "go"
        | "gbyte"
        | "gbytes"
        | "gig"
        | "gigs"
        | "gigabyte"
        | "gigabytes"
        | "gigaoctet"
        | "gigaoctets"
        | "gigabajtów"
        | "gigabajty"
        | "гб"
        | "гигабайт"
        | "гигабайта"
        | "гигабайтов"
        | "гігабайт"
        | "гігабайти"
        | "ギガバイト"
        | "기가바이트" => 1e9,
        "tb" | "to" => 1e12,
        "terabyte" | "terabytes" | "тб" => 1e12,
        "kib" | "kio" | "ki" | "kibibyte" | "kibibytes" | "киб" => KI,
        "mib" | "mio" | "mi" | "mebibyte" | "mebibytes" | "миб" => KI * KI,
        "gib" | "gio" | "gi" | "gibibyte" | "gibibytes" | "гиб" => KI * KI * KI,
        "tib" | "tio" | "ti" | "tebibyte" | "tebibytes" => KI * KI * KI * KI,
        "kbit" | "mbit" | "gbit" | "megabit" | "megabits" | "gigabit" | "gigabits" | "kilobit" | "kilobits" => {
            return Some(Unit::Bits);
        }
        _ => return None,
    }))
}

const SECOND: f64 = 1e3;
const MINUTE: f64 = 60.0 * SECOND;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// A unit of time, from its name in lower case, as a factor to milliseconds.
pub(crate) fn time(lower: &str) -> Option<f64> {
    Some(match lower {
        "ns" | "nsec" | "nanos" | "nanosecond" | "nanoseconds" | "nanosekunde" | "nanosekunden" | "nanoseconde"
        | "nanosecondes" | "nanosegundos" | "нс" | "纳秒" | "ナノ秒" => 1e-6,
        "µs" | "μs" | "us" | "usec" | "usecs" | "micros" | "microsecond" | "microseconds" | "mikrosekunde"
        | "mikrosekunden" | "microseconde" | "microsecondes" | "microsegundo" | "microsegundos" | "microsecondi"
        | "мкс" | "微秒" | "マイクロ秒" | "마이크로초" => 1e-3,
        "ms"
        | "msec"
        | "msecs"
        | "millis"
        | "milli"
        | "millisecond"
        | "milliseconds"
        | "millisekunde"
        | "millisekunden"
        | "milliseconde"
        | "millisecondes"
        | "milisegundo"
        | "milisegundos"
        | "milissegundo"
        | "milissegundos"
        | "millisecondo"
        | "millisecondi"
        | "milliseconden"
        | "milisekunda"
        | "milisekundy"
        | "milisekund"
        | "мс"
        | "миллисекунд"
        | "миллисекунды"
        | "мілісекунд"
        | "мілісекунди"
        | "milisaniye"
        | "毫秒"
        | "ミリ秒"
        | "밀리초" => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunde" | "sekunden" | "sek" | "seconde" | "secondes"
        | "segundo" | "segundos" | "seg" | "secondo" | "secondi" | "seconden" | "sekunda" | "sekundy" | "sekund"
        | "с" | "сек" | "секунда" | "секунды" | "секунд" | "секунди" | "saniye" | "sn" | "秒" | "秒钟" | "초" => {
            SECOND
        }
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "minuti" | "minuut" | "minut"
        | "minuty" | "мин" | "минут" | "минуты" | "минуту" | "хв" | "хвилин" | "dakika" | "dk" | "分" | "分钟"
        | "分間" | "분" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" | "stunde" | "stunden" | "std" | "heure" | "heures" | "hora"
        | "horas" | "ora" | "ore" | "uur" | "godzin" | "godziny" | "godzina" | "ч" | "час" | "часов" | "часа"
        | "годин" | "години" | "saat" | "小时" | "時間" | "시간" => HOUR,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "día" | "días" | "dia" | "dias"
        | "giorno" | "giorni" | "dag" | "dagen" | "dni" | "dzień" | "день" | "дня" | "дней" | "днів" | "gün" | "天"
        | "日" | "日間" | "일" => DAY,
        "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas" | "settimane"
        | "weken" => 7.0 * DAY,
        _ => return None,
    })
}

/// Whether a unit of time is written as one thing of it: `per second`, `/s`.
pub(crate) fn per(lower: &str) -> Option<f64> {
    time(lower).filter(|factor| *factor >= SECOND)
}

/// The longest unit of time or memory that `word` starts with, for scripts without spaces: `毫秒以内`.
pub(crate) fn prefix(word: &str) -> Option<(Unit, usize)> {
    if word.is_ascii() {
        return None;
    }
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(6);
    ends.filter_map(|end| {
        let head = word.get(..end)?;
        let unit = time(head).map(Unit::Time).or_else(|| memory(head, &head.to_lowercase(), false))?;
        let cjk = head.chars().next().is_some_and(|first| ('\u{3000}'..'\u{e000}').contains(&first));
        (cjk || end == word.len()).then_some((unit, end))
    })
    .last()
}

/// The unit that a whole word is.
pub(crate) fn of(text: &str, lower: &str, french: bool) -> Option<Unit> {
    // Megasamples, not milliseconds.
    if text == "MS" {
        return None;
    }
    memory(text, lower, french).or_else(|| time(lower).map(Unit::Time))
}

/// The word for a currency, as an ISO code where the sign has one meaning.
pub(crate) fn currency(text: &str) -> Option<&'static str> {
    Some(match text {
        "€" | "EUR" | "Euro" | "euro" | "euros" | "Euros" => "EUR",
        "$" | "USD" | "dollars" | "US$" => "USD",
        "£" | "GBP" | "pounds" => "GBP",
        "CHF" | "Franken" => "CHF",
        "¥" | "JPY" => "JPY",
        "PLN" | "zł" => "PLN",
        "BRL" => "BRL",
        "INR" | "₹" => "INR",
        "CNY" => "CNY",
        "SEK" => "SEK",
        "NOK" => "NOK",
        "DKK" => "DKK",
        "CAD" => "CAD",
        "AUD" => "AUD",
        "TRY" | "₺" => "TRY",
        "KRW" | "₩" => "KRW",
        "UAH" | "₴" => "UAH",
        _ => return None,
    })
}
