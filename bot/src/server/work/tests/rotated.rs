//! Credentials that change under a running server.

use super::support::{App, run, service};
use crate::github::Place;
use crate::github::tests::fake::APP_KEY;
use crate::server::credentials::Credentials;
use crate::server::secret::Secret;
use base64::Engine as _;

/// Who asked for tokens since, as the signed claims say.
fn issuers(app: &App) -> Vec<String> {
    let state = app.github.state();
    let asked = state.asked.iter().filter(|asked| asked.path.ends_with("/access_tokens"));
    let claims = asked.map(|asked| {
        let claims = asked.token.as_deref().unwrap().split('.').nth(1).unwrap();
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        serde_json::from_slice::<serde_json::Value>(&claims).unwrap()["iss"].to_string().replace('"', "")
    });
    claims.collect()
}

#[test]
fn the_newest_credentials_are_used_and_others_no_longer() {
    run(async {
        let app = App::new().await;
        let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "rust"))]);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        app.pull(1).await.unwrap();
        assert_eq!(issuers(&app), ["12"], "one token, as long as it is good");
        // More than once, so that those of the second time may lie where those of the first did.
        for number in ["13", "14", "15", "16"] {
            app.quiet();
            let place = Place::new(Some(&app.github.url), None).unwrap();
            let key = Secret::new(std::str::from_utf8(APP_KEY).unwrap());
            let secret = Secret::new("another secret of the webhook");
            assert!(app.live.change(Credentials::new(place, number, key, secret, None).unwrap()));
            app.pull(1).await.unwrap();
            assert_eq!(issuers(&app), [number]);
        }
    });
}
