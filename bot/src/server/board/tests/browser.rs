//! The page in a real browser: two widths, light and dark, the keyboard alone, and what axe-core finds.

// A test that is skipped says so.
#![allow(clippy::print_stderr)]

use super::super::{Board, routes};
use super::forms::{TOKEN, with_token};
use super::seed::Seeded;
use crate::server::credentials::Live;
use crate::server::listen;
use crate::server::stop::Stop;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Where the browser's packages lie, and the browser. `.ci/browser` says so; without it there is nothing to try with.
fn tools() -> Option<(PathBuf, PathBuf)> {
    let tools = std::env::var_os("ADRULE_BROWSER_TOOLS").map(PathBuf::from);
    let browser =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(PathBuf::from).into_iter().find(|path| path.exists());
    match (tools, browser) {
        (Some(tools), Some(browser)) => Some((tools, browser)),
        _ => {
            eprintln!("skipped: there is no browser to try with, .ci/browser sets ADRULE_BROWSER_TOOLS");
            None
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_can_use_the_page() {
    let Some((tools, browser)) = tools() else { return };
    let now = Timestamp::now();
    let full = Seeded::full(now).await;
    let empty = Seeded::empty().await;
    let stop = Stop::default();
    let mut urls = Vec::new();
    for seeded in [&full, &empty] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        urls.push(format!("http://{}", listener.local_addr().unwrap()));
        let router = routes(Board::new(seeded.store.clone(), with_token(), Live::new(None), "https://github.com"));
        let stop = stop.clone();
        tokio::spawn(async move { listen::serve(listener, router, &stop).await });
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/board.mjs");
    // Where to leave pictures, for whoever wants to see them.
    let pictures = std::env::var("ADRULE_BROWSER_PICTURES").unwrap_or_default();
    let mut command = std::process::Command::new("node");
    command.arg(script).arg(tools).arg(browser).args(urls).arg(TOKEN).arg(pictures);
    let out = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    // The keyboard had one job tried again.
    assert_eq!(full.store.parked(9).await.unwrap().len(), 2);
    stop.set();
}
