// What k6-operator v1.6.0 makes of a TestRun, as far as it decides what k6 gets to do: ported line by line
// from pkg/types/k6cli.go, pkg/segmentation/segmentation.go, pkg/resources/jobs/initializer.go and
// runner.go, so that a test can run the same commands without a cluster.
import type { EnvironmentVariable } from '../scripts/engines/kubernetes/runner-environment.ts'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'

export interface Spec {
  parallelism: number
  args: string[]
  quiet?: string
  script: { configMap?: { name: string; file: string }; volumeClaim?: { file: string } }
  initializer: Record<string, unknown>
  runner: {
    env: EnvironmentVariable[]
    envFrom?: { secretRef: { name: string } }[]
    [key: string]: unknown
  }
  [key: string]: unknown
}

export function specOf(testRun: TestRun): Spec {
  return testRun.spec as Spec
}

const LEFT_OUT = ['-o', '--out', '-l', '--linger', '--no-usage-report', '--verbose', '-v']
const LEFT_OUT_BEGINNINGS = ['--log-output', '--block-hostnames', '--blacklist-ip', '--user-agent']

/** ParseCLI: the arguments that `k6 archive` gets. @throws Error as the operator does */
export function archiveArgs(argv: readonly string[]): string[] {
  const kept: string[] = []
  let at = 0
  while (at < argv.length) {
    const argument = argv[at] ?? ''
    if (!argument.startsWith('-')) {
      throw new Error(`encountered an invalid value for k6 CLI argument: \`${argument}\``)
    }
    const end = endOfValues(argv, at + 1)
    const isLeftOut =
      LEFT_OUT.includes(argument) || LEFT_OUT_BEGINNINGS.some((each) => argument.startsWith(each))
    if (!isLeftOut) kept.push(...argv.slice(at, end))
    at = end
  }
  return kept
}

function endOfValues(argv: readonly string[], start: number): number {
  let end = start
  for (; end < argv.length; end++) {
    const argument = argv[end] ?? ''
    if (argument === '') return end === start ? end + 1 : end
    if (argument.startsWith('-')) break
  }
  return end
}

/** NewRunnerJob: the command of the nth runner, from 1; `$(NAME)` is still to be replaced. */
export function runnerCommand(testRun: TestRun, index: number, script: string): string[] {
  const { parallelism, args, quiet = 'true' } = specOf(testRun)
  return [
    'run',
    ...(quiet === 'true' ? ['--quiet'] : []),
    ...(parallelism > 1 ? segmentation(index, parallelism) : []),
    ...args,
    script,
    '--address=0.0.0.0:6565',
    '--paused',
    '--tag',
    `instance_id=${index}`,
    '--tag',
    `testrun_name=${testRun.metadata.name}`,
  ]
}

function segmentation(index: number, total: number): string[] {
  const part = (at: number): string => (at === 0 ? '0' : at === total ? '1' : `${at}/${total}`)
  const sequence = Array.from({ length: total + 1 }, (_, at) => part(at)).join(',')
  return [
    `--execution-segment=${part(index - 1)}:${part(index)}`,
    `--execution-segment-sequence=${sequence}`,
  ]
}

/** initializerShellScript for `spec.args`: what `sh -c` is given, without the check for k6 itself. */
export const INITIALIZER_SCRIPT = `logs="$TMPDIR/k6logs"
archive="$1"
shift
if ! "$@" 2> "\${logs}"; then
  cat "\${logs}"
  exit 1
fi

if ! k6 inspect --execution-requirements "\${archive}" 2> "\${logs}"; then
  cat "\${logs}"
  exit 1
fi

if grep 'level.*error' "\${logs}"; then
  exit 1
fi`

/** newInitializerCommand for `spec.args`: the arguments of INITIALIZER_SCRIPT. */
export function initializerArguments(
  testRun: TestRun,
  { script, archive }: { script: string; archive: string },
): string[] {
  const env = (specOf(testRun).initializer['env'] ?? []) as EnvironmentVariable[]
  const values = env.flatMap(({ name }) => ['-e', `${name}=$(${name})`])
  const args = archiveArgs(specOf(testRun).args)
  return [archive, 'k6', 'archive', script, ...values, '-O', archive, ...args]
}

/** The kubelet's part: the environment of a Pod, and `$(NAME)` in a command. */
export function podEnvironment(
  env: readonly EnvironmentVariable[],
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  const made: Record<string, string> = {}
  for (const { name, value, valueFrom } of env) {
    const [, label = ''] =
      /^metadata\.labels\['(.+)'\]$/.exec(valueFrom?.fieldRef.fieldPath ?? '') ?? []
    made[name] = valueFrom ? (labels[label] ?? '') : expand(value ?? '', made)
  }
  return made
}

/** A name that is not known stays as it is. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\((\w+)\)/g, (found, name: string) => env[name] ?? found)
}
