// How a scenario becomes one file that k6 runs; scripts/run/bundle.ts calls esbuild with it.
import { basename, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

const text = JSON.stringify

/** What scripts outside of lib/ send with: URLs of theirs become names, and a query may hold a secret. */
const UNNAMED = ['k6/http', 'k6/ws', 'k6/websockets', 'k6/experimental/websockets']

/** Those that a run does not use are left out: each is something for every user to load. */
const k6Modules = {
  name: 'k6-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^k6($|\/)/ }, ({ path, importer }) => {
      if (UNNAMED.includes(path) && !importer.startsWith(join(root, 'lib', sep))) {
        return { path: join(root, 'lib', 'unnamed', `${basename(path)}.ts`) }
      }
      return { path, external: true, sideEffects: false }
    })
  },
}
const NOT_BUILT = {
  IS_BUILT: 'false',
  BUILT_PLAN: 'null',
  BUILT_OPTIONS: 'null',
  FOLLOWS_REDIRECTS: 'true',
}

/** Samples that leave the machine carry the run's id, and labels that the others do without. */
const streamed = ({ testid }) => ({ IS_STREAMED: text(testid !== undefined) })

/** Each user evaluates what is an object here; what only `options` needs besides is a text. */
function builtDefines(built) {
  return {
    RUN_SETTINGS: text(built.settings),
    IS_BUILT: 'true',
    BUILT_PLAN: text(built.plan),
    BUILT_OPTIONS: text(text(built.options)),
    FOLLOWS_REDIRECTS: text(built.options.ext['k6-verdict'].followsRedirects),
  }
}

/** esbuild options for one scenario on one workload; see esbuild.config.d.mts for the types. */
export function bundleOptions({ scenario, workload, settings, built }) {
  return {
    absWorkingDir: root,
    entryPoints: [join(root, 'scenarios', `${scenario}.ts`)],
    outfile: join(root, 'build', workload.name, `${scenario}.js`),
    bundle: true,
    // k6 runs ES modules and is neither a browser nor Node.
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // These come from the k6 binary, or are fetched by it.
    external: ['k6', 'k6/*', 'https://*'],
    target: 'es2022',
    plugins: [k6Modules],
    // What k6's JavaScript engine lacks of es2022 and what it cannot do at all.
    supported: { 'async-generator': false, 'for-await': false, 'dynamic-import': false },
    // One workload to a bundle: every virtual user pays for what is in it.
    alias: {
      'workload/dashboard': join(workload.path, 'dashboard.ts'),
      workload: join(workload.path, 'workload.ts'),
    },
    // The numbers of the run, so that `k6 run script.js` repeats it exactly.
    define: {
      ...streamed(settings),
      ...(built ? builtDefines(built) : { RUN_SETTINGS: text(settings), ...NOT_BUILT }),
    },
    // Constants stand where they are used: as variables they would be in each user.
    minifySyntax: true,
    // Stack traces in k6's log name the TypeScript lines.
    sourcemap: 'linked',
    logLevel: 'silent',
  }
}
