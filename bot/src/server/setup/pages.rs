//! The pages of the setup.

use super::created::Created;
use super::form::{Filled, Form};
use super::wish::{EVENTS, PERMISSIONS};
use crate::github::Place;
use crate::server::page::Page;
use axum::http::StatusCode;
use maud::{Markup, html};
use std::path::PathBuf;

/// Asks for the token.
pub fn token(wrong: Option<&str>) -> Page {
    let body = html! {
        p { "This server has no GitHub App yet. Whoever sets it up here will own what it does, so the setup is open only \
             to people who can read the server's log." }
        (warning(wrong))
        form method="post" action="/setup/open" {
            label for="token" { "Setup token" }
            p .quiet #token-help { "The server wrote it into its log when it started. It opens the setup in one browser." }
            input #token .code name="token" type="password" autocomplete="off" required autofocus
                aria-describedby="token-help";
            div { button { "Open the setup" } }
        }
    };
    let status = if wrong.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    Page::new("Set up adrule", body).with_status(status)
}

/// The token opens one browser.
pub fn used() -> Page {
    refused(
        "This token was used already",
        "It opens the setup in one browser. If that was not you, somebody else can read the server's log. \
         Start the server again for another token.",
    )
}

/// A post that another site made.
pub fn foreign() -> Page {
    refused("This came from another site", "Open the setup's own page, and send the form there.")
}

/// A way back that nobody here set out on.
pub fn stale() -> Page {
    let body = html! {
        p { "This way back from GitHub belongs to no visit that began here, or to one that ended already." }
        p { "If GitHub has just made an App, it is among your Apps there and unused: delete it, and "
            a href="/setup" { "begin again" } "." }
    };
    Page::new("Nothing was taken over", body).with_status(StatusCode::FORBIDDEN)
}

/// There is an App.
pub fn closed() -> Page {
    let body = html! {
        p { "This server has its GitHub App, so the setup is closed." }
        p { code { "adrule serve --check" } " says whether all is well. To set up another App, stop the server, take the \
            present one's settings away, and start it again." }
    };
    Page::new("The setup is closed", body).with_status(StatusCode::NOT_FOUND)
}

/// GitHub did not give the App out.
pub fn failed(why: &str) -> Page {
    let body = html! {
        (warning(Some(why)))
        p { a href="/setup" { "To the form" } }
    };
    Page::new("The App was not taken over", body).with_status(StatusCode::BAD_GATEWAY)
}

/// Something that should not be.
pub fn broken(why: &str) -> Page {
    Page::new("This did not work", warning(Some(why))).with_status(StatusCode::INTERNAL_SERVER_ERROR)
}

fn refused(title: &str, why: &str) -> Page {
    Page::new(title, html! { p { (why) } p { a href="/setup" { "To the setup" } } }).with_status(StatusCode::FORBIDDEN)
}

fn warning(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { div .note .bad role="alert" { p { (text) } } } }
}

/// Where the App is to be.
pub fn form(form: &Form, wrong: &[(&'static str, String)]) -> Page {
    let fault = |name: &str| wrong.iter().find(|(field, _)| *field == name).map(|(_, why)| why.as_str());
    let field = |name: &str, label: &str, help: Markup, value: &str, required: bool| {
        html! {
            label for=(name) { (label) }
            p .quiet id=(format!("{name}-help")) { (help) }
            @if let Some(why) = fault(name) { p .bad id=(format!("{name}-fault")) { (why) "." } }
            input id=(name) name=(name) value=(value) autocomplete="off" spellcheck="false" required[required]
                aria-invalid=[fault(name).map(|_| "true")]
                aria-describedby=(format!("{name}-help{}", fault(name).map(|_| format!(" {name}-fault")).unwrap_or_default()));
        }
    };
    let body = html! {
        p { "Three answers, and a look at what the App may do. Then GitHub asks you to confirm." }
        @if !wrong.is_empty() { (warning(Some("Something is not right yet; it is said at its field."))) }
        form method="post" action="/setup/app" novalidate {
            (field("address", "Address of this server", html! { "As GitHub reaches it from outside, such as "
                code { "https://adrule.example.com" } }, &form.address, true))
            (field("github", "GitHub", html! { code { "https://github.com" } ", or the address of your Enterprise Server" },
                &form.github, true))
            (field("organisation", "Organisation", html! { "The one that will own the App. Left empty, you will" },
                &form.organisation, false))
            div { button { "Show what the App may do" } }
        }
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::new("Set up adrule", body).with_status(status)
}

/// What the App may do, and the way to GitHub.
pub fn wish(filled: &Filled, action: &str, webhook: &str, manifest: &str) -> Page {
    let owner = filled.organisation.as_deref().unwrap_or("you");
    let body = html! {
        p { "GitHub makes an App with these permissions, owned by " strong { (owner) } ". It is private: only its owner can \
            install it. Deliveries go to " code { (webhook) } "." }
        @if filled.address.starts_with("http://") {
            div .note .bad { p { "This address is not encrypted: what GitHub sends can be read on its way. A proxy with a \
                certificate in front of the server mends that." } }
        }
        form method="post" action=(action) {
            input type="hidden" name="manifest" value=(manifest);
            button { "Make the App on GitHub" }
            " " a href="/setup" { "Change the answers" }
        }
        h2 { "Permissions" }
        table .stack {
            thead { tr { th scope="col" { "Permission" } th scope="col" { "Access" } th scope="col" { "Why" } } }
            tbody { @for permission in PERMISSIONS {
                tr { th scope="row" { code { (permission.name) } } td { (permission.access) } td { (permission.why) } }
            } }
        }
        h2 { "Events" }
        table .stack {
            thead { tr { th scope="col" { "Event" } th scope="col" { "What follows" } } }
            tbody { @for (event, why) in EVENTS { tr { th scope="row" { code { (event) } } td { (why) } } } }
        }
    };
    Page::new("What the App may do", body).posting_to(&filled.web)
}

/// The App is there: shown once.
pub fn created(created: &Created, place: &Place, kept: Result<&PathBuf, &str>) -> Page {
    let install = format!("{}/installations/new", created.page);
    let is_web = created.page.starts_with("https://") || created.page.starts_with("http://");
    let body = html! {
        @match kept {
            Ok(path) => div .note .good { p { "The App " strong { (created.slug) } " is ready and in use. Its credentials are in "
                code { (path.display()) } ", which only the server's user may read. Keep a copy where you keep such things." } },
            Err(why) => div .note .bad role="alert" {
                p { "The App " strong { (created.slug) } " is in use until the server stops. Its credentials could not be \
                    kept: " (why) "." }
                p { "Copy them now: this page is shown once." }
            },
        }
        @if is_web { p { a .button href=(install) { "Install it on repositories" } } }
        p { code { "adrule serve --check" } " says whether all is well." }
        h2 { "The credentials" }
        p { "As environment variables. They are shown here once, and never again." }
        details open[kept.is_err()] {
            summary { "Show them" }
            pre tabindex="0" { (variables(created, place)) }
        }
    };
    Page::new("The App is there", body)
}

/// In the way of a shell, which `docker run --env-file` and systemd do not share for more than one line.
fn variables(created: &Created, place: &Place) -> String {
    let mut text = format!(
        "ADRULE_APP_ID={}\nADRULE_WEBHOOK_SECRET='{}'\n",
        created.id,
        created.webhook_secret.reveal().replace('\'', r"'\''")
    );
    if place.api != "https://api.github.com" {
        text += &format!("GITHUB_API_URL='{}'\nGITHUB_GRAPHQL_URL='{}'\n", place.api, place.graphql);
    }
    text + &format!("ADRULE_PRIVATE_KEY='{}'\n", created.pem.reveal())
}
