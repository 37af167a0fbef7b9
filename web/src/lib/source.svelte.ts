// Where the page gets its data: from itself (a mailed report) or from the server of `callup serve`, with the token of its address.
import type { ComparisonPage, Job, LawEntry, LawPage, Life, Payload, RunEntry, RunPage, ScenarioEntry, ScenarioPage } from './data';

const KEPT = 'callup-token';

/** What went wrong, in the server's words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly help: string,
    readonly findings: { message: string; help?: string }[] = [],
  ) {
    super(message);
  }
}

// Payloads are never changed in place: as raw states they are read as the plain objects they are, a million characters of them.
let own = $state.raw<Payload | null>(null);
const found = $state<{ live: boolean; broken: string | null }>({ live: false, broken: null });

export const home = {
  get live(): boolean {
    return found.live;
  },
  get broken(): string | null {
    return found.broken;
  },
  get payload(): Payload | null {
    return own;
  },
};

let token = '';

/** Finds out whether this is a mailed report or the page of a server; takes the token out of the address. */
export function startSource(): void {
  const element = document.getElementById('callup-data');
  if (element !== null) {
    try {
      const given = JSON.parse(element.textContent ?? '') as Payload;
      if (given.kind === 'run' || given.kind === 'comparison') own = given;
      else found.broken = 'data';
    } catch {
      found.broken = 'data';
    }
    return;
  }
  found.live = location.protocol.startsWith('http');
  const given = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    token = given;
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, '', `${location.pathname}#/`);
  } else if (found.live) {
    token = sessionStorage.getItem(KEPT) ?? '';
  }
  if (!found.live) found.broken = 'data';
}

async function request(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(`/api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { error?: string; help?: string; findings?: { message: string; help?: string }[] };
  throw new Refusal(response.status, said.error ?? `${response.status} ${response.statusText}`, said.help ?? '', said.findings);
}

async function get<T>(path: string): Promise<T> {
  return (await (await request('GET', path)).json()) as T;
}

/** A list, also where the server wraps it into an object of one key. */
async function list<T>(path: string): Promise<T[]> {
  const given = await get<T[] | Record<string, T[]>>(path);
  if (Array.isArray(given)) return given;
  return Object.values(given).find((value) => Array.isArray(value)) ?? [];
}

const id = encodeURIComponent;

export const api = {
  about: () => get<{ name?: string; version?: string }>('about'),
  runs: () => list<RunEntry>('runs'),
  run: (run: string) => get<Payload>(`runs/${id(run)}`),
  laws: () => list<LawEntry>('laws'),
  law: (law: string) => get<LawPage>(`laws/${id(law)}`),
  scenarios: () => list<ScenarioEntry>('scenarios'),
  scenario: (name: string) => get<ScenarioPage>(`scenarios/${id(name)}`),
  lives: (run: string, query: string) => get<{ persons: string[]; total?: number }>(`runs/${id(run)}/lives${query}`),
  life: (run: string, person: string) => get<Life>(`runs/${id(run)}/lives/${id(person)}`),
  explain: async (asked: unknown) => (await request('POST', 'explain', asked)).json() as Promise<unknown>,
  explainAs: (asked: unknown) => request('POST', 'explain', asked),
  diff: (first: string, second: string) => get<ComparisonPage['diff']>(`diff?first=${id(first)}&second=${id(second)}`),
  jobs: () => list<Job>('jobs'),
  start: async (asked: unknown) => (await (await request('POST', 'jobs', asked)).json()) as { job: string },
  stop: (job: string) => request('DELETE', `jobs/${id(job)}`),
  resume: (job: string) => request('POST', `jobs/${id(job)}/resume`, {}),
  report: (run: string) => request('GET', `runs/${id(run)}/report.html`),
  table: (run: string, name: string, form: string) => request('GET', `runs/${id(run)}/tables/${id(name)}.${form}${narrowed(name, form)}`),
};

/** A sheet holds two million cells: of the long table of indicators it takes what is said of the whole nation. */
function narrowed(name: string, form: string): string {
  return form === 'xlsx' && name === 'indicators' ? '?region=all' : '';
}

/** The address of a table of a run, for programs. */
export function tableAddress(run: string, name: string, form: string): string {
  return `${location.origin}/api/runs/${id(run)}/tables/${id(name)}.${form}${narrowed(name, form)}`;
}

/** Hands a file to the browser's downloads. */
export function save(name: string, data: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Whether a payload is of a run. */
export function isRun(payload: Payload | null | undefined): payload is RunPage {
  return payload?.kind === 'run';
}
