import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Catalogue } from './catalogue.ts'
import { slaBadJson, slaInvalid, slaNotFound, slaUnreadable } from './errors.ts'
import { parseJson } from './json-syntax.ts'
import type { Sla } from './sla-file.ts'
import { validateSla } from './validate-sla.ts'

/**
 * Reads, validates and normalises an SLA file.
 *
 * @param path as it is to be shown to the user
 * @throws ToolkitError `K6V_SLA_…`; one error lists every problem of the file
 */
export async function readSla(path: string, catalogue: Catalogue): Promise<Sla> {
  const parsed = await parseJson(await readText(path))
  if ('fault' in parsed) throw slaBadJson({ path, ...parsed.fault })

  const result = validateSla(parsed.data, catalogue, parsed.repeated)
  if ('problems' in result) throw slaInvalid(path, result.problems)
  return result.sla
}

async function readText(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8')
    // Editors on Windows may begin a file with a byte order mark, which is not JSON.
    return text.replace(/^\uFEFF/, '')
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    if (cause.code === 'ENOENT') throw slaNotFound(path, await slaFiles(dirname(path)))
    throw slaUnreadable(path, cause)
  }
}

/** Workloads that have an SLA file in a folder; none when the folder does not exist. */
async function slaFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => basename(file, '.json'))
    .sort()
}
