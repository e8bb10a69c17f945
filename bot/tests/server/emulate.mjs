// Starts emulate's GitHub on a free port of 127.0.0.1, with an organisation, a repository, the tokens of three jobs, each
// minted with a signed JWT as GitHub's own are, and an App that is installed and hears of what happens. Says in one line of
// JSON where it is, with the tokens and the Apps' key. Ends with its standard input, so that it never outlives the test.
//
// Started with the folder of the package `emulate`. What the package does not know is done in front.mjs, before it.
import { createSign, generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { front } from "./front.mjs";

const { createEmulator } = await import(pathToFileURL(join(process.argv[2], "dist", "api.js")));
const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;
const PUSHER = "pusher";
const ACTIONS = 15368, INSTALLATION = 1;
// What the shipped workflows ask for: in a job of the repository itself, in one of a fork, and in the second half.
const JOBS = {
  own: { metadata: "read", contents: "read", pull_requests: "write" },
  fork: { metadata: "read", contents: "read", pull_requests: "read" },
  half: { metadata: "read", contents: "read", pull_requests: "write", checks: "write" },
};
// The numbers and the secret are those of `served::command`, permissions and events those that `/setup` asks for.
const APP = {
  app_id: 4711, slug: "adrule", name: "adrule", private_key: key, webhook_secret: "a secret of the tests",
  permissions: {
    checks: "write", contents: "read", issues: "read", merge_queues: "read", metadata: "read", pull_requests: "write",
  },
  events: ["check_run", "check_suite", "issue_comment", "merge_group", "pull_request", "push"],
  installations: [{ installation_id: 7, account: "a-team" }],
};
const before = await front(PUSHER);
const server = await createEmulator({
  service: "github",
  port: 0,
  hostname: "127.0.0.1",
  seed: {
    tokens: { [PUSHER]: { login: "a-member", scopes: ["repo"] } },
    github: {
      users: [{ login: "a-member" }],
      orgs: [{ login: "a-team", members: [{ login: "a-member", role: "admin" }] }],
      repos: [{ owner: "a-team", name: "services", auto_init: false }],
      apps: [{
        app_id: ACTIONS, slug: "github-actions", name: "GitHub Actions", private_key: key, permissions: JOBS.half,
        events: [], installations: [{ installation_id: INSTALLATION, account: "a-team" }],
      }, { ...APP, webhook_url: before.webhook }],
    },
  },
});
before.before(server.url);

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const claims = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iat: now - 60, exp: now + 540, iss: `${ACTIONS}` })}`;
const jwt = `${claims}.${createSign("RSA-SHA256").update(claims).sign(key, "base64url")}`;
const tokens = { pusher: PUSHER, key };
for (const [job, permissions] of Object.entries(JOBS)) {
  const answer = await fetch(`${server.url}/app/installations/${INSTALLATION}/access_tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt}`, "content-type": "application/json" },
    body: JSON.stringify({ permissions }),
  });
  if (answer.status !== 201) throw new Error(`no token for ${job}: ${answer.status} ${await answer.text()}`);
  tokens[job] = (await answer.json()).token;
}
console.log(JSON.stringify({ url: before.url, tokens }));
process.stdin.resume().on("end", () => process.exit(0));
