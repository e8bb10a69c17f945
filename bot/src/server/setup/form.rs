//! What the operator fills in, checked.

use crate::github::Place;
use crate::server::config::web_address;
use std::net::IpAddr;

/// As it was filled in.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Form {
    pub address: String,
    pub github: String,
    pub organisation: String,
}

/// The same, known to be usable.
#[derive(Debug)]
pub struct Filled {
    /// Of this server from outside, without a slash at its end.
    pub address: String,
    pub place: Place,
    /// GitHub's pages.
    pub web: String,
    pub organisation: Option<String>,
}

/// What is wrong: the field, and the words.
pub type Wrong = Vec<(&'static str, String)>;

impl Form {
    /// Checks every field.
    pub fn check(&self) -> Result<Filled, Wrong> {
        let mut wrong = Wrong::new();
        let github = with_scheme(&self.github);
        let place = web_address(&github).and_then(|()| Place::of_web(&github).map_err(|error| error.to_string()));
        if let Err(why) = &place {
            wrong.push(("github", why.clone()));
        }
        let address = with_scheme(&self.address);
        // GitHub on this machine is a test's, and reaches what is on it.
        let is_test = github.starts_with("http://");
        let checked = web_address(&address).and_then(|()| match host(&address) {
            Some(host) if !is_test && is_unreachable(host, &github) => {
                Err(format!("GitHub cannot reach {host}: it is an address inside of your own machine or network"))
            }
            _ => Ok(()),
        });
        if let Err(why) = checked {
            wrong.push(("address", why));
        }
        let organisation = self.organisation.trim();
        if organisation.len() > 100 || !organisation.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
            wrong.push(("organisation", "Names of organisations are letters, digits and hyphens".to_owned()));
        }
        match place {
            Ok(place) if wrong.is_empty() => Ok(Filled {
                address,
                place,
                web: github,
                organisation: (!organisation.is_empty()).then(|| organisation.to_owned()),
            }),
            _ => Err(wrong),
        }
    }
}

impl Filled {
    /// Where the form for a new App is.
    pub fn form(&self, state: &str) -> String {
        let whose = self.organisation.as_ref().map(|name| format!("/organizations/{name}")).unwrap_or_default();
        format!("{}{whose}/settings/apps/new?state={state}", self.web)
    }
}

/// Without a slash at its end; people leave `https://` off.
fn with_scheme(text: &str) -> String {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() || text.contains("://") { text.to_owned() } else { format!("https://{text}") }
}

fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1.split('/').next()?;
    match rest.strip_prefix('[') {
        Some(six) => six.split(']').next(),
        None => rest.split(':').next(),
    }
}

/// An Enterprise Server may stand in the same network; github.com does not.
fn is_unreachable(host: &str, github: &str) -> bool {
    let is_far = matches!(github, "https://github.com") || github.ends_with(".ghe.com");
    let is_private = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(four)) => four.is_private() || four.is_link_local(),
        Ok(IpAddr::V6(six)) => six.is_unique_local() || six.is_unicast_link_local(),
        Err(_) => [".local", ".internal", ".svc"].iter().any(|end| host.ends_with(end)) || !host.contains('.'),
    };
    let is_own = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified());
    is_own || is_far && is_private
}

#[cfg(test)]
mod tests {
    use super::Form;

    fn check(address: &str, github: &str, organisation: &str) -> Result<(String, String), Vec<&'static str>> {
        let form = Form { address: address.into(), github: github.into(), organisation: organisation.into() };
        let filled = form.check().map_err(|wrong| wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>())?;
        Ok((filled.form("S"), filled.place.api))
    }

    #[test]
    fn people_may_leave_out_what_is_clear() {
        let right = |form: &str, api: &str| Ok((form.to_owned(), api.to_owned()));
        assert_eq!(
            check("adrule.example.com/", "github.com", " octo "),
            right("https://github.com/organizations/octo/settings/apps/new?state=S", "https://api.github.com")
        );
        assert_eq!(
            check("https://10.0.0.7:8443", "https://git.example.com", ""),
            right("https://git.example.com/settings/apps/new?state=S", "https://git.example.com/api/v3")
        );
    }

    #[test]
    fn what_cannot_work_is_said_at_its_field() {
        for (address, github, organisation, fields) in [
            ("", "", "", vec!["github", "address"]),
            ("http://localhost:8080", "https://github.com", "", vec!["address"]),
            ("http://127.0.0.1", "https://git.example.com", "", vec!["address"]),
            ("https://[::1]:8", "https://github.com", "", vec!["address"]),
            ("https://192.168.1.4", "https://github.com", "", vec!["address"]),
            ("https://adrule", "https://github.com", "", vec!["address"]),
            ("https://adrule.tools.svc", "https://github.com", "", vec!["address"]),
            ("https://a.example.com?x=1", "https://github.com", "", vec!["address"]),
            ("https://u:p@a.example.com", "https://github.com", "", vec!["address"]),
            ("javascript:alert(1)", "https://github.com", "", vec!["address"]),
            ("https://a.example.com", "http://git.example.com", "", vec!["github"]),
            ("https://a.example.com", "https://github.com", "octo/../x", vec!["organisation"]),
        ] {
            assert_eq!(check(address, github, organisation), Err(fields), "{address} {github} {organisation}");
        }
    }
}
