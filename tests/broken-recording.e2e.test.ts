// Runs whose recording is not whole: k6 killed, the disk full. What was recorded is kept and judged, and
// the run is never a PASS.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cliArguments, codesOf, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { recordedFile } from './recorded-file.ts'
import { type TamperedServer, tamperedServer } from './tampered-server.ts'

let K6_BIN: string
let server: TamperedServer

before(async () => {
  K6_BIN = (await realK6()).path
  server = await tamperedServer('sound')
})
after(() => server.close())

const FOLDER = 'tests/fixtures/tampered'

function runArguments(seconds: number, users: number): string[] {
  const load = ['--users', String(users), '--duration', `${seconds}s`, '--time-scale', '0.01']
  const of = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, '--target', server.url]
  return cliArguments(['sustained', ...load, ...of])
}

test('k6 is killed: every whole row is kept, and the run is INVALID', async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const env = { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN }
  const child = execa('node', runArguments(20, 20), {
    cwd: projectPath(),
    env,
    reject: false,
    timeout: 60_000,
  })
  const csv = await recordedFile(results, 200_000)
  process.kill(await k6Pid(csv), 'SIGKILL')
  const { exitCode, stdout } = await child

  assert.equal(exitCode, 91, stdout)
  const verdict = await verdictOf(dirname(csv))
  assert.equal(verdict.verdict, 'INVALID')
  assert.ok(codesOf(verdict).includes('K6_KILLED'), stdout)
  assert.match(stdout, /^ {2}- k6 was killed by a signal after \d+ s of 20 s$/m)
  assert.ok(verdict.samples.rows > 1_000, stdout)
  assert.ok((verdict.objectives[0]?.samples ?? 0) > 50, stdout)
})

test('too small a disk is an error before any load', async (context) => {
  const { exitCode, stdout, stderr } = await onSmallDisk(context, {
    size: '20m',
    args: runArguments(5, 20),
  })
  assert.equal(exitCode, 1, stdout)
  assert.match(stderr, /^error K6V_DISK_TOO_SMALL: Expected [\d,]+ MB free/m)
  assert.doesNotMatch(stdout, /requests\/s/)
})

test('a disk that fills up during the run: what was recorded is kept, and the run is INVALID', async (context) => {
  const { exitCode, stdout } = await onSmallDisk(context, {
    size: '70m',
    args: runArguments(8, 20),
    beside: fillUp,
  })
  assert.equal(exitCode, 91, stdout)
  assert.match(stdout, /^INVALID/m)
  assert.match(
    stdout,
    /k6 could not record every sample|k6 sent [\d,]+ requests, and [\d,]+ were recorded/,
  )
})

test('a read-only disk is an error before any load', async (context) => {
  const { exitCode, stdout, stderr } = await onSmallDisk(context, {
    size: '70m,ro',
    args: runArguments(5, 20),
  })
  assert.equal(exitCode, 2, stdout)
  assert.match(stderr, /^error K6V_RESULTS_UNWRITABLE: .*, got EROFS$/m)
  assert.equal(stdout, '')
})

test('a results folder that vanishes during the run: the run is INVALID and says so', async (context) => {
  const { exitCode, stdout, stderr } = await onSmallDisk(context, {
    size: '70m',
    args: runArguments(3, 20),
    beside: `${waitForSamples(0)}rm -r $DISK/*`,
  })
  assert.equal(exitCode, 91, stdout + stderr)
  assert.match(stdout, /^ {2}- k6 recorded no sample$/m)
  assert.doesNotMatch(stdout + stderr, /^ {4}at /m)
})

/** Until k6 has recorded more than so many bytes. */
const waitForSamples = (bytes: number) => `
until [ "$(stat -c %s $DISK/*/samples.csv 2>/dev/null || echo 0)" -gt ${bytes} ]; do sleep 0.1; done
`

/** Leaves a few hundred KB on the disk once a part of the samples has been recorded. */
const fillUp = `${waitForSamples(100_000)}
dd if=/dev/zero of=$DISK/filler bs=100k count=$(( $(df --output=avail -k $DISK | tail -1) / 100 - 3 )) 2>/dev/null
`

// A file system of its own, in a namespace of its own: nothing of the machine changes.
async function onSmallDisk(
  context: { skip: (why: string) => void },
  { size, args, beside = ':' }: { size: string; args: string[]; beside?: string },
) {
  const disk = await mkdtemp(join(tmpdir(), 'k6-verdict-disk-'))
  const script = join(disk, '..', `small-disk-${process.pid}.sh`)
  await writeFile(
    script,
    `mount -t tmpfs -o size=${size} tmpfs $DISK || exit 77\n(${beside}) &\nnode "$@"\ncode=$?\nwait\nexit $code\n`,
  )
  const result = await execa(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'bash', script, ...args],
    {
      cwd: projectPath(),
      env: { DISK: disk, K6_VERDICT_RESULTS: disk, NO_COLOR: '1', K6_BIN },
      reject: false,
      timeout: 90_000,
    },
  )
  if (result.exitCode === 77 || result.stderr.includes('unshare failed')) {
    context.skip(`no file system of our own here: ${result.stderr}`)
  }
  return result
}

/** The k6 of this test alone: its environment names the file. */
async function k6Pid(csv: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    if (environment.includes(`K6_CSV_FILENAME=${csv}`)) return Number(pid)
  }
  throw new Error('Expected a k6 that records this run, found none')
}
