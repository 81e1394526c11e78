import { readFile } from 'node:fs/promises'
import { writeWhole } from '../../files/write-whole.ts'

const HIDDEN = '***'

/** Takes the token out of a file that is kept: a server may repeat in an error what it was sent. */
export async function hideToken(path: string, token: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text?.includes(token)) await writeWhole(path, text.replaceAll(token, HIDDEN))
}
