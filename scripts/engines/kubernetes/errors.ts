import { number } from '../../core/format-measure.ts'
import { ToolkitError } from '../../core/errors.ts'

export function scriptTooLarge(bytes: number, most: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_SCRIPT_TOO_LARGE',
    message: `Expected a script of at most ${number(most)} bytes for a ConfigMap, got ${number(bytes)}`,
    hint: 'Name a PersistentVolumeClaim for it: --script-volume <claim>.',
  })
}

/** The operator would end such a run in the stage error. */
export function tooManyRunners(
  instances: number,
  { runnersMax, region }: { runnersMax: number; region: string | undefined },
): ToolkitError {
  const where = region === undefined ? '' : ` of region ${region}`
  return new ToolkitError({
    code: 'K6V_KUBERNETES_TOO_MANY_RUNNERS',
    message: `Expected at most as many runners as have a user${where}: ${runnersMax}, got --instances ${instances}`,
    hint: 'Take fewer instances, or more users.',
  })
}

export function targetNeeded(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_NO_TARGET',
    message: 'Expected --target with --apply, found none: the sandbox is on this machine only',
    hint: 'Name the API as the cluster knows it, e.g. --target http://api.shop.svc:8080 .',
  })
}

export function notWithKubernetes(option: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_OPTION',
    message: `Expected no ${option} with --kubernetes, got it`,
    hint: 'It belongs to a run in another place; leave one of the two out.',
  })
}

/** One of k6's, with a script of the user's own. */
export function flagNotInCluster(flag: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_OPTION',
    message: `Expected no ${flag} with --kubernetes: ${why}`,
    hint: 'Leave it out, or let k6 run on this machine.',
  })
}

export function variableNameWrong(name: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_OPTION',
    message: `Expected -e to name a variable that a pod can have, got "${name}"`,
    hint: 'Letters, digits, "_", "-" and "." are allowed, and no digit comes first.',
  })
}

/** Arguments of runners stand in the manifests, which are kept. */
export function secretInOutput(output: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_OPTION',
    message: `Expected --out with --kubernetes to be without a password and a query, got ${output}`,
    hint: "Put k6's variables of that output into the Secret that --secret names, e.g. K6_INFLUXDB_PASSWORD.",
  })
}

export function kubectlMissing(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBECTL_MISSING',
    message: 'Expected kubectl on PATH or in K6V_KUBECTL, found none',
    hint: 'Install it, or leave --apply out and create the manifests where there is one.',
    exitCode: 1,
  })
}

export function clusterRefused(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_REFUSED',
    message: `Expected the cluster to take the run, got: ${reason}`,
    hint: nextStep(reason),
    exitCode: 1,
  })
}

function nextStep(reason: string): string {
  if (/no matches for kind "TestRun"/.test(reason)) {
    return 'Install k6-operator first; docs/kubernetes.md says how. What had been created is deleted again.'
  }
  if (/connection refused|unable to connect|no configuration|no such host/i.test(reason)) {
    return 'kubectl reaches no cluster: "kubectl config current-context" says which one it means.'
  }
  return 'What had been created is deleted again. "kubectl auth can-i create testruns.k6.io" says what you may do.'
}

/** `log` is that of the operator's initializer. */
export function stageError(testRun: string, log: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_STAGE_ERROR',
    message: `Expected the operator to start ${testRun}, but it is in the stage error: ${log}`,
    hint: "That is the log of its initializer (k6 archive, k6 inspect). The run's objects are deleted again.",
    exitCode: 1,
  })
}

export function testRunGone(testRun: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_GONE',
    message: `Expected the TestRun ${testRun} in the cluster, found it deleted`,
    hint: 'Somebody else has deleted it while it ran, and its results with it.',
    exitCode: 1,
  })
}

export function startTooLate(seconds: number, waiting: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_KUBERNETES_START',
    message: `Expected all runners to start within ${seconds} s, got ${waiting.join('; ') || 'no answer'}`,
    hint: 'Fix what is said there, or give it longer with --start-deadline. The objects are deleted again.',
    exitCode: 1,
  })
}
