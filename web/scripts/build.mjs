// Builds the page once and writes it as two single files: `app.html` for `callup serve`, `report.html` to be mailed.
// The same sources give the same bytes: no date, no path and no random name goes in.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The policy that the page carries itself; the server may add to it, never take away. */
function policy(script, connect) {
  const hash = createHash('sha256').update(script).digest('base64');
  const rules = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return rules.join('; ');
}

function page({ script, style, connect, data }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, connect)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>callup</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><p>This page draws its tables and charts with a script that it carries itself; it asks nothing of any network. The same figures are in the Parquet files beside it.</p></noscript></div>
${data}<script type="module">${script}</script>
</body>
</html>
`;
}

/** Writes both files to `folder`. */
export async function buildInto(folder) {
  await build({ root: web, logLevel: 'warn', build: { outDir: join(web, 'dist'), emptyOutDir: true } });
  // An inline script ends at the first "</script", wherever it stands: in strings it is written with an escaped slash.
  const script = readFileSync(join(web, 'dist/page.js'), 'utf8').replaceAll('</script', '<\\/script');
  const style = readFileSync(join(web, 'dist/page.css'), 'utf8');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'app.html'), page({ script, style, connect: "'self'", data: '' }));
  writeFileSync(join(folder, 'report.html'), page({ script, style, connect: "'none'", data: '<!--callup-data-->\n' }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildInto(join(web, '../crates/callup/web'));
}
