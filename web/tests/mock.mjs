// A server that answers as `callup serve` does, from fixtures, for tests of the page alone. It holds the page to the token and to JSON.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { built, fixture } from './browser.mjs';

export const TOKEN = 'a-token-of-the-test';

/** Starts the server; gives its address with the token, what was asked of it, and how to stop it. */
export async function startMock() {
  const run = fixture('run');
  const comparison = fixture('comparison');
  const asked = [];
  let jobs = [{ job: 'j1', kind: 'run', state: 'interrupted', title: 'Russia 2023, as it happened', day: 120, days: 365, preview: false }];
  const answers = {
    about: { name: 'callup', version: run.version },
    laws: fixture('laws'),
    scenarios: fixture('scenarios'),
    runs: [
      { id: run.id, kind: 'run', title: run.title, state: 'finished', scale: run.scale, seed: 20230414, replicates: [1, 2, 3].map((n) => ({ id: `${run.id}-${n}`, seed: 20230414 + n })) },
      { id: comparison.id, kind: 'comparison', title: comparison.title, state: 'finished', scale: comparison.scale },
      { id: 'ru-2023-0badcafe', kind: 'run', title: 'Russia 2023, as it happened', state: 'interrupted', scale: 1 },
    ],
    [`runs/${run.id}`]: run,
    [`runs/${comparison.id}`]: comparison,
    [`runs/${comparison.id}/lives`]: { persons: comparison.lives_sample, total: comparison.lives_sample.length },
    [`runs/${run.id}/lives`]: { persons: run.samples, total: run.samples.length },
    'scenarios/ru-2023-as-enacted': fixture('scenario'),
  };
  for (const payload of [run, comparison]) for (const life of payload.lives) answers[`runs/${payload.id}/lives/${life.person.id}`] = life;
  const law = fixture('law');

  function answer(method, path, body) {
    if (method === 'GET' && path.startsWith('laws/')) return [200, law];
    if (method === 'GET' && path === 'jobs') {
      jobs = jobs.map((job) => (job.state === 'running' ? { ...job, day: Math.min(job.days, job.day + 120), state: job.day + 120 >= job.days ? 'finished' : 'running', run: run.id } : job));
      return [200, jobs];
    }
    if (method === 'GET' && answers[path] !== undefined) return [200, answers[path]];
    if (method === 'GET' && path.includes('/tables/')) return [200, '\uFEFFdate,value\r\n2023-01-07,1\r\n', 'text/csv'];
    if (method === 'GET' && path.endsWith('/report.html')) return [200, '<!doctype html><title>report</title>', 'text/html'];
    if (method === 'POST' && path === 'explain') {
      if (body.format === 'ics') return [200, 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'text/calendar'];
      if (body.facts.notice[0].dates.appearance_date === '1900-01-01') return [422, { error: 'the facts cannot be used', help: 'mend the day', findings: [{ message: 'too early' }] }];
      return [200, fixture('explain')];
    }
    if (method === 'POST' && path === 'jobs') {
      jobs = [...jobs, { job: `j${jobs.length + 1}`, kind: body.kind, state: 'running', title: body.scenario ?? 'own file', day: 10, days: 365, replicate: body.replicates ?? 1, replicates: body.replicates ?? 1, seconds_left: 4, preview: body.preview }];
      return [202, { job: jobs.at(-1).job }];
    }
    if (method === 'POST' && path.endsWith('/resume')) {
      jobs = jobs.map((job) => (path.includes(job.job) ? { ...job, state: 'running', seconds_left: 9 } : job));
      return [200, {}];
    }
    if (method === 'DELETE') {
      jobs = jobs.map((job) => (path.endsWith(job.job) ? { ...job, state: 'stopped' } : job));
      return [200, {}];
    }
    return [404, { error: `there is no ${path}`, help: 'look at /api/runs' }];
  }

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://127.0.0.1').pathname;
    const send = (status, body, type = 'application/json') => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(type === 'application/json' ? JSON.stringify(body) : body);
    };
    if (path === '/') return send(200, readFileSync(join(built, 'app.html')), 'text/html; charset=utf-8');
    if (!path.startsWith('/api/')) return send(404, { error: 'no such page', help: '' });
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return send(401, { error: 'the token is missing or wrong', help: 'open the address that the program printed' });
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text === '' ? undefined : JSON.parse(text);
    asked.push({ method: request.method, path: decodeURIComponent(path.slice(5)), body });
    return send(...answer(request.method, decodeURIComponent(path.slice(5)), body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, address: `${origin}/#token=${TOKEN}`, asked, run, comparison, stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}
