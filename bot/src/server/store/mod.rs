//! What has to outlive the process: deliveries seen, what is due, verdicts. SQLite for one process, PostgreSQL for
//! several; both behind one type.

mod model;

pub use model::{Accepted, Delivery, Depth, Lease, Mark, Outcome, Parked, Subject, Verdict, WaiverSeen};
