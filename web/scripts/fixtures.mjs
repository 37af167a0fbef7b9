// Makes the payloads that the tests read: small runs of the program, as its server gives them. Call after the joint has changed:
// `CALLUP=target/release/callup node scripts/fixtures.mjs`, look at what differs, keep the new screens.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here } from '../tests/browser.mjs';
import { call, startServer } from '../tests/server.mjs';

const LAW = 'ru_437fz@2023-08-04';
const SERIES = /^(issued|first_seen|served_unseen|exit_ban_standing(_unseen|_wrongful)?|restricted(_unseen|_wrongful)?|driving_barred|called_up|dispatched|queue|left|departures_turned_back)$/;
const INDICATORS = /^(restricted|restricted_no_actual_notice|wrongful_restriction|persons_served_unseen|missed_notice_rate|over_inclusion|livelihood_loss)$/;
const QUANTITIES = /^(barred|barred_unseen|called_up)$/;

/** A fixture is kept in the repository: what no test looks at is left out. */
function keep(name, value) {
  const text = JSON.stringify(value);
  writeFileSync(join(here, 'fixtures', `${name}.json`), `${text}\n`);
  console.log(`${name}: ${text.length} bytes`);
}

const runs = mkdtempSync(join(tmpdir(), 'callup-fixtures-'));
call('run', 'ru-2023-as-enacted', '--scale', '0.01', '--quiet', '--out', join(runs, 'run'));
call('run', 'ru-2023', '--scale', '0.01', '--quiet', '--out', join(runs, 'happened'));
call('compare', 'ru_paper_2022', 'ru_437fz', '--scenario', 'ru-2023-as-enacted', '--attribute', '--scale', '0.01', '--quiet', '--out', join(runs, 'comparison'));
call('run', 'ru-2023-as-enacted', '--scale', '0.002', '--replicates', '10', '--quiet', '--runs', runs);
const server = await startServer(runs);
try {
  const run = await server.ask('runs/run');
  run.weekly.series = run.weekly.series.filter((one) => SERIES.test(one.id));
  run.regional.series = run.regional.series.filter((one) => SERIES.test(one.id)).slice(0, 6);
  run.strata = run.strata.filter((one) => INDICATORS.test(one.indicator));
  const sampled = (await server.ask('runs/run/lives')).persons.slice(0, 3);
  run.samples = sampled;
  run.lives = await Promise.all(sampled.map((id) => server.ask(`runs/run/lives/${id}`)));
  // What was published of 2023 is held against what happened: its figures stand in this one fixture too.
  run.figures = (await server.ask('runs/happened')).figures;
  keep('run', run);
  const pages = await Promise.all((await server.ask('runs')).map(({ id }) => server.ask(`runs/${id}`)));
  const several = pages.find((one) => one.replicates);
  several.weekly.series = several.weekly.series.filter((one) => SERIES.test(one.id));
  for (const key of ['regional', 'regions', 'strata', 'durations', 'parameters', 'laws', 'ledgers', 'sums', 'switches', 'samples', 'figures']) delete several[key];
  keep('replicates', several);
  const comparison = await server.ask('runs/comparison');
  comparison.by_region = comparison.by_region.filter((one) => QUANTITIES.test(one.quantity));
  comparison.lives_sample = comparison.lives_sample.slice(0, 6);
  comparison.lives = comparison.lives.slice(0, 3);
  keep('comparison', comparison);
  const law = await server.ask(`laws/${LAW}`);
  law.text = law.text.slice(0, 6000);
  const { switches, conditions, facts, matters, notices, remedies, translations, rules } = law.compiled;
  law.compiled = { switches, conditions, facts, matters, notices, remedies, translations, rules: rules.map(({ trigger }) => ({ trigger })) };
  keep('law', law);
  keep('laws', await server.ask('laws'));
  keep('scenarios', await server.ask('scenarios'));
  keep('scenario', await server.ask('scenarios/ru-2023-as-enacted'));
  const given = { notice: [{ kind: 'draft_notice', dates: { appearance_date: '2024-03-20' }, events: { placed: '2024-03-02' } }], born: '2000-03-01' };
  const answer = await fetch(`${server.origin}/api/explain`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ laws: [LAW], facts: given, language: 'en' }),
  });
  keep('explain', await answer.json());
} finally {
  await server.stop();
  rmSync(runs, { recursive: true, force: true });
}
