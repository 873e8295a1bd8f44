// Print pages to PDF as a reader would, and look at the paper.
// usage: NODE_MODULES=DIR node paper.mjs DIR FILE.html ...     the PDFs go to DIR
// A line a finding, then "FILE FORMAT: N sheets" for each. Takes pdftotext.
import path from 'node:path';
import {execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const require = createRequire(path.resolve(process.env.NODE_MODULES, 'x.js'));
const {chromium} = require('playwright-core');
const [to, ...files] = process.argv.slice(2);
const EDGE = 24; // points that no word may come nearer to an edge
const letters = s => (s.normalize('NFKC').match(/[\p{L}\p{N}]/gu) || []).length;

const browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--headless=new']});
for (const file of files) for (const format of ['A4', 'Letter']) {
  const name = `${path.basename(path.dirname(path.resolve(file)))}`;
  const pdf = path.join(to, `${name}-${format}.pdf`);
  const say = what => console.log(`${name} ${format}: ${what}`);
  const page = await browser.newPage({colorScheme: 'dark'});
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.emulateMedia({media: 'print'});
  const text = await page.evaluate(() => document.querySelector('main').innerText);
  const unwanted = await page.evaluate(() => [...document.querySelectorAll('nav, form, .skip, .files, .calendar, summary')]
    .filter(e => e.checkVisibility()).map(e => e.className || e.localName));
  await page.pdf({path: pdf, format});
  await page.close();
  if (unwanted.length) say(`of no use on paper: ${unwanted.join(' ')}`);

  const boxes = execFileSync('pdftotext', ['-bbox', pdf, '-']).toString();
  const sheets = [...boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([^]*?)<\/page>/g)];
  let printed = 0;
  for (const [, width, height, words] of sheets)
    for (const [, x0, y0, x1, y1, word] of words.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)) {
      printed += letters(word.replace(/&\w+;/g, ''));
      if (x0 < EDGE || y0 < EDGE || x1 > width - EDGE || y1 > height - EDGE) say(`"${word}" runs off the sheet`);
    }
  if (printed < letters(text)) say(`${letters(text) - printed} letters are not on the paper`);
  say(`${sheets.length} sheets`);
}
await browser.close();
