import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { judgeCsv } from '../scripts/recording/judge-csv.ts'
import type { Evaluation } from '../scripts/plan/evaluate.ts'
import { realK6 } from './k6.ts'

const HEADER = 'metric_name,timestamp,metric_value,name,scenario,status,extra_tags,metadata\n'
const START_MS = 1795274766_200
const SECONDS = 20

let folder: string
let evaluation: Evaluation

before(async () => {
  evaluation = { k6: (await realK6()).path, env: process.env }
  folder = await mkdtemp(join(tmpdir(), 'k6v-csv-'))
  process.env['K6_VERDICT_RESULTS'] = folder
  await writeFile(
    join(folder, 'shop.js'),
    `export const options = { vus: 5, duration: '${SECONDS}s' }\nexport default () => {}\n`,
  )
  const objective = { id: 'latency', indicator: { latency: 'p90' }, limit: '< 100ms' }
  const sla = { workload: 'shop', objectives: [objective] }
  await writeFile(join(folder, 'sla.json'), JSON.stringify(sla))
})
after(() => rm(folder, { recursive: true }))

/** What k6 writes by default of 50 answers a second, each of 20 ms, but for a time of silence. */
function samples(silentMs: { from: number; to: number }): string {
  const rows: string[] = []
  for (let ms = 20; ms < SECONDS * 1_000; ms += 20) {
    if (ms >= silentMs.from && ms < silentMs.to) continue
    const second = Math.floor((START_MS + ms) / 1_000)
    rows.push(`http_reqs,${second},1.000000,GET /,default,200,,`)
    rows.push(`http_req_duration,${second},20.000000,GET /,default,200,,`)
    rows.push(`iteration_duration,${second},20.000000,,default,,,`)
    rows.push(`iterations,${second},1.000000,,default,,,`)
    if (ms % 1_000 === 0)
      rows.push(`vus,${second},5.000000,,,,,`, `vus_max,${second},5.000000,,,,,`)
  }
  return `${HEADER}${rows.join('\n')}\n`
}

async function codesOf(silentMs: { from: number; to: number }): Promise<string[]> {
  const csv = join(folder, 'samples.csv')
  await writeFile(csv, samples(silentMs))
  const [script, sla] = [join(folder, 'shop.js'), join(folder, 'sla.json')]
  const { judged } = await judgeCsv({ csv, script, sla, workload: undefined, evaluation })
  return judged.reasons.map(({ code }) => code)
}

test('between whole seconds nothing stands still', async () => {
  const codes = await codesOf({ from: 0, to: 0 })
  assert.deepEqual(codes, ['GENERATOR_UNKNOWN', 'K6_END_UNKNOWN', 'TIMES_IN_SECONDS'])
})

test('a standstill of seconds is seen in whole seconds too', async () => {
  assert.ok((await codesOf({ from: 8_000, to: 12_000 })).includes('STANDSTILL'))
})

test('a recording that ends before the plan is no finished run', async () => {
  assert.equal((await codesOf({ from: 12_000, to: 20_000 }))[0], 'RUN_NOT_FINISHED')
})

test('a number of iterations that is not reached is no finished run, and a loop of redirects no answer', async () => {
  const script = join(folder, 'counted.js')
  const scenario = `{ executor: 'shared-iterations', vus: 5, iterations: 10_000 }`
  await writeFile(script, `export const options = { scenarios: { default: ${scenario} } }\n`)
  const [csv, sla] = [join(folder, 'samples.csv'), join(folder, 'sla.json')]
  await writeFile(csv, samples({ from: 0, to: 0 }))
  const { judged } = await judgeCsv({ csv, script, sla, workload: undefined, evaluation })
  assert.equal(judged.reasons[0]?.code, 'RUN_NOT_FINISHED')
  assert.match(judged.reasons[0].text, /999 of 10,000 iterations are recorded/)
  assert.equal(judged.redirectsGivenUp, true)
})
