//! How often somebody may guess the token.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tries are counted for so long.
const WINDOW: Duration = Duration::from_secs(60);
/// Of one address; of IPv6, of one network, since a customer has a whole one.
const FROM_ONE: u32 = 5;
/// Of all addresses together: a token cannot be guessed from many places either.
const FROM_ALL: u32 = 100;

/// Counts tries. A try is counted before it is looked at, so that many at the same time are no way around it.
#[derive(Default)]
pub struct Tries {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    since: Option<Instant>,
    all: u32,
    by_address: HashMap<IpAddr, u32>,
}

impl Tries {
    /// Counts a try; an error says how long to wait until the next.
    pub fn count(&self, from: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *counts.since.get_or_insert(now);
        let passed = now.saturating_duration_since(since);
        if passed >= WINDOW {
            *counts = Counts { since: Some(now), ..Counts::default() };
        }
        let wait = WINDOW.saturating_sub(if passed >= WINDOW { Duration::ZERO } else { passed });
        if counts.all >= FROM_ALL {
            return Err(wait);
        }
        // At most as many addresses as tries are counted: what is remembered is bounded, too.
        let own = counts.by_address.entry(network(from)).or_insert(0);
        if *own >= FROM_ONE {
            return Err(wait);
        }
        *own += 1;
        counts.all += 1;
        Ok(())
    }

    /// Somebody knew the token: their tries count no more.
    pub fn knew(&self, from: IpAddr) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.by_address.remove(&network(from)).unwrap_or(0);
        counts.all = counts.all.saturating_sub(own);
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() >> 64 << 64).into()),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_has_five_tries_a_minute() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..FROM_ONE {
            assert!(tries.count(from("203.0.113.9"), now).is_ok());
        }
        assert_eq!(tries.count(from("203.0.113.9"), now + Duration::from_secs(20)), Err(Duration::from_secs(40)));
        assert!(tries.count(from("203.0.113.10"), now).is_ok());
        assert!(tries.count(from("203.0.113.9"), now + WINDOW).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let (tries, now) = (Tries::default(), Instant::now());
        for host in 1..=FROM_ONE {
            assert!(tries.count(from(&format!("2001:db8::{host}")), now).is_ok());
        }
        assert!(tries.count(from("2001:db8::ffff"), now).is_err());
        assert!(tries.count(from("2001:db8:0:1::1"), now).is_ok());
    }

    #[test]
    fn many_addresses_together_have_an_end_and_whoever_knew_starts_anew() {
        let (tries, now) = (Tries::default(), Instant::now());
        let known = from("198.51.100.1");
        assert!(tries.count(known, now).is_ok());
        tries.knew(known);
        let taken = (0..1_000_u32).filter(|n| tries.count(IpAddr::V4((0x0a00_0000 + n).into()), now).is_ok()).count();
        assert_eq!(taken, FROM_ALL as usize);
        assert!(tries.count(known, now).is_err());
    }
}
