import { stat } from 'node:fs/promises'
import { printableAll } from '../core/printable.ts'
import { FileBroken, readJson } from '../core/read-json.ts'
import { contradiction } from './contradiction.ts'
import type { VerdictFile } from './verdict-file.ts'
import { verdictMissing } from '../run-folder/errors.ts'
import { VERDICT_FILE } from './verdict-format.ts'

/**
 * Reads `verdict.json`, the input of every report; whoever wrote it, its texts can be shown.
 *
 * @throws ToolkitError when it is missing, torn, that of another format, or contradicts itself
 */
export async function readVerdict(path: string): Promise<VerdictFile> {
  const size = await stat(path).catch(() => undefined)
  if (!size?.isFile()) throw verdictMissing(path)
  const file = await readJson<VerdictFile>(path, VERDICT_FILE)
  const fault = contradiction(file)
  if (fault !== undefined) throw new FileBroken(path, VERDICT_FILE, fault)
  return printableAll(file)
}
