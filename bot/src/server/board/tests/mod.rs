//! The page over a real store: what it says, who sees it, and what a browser makes of it.

mod browser;
mod forms;
mod seed;
mod words;
