// Starts emulate's GitHub on a free port of 127.0.0.1, with an organisation, a repository, and the tokens of three jobs,
// each minted with a signed JWT as GitHub's own are. Says in one line of JSON where it is, with the tokens and the App's
// key. Ends with its standard input, so that it never outlives the test.
//
// Started with the folder of the package `emulate`. What the package does not know is done here: blobs as raw bytes, and
// `/_asked`, which lists what was asked so far.
import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { createEmulator } = await import(pathToFileURL(join(process.argv[2], "dist", "api.js")));
const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;
const APP = 15368, INSTALLATION = 1;
// What the shipped workflows ask for: in a job of the repository itself, in one of a fork, and in the second half.
const JOBS = {
  own: { metadata: "read", contents: "read", pull_requests: "write" },
  fork: { metadata: "read", contents: "read", pull_requests: "read" },
  half: { metadata: "read", contents: "read", pull_requests: "write", checks: "write" },
};
const server = await createEmulator({
  service: "github",
  port: 0,
  hostname: "127.0.0.1",
  seed: {
    tokens: { pusher: { login: "a-member", scopes: ["repo"] } },
    github: {
      users: [{ login: "a-member" }],
      orgs: [{ login: "a-team", members: [{ login: "a-member", role: "admin" }] }],
      repos: [{ owner: "a-team", name: "services", auto_init: false }],
      apps: [{
        app_id: APP, slug: "github-actions", name: "GitHub Actions", private_key: key, permissions: JOBS.half,
        events: [], installations: [{ installation_id: INSTALLATION, account: "a-team" }],
      }],
    },
  },
});

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const claims = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iat: now - 60, exp: now + 540, iss: `${APP}` })}`;
const jwt = `${claims}.${createSign("RSA-SHA256").update(claims).sign(key, "base64url")}`;
const tokens = { pusher: "pusher", key };
for (const [job, permissions] of Object.entries(JOBS)) {
  const answer = await fetch(`${server.url}/app/installations/${INSTALLATION}/access_tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt}`, "content-type": "application/json" },
    body: JSON.stringify({ permissions }),
  });
  if (answer.status !== 201) throw new Error(`no token for ${job}: ${answer.status} ${await answer.text()}`);
  tokens[job] = (await answer.json()).token;
}

const asks = [];
const front = createServer((asked, answered) => {
  if (asked.url === "/_asked") return answered.end(JSON.stringify(asks));
  const through = request(server.url + asked.url, { method: asked.method, headers: asked.headers }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => {
      let body = Buffer.concat(parts);
      const headers = { ...answer.headers };
      const isRaw = asked.headers.accept?.includes("raw") && asked.url.includes("/git/blobs/");
      if (isRaw && answer.statusCode === 200) {
        body = Buffer.from(JSON.parse(body).content, "base64");
        headers["content-type"] = "application/octet-stream";
        delete headers.etag;
      }
      delete headers["transfer-encoding"];
      headers["content-length"] = body.length;
      asks.push(`${asked.method} ${asked.url} ${answer.statusCode}`);
      answered.writeHead(answer.statusCode, headers).end(body);
    });
  });
  through.on("error", () => answered.writeHead(502).end());
  asked.pipe(through);
});
front.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${front.address().port}`, tokens }));
});
process.stdin.resume().on("end", () => process.exit(0));
