// Runs in Grafana Cloud k6: what the cloud says of one, and what the verdict makes of it.
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reason } from '../scripts/reasons/reasons.ts'
import { codesOf, readManifest, verdictOf } from './cli.ts'
import { filesWith, inCloud, openStub, startedInCloud } from './cloud-run.ts'

function facts({ code, data }: Reason): unknown[] {
  return [code, data['message']]
}

describe('what the cloud says of a run', { concurrency: 3 }, () => {
  test('passed is PASS, with the page of the run', async (t) => {
    const stub = await openStub(t)
    const result = await inCloud(stub, ['--cloud-name', 'three regions'])

    assert.equal(result.exitCode, 0, result.stdout + result.stderr)
    const { verdict, source, run, objectives } = await verdictOf(result.runs[0])
    assert.equal(verdict, 'PASS')
    assert.equal(source?.kind, 'k6 cloud')
    assert.equal(source.url, `${stub.url}/a/k6-app/runs/123`)
    assert.deepEqual(run.cloud, { execution: 'cloud', name: 'three regions', url: source.url })
    assert.equal(objectives.find(({ id }) => id === 'latency-p95')?.verdict, 'PASS')
    assert.match(result.stdout, /Result page +http/)
    const { instances, exitCode } = await readManifest(result.runs[0] ?? '')
    assert.equal(instances[0]?.exitCode, 0)
    assert.equal(exitCode, 0)
  })

  test('failed is FAIL with exit code 99', async (t) => {
    const states = [{ status: 'completed', result: 'failed', message: 'p95 was crossed' } as const]
    const result = await inCloud(await openStub(t, { states }))

    assert.equal(result.exitCode, 99, result.stdout)
    const { verdict, reasons } = await verdictOf(result.runs[0])
    assert.equal(verdict, 'FAIL')
    assert.deepEqual(reasons.map(facts), [['CLOUD_FAILED', 'p95 was crossed']])
  })

  test('a run that the cloud aborts without a result is INVALID, though k6 exits with 0', async (t) => {
    const states = [{ status: 'running' }, { status: 'aborted', message: 'load zone lost' }]
    const result = await inCloud(await openStub(t, { states }))

    const { verdict, reasons, run } = await verdictOf(result.runs[0])
    assert.equal(run.instances[0]?.exitCode, 0)
    assert.equal(verdict, 'INVALID')
    assert.deepEqual(reasons.map(facts), [['CLOUD_BROKE', 'aborted by k6 cloud: load zone lost']])
    assert.equal(result.exitCode, 91)
  })

  test('an error of the cloud is INVALID', async (t) => {
    const states = [{ status: 'completed', result: 'error', message: 'out of memory' } as const]
    const result = await inCloud(await openStub(t, { states }))

    assert.equal(result.exitCode, 91, result.stdout)
    const [first] = (await verdictOf(result.runs[0])).reasons
    assert.equal(first?.code, 'CLOUD_BROKE')
    assert.match(first.text, /"error".*: out of memory$/)
  })

  test('a test of that name gets the new script', async (t) => {
    const stub = await openStub(t, { isNameTaken: true })
    const result = await inCloud(stub)

    assert.equal(result.exitCode, 0, result.stdout)
    assert.ok(stub.calls.includes('PUT /cloud/v6/load_tests/456/script'), stub.calls.join('\n'))
    assert.equal(stub.archives.length, 2)
  })

  test('a token that is refused is INVALID, and in no file though the API repeats it', async (t) => {
    const stub = await openStub(t)
    const result = await inCloud(stub, [], { K6_CLOUD_TOKEN: 'wrong-token-77' })

    assert.equal(result.exitCode, 91, result.stdout)
    const { verdict, reasons, run } = await verdictOf(result.runs[0])
    assert.equal(verdict, 'INVALID')
    assert.equal(run.instances[0]?.exitCode, 255)
    assert.match(reasons[0]?.text ?? '', /401\/unauthorized.*"Bearer \*\*\*" is not valid/)
    assert.deepEqual(await filesWith('wrong-token-77', result.runs), [])
    assert.ok(!result.stdout.includes('wrong-token-77'))
  })

  test('a quota that is used up is said in the words of the cloud', async (t) => {
    const refusal = { status: 400, code: 'vuh_quota', message: 'no virtual user hours are left' }
    const stub = await openStub(t, { refusal })
    const result = await inCloud(stub)

    assert.equal(result.exitCode, 91)
    const { reasons, source } = await verdictOf(result.runs[0])
    const message = '(400/vuh_quota) no virtual user hours are left'
    assert.deepEqual(reasons.map(facts), [['CLOUD_BROKE', message]])
    assert.equal(source?.url, undefined)
    assert.deepEqual(stub.calls, ['POST /cloud/v6/validate_options'], 'nothing was uploaded')
  })

  test('when the API dies, the deadline ends the run', async (t) => {
    const states = [{ status: 'running' }]
    const stub = await openStub(t, { states, diesAfterLooks: 1 })
    const startedAt = Date.now()
    const result = await inCloud(stub, ['--cloud-deadline', '9s'])

    assert.ok(Date.now() - startedAt < 60_000)
    assert.equal(result.exitCode, 91, result.stdout)
    const { verdict, reasons, run } = await verdictOf(result.runs[0])
    assert.equal(verdict, 'INVALID')
    assert.match(
      reasons[0]?.text ?? '',
      /has no result: aborted at its deadline; nobody has confirmed/,
    )
    assert.equal(run.instances[0]?.stoppedBy, 'deadline')
    assert.equal(run.cloud?.url, `${stub.url}/a/k6-app/runs/123`)
  })

  test('a run that does not end is aborted in the cloud at its deadline', async (t) => {
    const stub = await openStub(t, { states: [{ status: 'running' }] })
    const result = await inCloud(stub, ['--cloud-deadline', '6s'])

    assert.equal(result.exitCode, 91, result.stdout)
    assert.ok(stub.calls.includes('POST /cloud/v6/test_runs/123/abort'))
    const { reasons } = await verdictOf(result.runs[0])
    assert.deepEqual(reasons.map(facts), [['CLOUD_BROKE', 'aborted at its deadline']])
  })

  test('one Ctrl+C aborts the run in the cloud', async (t) => {
    const stub = await openStub(t, { states: [{ status: 'running' }] })
    const { K6_VERDICT_RESULTS, child } = await startedInCloud(stub)
    while (!stub.calls.includes('GET /cloud/v6/test_runs/123')) await sleep(100)
    child.kill('SIGINT')
    const { exitCode, stdout } = await child

    assert.equal(exitCode, 105, stdout)
    const aborts = stub.calls.filter((call) => call.endsWith('/abort'))
    assert.equal(aborts.length, 1)
    const [name = ''] = await readdir(K6_VERDICT_RESULTS)
    const { verdict, instances } = await readManifest(join(K6_VERDICT_RESULTS, name))
    assert.equal(verdict, 'INVALID')
    assert.equal(instances[0]?.stoppedBy, 'user')
    const file = await verdictOf(join(K6_VERDICT_RESULTS, name))
    assert.deepEqual(codesOf(file), ['STOPPED_BY_USER', 'CLOUD_BROKE'])
  })
})
