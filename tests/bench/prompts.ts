import { build } from 'esbuild'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'
import type { Row } from './report.ts'
import { runScript } from './run-script.ts'

const COUNT = 1_000_000

/** A million prompts of every kind in one iteration of k6, against an iteration that does nothing. */
export async function benchPrompts(k6: string): Promise<Row[]> {
  const script = join(await mkdtemp(join(tmpdir(), 'k6-verdict-bench-')), 'script.js')
  await build({
    stdin: { contents: SCRIPT, resolveDir: projectPath('tests', 'bench'), loader: 'ts' },
    external: ['k6', 'k6/*'],
    outfile: script,
    bundle: true,
    format: 'esm',
  })
  const run = (prompts: number) =>
    runScript({ k6, script, env: { ...process.env, PROMPTS: String(prompts) } })
  const empty = await run(0)
  const full = await run(COUNT)
  const each = (Number(/took (\d+) ms/.exec(full.stderr)?.[1] ?? NaN) * 1_000) / COUNT
  const megabytes = (full.peakBytes - empty.peakBytes) / 1e6
  return [
    {
      budget: 'one prompt in k6: at most 20 µs',
      measured: `${each.toFixed(1)} µs, the mean of a million of every kind`,
      holds: each <= 20,
    },
    {
      budget: 'a million prompts: at most 64 MB above an empty run',
      measured: `${megabytes.toFixed(0)} MB`,
      holds: megabytes <= 64,
    },
  ]
}

const SCRIPT = `
import { createPromptStream } from '../../lib/data-generators.ts'
const prompts = createPromptStream({ seed: 1, shares: { unicode: 0.1, veryLong: 0.02, repeated: 0.2 } })
export const options = { vus: 1, iterations: 1 }
export default function () {
  const startedAtMs = Date.now()
  let characters = 0
  for (let i = 0; i < Number(__ENV.PROMPTS); i++) characters += prompts.at(i).text.length
  console.info('took ' + (Date.now() - startedAtMs) + ' ms for ' + characters)
}`
