// Look at printed pages in Chromium: pictures wide, on a phone, in the dark, on paper; axe and html-validate on each.
// usage: node look.mjs [--shots DIR] FILE.html ...
// npm packages are installed into a temporary folder and removed, or set NODE_MODULES to a folder that has them.
// A letter (a file named letter*.html) is built as mail must be: only what a browser sees of it counts here.
// Exit status 0: nothing found; 1: some finding; 2: usage or install.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

// Debian 12's Node.js is 18: html-validate 9 is the last that runs on it, and knows two rules less.
const [major, minor] = process.versions.node.split('.').map(Number);
const isOld = major < 20 || (major === 20 && minor < 19);
const PACKAGES = ['playwright-core@1.57.0', 'axe-core@4.14.1', isOld ? 'html-validate@9.7.1' : 'html-validate@10.17.0'];
const VIEWS = [
  {name: 'wide', width: 1280, dark: false}, {name: 'phone', width: 390, dark: false},
  {name: 'dark', width: 1280, dark: true}, {name: 'narrow', width: 320, dark: true}, {name: 'paper', width: 720, dark: false, media: 'print'},
];
// Off: inlined style sheet and data block, and mere taste.
const RULES = {'no-inline-style': 'off', 'require-sri': 'off', 'long-title': 'off', 'no-trailing-whitespace': 'off', 'tel-non-breaking': 'off',
  'prefer-native-element': 'off', 'no-raw-characters': 'off', 'script-type': 'off', 'doctype-style': 'off'};

const args = process.argv.slice(2);
const at = args.indexOf('--shots');
const shots = at < 0 ? null : args.splice(at, 2)[1];
if (!args.length) { console.error('usage: node look.mjs [--shots DIR] FILE.html ...'); process.exit(2); }

let modules = process.env.NODE_MODULES;
if (!modules) {
  const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'look-'));
  process.on('exit', () => fs.rmSync(tmp, {recursive: true, force: true}));
  fs.writeFileSync(path.join(tmp, 'package.json'), '{"private":true}');
  try {
    execFileSync('npm', ['install', '--loglevel=error', '--no-audit', '--no-fund', '--ignore-scripts',
      '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000', ...PACKAGES], {cwd: tmp, stdio: ['ignore', 2, 2]});
  } catch { console.error('npm could not install the packages; its reason is above'); process.exit(2); }
  modules = path.join(tmp, 'node_modules');
}
const require = createRequire(path.resolve(modules, 'x.js'));
const {chromium} = require('playwright-core');
const {HtmlValidate, StaticConfigLoader} = require('html-validate');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate(new StaticConfigLoader({root: true, extends: ['html-validate:recommended'], rules: RULES}));

let found = 0;
const say = (file, what) => { found++; console.log(`${file}: ${what}`); };

const browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--headless=new']});
for (const file of args) {
  const name = path.relative('.', file);
  const isLetter = path.basename(file).startsWith('letter');
  const report = isLetter ? {results: []} : await validator.validateString(fs.readFileSync(file, 'utf8'), file);
  for (const r of report.results) for (const m of r.messages) say(name, `line ${m.line}: ${m.ruleId}: ${m.message}`);
  for (const v of VIEWS) {
    const page = await browser.newPage({viewport: {width: v.width, height: 900}, colorScheme: v.dark ? 'dark' : 'light'});
    if (v.media) await page.emulateMedia({media: v.media});
    const asked = [];
    page.on('request', r => { if (!/^(file|data):/.test(r.url())) { asked.push(r.url()); } });
    await page.goto(pathToFileURL(path.resolve(file)).href, {waitUntil: 'load'});
    if (asked.length) say(name, `${v.name}: asks other hosts: ${asked.join(' ')}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) say(name, `${v.name}: wider than the window`);
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
    for (const x of result.violations) if (!isLetter || !/^(region|landmark)/.test(x.id)) say(name, `${v.name}: ${x.impact}: ${x.id}: ${x.help}: ${x.nodes.map(n => n.target.join(' ')).slice(0, 4).join(' | ')}`);
    if (shots) await page.screenshot({path: path.join(shots, `${path.basename(path.dirname(file))}-${path.basename(file, '.html')}-${v.name}.png`), fullPage: true});
    if (shots && v.name === 'wide') await page.pdf({path: path.join(shots, `${path.basename(path.dirname(file))}-${path.basename(file, '.html')}.pdf`), format: 'A4'});
    await page.close();
  }
}
await browser.close();
console.log(`${args.length} pages looked at: ${found ? `${found} findings` : 'nothing found'}`);
process.exit(found ? 1 : 0);
