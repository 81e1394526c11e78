import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterOptions } from './cluster-options.ts'
import { CONFIG_MAP_BYTES_MAX, withoutMap } from './config-map.ts'
import { manifests, type ManifestsInput } from './manifests.ts'
import { testRunName } from './names.ts'
import { nodeSelector } from './node-selectors.ts'
import { memoryBytes } from './quantity.ts'

const RUN_ID = '20261121-084801-geo-distributed-7f3a'

const CLUSTER: ClusterOptions = {
  namespace: 'load',
  image: 'grafana/k6:2.2.0',
  instances: 2,
  nodeSelectors: [],
  cpu: '1',
  memory: '1Gi',
  separate: false,
  cleanup: false,
}

function createManifests(changes: Partial<ManifestsInput> = {}) {
  return manifests({
    runId: RUN_ID,
    cluster: CLUSTER,
    bundles: [{ region: undefined, script: 'export default () => {}', users: 10, runnersMax: 10 }],
    targets: { base: 'http://api', byRegion: {} },
    tags: { testid: RUN_ID, workload: 'w', instance: '0' },
    further: { outputs: [], env: {}, k6Config: '{}', hasHistograms: false },
    ...changes,
  })
}

const bundle = (script: string) => [{ region: undefined, script, users: 10, runnersMax: 10 }]

test('a script above the limit of a ConfigMap is refused with both sizes, or goes to a volume', () => {
  const large = 'x'.repeat(CONFIG_MAP_BYTES_MAX)
  assert.throws(() => createManifests({ bundles: bundle(large) }), {
    code: 'K6V_KUBERNETES_SCRIPT_TOO_LARGE',
    message: /at most 1,048,576 bytes for a ConfigMap, got 1,048,5\d\d/,
  })
  const cluster = { ...CLUSTER, scriptVolume: 'scripts' }
  const [made] = createManifests({ bundles: bundle(large), cluster })
  assert.equal(made?.configMap, undefined)
  const file = `${testRunName(RUN_ID)}.js`
  assert.deepEqual(made?.testRun.spec['script'], {
    volumeClaim: { name: 'scripts', file, readOnly: true },
  })
})

test('more runners than can have a user are refused, as the operator would do', () => {
  const bundles = [{ region: 'eu', script: '', users: 1, runnersMax: 1 }]
  assert.throws(() => createManifests({ bundles }), {
    code: 'K6V_KUBERNETES_TOO_MANY_RUNNERS',
    message: /of region eu: 1, got --instances 2/,
  })
})

test('the script’s own tags are arguments, as those of the operator would replace them', () => {
  const [made] = createManifests()
  assert.deepEqual(made?.testRun.spec['args'], [
    '--no-color',
    '--tag',
    `testid=${RUN_ID}`,
    '--tag',
    'workload=w',
    '--tag',
    'instance=$(K6V_INSTANCE)',
  ])
})

test('names leave room for what the operator and Kubernetes append', () => {
  for (const region of [undefined, 'eu-west', 'a-region-with-a-name-that-never-seems-to-end']) {
    const name = testRunName(RUN_ID, region)
    assert.match(name, /^k6v-20261121-084801-7f3a(-[a-z-]*[a-z])?$/)
    assert.ok(`${name}-initializer`.length <= 63, name)
  }
})

test('a region gets its own nodes, and those that are said for all', () => {
  const regions = ['us-east', 'eu-west']
  const of = (selectors: string[], region: string | undefined) =>
    nodeSelector(selectors, { region, regions })
  const label = 'topology.kubernetes.io/region'
  assert.deepEqual(of([], 'eu-west'), { [label]: 'eu-west' })
  assert.deepEqual(of(['pool=load'], 'eu-west'), { [label]: 'eu-west', pool: 'load' })
  const own = [`eu-west:${label}=eu-west-1`, 'pool=load']
  assert.deepEqual(of(own, 'eu-west'), { [label]: 'eu-west-1', pool: 'load' })
  assert.deepEqual(of(own, 'us-east'), { [label]: 'us-east', pool: 'load' })
  assert.deepEqual(of(['pool=load'], undefined), { pool: 'load' })
})

test('quantities of memory are read as Kubernetes does', () => {
  assert.equal(memoryBytes('512Mi'), 512 * 2 ** 20)
  assert.equal(memoryBytes('1.5G'), 1.5e9)
  for (const wrong of ['', 'Gi', '1Q', '-1Gi', '0Mi']) {
    assert.throws(() => memoryBytes(wrong), { code: 'K6V_WRONG_VALUE' })
  }
})

test('the name of a source map is taken away, and nothing else', () => {
  const script = "const text = '//# sourceMappingURL=x'\n"
  assert.equal(withoutMap(`${script}//# sourceMappingURL=script.js.map\n`), script)
  assert.equal(withoutMap(script), script)
})
