// How the page is bundled: one script and one style, which scripts/build.mjs puts into the two HTML files.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    // One file that is mailed or served from this machine: there is nothing to split.
    chunkSizeWarningLimit: 1000,
    assetsInlineLimit: 1_000_000,
    rollupOptions: {
      input: 'src/main.ts',
      output: { entryFileNames: 'page.js', assetFileNames: 'page.[ext]', codeSplitting: false },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
});
