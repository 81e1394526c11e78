// The kubelet's work, without its container: a runner's command with the real k6, its folders here.
import { spawn } from 'node:child_process'
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'
import { expand, podEnvironment, runnerCommand, specOf } from './k6-operator.ts'

export interface RunnerInput {
  /** State of the fake cluster. */
  folder: string
  /** Path of the real one. */
  k6: string
  testRun: TestRun
  /** Of its Job. */
  name: string
  /** From 1. */
  number: number
  /** Of the ConfigMap; empty where the script is on a volume. */
  data: Record<string, string | Buffer>
  /** Of the Secrets that it gets its environment from. */
  secrets: Record<string, string>
}

/** Starts it once; `exit` in its folder has the exit code when it has ended, `pid` its process group. */
export function startRunner(input: RunnerInput): void {
  const { folder, k6, testRun, name, number, data, secrets } = input
  const place = join(folder, 'runners', name)
  if (existsSync(place)) return
  mkdirSync(join(place, 'test'), { recursive: true })
  for (const [file, text] of Object.entries(data)) writeFileSync(join(place, 'test', file), text)
  const { runner, script } = specOf(testRun)
  const file = script.volumeClaim?.file ?? script.configMap?.file ?? 'script.js'
  if (script.volumeClaim) copyFileSync(join(folder, 'scripts', file), join(place, 'test', file))

  const here = (text: string): string =>
    text.replaceAll('/samples/', `${folder}/samples/`).replaceAll('/test/', `${place}/test/`)
  const env = podEnvironment(runner.env, { 'job-name': name })
  const command = runnerCommand(testRun, number, `/test/${file}`)
    .filter((each) => each !== '--paused' && !each.startsWith('--address'))
    .map((each) => here(expand(each, env)))
  // A container's log has all that it prints.
  const log = openSync(join(place, 'log'), 'a')
  const child = spawn('sh', ['-c', '"$@"; echo $? > exit', 'sh', k6, ...command], {
    cwd: place,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      K6_ADDRESS: '127.0.0.1:0',
      ...secrets,
      ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, here(value)])),
    },
  })
  writeFileSync(join(place, 'pid'), String(child.pid))
  child.unref()
  closeSync(log)
}
