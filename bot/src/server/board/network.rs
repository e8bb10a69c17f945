//! A range of addresses, as people write it: `10.1.0.0/16`, or one address.

use std::fmt;
use std::net::IpAddr;

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// Reads a range; what is said about a wrong one is a sentence's second half.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.trim().parse().map_err(|_| format!("`{}` is no address", text.escape_debug()))?;
        let address = address.to_canonical();
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => most,
            Some(bits) => bits.trim().parse().ok().filter(|bits| *bits <= most).ok_or_else(|| {
                format!("`{}` is no range of addresses: after `/` stands a number up to {most}", text.escape_debug())
            })?,
        };
        Ok(Self { address, bits })
    }

    /// Whether an address is in it. An IPv4 address that came by IPv6 is an IPv4 address.
    pub fn has(&self, address: IpAddr) -> bool {
        let shifted = |number: u128, all: u32| number.checked_shr(all - self.bits).unwrap_or(0);
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                shifted(own.to_bits().into(), 32) == shifted(other.to_bits().into(), 32)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => shifted(own.to_bits(), 128) == shifted(other.to_bits(), 128),
            _ => false,
        }
    }
}

impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn a_range_has_what_is_in_it() {
        for (range, inside, outside) in [
            ("10.1.0.0/16", "10.1.255.7", "10.2.0.1"),
            ("10.1.2.3", "10.1.2.3", "10.1.2.4"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("::/0", "2001:db8::1", "10.1.2.3"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("127.0.0.0/8", "::ffff:127.0.0.1", "::1"),
        ] {
            let network = Network::parse(range).unwrap();
            assert!(network.has(inside.parse().unwrap()), "{range} {inside}");
            assert!(!network.has(outside.parse().unwrap()), "{range} {outside}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wrong in ["", "proxy", "10.1.0.0/33", "10.1.0.0/", "10.1/16", "::1/129", "10.1.0.0/-1"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
    }
}
