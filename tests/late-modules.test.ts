// What esbuild.late.mjs puts into a bundle as functions: the rest of the bundle has a copy of its own of all that they
// import.
import assert from 'node:assert/strict'
import { build } from 'esbuild'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { LATE } from '../esbuild.config.mjs'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { bundleOf, scenarioEntry } from '../scripts/plan/bundle.ts'
import { projectPath } from '../scripts/core/project.ts'

const workload = { name: 'better-prompts', path: projectPath('workloads', 'better-prompts') }
const settings = { ...DEFAULT_SETTINGS, scenario: 'smoke' }

test('nothing of a module that is evaluated late keeps anything from one call to the next', async () => {
  const { metafile } = await build({
    entryPoints: LATE,
    absWorkingDir: projectPath(),
    bundle: true,
    write: false,
    outdir: 'build',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    metafile: true,
  })
  const ours = Object.keys(metafile.inputs).filter((path) => path.startsWith('lib/'))
  const keeping = ours.filter((path) =>
    /^(export )?(let |const \w+(: [^=]+)? = (\[\]|\{\}|new ))/m.test(
      readFileSync(projectPath(path), 'utf8'),
    ),
  )

  assert.ok(ours.length > LATE.length)
  assert.deepEqual(keeping, [])
})

test('of a bundle each VU evaluates what it calls, and not what only VU 0 does', async () => {
  const { script } = await bundleOf(
    scenarioEntry('smoke', workload),
    { workload, settings },
    'smoke.js',
  )
  const isEvaluated = (name: string): boolean => new RegExp(`^// lib/${name}$`, 'm').test(script)

  for (const name of ['buildPlan', 'prepareSchema', 'workloadMistakes'])
    assert.match(script, new RegExp(`^ +.*\\b${name}\\d* = `, 'm'))
  for (const name of ['build-plan.ts', 'json-schema.ts', 'workload-mistakes.ts'])
    assert.ok(!isEvaluated(name), name)
  for (const name of ['phases.ts', 'virtual-user.ts']) assert.ok(isEvaluated(name), name)
})

test('a stack trace names the lines of a module that is evaluated late', async () => {
  const { sourceMap } = await bundleOf(
    scenarioEntry('smoke', workload),
    { workload, settings },
    'smoke.js',
  )
  const { sources } = JSON.parse(sourceMap) as { sources: string[] }

  assert.ok(sources.map((path) => basename(path)).includes('build-plan.ts'), sources.join())
  assert.ok(
    LATE.every((path) => sources.some((source) => path.endsWith(join('lib', basename(source))))),
  )
})
