//! Connections: how many, and how long each may take to say what it wants. axum's own loop has no limits.

use super::linger::{Lingering, Refused};
use super::stop::Stop;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use hyper::body::Body as _;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_service::Service as _;

/// Connections at a time; who comes later waits in the kernel's queue.
const CONNECTIONS: usize = 2048;
/// The time for the head of a request, and between two requests of a connection.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Requests that are being answered when the end comes have so long.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// After a fault that is not the connection's, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers until everybody is asked to end.
pub async fn serve(listener: TcpListener, router: Router, stop: &Stop) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut http = hyper::server::conn::http1::Builder::new();
    // 8 KiB is the least, and enough for GitHub's headers; a body is read past it.
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(64 * 1024);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&room).acquire_owned() => place,
            () = stop.wished() => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!("a connection was not accepted: {error}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = stop.wished() => break,
        };
        // Answers are short: they leave at once.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let refused = Refused::default();
        let stream = Lingering::new(stream, refused.clone());
        let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            let has_body = !request.body().is_end_stream();
            let (refused, answer) = (refused.clone(), router.clone().call(request));
            async move {
                let answer = answer.await;
                let is_good = answer.as_ref().is_ok_and(|answer| {
                    // Who was too slow is not waited for once more.
                    answer.status().is_success() || answer.status() == StatusCode::REQUEST_TIMEOUT
                });
                refused.set(has_body && !is_good);
                answer
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that breaks off is no news.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await;
}
