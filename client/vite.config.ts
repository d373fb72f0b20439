import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/** Of React only its query package's tRPC bridge is used, and that renders nothing: what is not called is dropped. */
const NOTHING_AT_LOAD = /node_modules\/(react|@tanstack\/react-query|@trpc\/react-query)\//;

/** What hardly a page does without. What draws in a library of its own, such as dialogs and charts, is not among it. */
const BASICS =
  /client\/src\/ui\/(time\/|theme\/|shortcuts\/(key-caps|match-keys|shortcuts)\.|(badge|button|class-names|empty-state|error-state|field|notice|once-opened|page-title|settled-error|settled-text|skeleton|spinner|state-mark|text-input|toast|tooltip)\.)/;

const SERVER = process.env.PUBLIC_URL ?? 'http://localhost:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [solid(), tailwindcss()],
  server: { port: 5173, strictPort: true, proxy: { '/trpc': SERVER, '/dev/mailbox': SERVER } },
  build: {
    target: ['chrome120', 'firefox121', 'safari17.2'],
    // A font or picture inlined as a data URL would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // By itself the bundler makes a file of each few lines that two pages share: forty requests, and 16 KB of headers
        // and lost compression before the dashboard stood there.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'icons', test: /node_modules\/lucide-solid\// },
            { name: 'basics', test: BASICS },
          ],
        },
      },
      // The query package's "use client" speaks to a renderer that we do not have.
      checks: { moduleLevelDirective: false },
      treeshake: { moduleSideEffects: [{ test: NOTHING_AT_LOAD, sideEffects: false }] },
    },
  },
});
