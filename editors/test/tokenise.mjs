// Reads the worked example with the engine of Visual Studio Code and holds its tokens against `model_a.tokens`.
// A line a token of a law block: the innermost scope, a tab, the text. Around the law blocks stands a Markdown grammar of one rule,
// which is all that an injection needs. `--write` makes the snapshot again.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const here = (path) => new URL(path, import.meta.url);
const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm);

const markdown = JSON.stringify({
  scopeName: "text.html.markdown",
  patterns: [{ name: "markup.heading.markdown", match: "^#+ .*$" }],
});
const files = {
  "source.callup-law": "../syntaxes/law.tmLanguage.json",
  "markdown.callup-law.codeblock": "../syntaxes/markdown-law.tmLanguage.json",
};
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) =>
    scope === "text.html.markdown"
      ? textmate.parseRawGrammar(markdown, "markdown.json")
      : textmate.parseRawGrammar(readFileSync(here(files[scope]), "utf8"), files[scope]),
  getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.callup-law.codeblock"] : []),
});

const grammar = await registry.loadGrammar("text.html.markdown");
const law = readFileSync(here("../../crates/callup-law/tests/it/good/model_a.law.md"), "utf8");
let rules = textmate.INITIAL;
let printed = "";
for (const line of law.split("\n")) {
  const read = grammar.tokenizeLine(line, rules);
  rules = read.ruleStack;
  for (const token of read.tokens) {
    const scope = token.scopes.at(-1);
    const inside = token.scopes.includes("meta.embedded.block.callup-law");
    if (inside && scope.endsWith(".callup-law") && !scope.startsWith("meta.")) {
      printed += `${scope}\t${line.slice(token.startIndex, token.endIndex)}\n`;
    }
  }
}
const snapshot = here("model_a.tokens");
if (process.argv.includes("--write")) {
  writeFileSync(snapshot, printed);
} else if (readFileSync(snapshot, "utf8") !== printed) {
  console.error("the tokens differ from model_a.tokens; `npm test -- --write` makes it again");
  process.exitCode = 1;
}
