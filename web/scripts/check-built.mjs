// Builds the page into a folder of its own and compares it, byte by byte, with the committed one.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildInto } from './build.mjs';

const committed = join(dirname(fileURLToPath(import.meta.url)), '../../crates/callup/web');
const folder = mkdtempSync(join(tmpdir(), 'callup-page-'));
await buildInto(folder);
const differing = ['app.html', 'report.html'].filter(
  (name) => !readFileSync(join(folder, name)).equals(readFileSync(join(committed, name))),
);
rmSync(folder, { recursive: true });
if (differing.length > 0) {
  console.error(`the committed page is not what web/ builds: ${differing.join(', ')}; run \`npm run build\` in web/ and commit`);
  process.exit(1);
}
console.log('the committed page is what web/ builds');
