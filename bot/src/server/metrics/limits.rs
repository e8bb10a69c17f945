//! What GitHub still allows each installation.

use super::as_number;
use crate::github::{Asked, Resource};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// How many are shown: the ones that are nearest to their limit.
const SHOWN: usize = 100;
/// How many are remembered. Beyond it, whoever has most left is forgotten first.
const KEPT: usize = 10_000;

/// The last word about each limit.
#[derive(Debug, Default)]
pub struct Limits {
    known: Mutex<HashMap<(u64, Resource), Limit>>,
}

#[derive(Clone, Copy, Debug)]
struct Limit {
    remaining: u64,
    /// When it starts anew, in seconds since 1970.
    reset: i64,
}

impl Limits {
    /// Remembers what an answer said about its limit.
    pub fn saw(&self, asked: &Asked) {
        let (Some(installation), Some(remaining), Some(reset)) = (asked.installation, asked.remaining, asked.reset)
        else {
            return;
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((installation, asked.resource), Limit { remaining, reset });
        if known.len() > KEPT {
            let most = known.iter().max_by_key(|(_, limit)| limit.remaining).map(|(key, _)| *key);
            most.and_then(|key| known.remove(&key));
        }
    }

    /// Those that hold at a time, the lowest first.
    fn lowest(&self, now: i64) -> Vec<((u64, Resource), Limit)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // What has started anew since says nothing.
        known.retain(|_, limit| limit.reset > now);
        let mut lowest: Vec<_> = known.iter().map(|(key, limit)| (*key, *limit)).collect();
        drop(known);
        lowest.sort_by_key(|(key, limit)| (limit.remaining, *key));
        lowest.truncate(SHOWN);
        lowest
    }
}

impl Collector for Limits {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let lowest = self.lowest(jiff::Timestamp::now().as_second());
        if lowest.is_empty() {
            return Ok(());
        }
        let help = "Questions that GitHub still allows an installation until its limit starts anew";
        let mut family = encoder.encode_descriptor("github_limit_remaining", help, None, MetricType::Gauge)?;
        for ((installation, resource), limit) in lowest {
            let labels = [("installation", installation.to_string()), ("resource", resource.word().to_owned())];
            ConstGauge::new(as_number(limit.remaining)).encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn asked(installation: u64, remaining: u64, reset: i64) -> Asked {
        Asked {
            installation: Some(installation),
            resource: Resource::Core,
            status: Some(200),
            remaining: Some(remaining),
            reset: Some(reset),
            took: Duration::ZERO,
        }
    }

    #[test]
    fn the_nearest_to_their_limit_are_shown_and_the_rest_is_bounded() {
        let limits = Limits::default();
        for installation in 0..12_000 {
            limits.saw(&asked(installation, 20_000 - installation, 2_000));
        }
        assert_eq!(limits.known.lock().unwrap().len(), KEPT);
        let lowest = limits.lowest(1_000);
        assert_eq!(lowest.len(), SHOWN);
        assert_eq!(lowest[0].0.0, 11_999);
        assert_eq!(lowest[0].1.remaining, 8_001);
    }

    #[test]
    fn a_limit_that_has_started_anew_is_forgotten() {
        let limits = Limits::default();
        limits.saw(&asked(1, 3, 1_000));
        limits.saw(&asked(2, 4_000, 3_000));
        let lowest: Vec<u64> = limits.lowest(2_000).into_iter().map(|((installation, _), _)| installation).collect();
        assert_eq!(lowest, [2]);
    }
}
