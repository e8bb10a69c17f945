// The page as people use it: `node board.mjs TOOLS BROWSER URL EMPTY TOKEN PICTURES`. Says what is wrong and ends with 1.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [tools, executablePath, full, empty, token, pictures] = process.argv.slice(2);
const require = createRequire(join(tools, 'package.json'));
const { chromium } = require('playwright-core');
const axe = require('axe-core');

const PARTS = ['/', '/pulls', '/rules', '/waivers', '/jobs'];
const wrong = [];
const check = (holds, what) => { if (!holds) wrong.push(what); };

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

async function logIn(page, url) {
  await page.goto(`${url}/`);
  // The field has the focus from the start, but a browser may come round to it after the first keys.
  const field = page.locator('input[name=token]');
  // Cookies know no ports: who is logged in at one of the servers is at the other.
  if (await field.count() > 0) {
    await field.focus();
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
  }
  await page.waitForURL(`${url}/`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

// What machines can find, and what a narrow window shows: nothing may stick out.
async function look(page, name) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run());
  for (const { id, help, nodes } of violations) {
    wrong.push(`${name}: ${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
  }
  const [inner, scroll] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  check(scroll <= inner, `${name}: ${scroll} px wide in a window of ${inner} px`);
  const broken = await page.evaluate(() => [...document.querySelectorAll('button')].filter((button) => button.offsetHeight > 48).length);
  check(broken === 0, `${name}: ${broken} buttons have their word on two lines`);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

for (const width of [360, 960, 1280]) {
  for (const colorScheme of width === 960 ? ['light'] : ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('401')) wrong.push(message.text()); });
    page.on('dialog', (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    const name = (part) => `${width}-${colorScheme}-${part.slice(1) || 'overview'}`;
    await page.goto(`${full}/`);
    await look(page, name('/login'));
    await logIn(page, full);
    for (const part of PARTS) {
      await page.goto(full + part);
      await look(page, name(part));
    }
    await logIn(page, empty);
    await look(page, name('/empty'));
    await context.close();
  }
}

// The keyboard alone, and no script at all.
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
const page = await context.newPage();
const focus = () => page.evaluate(() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  return {
    name: at.getAttribute('aria-label') ?? at.textContent.trim(),
    tag: at.tagName,
    isSeen: box.left >= 0 && box.right <= innerWidth && box.width > 0 && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
});
await logIn(page, full);
await page.keyboard.press('Tab');
check((await focus()).name === 'To the content', 'the first stop is the link to the content');
check((await focus()).isSeen, 'the link to the content is seen when it has the focus');
await page.keyboard.press('Enter');
await page.keyboard.press('Tab');
let at = await focus();
check(at.tag === 'A' || at.tag === 'BUTTON', `behind the link to the content comes ${at.tag}`);
const stops = [];
for (let stop = 0; stop < 60 && !at.name.startsWith('Retry '); stop += 1) {
  check(at.isSeen, `the focus is not seen at ${at.tag} ${at.name}`);
  stops.push(at.name);
  await page.keyboard.press('Tab');
  at = await focus();
}
check(at.name.startsWith('Retry '), `no way to a retry button: ${stops.join(', ')}`);
await page.keyboard.press('Enter');
await page.waitForURL(/\/jobs\?retried=\d+$/);
check(/^Job \d+ is due again\.$/.test(await page.getByRole('status').innerText()), 'what was done is said');
// Out again, also by the keyboard.
await page.goto(`${full}/jobs`);
for (let stop = 0; stop < 20 && (await focus()).name !== 'Log out'; stop += 1) await page.keyboard.press('Tab');
await page.keyboard.press('Enter');
await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
check((await context.cookies()).length === 0, 'the session is gone');

await browser.close();
for (const line of wrong) console.error(line);
process.exit(wrong.length ? 1 : 0);
