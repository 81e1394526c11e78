// How a scenario becomes one file that k6 runs; scripts/plan/bundle.ts calls esbuild with it.
import { basename, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { moduleFiles } from './esbuild.files.mjs'
import { lateModules } from './esbuild.late.mjs'

const root = dirname(fileURLToPath(import.meta.url))
const lib = join(root, 'lib', sep)

/** What scripts outside of lib/ send with: URLs of theirs become names, and a query may hold a secret. */
const UNNAMED = ['k6/http', 'k6/ws', 'k6/websockets', 'k6/experimental/websockets']

/** What few VUs call; absolute paths. */
export const LATE = [
  'before-the-run.ts',
  'other-host.ts',
  'redirect-hops.ts',
  'schema-check.ts',
  'users-file.ts',
].map((name) => join(lib, name))

/** Notes the metrics that a script creates. */
const METRICS = join(lib, 'declared-metrics.ts')

/** k6's modules come from its binary; some of them by way of a file of ours. */
const k6Modules = {
  name: 'k6-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^k6($|\/)/ }, ({ path, importer }) => {
      if (path === 'k6/metrics' && importer !== METRICS) return { path: METRICS }
      if (UNNAMED.includes(path) && !importer.startsWith(lib)) {
        return { path: join(lib, 'unnamed', `${basename(path)}.ts`) }
      }
      return { path, external: true, sideEffects: false }
    })
  },
}

/** What code k6 is given. */
const CODE = {
  target: 'es2022',
  // What k6's JavaScript engine lacks of es2022 and what it cannot do at all.
  supported: { 'async-generator': false, 'for-await': false, 'dynamic-import': false },
  // Constants stand where they are used: as variables they would be in each VU.
  minifySyntax: true,
}

/** esbuild options for what k6 runs, with one run's numbers; see esbuild.config.d.mts for the types. */
export function bundleOptions({ workload, settings, filesRoot }) {
  return {
    absWorkingDir: root,
    bundle: true,
    // k6 runs ES modules and is neither a browser nor Node.
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // These come from the k6 binary, or are fetched by it.
    external: ['k6', 'k6/*', 'https://*'],
    plugins: [moduleFiles({ lib, root: filesRoot }), k6Modules, lateModules(LATE, CODE)],
    ...CODE,
    // One workload to a bundle: every VU pays for what is in it.
    alias: workload && {
      'workload/dashboard': join(workload.path, 'dashboard.ts'),
      workload: join(workload.path, 'workload.ts'),
    },
    define: {
      // The numbers of the run, so that `k6 run script.js` repeats it exactly.
      RUN_SETTINGS: JSON.stringify(JSON.stringify(settings)),
    },
    // Stack traces in k6's log name the TypeScript lines.
    sourcemap: 'linked',
    logLevel: 'silent',
    write: false,
  }
}
