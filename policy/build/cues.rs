//! Turns the cue words of prose (`src/fact/words/cues/*.txt`) into tables of offsets into one text each: nothing is
//! read at the start of a run, and nothing in them has to be relocated when the program is loaded.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// Each table with its file, and whether only the classes that hold in every language (`name+`) belong to it.
const TABLES: [(&str, &str, bool); 6] = [
    ("ENGLISH", "en", false),
    ("GERMAN", "de", false),
    ("FRENCH", "fr", false),
    ("SPANISH", "es", false),
    ("SHARED", "en", true),
    ("ROLES", "roles", false),
];

/// A phrase: its words, each with whether it is only a stem, the class that it stands for, and whether it is only the end
/// of a word (`*grenze`).
type Phrase = (Vec<(String, bool)>, String, bool);

/// Writes all tables as Rust.
pub fn write(out: &mut String) -> Result<(), String> {
    for (table, file, shared) in TABLES {
        let path = format!("src/fact/words/cues/{file}.txt");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let all = phrases(&text, shared).map_err(|error| format!("{path}: {error}"))?;
        let (ends, phrases): (Vec<Phrase>, Vec<Phrase>) = all.into_iter().partition(|(_, _, is_end)| *is_end);
        write_table(out, table, &phrases, &ends).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(())
}

/// The phrases of a file, in order.
fn phrases(text: &str, shared: bool) -> Result<Vec<Phrase>, String> {
    let mut phrases = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, list) = line.split_once(": ").ok_or_else(|| format!("`{line}` is not `class: phrase, phrase`"))?;
        if shared && !name.ends_with('+') {
            continue;
        }
        let class = name.trim_end_matches('+');
        for phrase in list.split(", ").filter(|phrase| !phrase.is_empty()) {
            let end = phrase.strip_prefix('*');
            phrases.push((words(end.unwrap_or(phrase)), class.to_owned(), end.is_some()));
        }
    }
    Ok(phrases)
}

/// The words of a phrase as the lexer of prose splits them, which a test compares.
fn words(phrase: &str) -> Vec<(String, bool)> {
    let mut words: Vec<(String, bool)> = Vec::new();
    let mut inside = false;
    for (at, letter) in phrase.char_indices() {
        let behind = &phrase[at + letter.len_utf8()..];
        let letters = behind.chars().take_while(|next| next.is_alphabetic()).count();
        match (letter, words.last_mut()) {
            ('*', Some(last)) => (last.1, inside) = (true, false),
            // `don't` is one word, `l'instance` two.
            ('\'', _) if !(1..=2).contains(&letters) => inside = false,
            (' ' | '-', _) => inside = false,
            (_, Some(last)) if inside && (letter.is_alphanumeric() || letter == '\'') => last.0.push(letter),
            // `p99.9`
            ('.', Some(last)) if inside && behind.starts_with(|next: char| next.is_ascii_digit()) => last.0.push('.'),
            _ => {
                words.push((letter.to_string(), false));
                inside = letter.is_alphanumeric();
            }
        }
    }
    words.into_iter().map(|(word, stem)| (word.to_lowercase(), stem)).collect()
}

/// The words of a table one behind the other, each once: their places are numbers of two bytes.
#[derive(Default)]
struct Text<'w> {
    whole: String,
    places: HashMap<&'w str, usize>,
}

impl<'w> Text<'w> {
    fn place(&mut self, word: &'w str) -> usize {
        let end = self.whole.len();
        let place = *self.places.entry(word).or_insert(end);
        if place == end {
            self.whole.push_str(word);
        }
        place
    }
}

fn write_table(out: &mut String, name: &str, phrases: &[Phrase], ends: &[Phrase]) -> Result<(), String> {
    let (mut text, mut words, mut listed) = (Text::default(), String::new(), String::new());
    let mut count = 0;
    for (of, class, _) in phrases {
        write!(listed, "({count}, class!({class:?})), ").map_err(|error| error.to_string())?;
        for (word, stem) in of {
            write!(words, "({}, {}, {stem}), ", text.place(word), word.len()).map_err(|error| error.to_string())?;
            count += 1;
        }
    }
    let (buckets, stems) = beginnings(phrases)?;
    let (mut heads, mut begun, mut at) = (String::new(), String::new(), 0);
    for (hash, (word, of)) in &buckets {
        let with = |kind: fn(u16) -> bool| of.iter().filter(|of| kind(second(phrases, **of))).count();
        let more = at + with(|second| second == 0);
        let (stems, end) = (at + of.len() - with(|second| second == super::key::STEM), at + of.len());
        let word_at = (text.place(word), word.len());
        write!(heads, "Bucket {{ hash: {hash}, begun: [{at}, {more}, {stems}, {end}], word: {word_at:?} }}, ")
            .map_err(|error| error.to_string())?;
        begun.push_str(&listing(phrases, of));
        at = end;
    }
    // In the order of their openings; `listing` sorts those of one opening as it does those of one word.
    let mut by_opening: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for &at in &stems {
        let opening = super::key::opening(phrases[at].0[0].0.as_bytes()).ok_or("a stem of one letter")?;
        by_opening.entry(opening).or_default().push(at);
    }
    let stems: String = by_opening.values().map(|of| listing(phrases, of)).collect();
    let stem_ends = by_opening.iter().scan(0, |end, (opening, of)| {
        *end += of.len();
        Some(format!("({opening}, {end}), "))
    });
    let stem_ends: String = stem_ends.collect();
    let mut endings = String::new();
    for (of, class, _) in ends {
        let [(end, false)] = of.as_slice() else { return Err(format!("an end of a word is one word: {of:?}")) };
        write!(endings, "({end:?}, class!({class:?})), ").map_err(|error| error.to_string())?;
    }
    // At most half of the slots are in use: most words of a text are in no bucket, and are told so at once.
    let size = (2 * buckets.len()).next_power_of_two();
    let mut slots = vec![0; size];
    for (bucket, &hash) in buckets.keys().enumerate() {
        let mut slot = super::key::slot(hash, size);
        while slots[slot] != 0 {
            slot = (slot + 1) % size;
        }
        slots[slot] = bucket + 1;
    }
    writeln!(
        out,
        "static {name}: Lexicon = Lexicon {{\n    slots: &{slots:?},\n    buckets: &[{heads}],\n    \
         begun: &[{begun}],\n    stems: &[{stems}],\n    stem_ends: &[{stem_ends}],\n    phrases: &[{listed}({count}, class!(\"ignore\"))],\n    \
         words: &[{words}],\n    text: {:?},\n    ends: &[{endings}],\n}};",
        text.whole
    )
    .map_err(|error| error.to_string())
}

/// Phrases, by their place in the file, that may begin with a word: by the word's hash.
type Buckets = BTreeMap<u32, (String, Vec<usize>)>;

/// The phrases that begin with each whole word, those that begin with a stem of it included, and all that begin with a
/// stem.
fn beginnings(phrases: &[Phrase]) -> Result<(Buckets, Vec<usize>), String> {
    let mut buckets = Buckets::new();
    let mut stems = Vec::new();
    for (at, phrase) in phrases.iter().enumerate() {
        let (first, stem) = phrase.0.first().ok_or("a phrase without a word")?;
        if *stem {
            stems.push(at);
            continue;
        }
        let (word, of) = buckets.entry(super::key::hash(first)).or_insert_with(|| (first.clone(), Vec::new()));
        if word != first {
            return Err(format!("`{word}` and `{first}` have one hash"));
        }
        of.push(at);
    }
    for (word, of) in buckets.values_mut() {
        of.extend(stems.iter().filter(|at| word.starts_with(&phrases[**at].0[0].0)));
    }
    Ok((buckets, stems))
}

/// What the second word of a phrase is told apart by.
fn second(phrases: &[Phrase], at: usize) -> u16 {
    match phrases[at].0.get(1) {
        None => 0,
        Some((_, true)) => super::key::STEM,
        Some((word, false)) => super::key::second(super::key::hash(word)),
    }
}

/// Phrases, each with what its second word is told apart by, if it has one, and sorted by it.
fn listing(phrases: &[Phrase], of: &[usize]) -> String {
    let mut of: Vec<(u16, usize)> = of.iter().map(|&at| (second(phrases, at), at)).collect();
    of.sort_unstable();
    of.into_iter().map(|(second, at)| format!("({at}, {second}), ")).collect()
}
