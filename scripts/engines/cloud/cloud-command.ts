import { usersFileVariable } from '../../k6/environment.ts'
import { projectPath } from '../../core/project.ts'
import { type Targets, targetEnvironment } from '../../plan/target.ts'
import type { GivenFlag } from '../../script/k6-flags.ts'
import { type CloudRequest, cloudVariables } from './cloud-request.ts'

/** Where the API is and how it is reached; none of it changes the test. */
const PASSED_ON =
  /^(K6_CLOUD_\w+|HTTPS?_PROXY|NO_PROXY|SSL_CERT_(FILE|DIR)|SYSTEMROOT|TEMP|TMP|TMPDIR)$/i

/** Secrets of the target that a script reads. */
const SECRETS = ['AUTH_USERNAME', 'AUTH_PASSWORD']

/** What k6 asks for again, whatever it has put into an archive. */
const IN_NO_ARCHIVE = ['env', 'compatibility-mode', 'no-thresholds']

export interface CloudCommand {
  args: string[]
  env: NodeJS.ProcessEnv
}

/**
 * How to start `k6 cloud run`. Load zones know nothing of this machine's environment: targets are given as
 * arguments, and a name and a password through the environment, which k6 puts into the archive when told.
 */
export function cloudCommand(of: {
  script: string
  targets: Targets
  request: CloudRequest
  env: NodeJS.ProcessEnv
  /** k6's, of a script of the user's own: then none of the variables that the toolkit's own scripts read goes along. */
  flags?: readonly GivenFlag[] | undefined
}): CloudCommand {
  const { script, targets, request, env, flags } = of
  const known = Object.entries(env).filter(([name]) => PASSED_ON.test(name))
  const secrets = flags
    ? []
    : Object.entries(env).filter(([name, value]) => SECRETS.includes(name) && value)
  // k6 archives all of its environment or none: what is no script's business is empty there.
  const hidden = secrets.length > 0 ? known.filter(([name]) => !name.startsWith('K6_')) : []
  const given = {
    ...Object.fromEntries(hidden.map(([name]) => [name, ''])),
    ...(flags ? {} : targetEnvironment(targets)),
    // Not secret: the file itself travels in the archive.
    ...(flags ? {} : usersFileVariable(env)),
  }
  return {
    args: [
      ...['cloud', 'run', '--no-color'],
      ...Object.entries(given).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...(flags ?? [])
        .filter(({ name }) => IN_NO_ARCHIVE.includes(name))
        .flatMap(({ words }) => words),
      script,
    ],
    env: {
      ...Object.fromEntries(known),
      ...Object.fromEntries(secrets),
      ...cloudVariables(request),
      ...(secrets.length > 0 && { K6_INCLUDE_SYSTEM_ENV_VARS: 'true' }),
      K6_CONFIG: projectPath('scripts', 'k6', 'empty-config.json'),
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      K6_NO_USAGE_REPORT: 'true',
      TZ: 'UTC',
    },
  }
}

/** What `k6 cloud run` prints while it waits; each line says one of these at most. */
export interface CloudLine {
  /** Page of the run in Grafana. */
  url?: string
  /** `Queued`, or how far it is: `35% 21s of 1m0s`. */
  progress?: string
}

/** Reads a line of k6's standard output. */
export function readCloudLine(line: string): CloudLine {
  // `output: cloud (https://…)` where k6 runs here, with other outputs beside it.
  const [, url] = /^ *output: (?:.*\bcloud \()?(https?:\/\/[^\s),]+)/.exec(line) ?? []
  if (url !== undefined) return { url }
  const [, percent, what = ''] = /^Run +\[ *(\d+)% \] (.+)$/.exec(line) ?? []
  if (percent === undefined) return {}
  const time = /^([\dhms.]+)\/([\dhms]+)$/.exec(what.trim())
  return { progress: time ? `${percent}%, ${time[1]} of ${time[2]}` : what.trim() }
}
