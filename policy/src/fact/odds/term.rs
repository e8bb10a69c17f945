//! Signs: a word, or what a phrase says, at a place around a figure.

use super::super::prose::cue::{Class, key};
use super::super::token::{Kind, Token};
use super::sign;

/// A word, or a class of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term<'t> {
    pub hash: u32,
    kind: Written<'t>,
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "only the fit writes down what is no word of the document"))]
enum Written<'t> {
    Word(&'t str),
    Name(&'static str),
    Class(Class),
}

/// Stands for every number.
const NUMBER: &str = "#";
/// Stands for the start of a sentence.
pub(super) const START: &str = "^";

impl<'t> Term<'t> {
    pub(super) fn of(token: &Token<'t>) -> Self {
        match token.kind {
            Kind::Number(_) => Self::named(NUMBER),
            Kind::Word | Kind::Sign(_) => Self { hash: token.hash, kind: Written::Word(token.text) },
        }
    }

    /// What is no word of the document.
    pub(super) fn named(name: &'static str) -> Self {
        Self { hash: key::hash(name), kind: Written::Name(name) }
    }

    pub(super) fn class(class: Class) -> Self {
        Self { hash: key::hash(class.word()), kind: Written::Class(class) }
    }

    /// As it stands in the document, if it is a word that tells something to people.
    pub(super) fn written(&self) -> Option<&'t str> {
        match self.kind {
            Written::Word(word) if word.chars().count() > 2 && word.starts_with(char::is_alphabetic) => Some(word),
            _ => None,
        }
    }

    /// As it stands in the file of weights.
    #[cfg(test)]
    pub(super) fn word(&self) -> String {
        match self.kind {
            Written::Word(word) => word.to_lowercase(),
            Written::Name(name) => name.to_owned(),
            Written::Class(class) => class.word().to_owned(),
        }
    }
}

macro_rules! places {
    ($($name:ident = $word:tt, $crossed:tt, $says:tt;)*) => {
        /// Where a sign stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Place { $(#[doc = $says] $name,)* }

        impl Place {
            /// As it stands in the file of weights.
            #[cfg(test)]
            pub(super) fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Where the numbers of its signs begin.
            pub(super) fn start(self) -> u32 {
                match self { $(Self::$name => const { sign::start(key::hash($word)) },)* }
            }

            /// Whether its signs are weighed for each measure, too: "up" next to a time is another thing than next to bytes.
            pub(super) fn is_crossed(self) -> bool {
                match self { $(Self::$name => $crossed,)* }
            }
        }
    };
}

places! {
    Form = "form", false, "what the figure stands in";
    Unit = "unit", false, "its own words";
    Left1 = "left1", true, "right before it";
    Left2 = "left2", true, "two or three words before it";
    Left3 = "left3", false, "further before it";
    Left = "left", false, "among the words before it";
    LeftPair = "left-pair", true, "two words in a row before it";
    Left1Pair = "left1-pair", false, "the two words right before it";
    Right1 = "right1", true, "right behind it";
    Right2 = "right2", true, "two or three words behind it";
    Right3 = "right3", false, "further behind it";
    Right = "right", false, "among the words behind it";
    RightPair = "right-pair", false, "two words in a row behind it";
    Sentence = "sentence", true, "in its sentence";
    Before = "before", false, "before its sentence";
    Behind = "behind", false, "behind its sentence";
    LeftClass = "left-class", false, "what words before it say";
    RightClass = "right-class", false, "what words behind it say";
    NextLeftClass = "next-left-class", false, "what the words next before it say";
    NextRightClass = "next-right-class", false, "what the words next behind it say";
    Title = "title", false, "in the document's title";
    Lead = "lead", false, "in the line that leads to it";
    Heading = "heading", true, "in the heading above it";
    HeadingPair = "heading-pair", false, "two words in a row in the heading above it";
    Above = "above", false, "in the headings above that";
    Head = "head", true, "in the head of its column";
    Heads = "heads", false, "in the heads of the other columns";
    Cell = "cell", false, "in its cell";
    Label = "label", true, "in the first cell of its row";
}
