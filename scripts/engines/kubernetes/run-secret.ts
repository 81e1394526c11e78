import { join } from 'node:path'
import { stringify } from 'yaml'
import { writeWhole } from '../../core/write-whole.ts'
import { RUN_LABEL } from './cluster-options.ts'

/** Variables that `-e` gives a script: they may be secrets. */
export interface RunSecret {
  /** Its manifest, without their values. */
  path: string
  /** The same with them, for kubectl alone. */
  filled: string
}

interface SecretInput {
  name: string
  namespace: string
  runName: string
  variables: Readonly<Record<string, string>>
}

const HEADER = '# Fill in the values before you create it: they are kept in no file.\n'

/** Writes the manifest of a run's Secret without any value. */
export async function writeSecret(folder: string, input: SecretInput): Promise<RunSecret> {
  const path = join(folder, 'secret.yaml')
  const empty = Object.fromEntries(Object.keys(input.variables).map((name) => [name, '']))
  await writeWhole(path, `${HEADER}${secretText({ ...input, variables: empty })}`)
  return { path, filled: secretText(input) }
}

function secretText({ name, namespace, runName, variables }: SecretInput): string {
  const metadata = { name, namespace, labels: { [RUN_LABEL]: runName } }
  return stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: variables })
}
