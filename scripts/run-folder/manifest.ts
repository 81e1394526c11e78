import { execFile } from 'node:child_process'
import { availableParallelism, cpus, hostname, platform, totalmem } from 'node:os'
import type { Phase, RunPlan } from '../../lib/plan.ts'
import type { RunSettings } from '../../lib/run-settings.ts'
import { writeJson } from '../core/write-whole.ts'
import { maskArgument } from '../core/mask-secrets.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { StopReason } from '../stop/stop-rule.ts'
import { PROJECT_FOLDER, toolkitVersion } from '../core/project.ts'
import type { CustomMetric } from '../plan/evaluated-scenario.ts'
import type { PlannedRun } from '../plan/plan-run.ts'
import type { Targets } from '../plan/target.ts'

/** What it takes to repeat a run, and to read its samples; `run.json`. */
export interface Manifest {
  id: string
  /** What was typed, e.g. `npm run k6 -- spike --users 100`; URLs in it have no password and no query's values. */
  command: string
  scenario: string
  workload: string
  settings: Omit<RunSettings, 'thresholds' | 'trendStats'>
  plan: RunPlan
  /** Custom metrics of the script, so that another SLA file can be read without running it. */
  metrics?: Record<string, CustomMetric>
  /** Never holds credentials: a URL with some is refused. */
  target: Targets & {
    sandbox: boolean
    /** What proxies on this machine added to each answer, by region. */
    regionLatency?: Record<string, { latencyMs: number; jitterMs: number }>
  }
  versions: { toolkit: string; node: string; k6: string; k6Source: string }
  git?: { commit: string; changed: boolean }
  host: { name: string; platform: string; cpus: number; cpuModel: string; memoryBytes: number }
  k6Environment: Record<string, string>
  /** Of the command that makes the run, on that machine: while it lives, the run is its own. */
  pid?: number
  startedAt: string
  endedAt?: string
  /** The objective that ended it before its time. */
  stoppedBy?: StopReason
  /** The k6 script of the user's own that ran; `scenario` is its name then. */
  script?: ManifestScript
  /** Why it was ended, where neither its user nor an objective did. */
  endedBecause?: Reason
  /** Where the run was judged from what it had recorded, and not at its end. */
  recording?: JudgedRecording
  /** Where the run is seen, or was made, in Grafana Cloud k6. */
  cloud?: { execution: 'cloud' | 'local'; name: string; url?: string }
  /** The timeline in absolute time, once k6 has said when it began. */
  phases?: (Pick<Phase, 'name'> & { startedAt: string; endedAt: string })[]
  instances: ManifestInstance[]
  /** Where the run is one of several on different machines, and when all of them were to begin. */
  segment?: ManifestSegment
  /** Where the run was put together from those of several machines. */
  mergedFrom?: { id: string; host: string; segment: ManifestSegment }[]
  verdict?: string
  exitCode?: number
}

/** A k6 script of the user's own, and what it reached. */
export interface ManifestScript {
  /** As typed. */
  path: string
  /** k6's own flags; values that may be secrets are left out. */
  flags: string[]
  /** The toolkit has changed its load: k6 ran its archive, `script.tar`. */
  isEdited?: boolean
  /** All that were on, where its own were not enough. */
  systemTags?: string[]
  /** Hosts that it sent requests to, and the addresses of those whose requests have names. */
  reached?: string[]
}

/** How a run was judged that was not judged at its end. */
export interface JudgedRecording {
  kind: 'judged from a recording'
  judgedAt: string
  /** The SLA file, where it was named. */
  sla?: string
  /** k6's CSV, where that is all there was. */
  csv?: string
}

/** The part of a load that one machine makes. */
export interface ManifestSegment {
  part: number
  of: number
  startAt: string
  /** VUs of the load that are this machine's. */
  users?: number
  /** The part of all VUs that they are, and of the rates. */
  ratio?: number
  /** How far the target's clock was ahead of this machine's, if it said so. */
  clock?: { offsetMs: number; errorMs: number }
}

/** One k6 process of a run. */
export interface ManifestInstance {
  /** Missing where there was one only. */
  name?: string
  /** Its part of the load, such as `1/4:2/4`. */
  segment?: string
  exitCode?: number
  stoppedBy?: string
  /** Iterations that began and were not let end: k6 keeps nothing of what they measured. */
  interruptedIterations?: number
  startedAt?: string
  endedAt?: string
  /** When its load began, as k6 says it. */
  loadStartedAt?: string
}

export interface ManifestInput {
  id: string
  planned: Pick<PlannedRun, 'settings' | 'evaluated'>
  target: Manifest['target']
  k6: Pick<FoundK6, 'version'> & { source: string }
  k6Environment: NodeJS.ProcessEnv
  startedAt: Date
}

/** The manifest as far as it is known before the first request. */
export async function newManifest(input: ManifestInput): Promise<Manifest> {
  const { id, planned, target, k6, startedAt } = input
  const { settings, evaluated } = planned
  const { plan, metrics } = evaluated
  const git = await gitState()
  return {
    id,
    command: shellCommand(),
    scenario: settings.scenario,
    workload: plan.workload,
    settings: numbersOf(settings),
    plan,
    metrics,
    target,
    versions: {
      toolkit: toolkitVersion(),
      node: process.versions.node,
      k6: k6.version,
      k6Source: k6.source,
    },
    ...(git && { git }),
    host: {
      name: hostname(),
      platform: `${platform()}-${process.arch}`,
      cpus: availableParallelism(),
      cpuModel: cpus()[0]?.model ?? 'unknown',
      memoryBytes: totalmem(),
    },
    k6Environment: tuning(input.k6Environment),
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    instances: [{}],
  }
}

/** What was typed, without what may be a secret in it. */
export function shellCommand(): string {
  return commandText(process.argv.slice(2))
}

/** A command line as it may be shown and typed, without what may be a secret in it. */
export function commandText(words: readonly string[]): string {
  return ['npm run k6 --', ...words.map(maskedWord).map(quoted)].join(' ')
}

// What -e gives a script may be a password.
function maskedWord(word: string, index: number, words: readonly string[]): string {
  const before = words[index - 1]
  const isVariable = before === '-e' || before === '--env' || /^(-e|--env=)\w/.test(word)
  return isVariable ? word.replace(/^((?:-e=?|--env=)?[^=]*)=.*$/s, '$1=***') : maskArgument(word)
}

// As a shell would need it.
function quoted(argument: string): string {
  return /^[\w./:=@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}

/** Phases of the plan from the moment k6 began. */
export function absolutePhases(
  phases: readonly Phase[],
  startMs: number,
): NonNullable<Manifest['phases']> {
  const at = (seconds: number): string => new Date(startMs + seconds * 1_000).toISOString()
  return phases.map(({ name, startSeconds, endSeconds }) => {
    return { name, startedAt: at(startSeconds), endedAt: at(endSeconds) }
  })
}

export function writeManifest(path: string, manifest: Manifest): Promise<void> {
  return writeJson(path, manifest)
}

// Thresholds and statistics stand in script.js.
function numbersOf(settings: RunSettings): Manifest['settings'] {
  const left = Object.entries(settings).filter(([key]) => !IN_SCRIPT.includes(key))
  return Object.fromEntries(left) as unknown as Manifest['settings']
}

const IN_SCRIPT = ['thresholds', 'trendStats']

// Named one by one: an environment may hold secrets.
function tuning(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['GOGC', 'GOMEMLIMIT', 'GOMAXPROCS']
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

async function gitState(): Promise<Manifest['git'] | undefined> {
  const [commit, status] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('status', '--porcelain', '--untracked-files=no'),
  ])
  return commit === undefined ? undefined : { commit, changed: status !== '' }
}

/** What git prints; undefined where there is no repository, or no git. */
function git(...args: string[]): Promise<string | undefined> {
  const options = { cwd: PROJECT_FOLDER, timeout: 5_000 }
  return new Promise((resolve) => {
    execFile('git', args, options, (error, stdout) => resolve(error ? undefined : stdout.trim()))
  })
}
