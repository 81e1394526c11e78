// What anybody's k6 has recorded can be judged, in every format that k6 writes.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cli, codesOf, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type TamperedServer, tamperedServer } from './tampered-server.ts'

let K6_BIN: string
let server: TamperedServer

before(async () => {
  K6_BIN = (await realK6()).path
  server = await tamperedServer('sound')
})
after(() => server.close())

const PLAIN = `
import http from 'k6/http'
import { sleep } from 'k6'
export const options = { vus: 4, duration: '6s' }
export default () => {
  http.get(__ENV.TARGET + '/things')
  sleep(0.05)
}
`

describe("anybody's k6, with its own time format", () => {
  let folder: string
  let script: string
  let sla: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'k6-verdict-plain-'))
    script = join(folder, 'things.js')
    sla = join(folder, 'sla.json')
    await writeFile(script, PLAIN)
    const objective = { id: 'latency', indicator: { latency: 'p90' }, limit: '< 150ms' }
    await writeFile(sla, JSON.stringify({ workload: 'things', objectives: [objective] }))
  })

  /** Records as somebody does who knows nothing of this toolkit. */
  async function record(name: string): Promise<string> {
    const csv = join(folder, name)
    const env = { TARGET: server.url, K6_NO_USAGE_REPORT: 'true' }
    const { exitCode, stderr } = await execa(K6_BIN, ['run', '--out', `csv=${csv}`, script], {
      env,
    })
    assert.equal(exitCode, 0, stderr)
    return csv
  }

  for (const name of ['samples.csv', 'samples.csv.gz']) {
    test(name, async () => {
      const csv = await record(name)
      const { exitCode, stdout, stderr, runs } = await cli([
        ...['judge', '--csv', csv, '--script', script, '--sla', sla],
      ])
      assert.equal(exitCode, 0, stdout + stderr)
      const judged = await verdictOf(runs[0])
      assert.equal(judged.verdict, 'PASS')
      const doubts = ['GENERATOR_UNKNOWN', 'K6_END_UNKNOWN', 'TIMES_IN_SECONDS']
      assert.deepEqual(codesOf(judged), doubts, stdout)
      const { delivery, run } = judged
      assert.deepEqual([delivery.usersReached, delivery.end], [4, 'complete'], stdout)
      assert.equal(run.recording?.kind, 'judged from a recording')
      assert.match(stdout, /^Judged {10}from .*samples\.csv/m)
      await stat(join(runs[0] ?? '', 'report.html'))
      await stat(csv)

      const again = await cli(['judge', runs[0] ?? ''])
      assert.deepEqual(codesOf(await verdictOf(runs[0])), doubts, again.stdout + again.stderr)
      assert.equal(again.exitCode, 0)
    })
  }

  test('what is no recording of k6 leaves no run', async () => {
    const { exitCode, stderr, runs } = await cli([
      ...['judge', '--csv', sla, '--script', script, '--sla', sla],
    ])
    assert.equal(exitCode, 2)
    assert.match(stderr, /^error K6V_CSV_UNREADABLE: .*its first line is none of k6/m)
    assert.deepEqual(runs, [])
  })
})
