// What the browser tests share: the browser, a page that refuses every other origin, reports made from fixtures, axe and screenshots.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import pixelmatch from 'pixelmatch';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';

export const here = dirname(fileURLToPath(import.meta.url));
export const built = join(here, '../../crates/callup/web');
const screens = join(here, 'screens');
const seen = join(here, 'seen');

/** Two widths that every page is looked at in. */
export const WIDTHS = [1280, 390];

export function fixture(name) {
  return JSON.parse(readFileSync(join(here, 'fixtures', `${name}.json`), 'utf8'));
}

/** What the pages of a payload must say of it: how many were summoned, or by how many more the second law bars without notice. */
export function told(payload) {
  if (payload.kind === 'run') return payload.headline.find((line) => line.name === 'summoned').expanded.toLocaleString('en-GB');
  const figure = payload.persons.find((one) => one.name === 'barred_unseen');
  return `+${Math.round((figure.other_only - figure.first_only) / payload.scale).toLocaleString('en-GB')}`;
}

/** A mailed report with this payload, as a file; returns its address. */
export function reportFile(name, payload) {
  const data = JSON.stringify(payload).replaceAll('<', '\\u003c');
  const page = readFileSync(join(built, 'report.html'), 'utf8');
  const marked = '<!--callup-data-->';
  if (page.split(marked).length !== 2) throw new Error('report.html must have the place for data exactly once');
  const path = join(tmpdir(), `callup-${process.pid}-${name}.html`);
  writeFileSync(path, page.replace(marked, () => `<script type="application/json" id="callup-data">${data}</script>`));
  return pathToFileURL(path).href;
}

export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no chromium found; install it or name it in CHROMIUM');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--font-render-hinting=none', '--disable-lcd-text'] });
}

/** A page in which every request to another origin fails the test, as does every error of its own. */
export async function openPage(browser, width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', colorScheme: 'light', reducedMotion: 'reduce', acceptDownloads: true, ...options });
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.route('**/*', (route) => {
    const address = new URL(route.request().url());
    const own = address.protocol === 'file:' || address.protocol === 'blob:' || address.protocol === 'data:' || address.hostname === '127.0.0.1';
    if (!own) troubles.push(`asks another origin: ${address.href}`);
    return own ? route.continue() : route.abort();
  });
  return { page, context, troubles };
}

/** Violations of WCAG 2.2 A and AA, one line each. The script comes from the test, past the page's own policy. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return result.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')})`);
}

/** Nothing may stick out of the window: only containers that scroll by themselves are wider. */
export async function stickingOut(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The screen in squares of `size` by `size` pixels, each the mean of what is in it, in levels `step` of 255 apart. */
function coarser(screen, size, step) {
  const coarse = new PNG({ width: Math.floor(screen.width / size), height: Math.floor(screen.height / size) });
  for (let y = 0; y < coarse.height; y += 1) {
    for (let x = 0; x < coarse.width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let at = 0; at < size * size; at += 1) {
          sum += screen.data[((y * size + Math.floor(at / size)) * screen.width + x * size + (at % size)) * 4 + channel];
        }
        coarse.data[(y * coarse.width + x) * 4 + channel] = channel === 3 ? 255 : Math.round(sum / (size * size) / step) * step;
      }
    }
  }
  return coarse;
}

/**
 * Compares what is seen in the window with the kept screen, taken with Debian's chromium and its fonts, in squares of 16 pixels: type
 * drawn with another hinting moves the mean of 0.1 of a hundred squares, the same page twice that of none. Two of a hundred may. The
 * smallest part of the outcome that is gone moves 7 of a hundred, no style 40: a test beside these tries them.
 */
export async function compareScreen(page, name, { keep = process.env.KEEP_SCREENS === '1', most = 0.02, scroll = true } = {}) {
  if (scroll) await page.evaluate(() => window.scrollTo(0, 0));
  // Half as wide and high in sixteen levels a channel: a kept screen compresses to a third and no eye sees it.
  const now = coarser(PNG.sync.read(await page.screenshot({ animations: 'disabled', scale: 'css' })), 2, 17);
  mkdirSync(seen, { recursive: true });
  writeFileSync(join(seen, `${name}.png`), PNG.sync.write(now));
  const kept = join(screens, `${name}.png`);
  if (keep) {
    mkdirSync(screens, { recursive: true });
    writeFileSync(kept, PNG.sync.write(now, { colorType: 2 }));
    return null;
  }
  if (!existsSync(kept)) return `${name}: no kept screen; look at ${join(seen, name)}.png and keep it with KEEP_SCREENS=1`;
  const then = PNG.sync.read(readFileSync(kept));
  if (now.width !== then.width || now.height !== then.height) return `${name}: ${now.width}x${now.height} instead of ${then.width}x${then.height}`;
  const [seenSquares, keptSquares] = [coarser(now, 8, 1), coarser(then, 8, 1)];
  const { width, height } = seenSquares;
  const other = pixelmatch(seenSquares.data, keptSquares.data, undefined, width, height, { threshold: 0.05, includeAA: true });
  const share = other / (width * height);
  return share > most ? `${name}: ${(share * 100).toFixed(1)} % of the squares differ` : null;
}
