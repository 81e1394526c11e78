// A fake of kubectl and of the cluster behind it: it keeps its state in FAKE_KUBECTL_FOLDER, plays the
// stages of k6-operator one at each `get`, and runs each runner's command with the real k6 on this
// machine. FAKE_KUBECTL_CASE says what goes wrong. It proves how we react, not how a cluster behaves.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { parse } from 'yaml'
import type { ConfigMap } from '../scripts/engines/kubernetes/config-map.ts'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'
import { startRunner } from './fake-kubelet.ts'
import { specOf } from './k6-operator.ts'

const folder = process.env['FAKE_KUBECTL_FOLDER'] ?? ''
const fault = process.env['FAKE_KUBECTL_CASE'] ?? 'none'
const k6 = process.env['FAKE_KUBECTL_K6'] ?? ''
const [, , , namespace = '', verb = '', ...args] = process.argv

const STAGES = ['', 'initialization', 'initialized', 'created', 'started']

interface Stored {
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
}

const path = (...parts: string[]): string => join(folder, ...parts)

appendFileSync(path('calls.log'), `${[verb, ...args].join(' ')}\n`)
if (namespace === '') fail('no namespace was given')
switch (verb) {
  case 'create':
    create()
    break
  case 'get':
    process.stdout.write(JSON.stringify({ items: get() }))
    break
  case 'logs':
    await logs()
    break
  case 'exec':
    exec()
    break
  case 'delete':
    remove()
    break
  case 'wait':
    break
  default:
    fail(`unknown command "${verb}"`)
}

function create(): void {
  if (fault === 'refused') {
    fail(
      'error: resource mapping not found: no matches for kind "TestRun" in version "k6.io/v1alpha1"',
    )
  }
  for (const file of valuesOf('--filename')) {
    const object = parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Stored
    writeFileSync(
      path('objects', `${object.kind}-${object.metadata.name}.json`),
      JSON.stringify(object),
    )
  }
}

function get(): unknown[] {
  const polls = existsSync(path('polls')) ? Number(readFileSync(path('polls'), 'utf8')) : 0
  writeFileSync(path('polls'), String(polls + 1))
  const testRuns = objects().filter((each) => each.kind === 'TestRun') as unknown as TestRun[]
  const stage = fault === 'stage-error' && polls > 1 ? 'error' : (STAGES[Math.min(polls, 4)] ?? '')
  return testRuns.flatMap((testRun) => {
    const names = runnersOf(testRun)
    if (stage === 'started' && fault !== 'never-starts')
      names.forEach((name, at) =>
        startRunner({
          folder,
          k6,
          testRun,
          name,
          number: at + 1,
          data: dataOf(testRun),
          secrets: secretsOf(testRun),
        }),
      )
    const pods = polls < 3 ? [] : names.map((name, at) => podOf(name, at))
    const isOver = pods.length > 0 && pods.every(({ status }) => status.phase === 'Succeeded')
    const now = fault === 'never-starts' ? 'created' : isOver ? 'finished' : stage
    return [
      { ...testRun, status: { stage: polls < 3 || fault !== 'never-starts' ? now : 'created' } },
      ...pods,
    ]
  })
}

function dataOf({ metadata }: TestRun): Record<string, string | Buffer> {
  const configMap = objects().find((each) => {
    return each.kind === 'ConfigMap' && each.metadata.name === metadata.name
  })
  const { data = {}, binaryData = {} } = (configMap ?? {}) as Partial<ConfigMap>
  const bytes = Object.entries(binaryData).map(([name, text]) => {
    return [name, Buffer.from(text, 'base64')] as const
  })
  return { ...data, ...Object.fromEntries(bytes) }
}

function secretsOf(testRun: TestRun): Record<string, string> {
  const names = (specOf(testRun).runner.envFrom ?? []).map(({ secretRef }) => secretRef.name)
  const found = objects().filter(({ kind, metadata }) => {
    return kind === 'Secret' && names.includes(metadata.name)
  }) as (Stored & { stringData: Record<string, string> })[]
  return Object.assign({}, ...found.map(({ stringData }) => stringData)) as Record<string, string>
}

function runnersOf(testRun: TestRun): string[] {
  return Array.from(
    { length: specOf(testRun).parallelism },
    (_, at) => `${testRun.metadata.name}-${at + 1}`,
  )
}

function podOf(name: string, at: number) {
  const exit = path('runners', name, 'exit')
  const isHit = at === 1
  const real = existsSync(exit) ? Number(readFileSync(exit, 'utf8')) : undefined
  const isKilled = fault === 'oom' && isHit && existsSync(path('runners', name))
  const exitCode = isKilled ? 137 : real === 0 && fault === 'threshold' && isHit ? 99 : real
  const time = new Date().toISOString()
  const terminated = exitCode !== undefined && {
    exitCode,
    reason: isKilled ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error',
    startedAt: time,
    finishedAt: time,
  }
  const waiting = fault === 'never-starts' && {
    reason: 'ImagePullBackOff',
    message: 'no such image',
  }
  return {
    kind: 'Pod',
    metadata: { name: `${name}-x7k2p`, labels: { 'job-name': name } },
    status: {
      phase: waiting
        ? 'Pending'
        : !terminated
          ? 'Running'
          : exitCode === 0
            ? 'Succeeded'
            : 'Failed',
      containerStatuses: [
        { state: { ...(terminated && { terminated }), ...(waiting && { waiting }) } },
      ],
    },
  }
}

async function logs(): Promise<void> {
  const of = args.find((each) => each.startsWith('job/') || each.endsWith('-x7k2p')) ?? ''
  if (of.endsWith('-initializer')) {
    process.stdout.write('level=error msg="unknown flag: --out=csv"\n')
    return
  }
  const runner = of.replace(/-x7k2p$/, '')
  while (args.includes('--follow') && !existsSync(path('runners', runner, 'exit'))) {
    if (fault === 'oom' || !existsSync(path('objects'))) break
    await sleep(100)
  }
  const log = path('runners', runner, 'log')
  if (existsSync(log)) process.stdout.write(readFileSync(log))
}

function exec(): void {
  const remote = args.at(-1) ?? ''
  const [, script] = /^cat > \/scripts\/(.+)$/.exec(remote) ?? []
  if (script !== undefined) writeFileSync(path('scripts', script), readFileSync(0))
  if (!args.includes('gzip')) return
  if (fault === 'copy-fails' && remote.endsWith('-2.csv'))
    fail('error: unable to upgrade connection')
  const bytes = gzipSync(readFileSync(remote.replace('/samples/', `${path('samples')}/`)))
  const isCut = fault === 'copy-cut' && remote.endsWith('-2.csv')
  process.stdout.write(isCut ? bytes.subarray(0, bytes.length / 2) : bytes)
}

function remove(): void {
  appendFileSync(path('deleted.log'), `${args.join(' ')}\n`)
  for (const name of existsSync(path('runners')) ? readdirSync(path('runners')) : []) {
    if (existsSync(path('runners', name, 'exit'))) continue
    const pid = Number(readFileSync(path('runners', name, 'pid'), 'utf8'))
    try {
      process.kill(-pid, 'SIGTERM')
    } catch {
      // It has ended by itself.
    }
    writeFileSync(path('runners', name, 'exit'), '105')
  }
}

function objects(): Stored[] {
  return readdirSync(path('objects')).map(
    (file) => JSON.parse(readFileSync(path('objects', file), 'utf8')) as Stored,
  )
}

function valuesOf(flag: string): string[] {
  return args.flatMap((each, at) => (each === flag ? [args[at + 1] ?? ''] : []))
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
