//! Where GitHub is: github.com, or an Enterprise Server.

use super::error::Error;

/// Where GitHub is.
#[derive(Clone, Debug)]
pub struct Place {
    /// `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server.
    pub api: String,
    /// `https://api.github.com/graphql`, or `https://HOST/api/graphql`.
    pub graphql: String,
}

impl Place {
    /// A place by what a runner says; what is not said follows from the other.
    pub fn new(api: Option<&str>, graphql: Option<&str>) -> Result<Self, Error> {
        let api = api.filter(|url| !url.is_empty()).unwrap_or("https://api.github.com").trim_end_matches('/');
        let graphql = match graphql.filter(|url| !url.is_empty()) {
            Some(url) => url.to_owned(),
            None => format!("{}/graphql", api.strip_suffix("/v3").unwrap_or(api)),
        };
        for url in [api, &graphql] {
            if !(url.starts_with("https://") || is_local(url)) {
                return Err(Error::Setting(format!("`{url}` is no address of GitHub's interface: https:// is wanted")));
            }
        }
        Ok(Self { api: api.to_owned(), graphql })
    }

    /// A place by the address of its pages for people: `https://github.com`, that of a tenant with data residency
    /// (`https://NAME.ghe.com`), or that of an Enterprise Server.
    pub fn of_web(web: &str) -> Result<Self, Error> {
        let web = web.trim_end_matches('/');
        match web.strip_prefix("https://") {
            Some("github.com") => Self::new(None, None),
            Some(host) if host.ends_with(".ghe.com") => {
                Self::new(Some(&format!("https://api.{host}")), Some(&format!("https://api.{host}/graphql")))
            }
            _ => Self::new(Some(&format!("{web}/api/v3")), None),
        }
    }

    /// The address of its pages for people.
    pub fn web(&self) -> String {
        match self.api.strip_prefix("https://api.") {
            Some("github.com") => "https://github.com".to_owned(),
            Some(host) if host.ends_with(".ghe.com") => format!("https://{host}"),
            _ => self.api.strip_suffix("/api/v3").unwrap_or(&self.api).to_owned(),
        }
    }
}

/// A token is never sent in the clear, except to this machine.
fn is_local(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

/// Scheme and host of an address.
pub fn origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    Some((scheme, rest.split(['/', '?', '#']).next()?))
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn pages_and_interface_follow_from_each_other() {
        for (web, api, graphql) in [
            ("https://github.com", "https://api.github.com", "https://api.github.com/graphql"),
            ("https://octo.ghe.com", "https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"),
            ("https://git.example.com", "https://git.example.com/api/v3", "https://git.example.com/api/graphql"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/api/v3", "http://127.0.0.1:4000/api/graphql"),
        ] {
            let place = Place::of_web(web).unwrap();
            assert_eq!((place.api.as_str(), place.graphql.as_str(), place.web().as_str()), (api, graphql, web));
        }
        assert!(Place::of_web("http://git.example.com").is_err());
    }
}
