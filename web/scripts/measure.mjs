// What a page of a served run costs: processor time of the server and of the browser, bytes, the moment the figures stand, the slider.
// The page is the one in the program, or with BUILT=1 that of the last `npm run build`.
// `CALLUP=target/release/callup node scripts/measure.mjs RUNS ID [PAGE]`, for example `runs ru-2023-as-enacted-0459a390 outcome`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, openBrowser, openPage } from '../tests/browser.mjs';
import { startServer } from '../tests/server.mjs';

const [runs, id, name = ''] = process.argv.slice(2);
if (runs === undefined || id === undefined) throw new Error('name the folder of runs and the run');
const TIMES = Number(process.env.TIMES ?? 5);
const TICKS = 100;

/** Seconds of processor that a process has taken, in user and kernel mode. */
function spent(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** What the page's own process has worked since it was opened, in seconds. */
async function worked(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const named = Object.fromEntries(metrics.map((one) => [one.name, one.value]));
  return { all: named.TaskDuration, scripts: named.ScriptDuration, layout: named.LayoutDuration + named.RecalcStyleDuration, heap: named.JSHeapUsedSize / 1e6, nodes: named.Nodes };
}

const round = (value) => Math.round(value * 1000) / 1000;
const since = (now, then) => Object.fromEntries(Object.entries(now).map(([key, value]) => [key, round(key === 'heap' || key === 'nodes' ? value : value - then[key])]));

/** Waits until the page has nothing left to do. */
async function quiet(page, session) {
  for (let before = -1, times = 0; times < 25; times += 1) {
    await page.waitForTimeout(400);
    const now = (await worked(session)).all;
    if (now - before < 0.004) return;
    before = now;
  }
}

/** Processor seconds of all processes that draw pages, with what they leave to threads of their own. */
async function renderers(whole) {
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  return processInfo.filter((one) => one.type === 'renderer').reduce((sum, one) => sum + one.cpuTime, 0);
}

async function once(server, browser, whole) {
  const { page, context } = await openPage(browser, 1280);
  await page.unroute('**/*');
  if (process.env.BUILT === '1') await page.route(`${server.origin}/`, (route) => route.fulfill({ path: join(built, 'app.html'), contentType: 'text/html; charset=utf-8' }));
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.addInitScript((token) => {
    if (location.protocol === 'http:') sessionStorage.setItem('callup-token', token);
    const seen = new MutationObserver(() => {
      if (document.querySelector('main .sides dd')) {
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => (globalThis.figures = performance.now()), 0));
      }
    });
    seen.observe(document, { childList: true, subtree: true });
  }, server.token);
  const [serverBefore, wholeBefore, from0] = [spent(server.process), await renderers(whole), await worked(session)];
  await page.goto(`${server.origin}/#/run/${id}/${name}`, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.figures !== undefined);
  const [first, at] = [await worked(session), await page.evaluate(() => globalThis.figures)];
  await quiet(page, session);
  const result = { server: round(spent(server.process) - serverBefore), bytes, figures_at_ms: Math.round(at), until_figures: since(first, from0), until_quiet: since(await worked(session), from0), renderer_process: round((await renderers(whole)) - wholeBefore) };
  const from = await worked(session);
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
      window.scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
    }
  });
  await quiet(page, session);
  result.scrolled_through = since(await worked(session), from);
  if ((await page.locator('input[type=range]').count()) > 0) result.slider = await slide(page, session);
  await context.close();
  return result;
}

/** Moves the day week by week, as an arrow key held down does. */
async function slide(page, session) {
  await page.locator('input[type=range]').scrollIntoViewIfNeeded();
  await page.locator('input[type=range]').focus();
  await quiet(page, session);
  const before = await worked(session);
  const frames = await page.evaluate(async () => {
    const slider = document.querySelector('input[type=range]');
    const lengths = [];
    for (let week = Number(slider.max); week >= 0; week -= 1) {
      const begun = performance.now();
      slider.value = String(week);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      lengths.push(performance.now() - begun);
    }
    return lengths.sort((a, b) => a - b);
  });
  const after = since(await worked(session), before);
  const each = (key) => round((after[key] / frames.length) * 1000);
  return { steps: frames.length, all_ms: each('all'), scripts_ms: each('scripts'), layout_ms: each('layout'), frame_median_ms: round(frames[frames.length >> 1]), frame_longest_ms: round(frames.at(-1)) };
}

const [server, browser] = await Promise.all([startServer(runs), openBrowser()]);
const whole = await browser.newBrowserCDPSession();
try {
  for (let time = 0; time < TIMES; time += 1) console.log(JSON.stringify(await once(server, browser, whole)));
} finally {
  await Promise.all([browser.close(), server.stop()]);
}
