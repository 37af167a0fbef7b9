// The live page against a server of fixtures: every page in two widths, and what a person does with each.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compareScreen, fixture, openBrowser, openPage, stickingOut, told, violations, WIDTHS } from './browser.mjs';
import { startMock, TOKEN } from './mock.mjs';

let browser;
let mock;
before(async () => ([browser, mock] = await Promise.all([openBrowser(), startMock()])));
after(async () => Promise.all([browser.close(), mock.stop()]));

const PAGES = [
  { name: 'runs', address: () => '', says: 'Runs on this machine' },
  { name: 'new', address: () => 'new', says: 'Quick preview (1 %)' },
  { name: 'case', address: () => 'case', says: 'Nothing is stored.' },
  { name: 'laws', address: () => 'laws', says: '437-FZ' },
  { name: 'one-law', address: () => 'laws/ru_437fz@2023-08-04', says: 'Rules beside it' },
  { name: 'run', address: () => `run/${mock.run.id}`, says: told(fixture('run')) },
  { name: 'comparison', address: () => `run/${mock.comparison.id}/compare`, says: told(fixture('comparison')) },
  { name: 'life', address: () => `run/${mock.comparison.id}/life/${mock.comparison.lives[0].person.id}`, says: 'Next person like this' },
  { name: 'service', address: () => `run/${mock.run.id}/service`, says: 'Waiting to be trained' },
];

/** A live page with the token taken in, as after opening the printed address. */
async function open(width, address = '') {
  const opened = await openPage(browser, width);
  await opened.page.goto(mock.address);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  if (address !== '') await opened.page.goto(`${mock.origin}/#/${address}`);
  return opened;
}

for (const { name, address, says } of PAGES) {
  for (const width of WIDTHS) {
    it(`${name} at ${width} pixels`, async () => {
      const { page, context, troubles } = await open(width, address());
      await page.getByText(says).first().waitFor();
      await page.waitForTimeout(200);
      assert.deepEqual(await violations(page), []);
      assert.equal(await stickingOut(page), 0, 'nothing but its own containers scrolls sideways');
      assert.equal(await compareScreen(page, `app-${name}-${width}`), null);
      assert.deepEqual(troubles, []);
      await context.close();
    });
  }
}

describe('the runs', () => {
  it('have their other replicates under them', async () => {
    const { page, context } = await open(1280);
    const item = page.locator('.runs li', { hasText: mock.run.id }).first();
    await item.getByText('and 3 more replicates').click();
    assert.equal(await item.getByRole('link', { name: /^seed / }).count(), 3);
    assert.deepEqual(await violations(page), []);
    await context.close();
  });
});

describe('the token', () => {
  it('leaves the address at once and is sent with every question', async () => {
    const { page, context } = await open(1280);
    assert.ok(!page.url().includes(TOKEN));
    await page.reload();
    await page.getByText('Russia 2023, the electronic register').first().waitFor();
    await context.close();
  });

  it('is missed in words when it is not there', async () => {
    const { page, context } = await openPage(browser, 1280);
    await page.goto(`${mock.origin}/`);
    await page.getByRole('alert').first().waitFor();
    assert.match(await page.locator('main').innerText(), /open the address that the program printed/);
    await context.close();
  });
});

describe('my case', () => {
  it('explains what was typed, forks and all, and gives a calendar', async () => {
    const { page, context, troubles } = await open(1280, 'case');
    await page.getByLabel('Date of appearance').fill('2024-03-20');
    await page.getByLabel('placed in the register').fill('2024-03-02');
    await page.getByLabel('Filed: claim to the court').fill('2024-04-01');
    await page.getByText('What else is known').click();
    await page.getByLabel('the register of summonses works').selectOption('yes');
    await page.getByLabel('when an electronic summons counts').selectOption('in_account');
    await page.getByRole('button', { name: 'Show what follows' }).click();
    await page.getByRole('heading', { name: 'What the text says' }).waitFor();
    const sent = mock.asked.filter((one) => one.path === 'explain').at(-1).body;
    assert.deepEqual(sent, {
      laws: ['ru_437fz@2023-08-04'],
      facts: {
        answers: { electronic_service_moment: 'in_account' },
        conditions: { register_works: true },
        person: {},
        notice: [{ kind: 'draft_notice', dates: { appearance_date: '2024-03-20' }, events: { placed: '2024-03-02' }, remedies: { court_claim: { filed: '2024-04-01' } } }],
      },
      language: 'en',
    });
    assert.match(await page.locator('main').innerText(), /10 April 2024[\s\S]*Open points/);
    assert.deepEqual(await violations(page), []);
    const [calendar] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '.ics' }).click()]);
    assert.equal(calendar.suggestedFilename(), 'limits.ics');
    const kept = await page.evaluate(() => [JSON.stringify({ ...sessionStorage }), JSON.stringify({ ...localStorage }), document.cookie].join());
    assert.ok(!kept.includes('2024'), 'nothing that was typed is stored');
    await page.reload();
    await page.getByLabel('Date of appearance').waitFor();
    assert.equal(await page.getByLabel('Date of appearance').inputValue(), '', 'a reload forgets it');
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('prints without what only a screen needs', async () => {
    const { page, context } = await open(1280, 'case');
    await page.getByLabel('placed in the register').fill('2024-03-02');
    await page.getByRole('button', { name: 'Show what follows' }).click();
    await page.getByRole('heading', { name: 'What the text says' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['nav', '.fields', 'button']) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
    assert.equal(await page.locator('.timeline').first().isVisible(), true);
    await context.close();
  });

  it('says what is wrong with a fact', async () => {
    const { page, context } = await open(390, 'case');
    await page.getByLabel('Date of appearance').fill('1900-01-01');
    await page.getByRole('button', { name: 'Show what follows' }).click();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /mend the day[\s\S]*too early/);
    await context.close();
  });
});

describe('a new run', () => {
  it('starts a preview of a changed parameter, shows it move, and leads to what came of it', async () => {
    const { page, context, troubles } = await open(1280, 'new');
    await page.getByText('Parameters (').click();
    await page.getByLabel('Find a parameter').fill('study_share.16_16');
    const box = page.getByLabel('New value of population.study_share.16_16');
    await box.fill('0.5');
    await page.getByText('outside the stated range').waitFor();
    await page.getByLabel('Reason for the new value').fill('half as many');
    await page.getByLabel('Replicates').fill('3');
    await page.getByRole('button', { name: 'Quick preview' }).click();
    await page.getByText('replicate 3 of 3, day 130 of 365').waitFor();
    assert.ok((await page.locator('progress').evaluate((bar) => bar.value / bar.max)) > 2 / 3, 'one progress over all replicates');
    assert.deepEqual(mock.asked.filter((one) => one.path === 'jobs' && one.method === 'POST').at(-1).body, {
      kind: 'run',
      scenario: 'ru-2023-as-enacted',
      replicates: 3,
      changes: [{ path: 'population.study_share.16_16', value: 0.5, reason: 'half as many' }],
      scale: 0.01,
      preview: true,
    });
    assert.deepEqual(await violations(page), []);
    await page.getByRole('link', { name: 'See what came of it' }).first().waitFor({ timeout: 15_000 });
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('compares two laws with replicates, takes up what was interrupted, and stops it', async () => {
    const { page, context } = await open(1280, 'new');
    await page.getByLabel('The same people under two laws').check();
    await page.getByLabel('Replicates').fill('4');
    const isAsked = (request) => request.method() === 'POST' && request.url().endsWith('/api/jobs');
    await Promise.all([page.waitForResponse((response) => isAsked(response.request())), page.getByRole('button', { name: 'Run the whole nation' }).click()]);
    const sent = mock.asked.filter((one) => one.path === 'jobs' && one.method === 'POST').at(-1).body;
    assert.deepEqual([sent.kind, sent.worlds, sent.replicates, sent.scale, sent.preview], ['compare', ['ru_paper_2022@2022-01-01', 'ru_437fz@2023-08-04'], 4, 1, false]);
    await page.getByRole('button', { name: 'Go on' }).first().click();
    await Promise.all([page.waitForResponse((response) => response.request().method() === 'DELETE'), page.getByRole('button', { name: 'Stop' }).first().click()]);
    assert.ok(mock.asked.some((one) => one.method === 'DELETE'));
    await context.close();
  });

  it('sends a scenario file of the person and hands one out', async () => {
    const { page, context } = await open(1280, 'new');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Scenario file' }).click()]);
    assert.equal(file.suggestedFilename(), 'ru-2023-as-enacted.toml');
    await page.getByLabel('Run a file of yours').setInputFiles({ name: 'mine.toml', mimeType: 'text/plain', buffer: Buffer.from('extends = "ru-2023"\n') });
    await page.getByText('mine.toml').waitFor();
    await page.getByRole('button', { name: 'Quick preview' }).click();
    await page.waitForTimeout(300);
    assert.equal(mock.asked.filter((one) => one.path === 'jobs' && one.method === 'POST').at(-1).body.toml, 'extends = "ru-2023"\n');
    await context.close();
  });
});

describe('what can be taken away', () => {
  it('is the whole table in four forms, and the report', async () => {
    const { page, context, troubles } = await open(1280, `run/${mock.run.id}`);
    for (const form of ['csv', 'xlsx', 'parquet', 'json']) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: form, exact: true }).first().click()]);
      assert.match(file.suggestedFilename(), new RegExp(`\\.${form}$`));
    }
    const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file to mail' }).click()]);
    assert.equal(report.suggestedFilename(), `${mock.run.id}.html`);
    assert.deepEqual(troubles, []);
    await context.close();
  });
});

describe('a life', () => {
  it('is drawn, and followed by the next like it', async () => {
    const { page, context } = await open(1280, `run/${mock.comparison.id}/life`);
    await page.getByLabel('A person who was').selectOption('barred_unseen');
    await page.waitForTimeout(200);
    assert.ok(mock.asked.some((one) => one.path === `runs/${mock.comparison.id}/lives`));
    await page.goto(`${mock.origin}/#/run/${mock.comparison.id}/life/${mock.comparison.lives_sample[0]}`);
    await page.getByRole('link', { name: 'Next person like this' }).click();
    await page.getByRole('heading', { name: mock.comparison.lives_sample[1] }).waitFor();
    await context.close();
  });
});
