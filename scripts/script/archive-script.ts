import { execa } from 'execa'
import * as tar from 'tar'
import { refusalOf } from './refusal.ts'
import type { RawOptions } from '../plan/k6-options.ts'
import type { GivenFlag } from './k6-flags.ts'

/** What k6 has made of a script: all of its files, and its options with those of the command line and the environment. */
export interface ArchivedScript {
  path: string
  metadata: ScriptMetadata
}

/** `metadata.json` of k6's archive, as far as it is read here. */
export interface ScriptMetadata {
  options: RawOptions
  filename: string
}

export interface ArchiveInput {
  k6: string
  /** As typed. */
  script: string
  /** The script itself, where k6 is to read it from its standard input. */
  input: Buffer | undefined
  flags: readonly GivenFlag[]
  env: NodeJS.ProcessEnv
  /** Where the user has typed the command. */
  folder: string
  /** The archive to write. */
  path: string
  stop: AbortSignal
}

/** Init code may fetch libraries, for which k6 itself has 60 s each. */
const TIMEOUT_MS = 300_000

/**
 * Lets k6 evaluate a script as `k6 run` does, and keep what it needs. The environment is not kept: it holds secrets.
 *
 * @throws ToolkitError with k6's own exit code: `K6V_SCRIPT_MISSING`, or `K6V_SCRIPT_REFUSED` with k6's own reason
 */
export async function archiveScript(input: ArchiveInput): Promise<ArchivedScript> {
  const { k6, script, input: text, flags, env, folder, path, stop } = input
  const words = flags.filter(({ use }) => use === 'script').flatMap((flag) => flag.words)
  const given = words.some((word) => word.startsWith('--include-system-env-vars'))
  const args = [
    'archive',
    ...(given ? [] : ['--include-system-env-vars']),
    ...['--exclude-env-vars', '--log-output=stderr', '--log-format=text', '-O', path],
    ...words,
    script,
  ]
  const ended = await execa(k6, args, {
    ...{ env, cwd: folder, extendEnv: false, reject: false },
    ...(text ? { input: text } : { stdin: 'ignore' as const }),
    ...{ timeout: TIMEOUT_MS, cancelSignal: stop },
  })
  if (ended.exitCode !== 0) {
    throw refusalOf({ script, folder, log: ended.stderr, exitCode: ended.exitCode ?? 1 })
  }
  return { path, metadata: await metadataOf(path) }
}

/** Reads the description of an archive. */
export async function metadataOf(archive: string): Promise<ScriptMetadata> {
  const reading: Promise<string>[] = []
  await tar.list({
    file: archive,
    onReadEntry: (entry) => {
      if (entry.path !== 'metadata.json') return
      reading.push(entry.concat().then((bytes) => bytes.toString()))
    },
  })
  const [text] = await Promise.all(reading)
  if (text === undefined) throw new Error(`Expected metadata.json in ${archive}, got none`)
  return JSON.parse(text) as ScriptMetadata
}
