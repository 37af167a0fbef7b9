// The program itself, started for a test: `callup serve` on a free port over a folder of runs of its own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { here } from './browser.mjs';

/** The program that the environment names, or the one that was built last; none if there is none. */
export function program() {
  const root = join(here, '../..');
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  const candidates = [process.env.CALLUP, join(target, 'release/callup')];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  return found === undefined ? null : resolve(found);
}

/** Whether there is a program that has the verb. */
export function serves() {
  return program() !== null && call('--help').includes('\n  serve ');
}

/** Runs the program to its end; throws with what it said if it fails. */
export function call(...args) {
  const done = spawnSync(program(), args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`callup ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** Starts the server; gives the address with its token, a way to ask it as the page does, and how to stop it. A folder of its own goes with it. */
export async function startServer(given) {
  const runs = given ?? mkdtempSync(join(tmpdir(), 'callup-runs-'));
  const child = spawn(program(), ['serve', '--port', '0', '--runs', runs], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((found, failed) => {
    const listen = (chunk) => {
      said += chunk;
      const printed = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(said);
      if (printed) found(printed[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => failed(new Error(`the server ended: ${said}`)));
  });
  const [origin, token] = address.split('/#token=');
  const ask = async (path) => {
    const response = await fetch(`${origin}/api/${path}`, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const stop = async () => {
    child.removeAllListeners('exit');
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
    if (given === undefined) rmSync(runs, { recursive: true, force: true });
  };
  return { address, origin, token, runs, ask, stop, process: child.pid };
}
