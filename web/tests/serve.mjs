// The walk of a new user through `callup serve`: the address, a preview of two laws, one person who was restricted without ever having
// seen a notice, the article that did it, the report to mail, and a case of one's own. It needs the built program.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { here, openBrowser, openPage, violations } from './browser.mjs';
import { serves, startServer } from './server.mjs';

const missing = serves() ? false : 'no program that serves is built; name one in CALLUP';
const pictures = join(here, '../../docs/walk');

describe('callup serve', { skip: missing }, () => {
  let browser;
  let server;
  before(async () => ([browser, server] = await Promise.all([openBrowser(), startServer()])));
  after(async () => Promise.all([browser?.close(), server?.stop()]));

  /** Keeps a picture for the README when asked to. */
  async function picture(page, name) {
    if (process.env.KEEP_SCREENS !== '1') return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: 60, animations: 'disabled' });
  }

  it('lets a new user compare two laws, find one life and mail the report', { timeout: 300_000 }, async () => {
    const { page, context, troubles } = await openPage(browser, 1280);
    await page.goto(server.address);
    await page.getByText('None yet: start one.').waitFor();
    await page.getByRole('link', { name: 'New run' }).first().click();
    await page.getByLabel('The same people under two laws').check();
    await page.getByLabel('First law').selectOption({ label: 'ru_paper_2022@2022-01-01' });
    await page.getByLabel('Second law').selectOption({ label: 'ru_437fz@2023-08-04' });
    await picture(page, '1-new-run');
    await page.getByRole('button', { name: 'Quick preview' }).click();
    await page.getByRole('link', { name: 'See what came of it' }).click({ timeout: 240_000 });
    await page.getByRole('heading', { name: 'The same people under both' }).waitFor();
    assert.deepEqual(await violations(page), []);
    await picture(page, '2-two-laws');
    const [card] = await server.ask('runs');
    const payload = await server.ask(`runs/${card.id}`);
    const unseen = payload.persons.find((one) => one.name === 'barred_unseen');
    assert.equal(unseen.first, 0, 'the paper law bars nobody');
    const nation = Math.round(unseen.other_only / payload.scale).toLocaleString('en-GB');
    assert.ok((await page.locator('.lead').innerText()).includes(nation), `the page says ${nation}`);

    const table = await fetch(`${server.origin}/api/runs/${card.id}/tables/persons.csv`, { headers: { Authorization: `Bearer ${server.token}` } });
    const [head, ...rows] = (await table.text()).replace('\uFEFF', '').trim().split(/\r?\n/).map((line) => line.split(','));
    const cell = (row, name) => row[head.indexOf(name)];
    const row = rows.find((one) => cell(one, 'region') === 'all' && cell(one, 'stratum') === '' && cell(one, 'quantity') === 'barred_unseen');
    assert.equal(Number(cell(row, 'other_only')), unseen.other_only, 'the table says what the page says');

    await page.getByRole('link', { name: 'One life' }).click();
    await page.getByLabel('A person who was').selectOption('barred_unseen');
    await page.getByText('200 persons to show.').waitFor();
    await page.getByRole('button', { name: 'Draw one' }).click();
    const second = page.locator('.side', { hasText: 'Under ru_437fz' });
    // Some of them knew of one summons and not of another: the next like this, until one knows of none when the ban begins.
    for (let tries = 0; ; tries += 1) {
      await second.getByText('begins in law: exit ban').first().waitFor();
      const before = (await second.innerText()).split('begins in law: exit ban')[0];
      if (!/opened and read|handed over|delivered by post|learned of it/.test(before)) break;
      assert.ok(tries < 60, 'one of the first sixty was barred before he knew of any summons');
      const name = await page.locator('#who').innerText();
      await page.getByRole('link', { name: 'Next person like this' }).click();
      await page.waitForFunction((name) => (document.querySelector('#who')?.textContent ?? name) !== name, name);
    }
    assert.match(await second.innerText(), /begins in law: exit ban\s+Article 7\.1\(1\)/);
    assert.doesNotMatch(await page.locator('.side', { hasText: 'Under ru_paper_2022' }).innerText(), /exit ban/);
    // The day and the article that did it, not the head of the page.
    await second.getByText('begins in law: exit ban').first().evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await picture(page, '3-one-life');

    const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file to mail' }).click()]);
    const mailed = await openPage(browser, 390);
    const path = join(server.runs, 'mailed.html');
    await report.saveAs(path);
    await mailed.page.goto(pathToFileURL(path).href);
    await mailed.page.getByRole('heading', { name: 'The same people under both' }).waitFor();
    assert.ok((await mailed.page.locator('.lead').innerText()).includes(nation), 'the mailed file says the same');
    await mailed.page.getByRole('link', { name: 'One life' }).click();
    await mailed.page.getByRole('button', { name: 'Draw one' }).click();
    await mailed.page.locator('.side', { hasText: 'Under ru_437fz' }).getByText('Article').first().waitFor();
    assert.deepEqual(mailed.troubles, []);
    assert.deepEqual(troubles, []);
    await Promise.all([context.close(), mailed.context.close()]);
  });

  it('runs a preview of a scenario, shows its outcome, and gives the numbers of the page as a table', { timeout: 300_000 }, async () => {
    const { page, context, troubles } = await openPage(browser, 1280);
    await page.goto(server.address);
    await page.getByRole('link', { name: 'New run' }).first().click();
    await page.getByLabel(/^Scenario/).selectOption('ru-2023-as-enacted');
    await page.getByRole('button', { name: 'Quick preview' }).click();
    await page.locator('.jobs li', { hasText: 'the electronic register working' }).first().getByRole('link', { name: 'See what came of it' }).click({ timeout: 240_000 });
    await page.getByRole('heading', { name: 'Who is reached, and who is wronged' }).waitFor();
    await page.getByText('Preview.').first().waitFor();
    await picture(page, '4-outcome');
    const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'xlsx', exact: true }).first().click()]);
    assert.match(sheet.suggestedFilename(), /\.xlsx$/);
    await page.getByRole('link', { name: 'The law', exact: true }).click();
    await page.getByText('In this run: applied').first().waitFor();
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('explains a case in three languages and keeps nothing of it', { timeout: 120_000 }, async () => {
    const { page, context, troubles } = await openPage(browser, 1280);
    await page.goto(server.address);
    await page.getByRole('link', { name: 'My case' }).first().click();
    await page.getByLabel('Date of appearance').fill('2024-03-20');
    await page.getByLabel('placed in the register').fill('2024-03-02');
    await page.getByRole('button', { name: 'Show what follows' }).click();
    await page.getByText('ban on leaving the country').first().waitFor();
    assert.match(await page.locator('main').innerText(), /10 April 2024/);
    assert.deepEqual(await violations(page), []);
    await page.getByText('What the text says').evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await picture(page, '5-my-case');
    const [calendar] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '.ics' }).click()]);
    assert.equal(calendar.suggestedFilename(), 'limits.ics');
    for (const [language, button, words] of [['ru', 'Показать, что следует', 'выезд'], ['uk', 'Показати, що випливає', 'виїзд']]) {
      await page.locator('.language select').selectOption(language);
      await page.getByRole('button', { name: button }).click();
      await page.getByText(words).first().waitFor();
    }
    assert.deepEqual(troubles, []);
    await context.close();
  });
});
