// How Svelte components are compiled: TypeScript is stripped by the compiler itself, runes everywhere.
export default { compilerOptions: { runes: true } };
