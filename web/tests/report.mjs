// The mailed file, opened from disk: every page of it in two widths and three languages, by keyboard alone, with every other origin blocked.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compareScreen, fixture, openBrowser, openPage, reportFile, stickingOut, told, violations, WIDTHS } from './browser.mjs';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const PAGES = [
  { name: 'outcome', payload: 'run', address: '#/outcome', says: told(fixture('run')) },
  { name: 'law', payload: 'run', address: '#/law/ru_437fz@2023-08-04', says: 'Rules beside it' },
  { name: 'life', payload: 'comparison', address: `#/life/${fixture('comparison').lives[0].person.id}`, says: 'Under ru_paper_2022@2022-01-01' },
  { name: 'two-laws', payload: 'comparison', address: '#/compare', says: told(fixture('comparison')) },
  { name: 'service', payload: 'run', address: '#/service', says: 'Waiting to be trained' },
  { name: 'cost', payload: 'run', address: '#/accounts', says: 'pay of conscripts' },
];

for (const { name, payload, address, says } of PAGES) {
  for (const width of WIDTHS) {
    it(`${name} at ${width} pixels`, async () => {
      const { page, context, troubles } = await openPage(browser, width);
      await page.goto(reportFile(`${name}-${width}`, fixture(payload)) + address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(150);
      assert.ok((await page.locator('main').innerText()).includes(says), `the page says ${says}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await stickingOut(page), 0, 'nothing but its own containers scrolls sideways');
      assert.equal(await compareScreen(page, `report-${name}-${width}`), null);
      assert.deepEqual(troubles, []);
      await context.close();
    });
  }
}

describe('the two laws', () => {
  it('show the numbers of the payload, and another quantity when it is picked', async () => {
    const { page, context, troubles } = await openPage(browser, 1280);
    const comparison = fixture('comparison');
    await page.goto(reportFile('pick', comparison));
    for (const summary of await page.getByText('How to get this').all()) await summary.click();
    await page.getByLabel('What is compared').selectOption('called_up');
    const figure = comparison.persons.find((one) => one.name === 'called_up');
    const said = await page.locator('.lead').innerText();
    assert.ok(said.includes((figure.other_only * 100).toLocaleString('en-GB')) && said.includes((figure.first_only * 100).toLocaleString('en-GB')), said);
    const map = page.getByRole('img', { name: /equal tiles: by how many persons/ });
    assert.equal(await map.locator('text').count(), 83, 'each region has a tile');
    const parted = comparison.by_region.filter((row) => row.quantity === 'called_up').toSorted((a, b) => b.other_only - b.first_only - (a.other_only - a.first_only))[0];
    await page.locator('label', { hasText: /^Region/ }).locator('select').selectOption(parted.region);
    const most = (parted.other_only - parted.first_only) * 100;
    await map.evaluate((element) => element.closest('article').scrollIntoView());
    assert.equal(await compareScreen(page, 'report-differences-1280', { scroll: false }), null);
    await page.locator('.reading', { hasText: `${most > 0 ? '+' : ''}${most.toLocaleString('en-GB')}` }).waitFor();
    await page.getByRole('link', { name: comparison.lives[1].person.id }).click();
    await page.getByRole('heading', { name: `Synthetic person ${comparison.lives[1].person.id}` }).waitFor();
    assert.equal(await page.locator('.side').count(), 2);
    assert.deepEqual(troubles, []);
    await context.close();
  });
});

describe('a run with replicates', () => {
  it('says first in how many of them, and where each figure and week lies', async () => {
    for (const width of WIDTHS) {
      const { page, context, troubles } = await openPage(browser, width);
      const run = fixture('replicates');
      await page.goto(reportFile(`replicates-${width}`, run) + '#/outcome');
      const unseen = run.headline.find((line) => line.name === 'barred_unseen').over_replicates;
      const number = (value) => value.toLocaleString('en-GB');
      const { replicates, of, bound } = unseen.more_than;
      const lead = await page.locator('.lead').first().innerText();
      assert.ok(lead.includes(replicates === of ? `In each of ${of} replicates` : `In ${replicates} of ${of} replicates`) && lead.includes(`more than ${number(bound)} men were barred`), lead);
      const side = await page.locator('.sides').innerText();
      assert.ok(side.includes(`${number(unseen.interval.low)} to ${number(unseen.interval.high)}, median ${number(unseen.interval.median)}`), side);
      const issued = run.weekly.series.find((one) => one.id === 'issued');
      const at = issued.high.indexOf(Math.max(...issued.high));
      const card = page.locator('article', { has: page.getByRole('heading', { name: 'Summonses each week' }) });
      await card.getByText('The same as a table').click();
      const row = await card.getByRole('row', { name: run.weekly.dates[at] }).innerText();
      for (const part of ['values', 'low', 'high']) assert.ok(row.includes(number(issued[part][at])), `${row} has the ${part}`);
      assert.ok((await card.locator('path[fill-opacity], [fill-opacity] path').count()) >= 3, 'each line has its band');
      await card.getByText('The same as a table').click();
      assert.deepEqual(await violations(page), []);
      assert.equal(await stickingOut(page), 0);
      assert.equal(await compareScreen(page, `report-replicates-${width}`), null);
      await page.mouse.move(0, 0);
      await card.evaluate((element) => element.scrollIntoView());
      assert.equal(await compareScreen(page, `report-bands-${width}`, { scroll: false }), null);
      assert.deepEqual(troubles, []);
      await context.close();
    }
  });

  it('says it in three languages', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('replicates-words', fixture('replicates')));
    for (const [language, words] of [['ru', /^В (каждом|\d+) из 10 повторов/], ['uk', /^У (кожному з|\d+ із) 10 повторів/]]) {
      await page.locator('.language select').selectOption(language);
      await page.locator('.lead').first().filter({ hasText: words }).waitFor();
    }
    await context.close();
  });
});

describe('the outcome', () => {
  it('shows the numbers of the payload in its charts’ tables', async () => {
    const { page, context } = await openPage(browser, 1280);
    const run = fixture('run');
    await page.goto(reportFile('numbers', run));
    const issued = run.weekly.series.find((one) => one.id === 'issued');
    const at = issued.values.indexOf(Math.max(...issued.values));
    const card = page.locator('article', { has: page.getByRole('heading', { name: 'Summonses each week' }) });
    await card.getByText('The same as a table').click();
    const row = card.getByRole('row', { name: run.weekly.dates[at] });
    assert.ok((await row.innerText()).includes(issued.values[at].toLocaleString('en-GB')));
    await context.close();
  });

  it('gives a table as CSV with a byte order mark', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('csv', fixture('run')));
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'These rows as CSV' }).first().click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.match(bytes.toString('utf8'), /\r\n/);
    await context.close();
  });

  it('speaks three languages', async () => {
    const { page, context, troubles } = await openPage(browser, 1280);
    await page.goto(reportFile('languages', fixture('run')));
    for (const [language, words] of [['ru', 'Кто извещён'], ['uk', 'Кого сповіщено'], ['en', 'Who is reached']]) {
      await page.locator('.language select').selectOption(language);
      await page.getByRole('heading', { name: words }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      assert.deepEqual(await violations(page), []);
    }
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('is used by keyboard alone', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('keyboard', fixture('run')));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const visited = new Set();
    let slider = false;
    for (let step = 0; step < 80 && !slider; step += 1) {
      await page.keyboard.press('Tab');
      const [what, outlined] = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        return [`${element.tagName} ${element.getAttribute('type') ?? ''}`, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
      });
      assert.ok(outlined, `the focus on ${what} is seen`);
      visited.add(what);
      slider = what === 'INPUT range';
    }
    assert.ok(slider, `the day slider is reached by Tab: ${[...visited].join(', ')}`);
    const said = () => page.locator('input[type=range]').getAttribute('aria-valuetext');
    const earlier = await said();
    await page.keyboard.press('ArrowLeft');
    assert.notEqual(await said(), earlier, 'the arrow moves the day');
    await context.close();
  });

  it('is readable by night and asks for no motion', async () => {
    const { page, context } = await openPage(browser, 1280, { colorScheme: 'dark' });
    await page.goto(reportFile('night', fixture('run')));
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
    await context.close();
  });

  it('keeps its own policy: nothing is fetched, no foreign script runs', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('policy', fixture('run')));
    const tried = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.intruder = true';
      document.head.append(script);
      const fetched = await fetch('https://example.org/').then(() => 'fetched', () => 'refused');
      return [fetched, globalThis.intruder ?? false];
    });
    assert.deepEqual(tried, ['refused', false]);
    await context.close();
  });

  it('draws its charts when they come near, and all of them on paper', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('paper', fixture('run')));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(150);
    const count = () => page.evaluate(() => [document.querySelectorAll('.drawing').length, document.querySelectorAll('.drawing > *').length]);
    const [places, drawn] = await count();
    assert.ok(places > 4 && drawn < places, `${drawn} of ${places} are drawn before anybody looks`);
    await page.locator('.drawing').nth(1).scrollIntoViewIfNeeded();
    await page.locator('.drawing > *').nth(1).waitFor();
    await page.pdf();
    assert.deepEqual(await count(), [places, places]);
    const widths = await page.evaluate(() => [...document.querySelectorAll('.drawing > *')].map((one) => one.getBoundingClientRect().width));
    assert.ok(Math.min(...widths) > 500, `as wide as their places: ${widths}`);
    await context.close();
  });

  it('takes a hostile payload as text', async () => {
    const run = fixture('run');
    run.title = '</script><img src=x onerror="globalThis.intruder=true">';
    const { page, context } = await openPage(browser, 1280);
    await page.goto(reportFile('hostile', run));
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), run.title);
    assert.equal(await page.evaluate(() => globalThis.intruder ?? false), false);
    await context.close();
  });

  it('says so when there are no figures in it', async () => {
    const { page, context } = await openPage(browser, 390);
    await page.goto(reportFile('empty', {}));
    await page.getByText('no figures').waitFor();
    await context.close();
  });
});

it('the comparison of screens sees what is gone', { skip: process.env.KEEP_SCREENS === '1' }, async () => {
  const { page, context } = await openPage(browser, 1280);
  await page.goto(reportFile('screens', fixture('run')) + '#/outcome');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await compareScreen(page, 'report-outcome-1280', { keep: false }), null);
  await page.evaluate(() => document.querySelector('.sides').remove());
  assert.match((await compareScreen(page, 'report-outcome-1280', { keep: false })) ?? '', /differ/);
  await page.reload();
  await page.evaluate(() => document.querySelector('style').remove());
  assert.match((await compareScreen(page, 'report-outcome-1280', { keep: false })) ?? '', /differ/);
  await page.reload();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.match((await compareScreen(page, 'report-outcome-1280', { keep: false })) ?? '', /differ/);
  await context.close();
});
