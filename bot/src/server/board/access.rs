//! Who may see the page: whoever knows the token, or whom a proxy of ours vouches for.

use super::network::Network;
use crate::server::config::Operator;
use crate::server::secret::Secret;
use axum::http::{HeaderMap, HeaderName, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::hmac;
use std::net::IpAddr;

/// How long somebody stays logged in.
pub const SESSION: i64 = 12 * 3600;
/// The cookie's name.
const COOKIE: &str = "adrule_session";

/// Who may see the page. With neither token nor proxy it is off.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// What people type in to log in.
    pub token: Option<Secret>,
    /// A proxy that has asked people who they are.
    pub proxy: Option<Proxy>,
}

/// A proxy that is believed.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// The header with the name of whoever it lets through.
    pub header: HeaderName,
    /// The addresses that it comes from: the header is believed from nowhere else.
    pub from: Vec<Network>,
}

/// Somebody who may see the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// What a form of theirs is bound to.
    bound_to: String,
    /// Whether there is something to log out of.
    pub has_session: bool,
    /// For the log: who asked for something to be done.
    pub name: String,
}

/// Signs sessions and forms. All replicas have the same keys, since they follow from the same secrets; with the token
/// all sessions end.
pub struct Keys {
    /// What is signed now.
    own: hmac::Key,
    /// What was signed a moment ago, while a secret is changed.
    before: Vec<hmac::Key>,
}

impl Keys {
    /// Keys that follow from the token or, without one, from `others`: secrets that all replicas have, the present one
    /// first. Without any from `last`, which this process alone has.
    pub fn new(access: &Access, others: &[Secret], last: &Secret) -> Self {
        let mut keys = match &access.token {
            Some(token) => vec![Self::of(token)],
            None => others.iter().filter(|secret| !secret.reveal().is_empty()).map(Self::of).collect(),
        };
        let own = if keys.is_empty() { Self::of(last) } else { keys.remove(0) };
        Self { own, before: keys }
    }

    fn of(secret: &Secret) -> hmac::Key {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
        let own = hmac::sign(&root, b"adrule: sessions and forms of the page");
        hmac::Key::new(hmac::HMAC_SHA256, own.as_ref())
    }

    fn sign(&self, purpose: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.own, format!("{purpose}\0{text}").as_bytes()))
    }

    fn is_signed(&self, purpose: &str, text: &str, signature: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        let text = format!("{purpose}\0{text}");
        std::iter::once(&self.own)
            .chain(&self.before)
            .fold(false, |good, key| hmac::verify(key, text.as_bytes(), &signature).is_ok() | good)
    }

    /// A new session, as the header that sets it.
    pub fn log_in(&self, now: Timestamp, is_https: bool) -> Option<String> {
        let nonce = Secret::random().ok()?;
        let session = format!("{}.{}", now.as_second() + SESSION, nonce.reveal());
        let signature = self.sign("session", &session);
        Some(cookie(&format!("{session}.{signature}"), SESSION, is_https))
    }

    /// What a form of a visitor carries, so that no other site can send it.
    pub fn form(&self, visitor: &Visitor) -> String {
        self.sign("form", &visitor.bound_to)
    }

    /// Whether a form is one that we gave this visitor.
    pub fn is_form(&self, visitor: &Visitor, given: &str) -> bool {
        self.is_signed("form", &visitor.bound_to, given)
    }

    fn session(&self, headers: &HeaderMap, now: Timestamp) -> Option<Visitor> {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|cookies| cookies.to_str().ok());
        let mut values = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == COOKIE).then_some(value)
        });
        // A neighbouring site of the same domain may have set another one of this name.
        values.find_map(|value| {
            let (session, signature) = value.rsplit_once('.')?;
            let (until, _) = session.split_once('.')?;
            let holds = self.is_signed("session", session, signature) && until.parse::<i64>().ok()? > now.as_second();
            let name = "with the token".to_owned();
            holds.then(|| Visitor { bound_to: format!("session {session}"), has_session: true, name })
        })
    }
}

/// The header that ends a session.
pub fn log_out(is_https: bool) -> String {
    cookie("", 0, is_https)
}

fn cookie(value: &str, seconds: i64, is_https: bool) -> String {
    let secure = if is_https { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

impl Access {
    /// As configured. A header without a proxy to believe it from opens nothing.
    pub fn of(operator: &Operator) -> Self {
        let Operator { token, header, proxies } = operator;
        let proxy = header.as_ref().map(|header| Proxy { header: header.clone(), from: proxies.clone() });
        Self { token: token.clone(), proxy }
    }

    /// Whether anybody may see the page.
    pub fn is_off(&self) -> bool {
        self.token.is_none() && self.proxy.is_none()
    }

    /// Who asks; none: nobody that may.
    pub fn visitor(&self, keys: &Keys, headers: &HeaderMap, peer: IpAddr, now: Timestamp) -> Option<Visitor> {
        if let Some(name) = self.vouched(headers, peer) {
            return Some(Visitor { bound_to: format!("name {name}"), has_session: false, name });
        }
        self.token.as_ref().and_then(|_| keys.session(headers, now))
    }

    fn vouched(&self, headers: &HeaderMap, peer: IpAddr) -> Option<String> {
        let proxy = self.proxy.as_ref().filter(|proxy| proxy.has(peer))?;
        let mut names = headers.get_all(&proxy.header).into_iter();
        // Two of them: one may have come from outside.
        let (name, None) = (names.next()?, names.next()) else { return None };
        let name = name.to_str().ok()?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Who tries: of a request through our proxy, the one before it.
    pub fn tries_from(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        if !self.proxy.as_ref().is_some_and(|proxy| proxy.has(peer)) {
            return peer;
        }
        let forwarded = headers.get_all("x-forwarded-for").into_iter().next_back();
        let last = forwarded.and_then(|list| list.to_str().ok()).and_then(|list| list.rsplit(',').next());
        last.and_then(|address| address.trim().parse().ok()).unwrap_or(peer)
    }
}

impl Proxy {
    fn has(&self, peer: IpAddr) -> bool {
        self.from.iter().any(|network| network.has(peer))
    }
}

/// Whether the browser speaks https, as what stands before us says.
pub fn is_https(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https")
}

/// Whether a form came from a page of ours, as far as the browser says where it came from.
pub fn is_own_form(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "correct-horse-battery-staple";

    fn access() -> Access {
        let from = vec![Network::parse("10.1.0.0/16").unwrap()];
        Access {
            token: Some(Secret::new(TOKEN)),
            proxy: Some(Proxy { header: HeaderName::from_static("x-forwarded-user"), from }),
        }
    }

    fn keys() -> Keys {
        Keys::new(&access(), &[Secret::new("other")], &Secret::new("last"))
    }

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn stranger() -> IpAddr {
        "203.0.113.9".parse().unwrap()
    }

    fn proxy() -> IpAddr {
        "10.1.2.3".parse().unwrap()
    }

    /// The cookie as a browser sends it back.
    fn sent_back(set: &str) -> String {
        format!("theme=dark; {}", set.split(';').next().unwrap())
    }

    #[test]
    fn a_session_holds_for_its_time_and_no_longer() {
        let set = keys().log_in(at(1_000), true).unwrap();
        assert!(set.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"), "{set}");
        let headers = headers(&[("cookie", &sent_back(&set))]);
        let visitor = |now| access().visitor(&keys(), &headers, stranger(), at(now));
        assert!(visitor(1_001).unwrap().has_session);
        assert!(visitor(1_000 + SESSION - 1).is_some());
        assert_eq!(visitor(1_000 + SESSION), None);
    }

    #[test]
    fn nobody_makes_a_session_or_draws_it_out() {
        let set = keys().log_in(at(1_000), false).unwrap();
        let sent = sent_back(&set);
        let longer = sent.replacen("44200.", "99999999999.", 1);
        assert_ne!(sent, longer);
        let other = Access { token: Some(Secret::new("another-token-of-theirs")), proxy: None };
        let foreign = sent_back(&Keys::new(&other, &[], &Secret::new("last")).log_in(at(1_000), false).unwrap());
        for bad in [longer, foreign, sent[..sent.len() - 2].to_owned(), "adrule_session=..".into(), String::new()] {
            let visitor = access().visitor(&keys(), &headers(&[("cookie", &bad)]), stranger(), at(1_001));
            assert_eq!(visitor, None, "{bad}");
        }
    }

    #[test]
    fn the_proxy_s_header_is_believed_from_the_proxy_alone() {
        let named = headers(&[("x-forwarded-user", "kim")]);
        let visitor = |headers: &HeaderMap, peer| access().visitor(&keys(), headers, peer, at(1_000));
        assert_eq!(visitor(&named, proxy()).unwrap().name, "kim");
        assert_eq!(visitor(&named, stranger()), None);
        assert_eq!(visitor(&named, "::ffff:10.1.2.3".parse().unwrap()).unwrap().name, "kim");
        assert_eq!(visitor(&headers(&[("x-forwarded-user", " ")]), proxy()), None);
        let mut twice = headers(&[("x-forwarded-user", "kim")]);
        twice.append("x-forwarded-user", "admin".parse().unwrap());
        assert_eq!(visitor(&twice, proxy()), None);
        // Without a token a cookie is worth nothing, whoever signed it.
        let only_proxy = Access { token: None, ..access() };
        let set = keys().log_in(at(1_000), false).unwrap();
        assert_eq!(only_proxy.visitor(&keys(), &headers(&[("cookie", &sent_back(&set))]), stranger(), at(1_000)), None);
    }

    #[test]
    fn a_form_is_good_for_one_visitor() {
        let keys = keys();
        let visitor =
            |name: &str| access().visitor(&keys, &headers(&[("x-forwarded-user", name)]), proxy(), at(1_000)).unwrap();
        let form = keys.form(&visitor("kim"));
        assert!(keys.is_form(&visitor("kim"), &form));
        assert!(!keys.is_form(&visitor("lou"), &form));
        assert!(!keys.is_form(&visitor("kim"), ""));
        // A session's signature is no form's.
        let set = keys.log_in(at(1_000), false).unwrap();
        let signature = set.split(';').next().unwrap().rsplit('.').next().unwrap();
        assert!(!keys.is_form(&visitor("kim"), signature));
    }

    #[test]
    fn whoever_tries_is_told_apart_by_what_the_proxy_says() {
        let forwarded = headers(&[("x-forwarded-for", "198.51.100.1, 203.0.113.77")]);
        assert_eq!(access().tries_from(&forwarded, proxy()).to_string(), "203.0.113.77");
        assert_eq!(access().tries_from(&forwarded, stranger()), stranger());
    }

    #[test]
    fn a_form_from_elsewhere_is_seen() {
        assert!(is_own_form(&headers(&[])));
        assert!(is_own_form(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_own_form(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_own_form(&headers(&[("sec-fetch-site", "same-site")])));
    }

    #[test]
    fn forms_outlive_a_change_of_the_secret_that_they_are_signed_by_and_no_second_one() {
        let proxied = Access { token: None, ..access() };
        let visitor = proxied.visitor(&keys(), &headers(&[("x-forwarded-user", "kim")]), proxy(), at(1_000)).unwrap();
        let last = Secret::new("last");
        let keys = |secrets: &[&'static str]| {
            let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
            Keys::new(&proxied, &secrets, &last)
        };
        let form = keys(&["one"]).form(&visitor);
        assert!(keys(&["two", "one"]).is_form(&visitor, &form));
        assert!(!keys(&["two"]).is_form(&visitor, &form));
        assert!(keys(&["two", "one"]).form(&visitor) == keys(&["two"]).form(&visitor));
        // Neither no secret nor an empty one is what anybody can know.
        let of_process = keys(&[]).form(&visitor);
        assert!(keys(&[""]).is_form(&visitor, &of_process) && !keys(&["one"]).is_form(&visitor, &of_process));
    }
}
