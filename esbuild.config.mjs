// How a scenario becomes one file that k6 runs; scripts/run/bundle.ts calls esbuild with it.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

const text = JSON.stringify
const NOT_BUILT = { IS_BUILT: 'false', BUILT_PLAN: 'null', BUILT_OPTIONS: 'null' }

/** Each user evaluates what is an object here; what only `options` needs besides is a text. */
function builtDefines({ thresholds, trendStats, ...settings }, built) {
  const { model, phases, parts, operations, durationSeconds, ...plan } = built.plan
  return {
    RUN_SETTINGS: text(settings),
    IS_BUILT: 'true',
    BUILT_PLAN: text({ model, phases, parts, operations, durationSeconds }),
    BUILT_OPTIONS: text(text({ ...built, plan, thresholds, trendStats })),
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
    // What k6's JavaScript engine lacks of es2022 and what it cannot do at all.
    supported: { 'async-generator': false, 'for-await': false, 'dynamic-import': false },
    // One workload to a bundle: every virtual user pays for what is in it.
    alias: {
      'workload/dashboard': join(workload.path, 'dashboard.ts'),
      workload: join(workload.path, 'workload.ts'),
    },
    // The numbers of the run, so that `k6 run script.js` repeats it exactly.
    define: built ? builtDefines(settings, built) : { RUN_SETTINGS: text(settings), ...NOT_BUILT },
    // Stack traces in k6's log name the TypeScript lines.
    sourcemap: 'linked',
    logLevel: 'silent',
  }
}
