// What stands before emulate: it passes everything on, and does what emulate 0.12.2 does not.
//
// - Blobs as raw bytes, where they are asked for so.
// - The head of a pull request, which emulate leaves where it was opened, is that of its branch.
// - `/installation/repositories` and `/repos/…/commits/…/pulls`, which it does not know; what it knows tells both, asked
//   with the token of whoever asks.
// - The App's webhook: emulate signs and sends deliveries, but keeps no list of them, names them by the millisecond, so
//   that two can have one name, and cannot be told later where the App is. They come here first, are kept for
//   `/app/hook/deliveries`, and go on with body and signature untouched and a name of their own.
// - Every write of a job or of the App is shown to GitHub's own description of its interface, where `ADRULE_PRISM` says
//   where that is asked.
//
// For the tests: `/_asked` lists what was asked so far, `/_documented` what became of the writes, `/_sent` the attempts to
// deliver, and a POST to `/_app` says where the App is from now on; nothing: nowhere.
import { createServer, request } from "node:http";

const WEBHOOK = "/webhooks/github", DELIVERIES = "/app/hook/deliveries";

/// Starts it on a free port. `pusher` is the token of a person, whose writes are not ours.
export function front(pusher) {
  const state = { pusher, server: null, asks: [], app: null, attempts: [], count: 0, good: 0, bad: [] };
  const listener = createServer((asked, answered) => {
    const parts = [];
    asked.on("data", (part) => parts.push(part));
    asked.on("end", () => {
      const call = { method: asked.method, url: asked.url, headers: asked.headers, body: Buffer.concat(parts) };
      route(state, call).then(
        (answer) => {
          const headers = { ...answer.headers, "content-length": answer.body.length };
          delete headers["transfer-encoding"];
          answered.writeHead(answer.status, headers).end(answer.body);
        },
        (error) => answered.writeHead(502).end(`${error}`),
      );
    });
  });
  return new Promise((started) => {
    listener.listen(0, "127.0.0.1", () => {
      const url = `http://127.0.0.1:${listener.address().port}`;
      started({ url, webhook: url + WEBHOOK, before: (server) => { state.server = server; } });
    });
  });
}

const json = (status, value) => ({
  status, headers: { "content-type": "application/json; charset=utf-8" }, body: Buffer.from(JSON.stringify(value)),
});

async function route(state, call) {
  const path = call.url.split("?")[0];
  switch (path) {
    case "/_asked": return json(200, state.asks);
    case "/_documented": return json(200, { good: state.good, bad: state.bad });
    case "/_sent": return json(200, state.attempts.map(({ again, event, status_code }) => ({ again, event, status_code })));
    case "/_app": state.app = JSON.parse(call.body).to; return json(200, {});
    case WEBHOOK: return taken(state, call);
  }
  const answer = await ours(state, path, call) ?? await onward(state, call);
  state.asks.push(`${call.method} ${call.url} ${answer.status}`);
  await documented(state, path, call);
  return answer;
}

/// Emulate's answer.
function through(base, { method, url, headers, body }) {
  return new Promise((answered, failed) => {
    const sent = request(base + url, { method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        answered({ status: answer.statusCode, headers: { ...answer.headers }, body: Buffer.concat(parts) }));
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

/// What emulate answers to a question of ours, asked as somebody else; none where that is no success.
async function known(state, call, url) {
  const headers = { authorization: call.headers.authorization ?? "" };
  const answer = await through(state.server, { method: "GET", url, headers, body: "" });
  return answer.status === 200 ? JSON.parse(answer.body) : null;
}

async function onward(state, call) {
  const answer = await through(state.server, call);
  if (call.method !== "GET" || answer.status !== 200) return answer;
  if (call.headers.accept?.includes("raw") && call.url.includes("/git/blobs/")) {
    delete answer.headers.etag;
    const body = Buffer.from(JSON.parse(answer.body).content, "base64");
    return { status: 200, headers: { ...answer.headers, "content-type": "application/octet-stream" }, body };
  }
  const [, repository] = call.url.match(/^\/repos\/([^/]+\/[^/]+)\/pulls(?:\/\d+)?(?:\?|$)/) ?? [];
  if (!repository) return answer;
  const found = JSON.parse(answer.body);
  for (const pull of [found].flat()) await atItsBranch(state, call, repository, pull);
  delete answer.headers.etag;
  return { ...answer, body: Buffer.from(JSON.stringify(found)) };
}

async function atItsBranch(state, call, repository, pull) {
  const branch = await known(state, call, `/repos/${repository}/git/ref/heads/${pull.head.ref}`);
  if (branch) pull.head.sha = branch.object.sha;
}

/// What emulate does not know; none: it is asked.
async function ours(state, path, call) {
  if (path === "/installation/repositories") {
    const repository = await known(state, call, "/repos/a-team/services");
    if (!repository) return json(401, { message: "Bad credentials" });
    return json(200, { total_count: 1, repositories: [repository] });
  }
  const [, repository, head] = path.match(/^\/repos\/([^/]+\/[^/]+)\/commits\/([0-9a-f]{40})\/pulls$/) ?? [];
  if (repository) {
    const pulls = await known(state, call, `/repos/${repository}/pulls?state=all`) ?? [];
    for (const pull of pulls) await atItsBranch(state, call, repository, pull);
    return json(200, pulls.filter((pull) => pull.head.sha === head));
  }
  if (!path.startsWith("/app/hook/")) return null;
  // Emulate verifies who asks.
  if (!await known(state, call, "/app")) return json(401, { message: "A JSON web token could not be decoded" });
  if (path === "/app/hook/config") {
    const url = `http://${call.headers.host}${WEBHOOK}`;
    return json(200, { url, content_type: "json", insecure_ssl: "0", secret: "********" });
  }
  if (path === DELIVERIES) return json(200, state.attempts.map(({ sent, again, ...shown }) => shown).reverse());
  const [, id] = path.match(/^\/app\/hook\/deliveries\/(\d+)\/attempts$/) ?? [];
  const attempt = state.attempts.find((attempt) => `${attempt.id}` === id);
  if (!attempt) return json(404, { message: "Not Found" });
  await deliver(state, attempt.guid, attempt.event, attempt.sent, true);
  return json(202, {});
}

/// A delivery of emulate's.
async function taken(state, call) {
  const guid = `${call.headers["x-github-delivery"]}-${++state.count}`;
  await deliver(state, guid, call.headers["x-github-event"], call, false);
  return json(200, {});
}

async function deliver(state, guid, event, sent, again) {
  const headers = { ...sent.headers, "x-github-delivery": guid };
  delete headers.host;
  delete headers["transfer-encoding"];
  headers["content-length"] = sent.body.length;
  const attempt = { id: state.attempts.length + 1, guid, event, delivered_at: new Date().toISOString(), sent, again };
  state.attempts.push(attempt);
  attempt.status_code = 0;
  if (!state.app) return;
  const call = { method: "POST", url: WEBHOOK, headers, body: sent.body };
  attempt.status_code = await through(state.app, call).then((answer) => answer.status, () => 0);
}

async function documented(state, path, call) {
  const prism = process.env.ADRULE_PRISM;
  const isOurs = call.headers.authorization !== `Bearer ${state.pusher}`;
  if (!prism || !isOurs || call.method === "GET" || path.endsWith("graphql")) return;
  const headers = { accept: "application/json", "content-length": call.body.length };
  if (call.body.length > 0) headers["content-type"] = "application/json";
  const answer = await through(`http://${prism}`, { method: call.method, url: call.url, headers, body: call.body });
  // Some of its own examples are not as it says itself.
  const violations = answer.headers["sl-violations"] ?? "";
  const isGood = answer.status >= 200 && answer.status < 300 && !violations.includes('{"location":["request"');
  if (isGood) state.good += 1;
  else state.bad.push(`${call.method} ${call.url}: ${answer.status} ${violations} ${answer.body}`);
}
