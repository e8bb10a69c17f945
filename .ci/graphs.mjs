// Draws the graphs of a few repositories, and counts in the pictures what `adrule list` says must be there.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { ADRULE, BROWSER, TOOLS } = process.env;
const { instance } = createRequire(import.meta.url)(join(TOOLS, "viz.cjs"));
const viz = await instance();
const scratch = mkdtempSync(join(tmpdir(), "adrule-graphs-"));

// Titles that would break, style, link or run something if they were not escaped.
const TITLES = [
  'Use "quotes" & <b>tags</b>; end',
  "end",
  "graph TD; A-->B",
  "subgraph x [y]",
  "<img src=x onerror=alert(1)><script>alert(1)</script>",
  'click A href "javascript:alert(1)"',
  "%%{init: {\"theme\": \"forest\"}}%% comment",
  "-->|label| {braces} (round) [square] ((double)) @{ shape: circle }",
  "Back\\slash \\n \\N \\G and `code` and #35; &amp; &#35;",
  "Ünïcödé 決定 решение 🦀 \u202eright to left",
  "style A fill:#f00; classDef x y; linkStyle 0 z",
  "$$x^2$$ **bold** _it_ ~~no~~ [link](https://example.com)",
];

function hostile() {
  const root = join(scratch, "hostile");
  mkdirSync(join(root, "docs/adr"), { recursive: true });
  TITLES.forEach((title, at) => {
    const number = at + 1;
    const words = [`# ${number}. ${title}`, "", "Status: accepted", "Date: 2026-01-31", ""];
    if (number > 1) words.push(`- Supersedes: ADR-${number - 1}`, `- Related: ADR-${1 + (number % 3)}`, "");
    if (number > 4) words.push(`- Amends: ADR-${number - 3}`, "");
    writeFileSync(join(root, `docs/adr/${String(number).padStart(4, "0")}-record.md`), words.join("\n"));
  });
  return root;
}

const run = (...words) => execFileSync(ADRULE, words, { encoding: "utf8", maxBuffer: 1 << 26 });

/** How many nodes and edges a graph in Mermaid's or Graphviz' words has. */
function counted(words, node, edge) {
  return { nodes: words.match(node)?.length ?? 0, edges: words.match(edge)?.length ?? 0 };
}

/** What a browser sees after Mermaid has drawn the graph: one `pre` of JSON. */
function mermaid(words) {
  const page = join(scratch, "page.html");
  const text = JSON.stringify(words).replaceAll("<", "\\u003c");
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><script src="${pathToFileURL(join(TOOLS, "mermaid.js"))}"></script>
<div id="place"></div><pre id="seen">nothing</pre><script>
window.alert = () => { window.ran = true; };
(async () => {
  const seen = document.getElementById("seen");
  try {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 1e7, maxEdges: 1e5 });
    const { svg } = await mermaid.render("graph", ${text});
    const place = document.getElementById("place");
    place.innerHTML = svg;
    seen.textContent = JSON.stringify({
      nodes: place.querySelectorAll("g.node").length,
      edges: place.querySelectorAll("path.flowchart-link").length,
      links: place.querySelectorAll("a, img, script").length,
      labels: [...place.querySelectorAll("g.node")].map((node) => node.textContent.trim()),
      ran: window.ran === true,
    });
  } catch (error) {
    seen.textContent = JSON.stringify({ error: String(error) });
  }
})();
</script>`,
  );
  const dom = execFileSync(
    BROWSER,
    ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=120000",
      `--user-data-dir=${join(scratch, "browser")}`, "--dump-dom", pathToFileURL(page).href],
    { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] },
  );
  const found = dom.match(/<pre id="seen">([^]*?)<\/pre>/);
  if (!found) throw new Error("the browser shows no answer");
  const plain = found[1].replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return JSON.parse(plain);
}

/** What Graphviz makes of a graph. */
function graphviz(words) {
  const svg = viz.renderString(words, { format: "svg", engine: "dot" });
  const seen = counted(svg, /<g id="node\d+" class="node">/g, /<g id="edge\d+" class="edge">/g);
  return { ...seen, links: (svg.match(/<a |<image|<script/g) ?? []).filter((tag) => tag !== "<a ").length, svg };
}

function same(what, seen, expected) {
  for (const key of ["nodes", "edges"]) {
    if (seen[key] !== expected[key]) throw new Error(`${what}: ${seen[key]} ${key} drawn, not ${expected[key]}`);
  }
  if (seen.links !== 0 || seen.ran) throw new Error(`${what}: something in it links or runs`);
}

try {
  const top = resolve(dirname(new URL(import.meta.url).pathname), "..");
  for (const [name, root] of [["hostile titles", hostile()], ["the example", join(top, "docs/example")], ["ourselves", top]]) {
    const all = ["graph", "--root", root, "--all"];
    const decisions = JSON.parse(run("list", "--root", root, "--format", "json")).decisions;
    const words = run(...all);
    const expected = counted(words, /^ {2,}d\d+\[/gm, /^ {2,}d\d+ (-->|-\.->|-\.-|---|==>)/gm);
    if (expected.nodes !== decisions.length) throw new Error(`${name}: ${expected.nodes} of ${decisions.length} decisions`);
    const drawn = mermaid(words);
    if (drawn.error) throw new Error(`${name}: Mermaid says ${drawn.error}`);
    same(`${name} in Mermaid`, drawn, expected);
    if (name === "hostile titles") {
      const whole = drawn.labels.join("\n");
      for (const part of ['"quotes"', "graph TD; A", "決定", "style A fill:#f00", "click A href"]) {
        if (!whole.includes(part)) throw new Error(`${name}: Mermaid does not show ${part}`);
      }
    }
    const dot = run(...all, "--format", "dot");
    const there = graphviz(dot);
    same(`${name} in Graphviz`, there, expected);
    console.log(`${name}: ${expected.nodes} decisions and ${expected.edges} relations, drawn by Mermaid and by Graphviz`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
